/** The components: callers, what they call, and the grants between. */
import "./needs";

export { AuthenticatedPush } from "./authenticated-push";
export type {
    AuthenticatedPushArgs,
    AuthenticatedPushOptions,
    PushRetryArgs,
    PushTransform,
} from "./authenticated-push-args";
export { AuthenticatedQueue } from "./authenticated-queue";
export type {
    AuthenticatedQueueArgs,
    AuthenticatedQueueOptions,
    QueueRetryArgs,
    QueueTransform,
} from "./authenticated-queue-args";
export { AuthenticatedSchedule } from "./authenticated-schedule";
export type {
    AuthenticatedScheduleArgs,
    AuthenticatedScheduleOptions,
    ScheduleRetry,
    ScheduleTransform,
} from "./authenticated-schedule-args";
export { AuthenticatedTrigger } from "./authenticated-trigger";
export type {
    AuthenticatedTriggerArgs,
    AuthenticatedTriggerOptions,
    TriggerTransform,
} from "./authenticated-trigger-args";
export { AuthenticatedWorkerPool } from "./authenticated-worker-pool";
export type {
    AuthenticatedWorkerPoolArgs,
    AuthenticatedWorkerPoolOptions,
    WorkerPoolSmokeCheckArgs,
    WorkerPoolTransform,
} from "./authenticated-worker-pool-args";
export { AuthenticatedWorkflow } from "./authenticated-workflow";
export {
    type AuthenticatedWorkflowArgs,
    type AuthenticatedWorkflowOptions,
    CallLogLevel,
    type WorkflowTransform,
} from "./authenticated-workflow-args";
export type { CallerArgs, SenderArgs } from "./caller-args";
export { CallerIdentity } from "./caller-identity";
export type { CallerIdentityArgs } from "./caller-identity-args";
export { ContinuousCheck } from "./continuous-check";
export type { ContinuousCheckArgs, ContinuousSmokeCheckArgs } from "./continuous-check-args";
export { deployer } from "./deployer";
export { ExternalApi, type ExternalApiArgs } from "./external-api";
export { FederatedCaller } from "./federated-caller";
export type { FederatedCallerArgs } from "./federated-caller-args";
export { googleApi, type GoogleApiArgs } from "./google-api";
export type { Grant, GrantInfo } from "./grants";
export { ExecutionEnvironment, Protocol } from "./workloads";
export type {
    ContainerSettings,
    EventArgs,
    ExistingArgs,
    ExistingBackendArgs,
    ExistingFunctionArgs,
    ExposedServiceArgs,
    FunctionBuildArgs,
    FunctionTransform,
    FunctionTriggerArgs,
    HealthCheck,
    InvokableAgentArgs,
    InvokableFunctionArgs,
    InvokableFunctionOptions,
    InvokableJobArgs,
    InvokableMcpServerArgs,
    JobTransform,
    ProgramSettings,
    RunServiceArgs,
    ServiceTransform,
    Sidecar,
    TrafficShare,
    Volume,
    VpcArgs,
} from "./workloads";
export { InvokableAgent } from "./invokable-agent";
export { InvokableBackend } from "./invokable-backend";
export type { InvokableBackendArgs, InvokableBackendOptions } from "./invokable-backend-args";
export { InvokableFunction } from "./invokable-function";
export type { GatewaySmokeCheckArgs, InvokableGatewayArgs, InvokableGatewayOptions } from "./gateway";
export { InvokableGateway } from "./invokable-gateway";
export { InvokableJob, type InvokableJobOptions } from "./invokable-job";
export { InvokableMcpServer } from "./invokable-mcp-server";
export { InvokableService } from "./invokable-service";
export type { InvokableServiceArgs, InvokableServiceOptions } from "./invokable-service-args";
export { Administrators, Callers } from "./checks";
export type {
    AgentSmokeCheckArgs,
    AnswerExpectation,
    CallersCheckOptions,
    EndpointsCheckArgs,
    InvokableCheckOptions,
    JobSmokeCheckArgs,
    McpSmokeCheckArgs,
    PushSmokeCheckArgs,
    QueueSmokeCheckArgs,
    RequestCheckArgs,
    ScheduleSmokeCheckArgs,
    ServiceExpectation,
    ServiceSmokeCheckArgs,
    SmokeCheck,
    InsideCheckOptions,
    SmokeCheckOptions,
    WorkflowCheckArgs,
    WorkflowSmokeCheckArgs,
} from "./checks";
export type { DeadLetterArgs, PrivateServiceArgs, SecretSource } from "./wiring";
export type { Editable, Transform } from "./base";
export { type GrantResource, GrantResourceType, type RoleRequest } from "./grant-resource";
export { Ingress, type Target, TargetKind, type TargetSecret } from "./target";
export { TokenMinter, type TokenMinterArgs } from "./token-minter";
export { workflow, type WorkflowAsset } from "./workflow-asset";
export type { AwsCallerArgs, GithubCallerArgs, OidcCallerArgs, SamlCallerArgs, X509CallerArgs } from "./outside-args";
export { type KubernetesArgs, Platform } from "./platform";
