/** What accounts needed, by the recorded decisions of a sandbox, and which grants they never used. */
export type { AccountUsage } from "./usage";
export { formatUsage } from "./report";
export { readUsage } from "./read";
