/** What `gcp-invoke run` shows of a run, and where it stops. */
export { checkStepNames, Pauses, type Ask } from "./pause";
export { traceExecution } from "./replay";
export { readRecording, ReplayHost, saveRecording } from "./recording";
export { saveTest } from "./save-test";
export { shown, Tracer } from "./trace";
