export { emptyMapping, loadMapping, type Mapping, type Rule } from "./mapping";
export type { LogLine } from "./logs";
export type { WorkloadContext, WorkloadHandler } from "./workload";
export { createWorkloads, type WorkloadNetwork, type Workloads } from "./workloads";
