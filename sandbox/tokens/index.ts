/** Tokens and the keys that sign them. */
export { accountKeyCollection, type StoredKey } from "./account-keys";
export { awsIdentity } from "./aws";
export { decodeJwt, encodeJwt, signatureHolds, type Jwt } from "./jwt";
export { generateKey, prepareKey, toJwk } from "./keys";
export { isScope } from "./scopes";
export { cloudPlatform, createTokens, livesTooLong, timeProblem } from "./tokens";
export { selfSignedCertificate } from "./certificates";
