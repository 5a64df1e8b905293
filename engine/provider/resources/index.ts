/** The resource types of Google Cloud, by product. */
export { account } from "./account";
export { bucketObject } from "./bucket-object";
export { eventTrigger } from "./events";
export { function1, function2 } from "./functions";
export { iapSettings } from "./iap-settings";
export { alertPolicy, denyPolicy, logMetric, notificationChannel } from "./observability";
export { bucket, customRole, repository } from "./others";
export { projectService, serviceIdentity } from "./project-services";
export { runJob, runService } from "./run";
export { secretVersion } from "./secret-version";
export { secretManagerSecret } from "./secrets";
export { schedulerJob, subscription, taskQueue, topic } from "./senders";
export { workflow } from "./workflow";
