/** What `gcp-invoke run` shows of a run, and where it stops. */
export { checkStepNames, Pauses, type Ask } from "./pause";
export { Tracer } from "./trace";
