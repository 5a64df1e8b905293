/** Services, functions and applications behind IAP that are made or exist already. */
export { checkTemplate } from "./container";
export type { InvokableAgentArgs } from "./agent-args";
export { allowPrograms, existingBackend, type ExistingBackendArgs, makeBackend, providerProject } from "./backend";
export { type ExposedServiceArgs, exposeService } from "./exposed-service";
export { existingFunction } from "./existing-function";
export { type ExistingArgs, takesExisting } from "./existing";
export type {
    ExistingFunctionArgs,
    FunctionTransform,
    InvokableFunctionArgs,
    InvokableFunctionOptions,
} from "./function-args";
export type { FunctionBuildArgs } from "./function-build";
export { checkEvent, type EventArgs, receiveEvents } from "./events";
export type { FunctionTriggerArgs } from "./function-trigger";
export type { InvokableMcpServerArgs } from "./mcp-server-args";
export { makeFunction } from "./make-function";
export {
    type ContainerSettings,
    type HealthCheck,
    type ProgramSettings,
    Protocol,
    type Sidecar,
    type Volume,
} from "./container-args";
export type { InvokableJobArgs, JobTransform } from "./job-args";
export { exposeJob, programContainer } from "./job";
export { mountsOf } from "./mounts";
export { makeService, type ServiceTransform } from "./run-service";
export { ExecutionEnvironment, type RunServiceArgs, type VpcArgs } from "./run-service-args";
export { publishedAt } from "./published-card";
export type { TrafficShare } from "./traffic";
