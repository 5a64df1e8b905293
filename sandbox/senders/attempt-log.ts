import { queues, statusName, writeLog, type Job, type Task } from "../apis";
import type { Cloud } from "../cloud";
import { codeOf, succeeded, type Outcome } from "./delivery";

/** How Google words what came of a request, before the status that was answered. The words are from reports [K]. */
function debugInfo(outcome: Outcome): string {
    const { status, late } = outcome;
    if (status === 0) {
        return late ? "URL_TIMEOUT-TIMEOUT_WEB" : "URL_UNREACHABLE-UNREACHABLE_CONNECTION";
    }
    const what = succeeded(outcome)
        ? "URL_CRAWLED"
        : [401, 403].includes(status)
          ? "URL_ERROR-ERROR_AUTHENTICATION"
          : status === 404
            ? "URL_ERROR-ERROR_NOT_FOUND"
            : status >= 500
              ? "URL_UNREACHABLE-UNREACHABLE_5xx"
              : "URL_ERROR-ERROR_OTHER";
    return `${what}. Original HTTP response code number = ${status}`;
}

/**
 * Logs the start of an attempt of Cloud Scheduler, or with an outcome its end.
 * https://cloud.google.com/scheduler/docs/logging-and-monitoring
 */
export function logJobAttempt(cloud: Cloud, job: Job, scheduled: number, outcome?: Outcome): void {
    const [, project = "", , location = "", , id = ""] = job.name.split("/");
    const failed = outcome !== undefined && !succeeded(outcome);
    writeLog(cloud, [
        {
            logName: `projects/${project}/logs/cloudscheduler.googleapis.com%2Fexecutions`,
            resource: { type: "cloud_scheduler_job", labels: { project_id: project, location, job_id: id } },
            severity: failed ? "ERROR" : "INFO",
            jsonPayload: {
                "@type": `type.googleapis.com/google.cloud.scheduler.logging.Attempt${outcome ? "Finished" : "Started"}`,
                jobName: job.name,
                ...(job.httpTarget
                    ? { targetType: "HTTP", url: withoutQuery(job.httpTarget.uri) }
                    : { targetType: "PUB_SUB", pubsubTopic: job.pubsubTarget?.topicName }),
                ...(outcome
                    ? { ...(failed && { status: statusName(codeOf(outcome)) }), debugInfo: debugInfo(outcome) }
                    : { scheduledTime: new Date(scheduled).toISOString() }),
            },
            ...(outcome && outcome.status > 0 && { httpRequest: { status: outcome.status } }),
        },
    ]);
}

/**
 * Logs the answer to an attempt of Cloud Tasks, if the queue logs at all.
 * https://cloud.google.com/tasks/docs/logging
 */
export function logTaskAttempt(cloud: Cloud, task: Task, outcome: Outcome, attempts: number): void {
    const queue = task.name.replace(/\/tasks\/[^/]+$/, "");
    const found = queues.find(cloud, queue);
    // If the ratio is below 1, Google chooses by chance which tasks are logged. Here all of them are.
    if (!found?.stackdriverLoggingConfig?.samplingRatio) {
        return;
    }
    const [, project = "", , location = "", , id = ""] = queue.split("/");
    const { scheduleTime, httpRequest } = task;
    writeLog(cloud, [
        {
            logName: `projects/${project}/logs/cloudtasks.googleapis.com%2Ftask_operations_log`,
            resource: { type: "cloud_tasks_queue", labels: { project_id: project, location, queue_id: id } },
            severity: succeeded(outcome) ? "INFO" : "ERROR",
            jsonPayload: {
                "@type": "type.googleapis.com/google.cloud.tasks.logging.v1.TaskActivityLog",
                task: task.name,
                attemptResponseLog: {
                    status: statusName(succeeded(outcome) ? 0 : codeOf(outcome)),
                    dispatchCount: String(attempts),
                    maxAttempts: found.retryConfig?.maxAttempts,
                    targetType: "HTTP",
                    targetAddress: `${httpRequest?.httpMethod ?? "POST"} ${withoutQuery(httpRequest?.url)}`,
                    scheduleTime,
                },
            },
        },
    ]);
}

/** A query may hold a token, and a log must hold none. */
const withoutQuery = (url = ""): string => url.replace(/\?.*$/s, "");
