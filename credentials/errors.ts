import { AdvisedError, InvokeError } from "../errors";

/** What kind of failure it is, for programs. */
export type CredentialErrorCode =
    /** No source of credentials was found, or the named source does not exist. */
    | "no-credentials"
    /** The source cannot give this kind of token at all. */
    | "not-possible"
    /** The principal lacks a role. The message names the role and the resource. */
    | "missing-role"
    | "account-not-found"
    | "api-disabled"
    /** Google refused the credential itself: expired, revoked, malformed. */
    | "refused"
    /** There was no answer, or the answer says that the failure is temporary. */
    | "unavailable";

/** Says why there is no token. It never contains one. */
export class CredentialError extends InvokeError {
    constructor(
        readonly code: CredentialErrorCode,
        message: string,
        /** A command to paste, if one helps. */
        fix?: string,
    ) {
        super(message, { fix });
    }
}

/** An answer does not have the form that its sender documents. */
export class AnswerError extends InvokeError {
    readonly code = "bad-answer";
}

/** An option is not of its type. */
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
    /** Cloud Run has verified the token and removed its signature, so that it cannot be verified again. */
    | "signature-removed"
    | "issuer"
    | "audience"
    | "expired"
    | "not-yet-valid"
    | "lifetime"
    | "email-missing"
    | "email-not-verified"
    | "email-not-allowed"
    /** The issuer's keys could not be fetched. The caller is not to blame. */
    | "keys-unavailable";

/** A token was not accepted. The message has claims at most, and never the token. */
export class TokenRejected extends InvokeError {
    constructor(
        readonly code: RejectionCode,
        message: string,
    ) {
        super(message);
    }
}

/** No answer came, so that nothing is known about the receiver. */
export class NetworkError extends InvokeError {
    constructor(
        message: string,
        /** Such as `ECONNREFUSED`, `ENOTFOUND`, `TIMEOUT`, `PROXY_REFUSED`. */
        readonly code: string,
    ) {
        super(message);
    }
}
