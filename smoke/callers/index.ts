/** Who may call a target: what the search needs is read from Google's APIs, and what it finds is told in words. */
export { accessReport } from "./explain";
export { declaredGrants, questionOf } from "./question";
export { factReader } from "./read";
export { grantsOfState, type StateResource } from "./state-grants";
