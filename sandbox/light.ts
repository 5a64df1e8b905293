/**
 * The second door of this folder, for commands that start no sandbox. It loads none of Google's APIs, so that such a command
 * starts in a tenth of the time.
 */
export type { Decision } from "./cloud";
export type { ActiveFault } from "./control";
export { readJson } from "./json-body";
export { findRunning, killedSandbox, removeStaleAccess, type ControlClient } from "./control-client";
export { strays } from "./environment";
export { FAILING_IMAGE } from "./failing-image";
export { loadEngine } from "./load-engine";
export { prepareRequests, prepareSandbox } from "./prepare";
export { earlyEnvironment, programEnvironment } from "./program-environment";
export { checkState, readState } from "./journal";
