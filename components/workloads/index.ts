/** Services and functions that are made or exist already. */
export { existingFunction } from "./existing-function";
export { type ExistingArgs, takesExisting } from "./existing";
export type { ExistingFunctionArgs, InvokableFunctionArgs } from "./function-args";
export type { FunctionBuildArgs } from "./function-build";
export type { FunctionTriggerArgs } from "./function-trigger";
export { type FoundFunction, makeFunction } from "./make-function";
export { checkIngress, existingService, makeService, type RunServiceArgs, type VpcArgs } from "./run-service";
