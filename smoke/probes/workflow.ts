import { googleError, NetworkError, type HttpResponse } from "../../credentials";
import { mayPass, type Attempt, type Context, type Trial } from "../attempt";
import { diagnoseExecution, readFailure } from "../execution";
import { disabledApi } from "../diagnose";
import { differences } from "../expect";
import { emailOf } from "../grants";
import { callGoogle } from "../policies";
import type { WorkflowProbe } from "../spec";

const api = "https://workflowexecutions.googleapis.com/v1";

/** Pauses between looks at a running execution: short at first, most are quick. In milliseconds. */
const firstPause = 150;
const longestPause = 5000;

/** An execution begun shortly before the deadline is still given this long, in milliseconds. */
const leastTime = 60_000;

interface Execution {
    name: string;
    state?: string;
    result?: string;
    error?: { payload?: string; context?: string; stackTrace?: { elements?: StackElement[] } };
}

export interface StackElement {
    step?: string;
    routine?: string;
    position?: { line?: string | number; column?: string | number };
}

/** Executes the workflow and compares what it returns. Each try executes it again. */
export function workflowTrial(probe: WorkflowProbe, context: Context): Trial {
    const caller = probe.grants?.[0]?.member;
    return {
        caller: caller === undefined ? "the workflow's account" : emailOf(caller),
        target: probe.workflow.slice(probe.workflow.lastIndexOf("/") + 1),
        token: "the workflow's own",
        expected: "result" in (probe.expect ?? {}) ? "the result expected" : "SUCCEEDED",
        async attempt() {
            const started = context.clock.now();
            const created = await call(context, "POST", `${api}/${probe.workflow}/executions`, {
                ...("argument" in probe && { argument: JSON.stringify(probe.argument) }),
            });
            if ("outcome" in created) return created;
            const ended = await untilEnded(context, created);
            if ("outcome" in ended) return ended;
            return judge(probe, context, ended, context.clock.now() - started);
        },
    };
}

async function untilEnded(context: Context, execution: Execution): Promise<Execution | Attempt> {
    let current = execution;
    const giveUpAt = Math.max(context.deadlineAt, context.clock.now() + leastTime);
    for (let pause = firstPause; isRunning(current); pause = Math.min(pause * 1.5, longestPause)) {
        if (context.clock.now() >= giveUpAt)
            return {
                outcome: "failed",
                got: "still running",
                diagnosis: {
                    code: "execution-too-long",
                    cause: `the execution ${execution.name} was still running at the deadline`,
                    fix: `gcloud workflows executions cancel ${execution.name}`,
                },
            };
        await context.clock.sleep(pause, context.signal);
        const next = await call(context, "GET", `${api}/${execution.name}`);
        // The execution goes on whether or not one look at it had an answer: executing it again would repeat it.
        if (!("outcome" in next)) current = next;
        else if (next.outcome === "failed") return next;
    }
    return current;
}

const isRunning = ({ state }: Execution): boolean => state === "ACTIVE" || state === "QUEUED";

async function judge(probe: WorkflowProbe, context: Context, ended: Execution, milliseconds: number): Promise<Attempt> {
    if (ended.state === "SUCCEEDED") {
        const diff = differences(probe.expect ?? {}, { text: ended.result ?? "null", milliseconds });
        if (diff.length === 0) return { outcome: "passed", got: "SUCCEEDED" };
        const cause = "the workflow succeeded, but did not return what was expected";
        return {
            outcome: "failed",
            got: "another result",
            diff,
            diagnosis: { code: "unexpected-answer", cause },
        };
    }
    const failure = readFailure(ended.error?.payload, ended.error?.context, ended.error?.stackTrace?.elements);
    const { diagnosis, final } = await diagnoseExecution(context, probe, failure);
    return {
        outcome: failure.passing && !final ? "retry" : "failed",
        got: [ended.state ?? "no state", failure.code].filter((part) => part !== undefined).join(", "),
        diagnosis,
    };
}

/** A call to the executions API; a refusal becomes how the attempt ended. */
async function call(context: Context, method: string, url: string, body?: object): Promise<Execution | Attempt> {
    const credentials = await context.credentials();
    let answer: HttpResponse;
    try {
        answer = await callGoogle(context.http, credentials, method, url, body, context.signal);
    } catch (error) {
        if (!(error instanceof NetworkError)) throw error;
        return { outcome: "retry", got: error.code, diagnosis: { code: "no-answer", cause: error.message } };
    }
    if (answer.status === 200) return JSON.parse(answer.body) as Execution;
    const got = `${answer.status} by the executions API`;
    const disabled = disabledApi(answer.body, url);
    if (disabled) return { outcome: "failed", got, diagnosis: disabled };
    const { message } = googleError(answer.body);
    if (answer.status !== 403)
        return {
            outcome: mayPass(answer.status) ? "retry" : "failed",
            got,
            diagnosis: {
                code: answer.status === 404 ? "workflow-missing" : "execution-refused",
                cause: `the workflow could not be executed: ${answer.status}: ${message}`,
            },
        };
    const member = (await credentials.member()) ?? "MEMBER";
    return {
        outcome: (await mayExecute(context)) === false ? "failed" : "retry",
        got,
        diagnosis: {
            code: "may-not-execute",
            cause: `the check itself (${member}) lacks workflows.executions.create on project ${context.project}: ${message}`,
            // There is no policy on one workflow, so the project is as narrow as it gets.
            fix: `gcloud projects add-iam-policy-binding ${context.project} --member=${member} --role=roles/workflows.invoker`,
        },
    };
}

/** Whether the check's own principal may execute workflows; undefined where the project does not tell. */
async function mayExecute(context: Context): Promise<boolean | undefined> {
    const permission = "workflows.executions.create";
    const url = `https://cloudresourcemanager.googleapis.com/v1/projects/${context.project}:testIamPermissions`;
    const credentials = await context.credentials();
    const answer = await callGoogle(context.http, credentials, "POST", url, { permissions: [permission] }).catch(
        () => undefined,
    );
    if (answer?.status !== 200) return undefined;
    const { permissions = [] } = JSON.parse(answer.body) as { permissions?: string[] };
    return permissions.includes(permission);
}
