/** The credential that a call should send: its type, its audience and its scopes. */
export { credentialOf, describe, inFlow, textOf } from "./credential";
export { audienceRemedy, authRemedy } from "./remedy";
