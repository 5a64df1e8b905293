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
export type { Grant, GrantInfo } from "./grants";
export type {
    ExistingArgs,
    FunctionBuildArgs,
    FunctionTriggerArgs,
    ExistingFunctionArgs,
    InvokableFunctionArgs,
    RunServiceArgs,
    VpcArgs,
} from "./workloads";
export { InvokableService, type InvokableServiceArgs } from "./invokable-service";
export { InvokableFunction } from "./invokable-function";
export { type ExistingBackendArgs, InvokableBackend, type InvokableBackendArgs } from "./invokable-backend";
export type {
    AnswerExpectation,
    ServiceExpectation,
    PushSmokeCheckArgs,
    ServiceSmokeCheckArgs,
    SmokeCheck,
    SmokeCheckOptions,
    WorkflowSmokeCheckArgs,
} from "./checks";
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
