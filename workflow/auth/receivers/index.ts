/** Who receives a request: its kind, its host, the credential that it checks, and how messages name it. */
export { type Address, mayBeFunctionsService, mayBeSameService, parseAddress, serviceName } from "./hosts";
export { DEFAULT_UNIVERSE, kinds, universeOf } from "./kinds";
export { type AuthType, credentialFor, hasAudience, shownReceiver, tokenName } from "./needs";
export { isPlaceholder } from "./placeholder";
export { isOwnService, PRIVATE_NAME, receiversThrough } from "./private-service";
export { type Receiver, receiversOf, shownPart } from "./receiver";
