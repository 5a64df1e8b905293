/** The state of an execution, and its way from node to node. */
export { disown, frameAt, getIndex, getMember, listIndex, mapKey } from "./access";
export { type Exit, follow, type Leaving, Point, type Run } from "./flow";
export { DEFAULT_LIMITS, Execution, Frame, type Limits } from "./frame";
export type { Items, Turns } from "./repeats";
export { bindNamed, bindPositional, type Callee } from "./signature";
export type { CallEvent, Observers, Progress, StepEvent, StepInfo } from "./step-events";
export { infoOf, startStep } from "./trace";
export { withoutCredentials } from "./credentials";
