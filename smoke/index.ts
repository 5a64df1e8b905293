/** The check that runs after a deploy: probes in, report out. Knows nothing of Pulumi, nor of the sandbox. */
export type * from "./spec";
export type { Diagnosis, ProbeReport, Progress, Report, UntriedDenial, Verdict } from "./report/report";
export { runSmokeCheck, type SmokeOptions } from "./run";
export { formatReport, summarize, type FormatOptions } from "./report/format";
export { realClock, type Clock } from "./clock";
export { formatGithub } from "./report/github";
export { formatJunit } from "./report/junit";
export { parseSpec, specsOfState } from "./specs";
export { audienceOf } from "./diagnosis/receiver";
export { verifySpecs, type VerifyOptions } from "./verify";
export { explainRefusal, type Refused } from "./diagnosis/explain";
