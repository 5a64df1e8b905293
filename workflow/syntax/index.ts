/** Parses the source of a workflow into routines and steps, with their places. */
export type * from "./ast";
export { parseWorkflow, SOURCE_BYTES, type ParseOptions } from "./parse";
export { expressionSpan } from "./scalar";
export { lastUpTo, Lines } from "./lines";
export { findPlaceholder } from "./placeholder";
export { readText } from "./text";
export { valuesIn } from "./children";
export { ACTIONS } from "./keys";
