/** Services, functions and applications behind IAP that are made or exist already. */
export { allowPrograms, existingBackend, type ExistingBackendArgs, makeBackend, providerProject } from "./backend";
export { existingFunction } from "./existing-function";
export { type ExistingArgs, takesExisting } from "./existing";
export type { ExistingFunctionArgs, InvokableFunctionArgs } from "./function-args";
export type { FunctionBuildArgs } from "./function-build";
export type { FunctionTriggerArgs } from "./function-trigger";
export { makeFunction } from "./make-function";
export { checkIngress, existingService, makeService } from "./run-service";
export type { RunServiceArgs, VpcArgs } from "./run-service-args";
