import type { Attempt, Context, Trial } from "../attempt";
import { diagnoseExecution, readFailure, type StackElement, emailOf } from "../diagnosis";
import { differences } from "../expect";
import type { WorkflowProbe } from "../spec";
import { ask, isEnd, type Need, type NoAnswer } from "./api";
import { defined } from "../../common";

const api = "https://workflowexecutions.googleapis.com/v1";

/** What it takes to execute a workflow. A single workflow has no policy, so the role is granted on the project. */
const executing: Need = {
    failure: "the workflow could not be executed",
    permission: "workflows.executions.create",
    role: "roles/workflows.invoker",
};

/** The pauses between two looks at an execution, in milliseconds. The first is short, because most executions are quick. */
const firstPause = 50;
const longestPause = 5000;

/** How long an execution may take that began shortly before the deadline, in milliseconds. */
const shortestLimit = 60_000;

/** An execution of a workflow, as far as a check reads it. */
export interface Execution {
    name: string;
    state?: string;
    startTime?: string;
    endTime?: string;
    result?: string;
    error?: { payload?: string; context?: string; stackTrace?: { elements?: StackElement[] } };
}

/** Executes the workflow and compares what it returns. Each try executes it again. */
export function workflowTrial(probe: WorkflowProbe, context: Context): Trial {
    const caller = probe.grants?.[0]?.member;
    return {
        caller: caller === undefined ? "the workflow's account" : emailOf(caller),
        target: probe.workflow.slice(probe.workflow.lastIndexOf("/") + 1),
        token: "the workflow's own",
        expected: "result" in (probe.expect ?? {}) ? "the result" : "SUCCEEDED",
        async attempt() {
            const started = context.clock.now();
            const ended = await execute(context, probe);
            if (isEnd(ended)) {
                return ended;
            }
            return judge(probe, context, ended, duration(ended) ?? context.clock.now() - started);
        },
    };
}

/** Executes a workflow and waits for its end. */
export async function execute(
    context: Context,
    { workflow, ...given }: { workflow: string; argument?: unknown },
): Promise<Execution | NoAnswer> {
    const created = await ask<Execution>(context, executing, "POST", `${api}/${workflow}/executions`, {
        ...("argument" in given && { argument: JSON.stringify(given.argument) }),
    });
    return isEnd(created) ? created : untilEnded(context, created);
}

async function untilEnded(context: Context, execution: Execution): Promise<Execution | NoAnswer> {
    let current = execution;
    const giveUpAt = Math.max(context.deadlineAt, context.clock.now() + shortestLimit);
    for (let pause = firstPause; isRunning(current); pause = Math.min(pause * 1.5, longestPause)) {
        if (context.clock.now() >= giveUpAt) {
            return {
                outcome: "failed",
                got: "still running",
                diagnosis: {
                    code: "execution-too-long",
                    cause: `the execution ${execution.name} was still running at the deadline`,
                    fix: `gcloud workflows executions cancel ${execution.name}`,
                },
            };
        }
        await context.clock.sleep(pause, context.signal);
        const next = await ask<Execution>(context, executing, "GET", `${api}/${execution.name}`);
        // A look without an answer is no reason to give up: the execution goes on, and another one would repeat its calls.
        if (!isEnd(next)) {
            current = next;
        } else if (next.outcome === "failed") {
            return next;
        }
    }
    return current;
}

/** How long an execution ran by Google's clock, without the pauses between two requests. Undefined if it does not tell. */
function duration({ startTime = "", endTime = "" }: Execution): number | undefined {
    const milliseconds = Date.parse(endTime) - Date.parse(startTime);
    return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

const isRunning = ({ state }: Execution): boolean => state === "ACTIVE" || state === "QUEUED";

async function judge(probe: WorkflowProbe, context: Context, ended: Execution, milliseconds: number): Promise<Attempt> {
    if (ended.state === "SUCCEEDED") {
        const diff = differences(probe.expect ?? {}, { text: ended.result ?? "null", milliseconds });
        if (diff.length === 0) {
            return { outcome: "passed", got: "SUCCEEDED" };
        }
        const cause = "the workflow succeeded, but did not return what was expected";
        return {
            outcome: "failed",
            got: "another result",
            diff,
            diagnosis: { code: "unexpected-answer", cause },
        };
    }
    const failure = readFailure(ended.error?.payload, ended.error?.context, ended.error?.stackTrace?.elements);
    const { diagnosis, final, byCode = false, patienceSeconds } = await diagnoseExecution(context, probe, failure);
    return {
        outcome: failure.transient && !final ? "retry" : "failed",
        byCode: byCode && failure.transient,
        got: [ended.state ?? "no state", failure.code].filter((part) => part !== undefined).join(", "),
        diagnosis,
        ...defined({ patienceSeconds }),
    };
}
