/** What runs behind the front doors. */
export { emptyMapping, loadMapping, setGroups, withAllowedHosts, type Mapping } from "./mapping";
export type { LogLine } from "./logs";
export { createWorkloads, type Workloads } from "./workloads";
