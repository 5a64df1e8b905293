/** What each kind of probe tries once: a trial, made from the probe of a spec. */
export { accountTrial } from "./account";
export { callersTrial } from "./callers";
export { gatewayTrial } from "./gateway";
export { jobTrial } from "./job";
export { messageTrial } from "./message";
export { policyTrial } from "./policy";
export { providerTrial } from "./provider";
export { requestTrial } from "./request";
export { scheduleTrial } from "./schedule";
export { senderTokenTrial } from "./sender-token";
export { taskTrial } from "./task";
export { noExpiredToken, noOtherAccount } from "./token";
export { workflowTrial } from "./workflow";
export { originOf } from "./origin";
