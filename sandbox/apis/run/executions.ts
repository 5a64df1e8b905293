import { defined } from "../../../common";
import type { Cloud, Json } from "../../cloud";
import { memberOf } from "../../iam";
import {
    createOperations,
    etagOf,
    Resources,
    shortName,
    typed,
    uid,
    type Call,
    type Message,
    type Stored,
} from "../framework";

/** A job of Cloud Run as it is kept. */
export type Job = Stored<"google.cloud.run.v2.Job", "name" | "generation" | "executionCount">;
/** One run of a job: its tasks, and how many of them have ended in which way. */
export type JobExecution = Stored<"google.cloud.run.v2.Execution">;
type Overrides = Message<"google.cloud.run.v2.RunJobRequest">["overrides"];

export const jobs = new Resources<Job>("run.jobs", "google.cloud.run.v2.Job");
export const executions = new Resources<JobExecution>("run.executions", "google.cloud.run.v2.Execution");
export const operations = createOperations("run", "v2", "run.operations.get");

/** How many executions of a job are kept. https://cloud.google.com/run/quotas */
const KEPT = 1000;

/** Why an execution has failed if nothing runs jobs. */
const NOTHING_RUN =
    "nothing in sandbox.yaml is mapped to the job's image: the execution was allowed, and nothing was run";

/** How the tasks of an execution have ended so far. */
export interface TaskCounts {
    running: number;
    succeeded: number;
    failed: number;
    retried: number;
}

/**
 * Starts an execution of a job.
 * @returns the operation, which is done when the execution has ended
 */
export function startExecution(call: Call, job: Job, overrides: Overrides, validateOnly: boolean): Json {
    const execution = executionOf(call, job, overrides);
    const parent = job.name.replace(/\/[^/]+\/[^/]+$/, "");
    if (validateOnly) {
        const told = typed("google.cloud.run.v2.Execution", execution);
        return operations.done(call, parent, told, told);
    }
    const { cloud, time } = call;
    executions.put(cloud, execution.name, execution);
    forgetOldest(cloud, job.name);
    jobs.put(cloud, job.name, {
        ...job,
        executionCount: job.executionCount + 1,
        latestCreatedExecution: {
            name: shortName(execution.name),
            createTime: time,
            completionStatus: "EXECUTION_RUNNING",
        },
    });
    const operation = operations.begin(call, parent, typed("google.cloud.run.v2.Execution", execution));
    const signal = { kind: "job-execution" as const, name: execution.name, operation, taken: false };
    cloud.signals.emit(signal);
    if (!signal.taken) {
        countTasks(cloud, execution.name, { running: 0, succeeded: 0, failed: execution.taskCount ?? 1, retried: 0 });
        endExecution(cloud, execution.name, operation, NOTHING_RUN);
    }
    return operations.get(cloud, operation);
}

function executionOf(call: Call, { name, launchStage, template = {} }: Job, overrides: Overrides): JobExecution {
    const { time } = call;
    const { containerOverrides = [], taskCount, timeout } = overrides ?? {};
    const { template: task = {} } = template;
    const containers = (task.containers ?? []).map((container, at) => {
        const override = containerOverrides.find((each) => (each.name ? each.name === container.name : at === 0));
        const own = (container.env ?? []).filter((one) => !override?.env?.some((other) => other.name === one.name));
        return {
            ...container,
            env: [...own, ...(override?.env ?? [])],
            args: override?.clearArgs ? [] : override?.args?.length ? override.args : (container.args ?? []),
        };
    });
    const execution: JobExecution = {
        name: `${name}/executions/${shortName(name)}-${uid().slice(0, 5)}`,
        uid: uid(),
        creator: memberOf(call.principal).replace(/^[^:]+:/, ""),
        generation: "1",
        observedGeneration: "1",
        job: shortName(name),
        createTime: time,
        startTime: time,
        updateTime: time,
        taskCount: taskCount || template.taskCount || 1,
        template: { ...task, containers, ...defined({ timeout: timeout ?? task.timeout }) },
        ...defined({ launchStage, parallelism: template.parallelism }),
        conditions: [{ type: "Completed", state: "CONDITION_RECONCILING", lastTransitionTime: time }],
    };
    return { ...execution, etag: etagOf(execution) };
}

/** Deletes the oldest executions of a job that have ended, where it has too many. */
function forgetOldest(cloud: Cloud, job: string): void {
    const all = executions.list(cloud, job);
    if (all.length <= KEPT) {
        return;
    }
    const ended = all.filter(({ completionTime }) => completionTime !== undefined);
    const byAge = ended.sort((a, b) => ((a.createTime ?? "") < (b.createTime ?? "") ? -1 : 1));
    for (const { name } of byAge.slice(0, all.length - KEPT)) {
        executions.delete(cloud, name);
    }
}

/** Notes how far an execution has come. Nothing is noted of one that was deleted. */
export function countTasks(cloud: Cloud, name: string, counts: TaskCounts): void {
    const execution = executions.find(cloud, name);
    if (execution) {
        executions.put(cloud, name, { ...execution, ...fieldsOf(counts), updateTime: timeOf(cloud) });
    }
}

/**
 * Notes that an execution has ended, and ends its operation.
 * @param failure why it has failed; it has succeeded if there is none
 */
export function endExecution(cloud: Cloud, name: string, operation: string, failure?: string): void {
    const execution = executions.find(cloud, name);
    if (!execution) {
        return;
    }
    const time = timeOf(cloud);
    const state = failure === undefined ? "CONDITION_SUCCEEDED" : "CONDITION_FAILED";
    const ended: JobExecution = {
        ...execution,
        runningCount: 0,
        completionTime: time,
        updateTime: time,
        conditions: [{ type: "Completed", state, lastTransitionTime: time, ...defined({ message: failure }) }],
    };
    executions.put(cloud, name, ended);
    const job = jobs.find(cloud, name.replace(/\/executions\/[^/]+$/, ""));
    if (job?.latestCreatedExecution?.name === shortName(name)) {
        const completionStatus = failure === undefined ? "EXECUTION_SUCCEEDED" : "EXECUTION_FAILED";
        const latestCreatedExecution = { ...job.latestCreatedExecution, completionTime: time, completionStatus };
        jobs.put(cloud, job.name, { ...job, latestCreatedExecution });
    }
    operations.end(cloud, operation, typed("google.cloud.run.v2.Execution", ended));
}

/** Ends what an earlier sandbox with this state left running. */
export function endInterrupted(cloud: Cloud): void {
    for (const { name, metadata } of operations.pending(cloud)) {
        endExecution(cloud, String(metadata?.name), name, "the sandbox ended while the execution was running");
    }
}

const fieldsOf = ({ running, succeeded, failed, retried }: TaskCounts): Partial<JobExecution> => ({
    runningCount: running,
    succeededCount: succeeded,
    failedCount: failed,
    retriedCount: retried,
});

const timeOf = ({ clock }: Cloud): string => new Date(clock.now()).toISOString();
