/** Runs a workflow; what it needs of the world is a host that it is handed. */
export { compileWorkflow, type CompiledWorkflow } from "./compile";
export { CompileError } from "./expression";
export { failure, type StackElement, WorkflowError } from "./errors";
export { execute, type ExecuteOptions } from "./execute";
export { DEFAULT_LIMITS, Frame, type Limits } from "./frame";
export type { CallEvent, StepEvent, StepInfo } from "./step-events";
export * from "./host";
export { fromJson, toJson } from "./json";
export type { Outcome, OutcomeError } from "./outcome";
export { Double, doubleText, fromPlain, isMapValue, type RuntimeMap, type RuntimeValue, toPlain } from "./value";
export { VirtualClock, type Clock } from "./clock";
export { MissingStubError, type Stub, type StubRequest, type StubResponse, toAnswer, toStubRequest } from "./stubs";
export { connector, findMethod, HELPER_NAMES, methodsOf } from "./connectors";
export { LIBRARY } from "./library";
export { literal, number } from "./literal";
export { BINARY } from "./operators";
export { POLICIES, PREDICATE_NAMES } from "./retry";
export type { Callee } from "./signature";
