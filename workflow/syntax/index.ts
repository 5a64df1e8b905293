export type * from "./ast";
export { parseWorkflow, type ParseOptions } from "./parse";
export { expressionSpan } from "./scalar";
export { didYouMean } from "./suggest";
