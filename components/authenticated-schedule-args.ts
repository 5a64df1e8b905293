import type * as pulumi from "@pulumi/pulumi";
import type { SenderArgs } from "./caller-args";
import type { ScheduleSmokeCheckArgs } from "./checks";

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
    /** Headers of the call, such as `{ "content-type": "application/json" }`. @default - none of your own */
    headers?: { [name: string]: pulumi.Input<string> };
    /** How many times a call that failed is repeated, 0 to 5. @default 0 */
    retries?: pulumi.Input<number>;
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
