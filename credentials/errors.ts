import { InvokeError } from "../errors";

/** What kind of failure it is, for programs. */
export type CredentialErrorCode =
    /** No source of credentials was found, or the one named is not there. */
    | "no-credentials"
    /** The source cannot give this kind of token at all. */
    | "not-possible"
    /** The principal lacks a role; the message names it and on what. */
    | "missing-role"
    | "account-not-found"
    | "api-disabled"
    /** Google refused the credential itself: expired, revoked, malformed. */
    | "refused"
    /** No answer, or one that may be better later. */
    | "unavailable";

/** Why there is no token. Never holds one. */
export class CredentialError extends InvokeError {
    constructor(
        readonly code: CredentialErrorCode,
        message: string,
        /** A command to paste, where one helps. */
        fix?: string,
    ) {
        super(message, { fix });
    }
}

/** An answer that is not what its sender's documentation says. */
export class AnswerError extends InvokeError {
    readonly code = "bad-answer";
}
