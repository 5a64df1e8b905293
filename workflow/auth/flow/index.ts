/** Follows what every value of a program can be, along every way that a run can take. */
export { argument, type Given, givenFor } from "./argument";
export { connectorHost, isHttpCall } from "./connectors";
export {
    absent,
    type Abstract,
    compareOrigins,
    keyOfAll,
    literalOf,
    none,
    type Origin,
    originsOf,
    type Part,
    partsOf,
    singleLiteral,
    TEMPLATE_CHARACTER,
    unknown,
    type Values,
    worst,
} from "./domain";
export { isPure } from "./exact";
export { type ResolvedCall, resolveCalls } from "./resolve";
