import { styleText } from "node:util";
import { redact } from "../credentials/redact";
import { AdvisedError, InvokeError, toError, type ErrorDetails } from "../errors";

/** Kinds of errors that only a mistake in this package makes: shown with their stack, because their words alone help nobody. */
const MISTAKES = [TypeError, ReferenceError, RangeError, SyntaxError];

/**
 * Something that whoever called the command can mend. The message says what is wrong, the value found and what to do,
 * in lower case and without a full stop.
 */
export class UserError extends AdvisedError {
    readonly code = "command";
    readonly exitCode: number;

    constructor(wrong: string, { exitCode = 1, ...details }: ErrorDetails & { exitCode?: number } = {}) {
        super(wrong, details);
        this.exitCode = exitCode;
    }
}

/**
 * Says what ended a command, in one place for all of them: one sentence and what mends it where that is known, and the
 * stack as well for a mistake in this package or where `GCP_INVOKE_DEBUG` is set. What others wrote may hold a token: none
 * gets through.
 *
 * @param crash - whether nobody expected it, so that only the stack tells where it came from
 * @returns the exit code
 */
export function reportError(error: unknown, out: { write(text: string): unknown }, crash = false): number {
    const known = toError(error);
    const mistake = crash || MISTAKES.some((kind) => known instanceof kind);
    const withStack = mistake || Boolean(process.env.GCP_INVOKE_DEBUG);
    const text = withStack ? (known.stack ?? known.message) : known.message;
    const { fix } = known instanceof InvokeError ? known : {};
    const help = fix === undefined || known.message.endsWith(fix) ? "" : `fix: ${redact(fix)}\n`;
    out.write(`${styleText("red", "error:", { stream: process.stderr })} ${redact(text)}\n${help}`);
    return known instanceof UserError ? known.exitCode : 1;
}
