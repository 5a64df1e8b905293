/** Runs unmodified Pulumi programs against any Google Cloud that it is handed as a function, without the Pulumi CLI. */
export type { Diagnostic, EngineEvent, Operation, StackResult, Step } from "./events";
export { emptyReserve, fillReserve } from "./processes";
export { openStack, revealState } from "./open-stack";
export type { ConfigValue, Project } from "./project";
export type { CloudRequest, ResourceRules } from "./provider";
export { revealOutputs, Stack } from "./stack";
export type { DestroyOptions, OperationOptions, StackOptions, UpOptions } from "./stack-options";
export { hidesSecretsOf, type ResourceState } from "./state";
export type { Properties, Value } from "./values";
