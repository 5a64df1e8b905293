/** Cloud Scheduler and Cloud Tasks. */
export { cloudscheduler, type Job, jobs } from "./cloudscheduler";
export { cloudtasks, queues, type RateLimits, type Task, tasks } from "./cloudtasks";
export type { HttpTarget } from "./http-target";
export { overridden } from "./queue-target";
