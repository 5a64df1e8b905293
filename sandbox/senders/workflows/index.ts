/** Runs workflows as executions. */
export { Executions } from "./executions";
export type { ExecutionRecord } from "./execution-record";
