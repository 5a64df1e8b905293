/** Runs unmodified Pulumi programs against the sandbox, without the Pulumi CLI. */
export type { EngineEvent } from "./events";
export { openStack } from "./open-stack";
export { revealOutputs, Stack } from "./stack";
export type { OperationOptions, StackOptions, StackResult, UpOptions } from "./stack";
export type { Diagnostic } from "./deployment";
export type { CloudRequest } from "./provider/types";
export type { ResourceState } from "./state/state";
