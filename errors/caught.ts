/** What was thrown, as an error: anything can be thrown, not only errors. */
export function toError(thrown: unknown): Error {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** What was thrown, in words. */
export function messageOf(thrown: unknown): string {
    return toError(thrown).message;
}
