/** What to do about each finding. */
export { type Cause, causes, type Facts, ruleOf, said } from "./advice";
export { type HostCause, hostCause, hostFix } from "./host";
export { fixInBody, inBody } from "./in-body";
export { type Left, type LeftCause, leftCauses, leftFor } from "./left";
export type { Said } from "./said";
