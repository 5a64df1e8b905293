/** The processes beside the engine: which of them may change a stack, and how those that the engine starts end with it. */
export { childArguments, KEEP_COMPILED, killGroup, ownGroup } from "./lifeline";
export { acquireLock } from "./lock";
export { canWait, emptyReserve, fillReserve, type NodeProgram, startEarly, startInReserve } from "./reserve";
export { supervised } from "./supervised";
