/** What a component checks after a deploy, and the gate that runs it. */
export { Administrators, Callers, type CallersCheckOptions, ownCallersProbe, secretProbes } from "./callers-check";
export { continuousAlerts } from "./continuous-alerts";
export {
    checkedCalls,
    CONTINUOUS_LOG,
    continuousAsset,
    type RequestCheckArgs,
    requestTargets,
    type WorkflowCheckArgs,
} from "./continuous-calls";
export { guardedTargets, guards, hasDocuments } from "./continuous-guards";
export { type AnswerExpectation, expectationOf, type ServiceExpectation } from "./expectation";
export type { InsideCheckOptions } from "./denials";
export { gate } from "./gate";
export { restsOn } from "./last-change";
export { checkJob, type JobSmokeCheckArgs } from "./job-check";
export { minterProbes, type ProbeAccount, strangerAccount } from "./probe-account";
export { ownCallProbes } from "./own-calls";
export { checkPushTarget, messageProbe, type PushSmokeCheckArgs } from "./push-check";
export { checkSender, triggerProbe } from "./sender-check";
export { checkService, type Revision } from "./service-check";
export type {
    AgentSmokeCheckArgs,
    InvokableCheckOptions,
    McpSmokeCheckArgs,
    EndpointsCheckArgs,
    ServiceSmokeCheckArgs,
} from "./service-check-args";
export {
    accountProbe,
    grantInfos,
    policyProbes,
    type SmokeCheck,
    type SmokeCheckOptions,
    smokeSpec,
} from "./smoke-check";
export { type QueueSmokeCheckArgs, scheduleProbe, type ScheduleSmokeCheckArgs, taskProbe } from "./timer-check";
export { checkWorkflow, type WorkflowSmokeCheckArgs } from "./workflow-check";
