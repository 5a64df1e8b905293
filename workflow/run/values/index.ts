/** The values of the language, their operators, their JSON, and the errors that a run raises. */
export { CancelledError, failure, raised, type StackElement, WorkflowError } from "./errors";
export { fromJson, toJson } from "./json";
export { literal, number } from "./literal";
export { BINARY, integer, isInteger, isNumeric, negate, toNumber, truth } from "./operators";
export {
    type Args,
    Double,
    doubleText,
    fromPlain,
    isMapValue,
    mapOf,
    type RuntimeMap,
    type RuntimeValue,
    sizeOf,
    toPlain,
    typeName,
} from "./value";
