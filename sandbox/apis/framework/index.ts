/** The framework in which the sandbox's APIs are written: methods, messages, resources, errors. */
export { fullName } from "./access";
export { crc32c } from "./crc32c";
export { crud } from "./crud";
export { createApis } from "./apis";
export { RouteAnswer, type Call, type Json, type Method, type Route, type RouteRequest } from "../../cloud";
export type { ApiDefinition, Message, Methods, Stored } from "./types";
export { canonical, isObject, parse, print } from "./messages";
export { google, message } from "./descriptors";
export { isEnabled, knownApis, setEnabled } from "./enabled";
export { alreadyExists, errorInfo, invalidArgument, notFound, statusName, unimplemented } from "./errors";
export { compileFilter, compileOrder, type FieldReaders, selected } from "./filters";
export { labelProblem } from "./labels";
export { locationMethods } from "./locations";
export { createOperations, typed } from "./operations";
export { policyMethods, policyMethodsByKind, type PolicyOptions, policyRoutes } from "./policies";
export { checkResourceId, checkServed } from "./requests";
export {
    applyMask,
    checkEtag,
    checkId,
    etagOf,
    nameParts,
    numericId,
    page,
    Resources,
    shortName,
    uid,
} from "./resources";
