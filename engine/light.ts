/**
 * The second door of this folder: what a command needs that runs no program. It loads neither Pulumi's SDK nor gRPC, so
 * that such a command starts in a fraction of the time.
 */
export { acquireLock, emptyReserve } from "./processes";
export { prepareKeyOf } from "./state";
export { stateName } from "./state-name";
export { hideSecrets, isKind, isObject, makeUrn, nameOf, plainProperties, STACK_TYPE, typeOf, UNKNOWN } from "./values";
