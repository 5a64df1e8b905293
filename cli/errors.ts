import { styleText } from "node:util";

/** Kinds of errors that only a mistake in this package makes: shown with their stack, because their words alone help nobody. */
const MISTAKES = [TypeError, ReferenceError, RangeError, SyntaxError];

/**
 * Something that whoever called the command can mend. The message says what is wrong, the value found and what to do,
 * in lower case and without a full stop.
 */
export class UserError extends Error {
    constructor(
        message: string,
        readonly exitCode = 1,
    ) {
        super(message);
        this.name = "UserError";
    }
}

/**
 * Says what ended a command, in one place for all of them: one sentence, and the stack as well for a mistake in this
 * package or where `GCP_INVOKE_DEBUG` is set.
 *
 * @returns the exit code
 */
export function reportError(error: unknown, out: { write(text: string): unknown }): number {
    const known = error instanceof Error ? error : new Error(String(error));
    const mistake = MISTAKES.some((kind) => known instanceof kind);
    const withStack = mistake || Boolean(process.env.GCP_INVOKE_DEBUG);
    const text = withStack ? (known.stack ?? known.message) : known.message;
    out.write(`${styleText("red", "error:", { stream: process.stderr })} ${text}\n`);
    return known instanceof UserError ? known.exitCode : 1;
}
