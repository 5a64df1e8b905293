/** Compiles the steps of a routine to closures. */
export { NodeCompiler } from "./node";
export { CompiledRoutine } from "./routine";
