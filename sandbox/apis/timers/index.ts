/** Cloud Scheduler and Cloud Tasks. */
export { cloudscheduler, type Job, jobs } from "./cloudscheduler";
export { cloudtasks, queues } from "./cloudtasks";
export { type HttpRequest, requestOf } from "./http-request";
export { overridden } from "./queue-target";
export { removeTask, type Task, tasks } from "./tasks";
