/** What a component checks after a deploy, and the gate that runs it. */
export { continuousAlerts } from "./alerts";
export { continuousSource } from "./check-workflow";
export type { AnswerExpectation, ServiceExpectation } from "./expectation";
export { gate } from "./gate";
export { publishing, type PushSmokeCheckArgs } from "./push-check";
export { checkSender } from "./sender-check";
export { checkService, type Revision, type ServiceSmokeCheckArgs } from "./service-check";
export {
    deniedProbesOf,
    grantInfos,
    policyProbes,
    type SmokeCheck,
    type SmokeCheckOptions,
    smokeSpec,
} from "./smoke-check";
export { executionProbe, type WorkflowSmokeCheckArgs } from "./workflow-check";
