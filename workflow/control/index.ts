/** The flow of a routine, as a graph. */
export { graphOf } from "./build";
export * from "./computed";
export * from "./graph";
export { reversePostorder } from "./order";
export { rootOf, Scope, variablesSet, type Slot, type Variable } from "./scope";
