/** Runs workflows as executions. */
export { Executions } from "./executions";
