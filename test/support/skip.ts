/**
 * Skips the test, or in a `before` hook the whole suite, and says why: `npm test` lists the reasons at its end. With
 * `SKIPPED_TESTS=fail` it fails instead, for machines that have all that the tests need.
 *
 * @param context - the `this` of the test or hook
 */
export function skip(context: Mocha.Context, reason: string): never {
    if (process.env["SKIPPED_TESTS"] === "fail") {
        throw new Error(`a test would be skipped, and none may be here: ${reason}`);
    }
    const runnable = context.runnable() as Mocha.Runnable & { type?: string };
    const marked: object | undefined = runnable.type === "hook" ? runnable.parent : runnable;
    if (marked) {
        Object.assign(marked, { skipReason: reason });
    }
    return context.skip();
}
