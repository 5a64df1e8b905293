export { crud, type CrudOptions } from "./crud";
export { fullName } from "./access";
export { createApis, type ApiMethod, type Apis, type InProcessRequest } from "./apis";
export {
    method,
    RouteAnswer,
    type Access,
    type ApiDefinition,
    type Call,
    type HttpBinding,
    type Json,
    type Method,
    type Route,
    type RouteRequest,
} from "./define";
export { isObject, parse, print } from "./messages";
export { message } from "./descriptors";
export { isEnabled, knownApis, setEnabled } from "./enabled";
export { alreadyExists, errorBody, errorInfo, httpStatus, invalidArgument, notFound, unimplemented } from "./errors";
export { compileFilter, compileOrder, type FieldReaders } from "./filter";
export { locationMethods, REGIONS } from "./locations";
export { createOperations, typed, type Operations } from "./operations";
export { policyMethods, policyRoutes, type PolicyOptions } from "./policies";
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
