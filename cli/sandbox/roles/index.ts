/** What accounts needed, by the recorded decisions of a sandbox, and which grants they never used. */
export { formatUsage } from "./report";
export { readUsage } from "./read";
