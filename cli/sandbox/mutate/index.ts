/** Breaks a deployment in a sandbox in one thing at a time, and says what its checks do not see. */
export { readAllowed } from "./allowed";
export { mutate, type MutateOptions } from "./mutate";
export { formatMutation, type MutationReport } from "./report";
