/** The resource types of Google Cloud, by product. */
export { repository } from "./artifact-registry";
export { bucketObject } from "./bucket-object";
export { bucket } from "./bucket";
export { customRole } from "./custom-role";
export { eventTrigger } from "./eventarc";
export { function1, function2 } from "./functions";
export { iapSettings } from "./iap-settings";
export { alertPolicy, denyPolicy, logMetric, notificationChannel } from "./observability";
export { projectService, serviceIdentity } from "./project-services";
export { subscription, topic } from "./pubsub";
export { runJob, runService } from "./run";
export { schedulerJob } from "./scheduler";
export { secretVersion } from "./secret-version";
export { secretManagerSecret } from "./secrets";
export { account } from "./service-account";
export { taskQueue } from "./tasks";
export { workflow } from "./workflow";
