import type * as cloudscheduler from "@pulumi/gcp/cloudscheduler";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "./base";
import type { SenderArgs } from "./caller-args";
import type { ScheduleSmokeCheckArgs } from "./checks";

/** How a schedule repeats a call that failed (https://cloud.google.com/scheduler/docs/configuring/retry-jobs). */
export interface ScheduleRetry {
    /** How long a call is repeated at most, in seconds with an `s`, such as `600s`. `0s` means without a limit. @default "0s" */
    maxDuration?: pulumi.Input<string>;
    /** The shortest pause between two tries, in seconds with an `s`. @default "5s" */
    minBackoff?: pulumi.Input<string>;
    /** The longest pause between two tries, in seconds with an `s`. @default "3600s" */
    maxBackoff?: pulumi.Input<string>;
    /** How often the pause is doubled before it grows by the same amount each time. @default 5 */
    maxDoublings?: pulumi.Input<number>;
}

/**
 * Changes what the component passes to Google's provider. What the component promises must stay: the job's account, its token, and
 * the URL that it calls.
 */
export interface ScheduleTransform {
    /** Gets the arguments of the job, and changes them in place or returns others. @default - they stay as they are */
    job?: Transform<cloudscheduler.JobArgs>;
}

/** Options of {@link AuthenticatedSchedule}, beside those that every component takes. */
export interface AuthenticatedScheduleOptions extends pulumi.ComponentResourceOptions {
    /**
     * Changes what the component passes to Google's provider, for what {@link AuthenticatedScheduleArgs} does not offer. It is an option and
     * no argument because only programs in TypeScript have it: other languages use Pulumi's own `transforms`.
     * @default - nothing is changed
     * @example { transform: { job: (job) => { job.description = "every morning"; } } }
     */
    transform?: ScheduleTransform;
}

/** Arguments of {@link AuthenticatedSchedule}. */
export interface AuthenticatedScheduleArgs extends SenderArgs {
    /** The region of the job, such as `europe-west1`. */
    location: pulumi.Input<string>;
    /**
     * When the target is called, in the format of cron, such as `0 6 * * *` for every day at six o'clock
     * (https://cloud.google.com/scheduler/docs/configuring/cron-job-schedules).
     */
    schedule: pulumi.Input<string>;
    /** The time zone of the schedule, such as `Europe/Berlin`. @default "Etc/UTC" */
    timeZone?: pulumi.Input<string>;
    /** The HTTP method of the call. @default "POST" */
    method?: pulumi.Input<string>;
    /** The body of the call, as text. @default - no body */
    body?: pulumi.Input<string>;
    /**
     * Headers of the call, such as `{ "content-type": "application/json" }`. Those that say who calls, such as `Authorization`, and
     * those that Google sets itself, such as `Host`, are refused. @default - none of your own
     */
    headers?: { [name: string]: pulumi.Input<string> };
    /** How many times a call that failed is repeated, 0 to 5. @default 0 */
    retries?: pulumi.Input<number>;
    /** How long a call that failed is repeated, and with which pauses. @default - as Cloud Scheduler does */
    retry?: ScheduleRetry;
    /**
     * How long the target may take to answer, in seconds with an `s`, from `15s` to `1800s`. A call that takes longer has failed.
     * @default "180s"
     */
    attemptDeadline?: pulumi.Input<string>;
    /** Whether the job is paused: it exists, and calls nothing. @default false */
    paused?: pulumi.Input<boolean>;
    /** The name of the job in Google Cloud. @default - the component's name and seven random characters */
    name?: pulumi.Input<string>;
    /** A text about the job, for people. @default - none */
    description?: pulumi.Input<string>;
    /**
     * Who may run the job at once, pause it and resume it, as IAM members. A single job has no policy of its own, so each
     * member gets `roles/cloudscheduler.jobRunner` on the project, which holds for all its jobs. The preview warns of that.
     * `allUsers` and `allAuthenticatedUsers` are refused.
     * @default - nobody
     */
    invokers?: pulumi.Input<string>[];
    /** What is checked after each deploy. @default - reads the policies in which the component granted something */
    smokeCheck?: ScheduleSmokeCheckArgs;
}
