/** The check that runs after a deploy: probes in, report out. Knows nothing of Pulumi, nor of the sandbox. */
export type * from "./spec";
export type { Diagnosis, ProbeReport, Progress, Report, UntriedDenial, Verdict } from "./smoke-report";
export { runSmokeCheck, type SmokeOptions } from "./run";
export { formatReport, summarize, type FormatOptions, formatGithub, formatJunit } from "./report";
export { realClock, type Clock } from "./clock";
export { parseSpec, specsOfState } from "./specs";
export { audienceOf, explainRefusal, type Refused } from "./diagnosis";
export { verifySpecs, type VerifyOptions } from "./verify";
