import type { Attempt, Context, Trial } from "../attempt";
import type { ScheduleProbe } from "../spec";
import { ask, isEnd, type Need, type NoAnswer } from "./api";
import { refusedSender } from "./codes";
import { senderTrial, shortName } from "./sender";

interface Job {
    lastAttemptTime?: string;
    status?: { code?: number; message?: string };
    attemptDeadline?: string;
    httpTarget?: { oidcToken?: { serviceAccountEmail?: string; audience?: string }; uri?: string };
}

const running: Need = {
    failure: "the job could not be run",
    permission: "cloudscheduler.jobs.run",
    role: "roles/cloudscheduler.jobRunner",
};

/** Between looks at the job, in milliseconds. */
const pause = 2000;

/** How long an attempt may take where the job does not say, in seconds. */
const defaultDeadline = "180s";

/**
 * Runs the job now. The job tells the time of its last attempt and what the target answered to it: only an attempt that
 * is newer than the one before the run says anything about this run.
 *
 * https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs
 */
export function scheduleTrial(probe: ScheduleProbe, context: Context): Trial {
    const url = `https://cloudscheduler.googleapis.com/v1/${probe.job}`;
    const sender = {
        ...{ account: "the job's account", grants: probe.grants, target: shortName(probe.job) },
        ...{ token: "the job's own", expected: "an attempt that succeeds", url, reading: running },
    };
    return senderTrial<Job>(context, sender, async (before) => {
        const run = await ask<Job>(context, running, "POST", `${url}:run`, {});
        if (isEnd(run)) {
            return run;
        }
        const after = await untilAttempted(context, url, before, run);
        return isEnd(after) ? after : judge(probe, context, after);
    });
}

/**
 * Google documents the time as that of the attempt's start, and not when its status is written: a new time may stand
 * beside the status of the attempt before. So what is told must change once more, or the status must, or the attempt
 * must be over because its own deadline is: a job whose attempts all end alike then takes that long.
 */
async function untilAttempted(context: Context, url: string, before: Job, run: Job): Promise<Job | NoAnswer> {
    const longest = Number.parseFloat(before.attemptDeadline ?? defaultDeadline);
    const overAt = context.clock.now() + longest * 1000;
    let started = isNewer(run, before) ? run.lastAttemptTime : undefined;
    for (;;) {
        await context.clock.sleep(pause, context.signal);
        const job = await ask<Job>(context, running, "GET", url);
        const over = context.clock.now() > overAt;
        if (isEnd(job)) {
            if (job.outcome === "failed" || over) {
                return job;
            }
            continue;
        }
        if (isNewer(job, before)) {
            started ??= job.lastAttemptTime;
            if (job.lastAttemptTime !== started || hasNewStatus(job, before) || over) {
                return job;
            }
        }
        if (over) {
            break;
        }
    }
    const cause = `the job was run, and tells of no attempt within ${longest} s: is it paused?`;
    return { outcome: "retry", got: "no attempt", diagnosis: { code: "no-attempt", cause } };
}

const isNewer = (job: Job, before: Job): boolean =>
    job.lastAttemptTime !== undefined && job.lastAttemptTime !== before.lastAttemptTime;

const hasNewStatus = (job: Job, before: Job): boolean =>
    job.status !== undefined && JSON.stringify(job.status) !== JSON.stringify(before.status);

async function judge(probe: ScheduleProbe, context: Context, { status = {}, httpTarget }: Job): Promise<Attempt> {
    const { code = 0, message } = status;
    if (code === 0) {
        return { outcome: "passed", got: "succeeded" };
    }
    const audience = httpTarget?.oidcToken?.audience ?? httpTarget?.uri;
    return refusedSender(context, {
        code,
        ...(message && { message }),
        ...(audience !== undefined && { audience }),
        ...(probe.grants && { grants: probe.grants }),
    });
}
