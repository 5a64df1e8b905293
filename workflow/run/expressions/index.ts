/** Compiles expressions to closures. */
export type { AsyncEval } from "./eval";
export { CompileError, ExpressionCompiler } from "./expression";
export { inTurn, onValue } from "./waiting";
