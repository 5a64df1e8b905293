export { compileWorkflow, type CompiledWorkflow } from "./compile";
export { CompileError } from "./expression";
export type { StackElement } from "./errors";
export { execute, type ExecuteOptions } from "./execute";
export { DEFAULT_LIMITS, type Limits, type StepEvent, type StepInfo } from "./frame";
export * from "./host";
export { fromJson, toJson } from "./json";
export type { Outcome, OutcomeError } from "./outcome";
export { Double, fromPlain, toPlain, type RuntimeMap, type RuntimeValue } from "./value";
