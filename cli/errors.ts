import { styleText } from "node:util";
import { redact } from "../common/redact";
import { hasColor } from "./color";
import { AdvisedError, fileProblem, InvokeError, messageOf, toError, type ErrorDetails } from "../errors";

/**
 * Errors that only a mistake in this package causes. They are shown with their stack, because their message alone does
 * not help.
 */
const MISTAKES = [TypeError, ReferenceError, RangeError, SyntaxError];

/**
 * A problem that the user of the command can fix. The message says what is wrong, the value found and what to do,
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
 * Says what is wrong with a file or folder that the user has named.
 *
 * @param what - what could not be done, such as `cannot read stubs.yaml`
 * @param content - what the file must hold. It is the fix if the file was read, and its text is wrong.
 */
export function fileError(what: string, error: unknown, content: string, exitCode = 1): UserError {
    const { wrong, fix } = fileProblem(error) ?? { wrong: messageOf(error), fix: content };
    return new UserError(`${what}: ${wrong}`, { fix, exitCode, cause: error });
}

/** An error of the file system that nothing between here and there has explained. */
function explained(error: Error): Error {
    const { path, syscall } = error as NodeJS.ErrnoException;
    if (syscall === "uv_cwd") {
        return new UserError("the folder in which this command was started is gone", {
            fix: "start it in another one",
        });
    }
    return path === undefined || fileProblem(error) === undefined ? error : fileError(`cannot use ${path}`, error, "");
}

/**
 * Prints the error that ended a command: one sentence, and the fix if it is known. It prints the stack too if the error
 * is a mistake in this package, or if `GCP_INVOKE_DEBUG` is set. The text of others may hold a token, which is taken
 * out.
 *
 * @param crash - whether the error was unexpected, so that only the stack shows where it came from
 * @returns the exit code
 */
export function reportError(error: unknown, out: { write(text: string): unknown }, crash = false): number {
    const thrown = toError(error);
    const known = crash ? thrown : explained(thrown);
    const mistake = crash || MISTAKES.some((kind) => known instanceof kind);
    const withStack = mistake || Boolean(process.env.GCP_INVOKE_DEBUG);
    const text = withStack ? (known.stack ?? known.message) : known.message;
    const { fix } = known instanceof InvokeError ? known : {};
    const help = fix === undefined || known.message.endsWith(fix) ? "" : `fix: ${redact(fix)}\n`;
    const label = hasColor(process.stderr) ? styleText("red", "error:", { validateStream: false }) : "error:";
    out.write(`${label} ${redact(text)}\n${help}`);
    return known instanceof UserError ? known.exitCode : 1;
}
