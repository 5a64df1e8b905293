/** The components: callers, what they call, and the grants between. */
export {
    AuthenticatedPush,
    type AuthenticatedPushArgs,
    type DeadLetterArgs,
    type PushRetryArgs,
} from "./authenticated-push";
export {
    AuthenticatedQueue,
    type AuthenticatedQueueArgs,
    type QueueRetryArgs,
    type QueueSmokeCheckArgs,
} from "./authenticated-queue";
export {
    AuthenticatedSchedule,
    type AuthenticatedScheduleArgs,
    type ScheduleSmokeCheckArgs,
} from "./authenticated-schedule";
export { AuthenticatedWorkflow, type AuthenticatedWorkflowArgs, CallLogLevel } from "./authenticated-workflow";
export {
    ContinuousCheck,
    type ContinuousCheckArgs,
    type ContinuousSmokeCheckArgs,
    type RequestCheckArgs,
    type WorkflowCheckArgs,
} from "./continuous-check";
export { deployer } from "./deployer";
export { ExternalApi, type ExternalApiArgs } from "./external-api";
export { googleApi, type GoogleApiArgs } from "./google-api";
export type { Grant, GrantInfo } from "./grants/grant";
export type { ExistingArgs } from "./workloads/existing";
export { InvokableService, type InvokableServiceArgs } from "./invokable-service";
export type { FunctionBuildArgs } from "./workloads/function-build";
export type { FunctionTriggerArgs } from "./workloads/function-trigger";
export { InvokableFunction } from "./invokable-function";
export type { ExistingFunctionArgs, InvokableFunctionArgs } from "./workloads/function-args";
export type { RunServiceArgs, VpcArgs } from "./workloads/run-service";
export { type ExistingBackendArgs, InvokableBackend, type InvokableBackendArgs } from "./invokable-backend";
export type { AnswerExpectation, ServiceExpectation } from "./checks/expectation";
export type { PushSmokeCheckArgs } from "./checks/push-check";
export type { ServiceSmokeCheckArgs } from "./checks/service-check";
export type { SmokeCheck, SmokeCheckOptions } from "./checks/smoke-check";
export {
    type GrantResource,
    GrantResourceType,
    Ingress,
    type RoleRequest,
    type Target,
    TargetKind,
    type TargetSecret,
} from "./target";
export { TokenMinter, type TokenMinterArgs } from "./token-minter";
export { workflow, type WorkflowAsset } from "./workflow-asset";
export type { WorkflowSmokeCheckArgs } from "./checks/workflow-check";
