import type { Attempt, Context, Trial } from "../attempt";
import type { ScheduleProbe } from "../spec";
import { ask, isEnd, type Need, type NoAnswer } from "./api";
import { refusedSender } from "./codes";
import { senderTrial, shortName } from "./sender";
import { defined } from "../../common";

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

/** The pause between two looks at the job, in milliseconds. */
const pause = 2000;

/** How long an attempt may take if the job does not say. */
const defaultDeadline = "180s";

/**
 * Runs the job. The job tells when its last attempt was, and what the target answered. Only an attempt that is newer than the one
 * before the run is about this run.
 *
 * https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs
 */
export function scheduleTrial(probe: ScheduleProbe, context: Context): Trial {
    const url = `https://cloudscheduler.googleapis.com/v1/${probe.job}`;
    const sender = {
        ...{ account: "the job's account", grants: probe.grants, target: shortName(probe.job) },
        ...{ token: "the job's own", expected: "an attempt that succeeds", url, reading: running },
    };
    return senderTrial<Job>(context, sender, audienceOf, async (before) => {
        const run = await ask<Job>(context, running, "POST", `${url}:run`, {});
        if (isEnd(run)) {
            return run;
        }
        const after = await untilAttempted(context, url, before, run);
        return isEnd(after) ? after : judge(probe, context, after);
    });
}

/**
 * Waits for the end of an attempt. Google documents the time as the start of the attempt, and does not say when the status is
 * written, so a new time may be shown together with the status of the attempt before. The attempt has ended when the time changes
 * once more, when the status changes, or when its deadline has passed. A job whose attempts all end alike takes that long.
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
    const cause = `the job was run, but it shows no attempt within ${longest} s: is it paused?`;
    return { outcome: "retry", got: "no attempt", diagnosis: { code: "no-attempt", cause } };
}

const isNewer = (job: Job, before: Job): boolean =>
    job.lastAttemptTime !== undefined && job.lastAttemptTime !== before.lastAttemptTime;

const hasNewStatus = (job: Job, before: Job): boolean =>
    job.status !== undefined && JSON.stringify(job.status) !== JSON.stringify(before.status);

async function judge(probe: ScheduleProbe, context: Context, job: Job): Promise<Attempt> {
    const { code = 0, message } = job.status ?? {};
    if (code === 0) {
        return { outcome: "passed", got: "succeeded" };
    }
    return refusedSender(context, {
        code,
        ...(message && { message }),
        ...defined({ audience: audienceOf(job), grants: probe.grants }),
    });
}

/** The audience of the job's ID tokens. Without one in the job, it is the URL that the job calls. */
function audienceOf({ httpTarget }: Job): string | undefined {
    return httpTarget?.oidcToken && (httpTarget.oidcToken.audience ?? httpTarget.uri);
}
