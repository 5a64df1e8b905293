/** The headers that carry tokens, in lower case, whoever reads them. */
export const tokenHeaders: readonly string[] = ["authorization", "x-serverless-authorization", "proxy-authorization"];

/**
 * Whether a header says who calls. Cloud Run checks `X-Serverless-Authorization` instead of `Authorization` where a request has both
 * (https://docs.cloud.google.com/run/docs/authenticating/service-to-service).
 */
export const saysWhoCalls = (header: string): boolean => tokenHeaders.includes(header.trim().toLowerCase());

const SET_BY_GOOGLE = /^(host|content-length|x-google-.*|x-appengine-.*)$/i;

/**
 * Whether Cloud Scheduler and Cloud Tasks compute a header themselves, or keep it for Google, whatever a job, a queue or a task says
 * (https://docs.cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs#HttpTarget,
 * https://docs.cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues.tasks#HttpRequest).
 */
export const isSetByGoogle = (header: string): boolean => SET_BY_GOOGLE.test(header);
