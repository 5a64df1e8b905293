/** `run.googleapis.com`: services, jobs and worker pools. */
export { countTasks, endExecution, endInterrupted, executions, type JobExecution, type TaskCounts } from "./executions";
export { serviceOfDomain } from "./domain-mappings";
export { runJobs } from "./jobs";
export { regionCode, type RunService, services, serviceUrls } from "./resource";
export { atRevision, servedRevisions } from "./traffic";
export { deployService, findByHost, removeService, run, setReady } from "./services";
export { runV1 } from "./v1";
export { instancesOf, runWorkerPools, type WorkerPool, workerPools } from "./worker-pools";
