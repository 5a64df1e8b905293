/** Cloud Scheduler and Cloud Tasks. */
export { cloudscheduler, type Job, jobs } from "./cloudscheduler";
export { cloudtasks, queues, type Task, tasks } from "./cloudtasks";
export { type HttpRequest, requestOf } from "./http-request";
export { overridden } from "./queue-target";
