/** The components: callers, what they call, and the grants between. */
export { AuthenticatedSchedule, type AuthenticatedScheduleArgs } from "./authenticated-schedule";
export {
    AuthenticatedWorkflow,
    type AuthenticatedWorkflowArgs,
    CallLogLevel,
    type WorkflowSmokeCheckArgs,
} from "./authenticated-workflow";
export { deployer } from "./deployer";
export { ExternalApi, type ExternalApiArgs } from "./external-api";
export { googleApi, type GoogleApiArgs } from "./google-api";
export { Grant, type GrantInfo } from "./grant";
export {
    InvokableService,
    type InvokableServiceArgs,
    type ServiceExpectation,
    type ServiceSmokeCheckArgs,
} from "./invokable-service";
export type { SmokeCheck, SmokeCheckOptions } from "./smoke-check";
export {
    type GrantResource,
    GrantResourceType,
    Ingress,
    type RoleRequest,
    type Target,
    TargetKind,
    type TargetSecret,
} from "./target";
