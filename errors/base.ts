/** What an error may say beside its message. */
export interface ErrorDetails {
    /** What to change, or a command to paste. */
    fix?: string | undefined;
    /** The error that led to this one. */
    cause?: unknown;
}

/**
 * The base of every error that this package throws for its user. It never holds a token.
 *
 * @example
 * if (error instanceof InvokeError && error.code === "no-credentials") console.error(error.fix);
 */
export abstract class InvokeError extends Error {
    /** What kind of failure this is, for programs: a code keeps its meaning from release to release (docs/errors.md). */
    abstract readonly code: string;
    /** What to change, if that is known. */
    readonly fix?: string;

    constructor(message: string, { fix, cause }: ErrorDetails = {}) {
        super(message, cause === undefined ? {} : { cause });
        this.name = new.target.name;
        if (fix !== undefined) {
            this.fix = fix;
        }
    }
}

/** An error whose message is one sentence: what is wrong, and after a semicolon what to change. */
export abstract class AdvisedError extends InvokeError {
    constructor(wrong: string, details: ErrorDetails = {}) {
        super(details.fix === undefined ? wrong : `${wrong}; ${details.fix}`, details);
    }
}

/** Something that only a mistake in this package makes. */
export class InternalError extends AdvisedError {
    readonly code = "internal";
}
