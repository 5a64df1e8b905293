import { ApiError } from "../../cloud";
import { checkActAs } from "../act-as";
import {
    crud,
    locationMethods,
    numericId,
    invalidArgument,
    Resources,
    type ApiDefinition,
    type Call,
    type Stored,
} from "../framework";
import { nextRun } from "../../schedule";
import { checkHttpRequest, requestOf } from "./http-request";
import { deadlineProblem, switchState } from "./pause";
import { messageOf } from "../../../errors";

export type Job = Stored<"google.cloud.scheduler.v1.Job">;

const TYPE = "cloudscheduler.googleapis.com/Job";
export const jobs = new Resources<Job>("cloudscheduler.jobs", "google.cloud.scheduler.v1.Job");

/** https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs#RetryConfig */
const RETRY = { maxRetryDuration: "0s", minBackoffDuration: "5s", maxBackoffDuration: "3600s", maxDoublings: 5 };

/** https://cloud.google.com/scheduler/docs/reference/rest */
export const cloudscheduler: ApiDefinition = {
    host: "cloudscheduler.googleapis.com",
    unverified: ["an update without a mask, as the gcp provider sends it, removes the fields that it does not have"],
    services: {
        "google.cloud.location.Locations": locationMethods("v1"),
        "google.cloud.scheduler.v1.CloudScheduler": {
            ...crud({
                resources: jobs,
                singular: "Job",
                permissions: "cloudscheduler.jobs",
                resourceType: TYPE,
                newId: () => numericId(19),
                mayBeNamed: true,
                kept: ["scheduleTime", "lastAttemptTime", "status"],
                build,
                changed: ({ cloud }, { name }) => cloud.signals.emit({ kind: "job", name }),
                deleted: ({ cloud }, name) => cloud.signals.emit({ kind: "job", name }),
            }),
            PauseJob: {
                permission: "cloudscheduler.jobs.pause",
                resourceType: TYPE,
                handle: switchState(jobs, "job", "PAUSED"),
            },
            ResumeJob: {
                permission: "cloudscheduler.jobs.enable",
                resourceType: TYPE,
                handle: switchState(jobs, "job", "ENABLED"),
            },
            RunJob: {
                permission: "cloudscheduler.jobs.run",
                resourceType: TYPE,
                handle({ name }, { cloud, time }) {
                    const job = { ...jobs.get(cloud, name), lastAttemptTime: time };
                    jobs.put(cloud, name, job);
                    cloud.signals.emit({ kind: "job", name, now: true });
                    return jobs.get(cloud, name);
                },
            },
        },
    },
};

function build(call: Call, name: string, wanted: Partial<Job>, current: Job | undefined): Job {
    const { httpTarget, pubsubTarget, appEngineHttpTarget, schedule, timeZone = "UTC" } = wanted;
    if (appEngineHttpTarget) {
        throw new ApiError("UNIMPLEMENTED", "jobs with App Engine targets are not implemented by the sandbox");
    }
    if (!httpTarget && !pubsubTarget) {
        throw invalidArgument("Job has no target. Set http_target or pubsub_target.", "job.target");
    }
    if (!schedule) {
        throw invalidArgument("Job schedule is required.", "job.schedule");
    }
    const late = httpTarget && deadlineProblem(wanted.attemptDeadline);
    if (late !== undefined) {
        throw invalidArgument(`Job.attempt_deadline ${late}`, "job.attempt_deadline");
    }
    const retries = wanted.retryConfig?.retryCount ?? 0;
    if (retries < 0 || retries > 5) {
        throw invalidArgument(
            `Job.retry_config.retry_count is ${retries}; it must be 0 to 5`,
            "job.retry_config.retry_count",
        );
    }
    checkTimeZone(timeZone);
    checkSchedule(schedule, timeZone);
    if (httpTarget) {
        checkHttpRequest(requestOf(httpTarget), "job.http_target", (account) => checkActAs(call, account));
    }
    return {
        // A message to Pub/Sub has no deadline.
        ...(httpTarget && { attemptDeadline: "180s" }),
        ...wanted,
        // Defaults are filled in only if the client sent the field: the provider would take an added field for a change.
        ...(wanted.retryConfig && { retryConfig: { ...RETRY, ...wanted.retryConfig } }),
        name,
        timeZone,
        state: current?.state ?? "ENABLED",
        userUpdateTime: call.time,
        ...(httpTarget && {
            httpTarget: {
                ...httpTarget,
                // Scheduler adds this header, and the provider ignores it.
                headers: { "User-Agent": "Google-Cloud-Scheduler", ...httpTarget.headers },
            },
        }),
    };
}

function checkTimeZone(timeZone: string): void {
    try {
        new Intl.DateTimeFormat("en", { timeZone });
    } catch {
        throw invalidArgument(`Schedule or time zone is invalid. "${timeZone}" is no time zone`, "job.time_zone");
    }
}

/** @throws ApiError INVALID_ARGUMENT in Google's words, with what is wrong at the end */
function checkSchedule(schedule: string, timeZone: string): void {
    try {
        nextRun(schedule, timeZone, 0);
    } catch (error) {
        const why = messageOf(error);
        throw invalidArgument(`Schedule or time zone is invalid. "${schedule}": ${why}`, "job.schedule");
    }
}
