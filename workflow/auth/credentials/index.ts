/** The credential that a call should send: its type, its audience and its scopes. */
export { privateServiceText } from "./private-service";
export { credentialOf, describe, inFlow, entryText } from "./credential";
export { audienceRemedy, authRemedy } from "./remedy";
