/** Parses the source of a workflow into routines and steps, with their places. */
export type * from "./ast";
export { parseWorkflow, type Parse, type ParseOptions, SOURCE_BYTES } from "./parse";
export { Reparser } from "./parse-again";
export { expressionSpan } from "./scalar";
export { lastUpTo, Lines } from "./lines";
export { findPlaceholder } from "./placeholder";
export { readText } from "./text";
export { valuesIn } from "./children";
export { ACTIONS } from "./keys";
