import type { Attempt, Context, Trial } from "../attempt";
import { emailOf } from "../grants";
import type { ScheduleProbe } from "../spec";
import { ask, isEnd, type Need, type NoAnswer } from "./api";
import { refusedSender } from "./codes";

interface Job {
    lastAttemptTime?: string;
    status?: { code?: number; message?: string };
    state?: string;
    httpTarget?: { oidcToken?: { serviceAccountEmail?: string; audience?: string }; uri?: string };
}

const running: Need = {
    failure: "the job could not be run",
    permission: "cloudscheduler.jobs.run",
    role: "roles/cloudscheduler.jobRunner",
};

/** Between looks at the job, in milliseconds. */
const pause = 2000;

/** How long one forced run may take, in milliseconds: the attempt deadline of a job is 3 minutes by default. */
const longestRun = 180_000;

/**
 * Runs the job now. The job tells the time of its last attempt and what the target answered to it: only an attempt that
 * is newer than the one before the run says anything about this run.
 *
 * https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs
 */
export function scheduleTrial(probe: ScheduleProbe, context: Context): Trial {
    const url = `https://cloudscheduler.googleapis.com/v1/${probe.job}`;
    const caller = probe.grants?.[0]?.member;
    return {
        caller: caller === undefined ? "the job's account" : emailOf(caller),
        target: probe.job.slice(probe.job.lastIndexOf("/") + 1),
        token: "the job's own",
        expected: "an attempt that succeeds",
        async attempt() {
            const before = await ask<Job>(context, running, "GET", url);
            if (isEnd(before)) return before;
            const run = await ask<Job>(context, running, "POST", `${url}:run`, {});
            if (isEnd(run)) return run;
            const after = await untilAttempted(context, url, before.lastAttemptTime);
            return isEnd(after) ? after : judge(probe, context, after);
        },
    };
}

/**
 * Two looks must agree: whether Google writes the time and the status of an attempt in one step is not documented, and
 * a new time beside an old status must not pass [INF].
 */
async function untilAttempted(context: Context, url: string, before: string | undefined): Promise<Job | NoAnswer> {
    const giveUpAt = context.clock.now() + longestRun;
    for (let seen: string | undefined; context.clock.now() < giveUpAt;) {
        await context.clock.sleep(pause, context.signal);
        const job = await ask<Job>(context, running, "GET", url);
        if (isEnd(job)) {
            if (job.outcome === "failed") return job;
            continue;
        }
        if (job.lastAttemptTime === undefined || job.lastAttemptTime === before) continue;
        const look = `${job.lastAttemptTime} ${job.status?.code ?? 0}`;
        if (look === seen) return job;
        seen = look;
    }
    return {
        outcome: "retry",
        got: "no attempt",
        diagnosis: {
            code: "no-attempt",
            cause: `the job was run, and tells of no attempt within ${longestRun / 1000} s: is it paused, or the target slow?`,
        },
    };
}

async function judge(probe: ScheduleProbe, context: Context, { status = {}, httpTarget }: Job): Promise<Attempt> {
    const { code = 0, message } = status;
    if (code === 0) return { outcome: "passed", got: "succeeded" };
    const audience = httpTarget?.oidcToken?.audience ?? httpTarget?.uri;
    return refusedSender(context, {
        code,
        ...(message && { message }),
        ...(audience !== undefined && { audience }),
        ...(probe.grants && { grants: probe.grants }),
    });
}
