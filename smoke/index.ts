/** The check that runs after a deploy: it takes probes and returns a report. It knows nothing of Pulumi or the sandbox. */
export type * from "./agent-request";
export type * from "./expectation";
export type * from "./spec";
export type {
    AccessReport,
    AccessWay,
    Diagnosis,
    ProbeReport,
    Progress,
    Report,
    UntriedDenial,
    Verdict,
} from "./smoke-report";
export { runSmokeCheck, type SmokeOptions } from "./run";
export {
    formatGithub,
    formatHtml,
    formatJunit,
    formatLog,
    formatMarkdown,
    type FormatOptions,
    formatReport,
    summarize,
} from "./report";
export { providerSettings } from "./provider-settings";
export { realClock, type Clock } from "./clock";
export { looksLikeSpec, parseSpec, specsOfState } from "./specs";
export { declaredGrants } from "./callers";
export { audienceOf, explainRefusal, type Refused } from "./diagnosis";
export { verifySpecs, type VerifyOptions } from "./verify";
