import { AdvisedError, InvokeError } from "../errors";

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

/** An option that is not what its type says. */
export class OptionError extends AdvisedError {
    readonly code = "option";

    constructor(wrong: string, fix: string) {
        super(wrong, { fix });
    }
}

/** Why a token was not accepted. */
export type RejectionCode =
    | "missing"
    | "malformed"
    | "algorithm"
    | "unknown-key"
    | "signature"
    /** Cloud Run has verified the token already, and took the signature off: there is nothing left to verify. */
    | "signature-removed"
    | "issuer"
    | "audience"
    | "expired"
    | "not-yet-valid"
    | "lifetime"
    | "email-missing"
    | "email-not-verified"
    | "email-not-allowed"
    /** The issuer's keys could not be had: the receiver's trouble, not the caller's. */
    | "keys-unavailable";

/** A token that was not accepted. The message holds claims at most, never the token. */
export class TokenRejected extends InvokeError {
    constructor(
        readonly code: RejectionCode,
        message: string,
    ) {
        super(message);
    }
}
