import { dirname } from "node:path";
import { matchesWildcards, Semaphore } from "../../common";
import { messageOf } from "../../errors";
import {
    countTasks,
    endExecution,
    endInterrupted,
    type JobExecution,
    jobExecutions,
    shortName,
    type TaskCounts,
} from "../apis";
import type { Cloud } from "../cloud";
import { type EnvironmentOptions, machineEnvironment } from "./environment";
import { printOutput, type ProcessGroup, startGroup } from "./group";
import type { Logs } from "./logs";
import type { Rule } from "./mapping";
import type { Deployed } from "./service";
import { metadataOf, surroundingsOf, type WorkloadNetwork } from "./start";
import { ownVariables, readSecretFiles, writeSecretFiles } from "./settings";

/** The most tasks of an execution that run at the same time on this machine, even if the job allows more. */
const TASKS_AT_ONCE = 8;
/** How many retries a task has if the job does not say it. https://cloud.google.com/run/docs/configuring/max-retries */
const DEFAULT_RETRIES = 3;
const DEFAULT_TIMEOUT_SECONDS = 600;

/** What jobs need in order to run. */
interface JobsOptions {
    cloud: Cloud;
    rules: () => readonly Rule[];
    network: () => WorkloadNetwork;
    logs: Logs;
}

/** Runs the tasks of jobs, each as a process of its own, with the identity of the job. */
export interface Jobs {
    /** Ends all tasks that run. */
    end(): Promise<void>;
    /** Ends all tasks that run, and starts no more. */
    close(): void;
}

/** https://cloud.google.com/run/docs/create-jobs */
export function runJobs({ cloud, rules, network, logs }: JobsOptions): Jobs {
    const groups = new Set<ProcessGroup>();
    let stopped = false;
    const running = new Set<Promise<void>>();
    endInterrupted(cloud);
    const stopListening = cloud.signals.on((signal) => {
        if (signal.kind !== "job-execution" || signal.taken) {
            return;
        }
        const execution = jobExecutions.get(cloud, signal.name);
        const image = execution.template?.containers?.[0]?.image ?? "";
        const rule = rules().find(({ pattern }) => matchesWildcards(pattern, image));
        if (rule === undefined) {
            return;
        }
        signal.taken = true;
        const run = execute(execution, rule)
            .then(
                (failed) => (failed === 0 ? undefined : `${failed} of ${tasksOf(execution)} tasks failed`),
                (error: unknown) => messageOf(error),
            )
            .then((failure) => endExecution(cloud, execution.name, signal.operation, failure))
            .finally(() => running.delete(run));
        running.add(run);
    });

    /** @returns how many tasks have failed */
    async function execute(execution: JobExecution, rule: Rule): Promise<number> {
        const deployed: Deployed = {
            name: execution.name,
            ...(execution.template && { template: execution.template }),
        };
        const variables = {
            ...(await ownVariables(cloud, deployed)),
            CLOUD_RUN_JOB: execution.job ?? "",
            CLOUD_RUN_EXECUTION: shortName(execution.name),
            CLOUD_RUN_TASK_COUNT: String(tasksOf(execution)),
        };
        const secrets = await readSecretFiles(cloud, deployed);
        const way = network();
        const metadata = await metadataOf(deployed, cloud);
        // The tasks of an execution read the same files.
        const files = writeSecretFiles(dirname(way.caFile), secrets);
        try {
            const own = files?.variablesHere(variables) ?? variables;
            const options = { ...surroundingsOf(way, deployed), metadata: metadata.env, own };
            return await runTasks(execution, (index, attempt) => runAttempt(execution, rule, options, index, attempt));
        } finally {
            await metadata.close();
            files?.remove();
        }
    }

    async function runTasks(
        execution: JobExecution,
        attemptOf: (index: number, attempt: number) => Promise<boolean>,
    ): Promise<number> {
        const counts: TaskCounts = { running: 0, succeeded: 0, failed: 0, retried: 0 };
        const count = (change: Partial<TaskCounts>): void => {
            for (const [name, by] of Object.entries(change)) {
                counts[name as keyof TaskCounts] += by;
            }
            countTasks(cloud, execution.name, counts);
        };
        const retries = execution.template?.maxRetries ?? DEFAULT_RETRIES;
        const semaphore = new Semaphore(Math.min(execution.parallelism || TASKS_AT_ONCE, TASKS_AT_ONCE));
        const runTask = async (index: number): Promise<void> => {
            count({ running: 1 });
            for (let attempt = 0; !(await attemptOf(index, attempt)); attempt++) {
                if (attempt >= retries) {
                    count({ running: -1, failed: 1 });
                    return;
                }
                count({ retried: 1 });
            }
            count({ running: -1, succeeded: 1 });
        };
        await Promise.all(
            Array.from({ length: tasksOf(execution) }, (_, index) => semaphore.run(() => runTask(index))),
        );
        return counts.failed;
    }

    /** @returns whether the task has succeeded */
    async function runAttempt(
        execution: JobExecution,
        { runner, at }: Rule,
        options: EnvironmentOptions,
        index: number,
        attempt: number,
    ): Promise<boolean> {
        const { job = "", template } = execution;
        const print = logs.printers(jobOf(execution));
        // A mapping of jobs holds commands only.
        if (runner.kind !== "command" || stopped) {
            print.stderr(`task ${index} was not started: the sandbox ends\n`);
            return false;
        }
        const own = { ...options.own, CLOUD_RUN_TASK_INDEX: String(index), CLOUD_RUN_TASK_ATTEMPT: String(attempt) };
        const group = startGroup([...runner.command, ...(template?.containers?.[0]?.args ?? [])], {
            cwd: runner.directory,
            env: machineEnvironment({ ...options, own }, runner.environment),
        });
        groups.add(group);
        const { child } = group;
        printOutput(child, print);
        const seconds = Number.parseFloat(template?.timeout ?? "") || DEFAULT_TIMEOUT_SECONDS;
        const timer = setTimeout(() => {
            print.stderr(`${at}: task ${index} of ${job} ran longer than its timeout of ${seconds} s\n`);
            void group.end();
        }, seconds * 1000);
        try {
            return await new Promise<boolean>((resolve) => {
                child.once("error", (error) => {
                    print.stderr(`${at}: task ${index} of ${job} could not be started: ${error.message}\n`);
                    resolve(false);
                });
                child.once("close", (code, signal) => {
                    if (code !== 0) {
                        print.stderr(`task ${index} of ${job} ended with ${signal ?? `exit code ${code ?? 0}`}\n`);
                    }
                    resolve(code === 0);
                });
            });
        } finally {
            clearTimeout(timer);
            groups.delete(group);
        }
    }

    const end = async (): Promise<void> => {
        stopped = true;
        await Promise.all([...groups].map((group) => group.end()));
        await Promise.all(running);
        stopped = false;
    };
    return {
        end,
        close() {
            stopListening();
        },
    };
}

const tasksOf = ({ taskCount }: JobExecution): number => taskCount ?? 1;

/** The name of an execution's job. The log has the execution's lines under this name. */
const jobOf = ({ name }: JobExecution): string => name.replace(/\/executions\/.*/, "");
