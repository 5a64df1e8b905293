import type { Attempt, Context, Trial } from "../attempt";
import { emailOf } from "../diagnosis";
import type { JobProbe } from "../spec";
import { ask, isEnd, type Need } from "./api";
import { shortName } from "./sender";

/** An execution of a job, as far as a check reads it: https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.jobs.executions */
interface Execution {
    name?: string;
    completionTime?: string;
    succeededCount?: number;
    failedCount?: number;
    conditions?: { type?: string; state?: string; message?: string }[];
    logUri?: string;
}

const running: Need = {
    failure: "the job could not be run",
    permission: "run.jobs.run",
    role: "roles/run.invoker",
};

const reading: Need = {
    failure: "the execution could not be read",
    permission: "run.executions.get",
    role: "roles/run.viewer",
};

/** The pauses between two looks at an execution, in milliseconds. */
const firstPause = 500;
const longestPause = 5000;

/** How long an execution may take that began shortly before the deadline, in milliseconds. */
const shortestLimit = 60_000;

/** Runs a job, and waits until all its tasks have ended. Each try runs it again. */
export function jobTrial(probe: JobProbe, context: Context): Trial {
    const caller = probe.grants?.[0]?.member;
    return {
        caller: caller === undefined ? "the job's account" : emailOf(caller),
        target: shortName(probe.job),
        token: "the job's own",
        expected: "all tasks succeed",
        async attempt() {
            const started = await ask<{ metadata?: Execution }>(context, running, "POST", `${probe.job}:run`, {});
            return isEnd(started) ? started : untilEnded(context, started.metadata ?? {});
        },
    };
}

async function untilEnded(context: Context, started: Execution): Promise<Attempt> {
    const { name = "" } = started;
    const giveUpAt = Math.max(context.deadlineAt, context.clock.now() + shortestLimit);
    let current = started;
    for (let pause = firstPause; context.clock.now() < giveUpAt; pause = Math.min(pause * 1.5, longestPause)) {
        const next = await ask<Execution>(context, reading, "GET", `https://run.googleapis.com/v2/${name}`);
        // A look without an answer is no reason to give up: the execution goes on, and another one would run the job again.
        if (isEnd(next) && next.outcome === "failed") {
            return next;
        }
        current = isEnd(next) ? current : next;
        if (current.completionTime !== undefined) {
            return judge(current);
        }
        await context.clock.sleep(pause, context.signal);
    }
    const cause = `the execution ${name} was still running at the deadline`;
    const fix = `gcloud run jobs executions cancel ${shortName(name)}`;
    return { outcome: "failed", got: "still running", diagnosis: { code: "execution-too-long", cause, fix } };
}

function judge({ name = "", conditions = [], failedCount = 0, succeededCount = 0, logUri }: Execution): Attempt {
    const completed = conditions.find(({ type }) => type === "Completed");
    if (completed?.state === "CONDITION_SUCCEEDED") {
        return { outcome: "passed", got: `${succeededCount} of ${succeededCount} tasks succeeded` };
    }
    const said = completed?.message ?? "Cloud Run does not say why";
    const logs = logUri === undefined ? "" : `; its log: ${logUri}`;
    return {
        outcome: "failed",
        byCode: true,
        got: `${failedCount} of ${failedCount + succeededCount} tasks failed`,
        diagnosis: {
            code: "job-failed",
            cause: `the execution ${shortName(name)} ran, and its own program failed: ${said}${logs}`,
            fix: `gcloud run jobs executions describe ${shortName(name)}`,
        },
    };
}
