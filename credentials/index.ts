/** Real tokens from every source that Google's documentation names, and their verification. */
export {
    accessToken,
    createCredentials,
    idToken,
    type CredentialOptions,
    type Credentials,
    type IdTokenOptions,
    type SourceChoice,
} from "./credentials";
export { InvokeError } from "../errors";
export {
    CredentialError,
    NetworkError,
    OptionError,
    TokenRejected,
    type CredentialErrorCode,
    type RejectionCode,
} from "./errors";
export { createHttp, type Http, type HttpOptions, type HttpRequest, type HttpResponse } from "./http";
export { claimsOf, type Claims } from "./claims";
export { googleError } from "./impersonate";
export { redact, redactJson } from "../common/redact";
export { remoteKeys, type KeySource } from "./certificates";
export {
    requireIdToken,
    requireIdTokenHook,
    type AuthenticatedRequest,
    type RequireIdTokenOptions,
} from "./middleware";
export { verifyIapAssertion, verifyIdToken, type VerifiedClaims, type VerifyIdTokenOptions } from "./verify";
