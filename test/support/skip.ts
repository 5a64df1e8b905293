/**
 * Skips the test, or in a `before` hook the whole suite, and says why: `npm test` lists the reasons at its end.
 *
 * @param context - the `this` of the test or hook
 */
export function skip(context: Mocha.Context, reason: string): never {
    const runnable = context.runnable() as Mocha.Runnable & { type?: string };
    const marked: object | undefined = runnable.type === "hook" ? runnable.parent : runnable;
    if (marked) {
        Object.assign(marked, { skipReason: reason });
    }
    return context.skip();
}
