import { randomUUID } from "node:crypto";
import { execute, fromJson, type CompiledWorkflow, type Outcome, type RuntimeValue } from "../../../workflow";
import { Resources, type Workflow, type Execution, type ExecutionService } from "../../apis";
import { ApiError, type Cloud } from "../../cloud";
import { Callbacks } from "./callbacks";
import { callLog, loggedOf } from "./call-log";
import { Compiled } from "./compiled";
import { byAge, endedWith, KEPT_AS_GIVEN, specified } from "./execution";
import { errorOf, fault } from "./execution-error";
import { History } from "./history";
import { Recorder } from "./recorder";
import { createWorkflowHost, environmentOf } from "./workflow-host";
import { Retention } from "./retention";
import type { Sender } from "../send";
import { logExecution } from "./system-log";

/** How many executions Google runs and queues in one region. https://cloud.google.com/workflows/quotas */
const QUOTA = { concurrent: 10_000, backlog: 100_000 };

/** An execution that runs, or waits for its turn. */
interface Running {
    controller: AbortController;
    begin: () => void;
    ended: Promise<void>;
}

/** Runs workflows in the sandbox, each as its own service account. */
export class Executions implements ExecutionService {
    readonly resources = new Resources<Execution>(
        "executions.executions",
        "google.cloud.workflows.executions.v1.Execution",
    );
    readonly callbacks: Callbacks;
    readonly history = new History();
    readonly recorder = new Recorder();
    private readonly running = new Map<string, Running>();
    private readonly queue = new Map<string, Running>();
    private readonly compiled = new Compiled();
    private readonly retention = new Retention();

    /** @param sender sends the requests of the workflows of a project, also into a network; undefined while the sandbox has no network */
    constructor(
        private readonly cloud: Cloud,
        private readonly sender: (project: string, network?: string) => Sender | undefined,
        private readonly quota = QUOTA,
    ) {
        this.callbacks = new Callbacks(cloud);
        cloud.signals.on((signal) => {
            if (signal.kind === "workflow") {
                this.deleteAll(signal.name);
            }
        });
        const all = cloud.store
            .list(this.resources.collection)
            .map(([, value]) => value as Execution)
            .sort(byAge);
        for (const execution of all) {
            const ended: Execution =
                execution.state === "ACTIVE" || execution.state === "QUEUED"
                    ? {
                          ...execution,
                          state: "FAILED",
                          error: errorOf(fault("the sandbox stopped while the execution ran")),
                      }
                    : execution;
            this.keep(ended);
        }
    }

    /**
     * Starts an execution and does not wait for its end. Above the quota of concurrent executions it is queued.
     * @throws ApiError FAILED_PRECONDITION if the source cannot be read
     * @throws SyntaxError if the argument is no JSON
     * @throws ApiError RESOURCE_EXHAUSTED if the queue is full
     */
    start(workflow: Workflow, wanted: Partial<Execution>): Execution {
        const { cloud, running, queue } = this;
        const program = this.compiled.get(workflow);
        const argument = wanted.argument === undefined ? null : fromJson(wanted.argument);
        const waits = running.size >= this.quota.concurrent;
        const refuses = wanted.disableConcurrencyQuotaOverflowBuffering === true || queue.size >= this.quota.backlog;
        if (waits && refuses) {
            throw new ApiError(
                "RESOURCE_EXHAUSTED",
                `Quota exceeded: ${running.size} executions run and ${queue.size} are queued`,
            );
        }
        const name = `${workflow.name}/executions/${randomUUID()}`;
        const createTime = new Date(cloud.clock.now()).toISOString();
        const kept = KEPT_AS_GIVEN.filter((field) => wanted[field] !== undefined && wanted[field] !== "");
        const execution: Execution = {
            name,
            createTime,
            ...(!waits && { startTime: createTime }),
            state: waits ? "QUEUED" : "ACTIVE",
            ...Object.fromEntries(kept.map((field) => [field, wanted[field]])),
            workflowRevisionId: workflow.revisionId,
        };
        this.resources.put(cloud, name, execution);
        const controller = new AbortController();
        const turn = new Promise<void>((begin) => {
            (waits ? queue : running).set(name, { controller, begin, ended: Promise.resolve() });
        });
        const entry = (waits ? queue : running).get(name);
        const ended = turn
            .then(() => this.run(workflow, program, argument, execution, controller.signal))
            .then((outcome) => this.end(workflow, name, outcome))
            // Even after a fault of the sandbox, no execution stays ACTIVE.
            .catch((error: unknown) => {
                const why = fault(`internal error of the sandbox: ${String(error)}`);
                this.end(workflow, name, { state: "FAILED", error: why });
            });
        if (entry) {
            entry.ended = ended;
        }
        // The client has its answer before the workflow takes the processor.
        if (!waits) {
            setImmediate(() => entry?.begin());
        }
        return execution;
    }

    /** The execution as it is now, with its current step. */
    get(name: string): Execution {
        const execution = this.resources.get(this.cloud, name);
        const currentSteps = this.history.current(name);
        return currentSteps.length === 0 ? execution : { ...execution, status: { currentSteps } };
    }

    /** The executions of a workflow, the newest first. */
    list(workflow: string): Execution[] {
        return this.resources.list(this.cloud, `${workflow}/executions`).sort((a, b) => byAge(b, a));
    }

    /** Cancels an execution, and waits until it has ended. @returns false if it does not run */
    async cancel(name: string): Promise<boolean> {
        const found = this.running.get(name) ?? this.queue.get(name);
        if (!found) {
            return false;
        }
        found.controller.abort();
        found.begin();
        await found.ended;
        return true;
    }

    /** How many executions run, and how many are queued. */
    get load(): { running: number; queued: number } {
        return { running: this.running.size, queued: this.queue.size };
    }

    /** The sandbox's time, in milliseconds since 1970. */
    now(): number {
        return this.cloud.clock.now();
    }

    async close(): Promise<void> {
        await Promise.all([...this.queue.keys(), ...this.running.keys()].map((name) => this.cancel(name)));
    }

    private run(
        workflow: Workflow,
        program: CompiledWorkflow,
        argument: RuntimeValue,
        { name, callLogLevel, executionHistoryLevel }: Execution,
        signal: AbortSignal,
    ): Promise<Outcome> {
        const { cloud, callbacks } = this;
        const [, project = ""] = workflow.name.split("/");
        const sender = (network?: string): Sender | undefined => this.sender(project, network);
        const logged = loggedOf(workflow, name);
        if (!signal.aborted) {
            logExecution(cloud, logged, this.resources.get(cloud, name));
        }
        const level = specified(executionHistoryLevel) ?? workflow.executionHistoryLevel;
        const env = environmentOf(cloud, workflow, name);
        return execute(program, {
            argument,
            env,
            host: this.recorder.begin(name, workflow, env, (onToken) =>
                createWorkflowHost(cloud, { workflow, execution: name, sender, callbacks, onToken }),
            ),
            signal,
            onStep: this.history.begin(name, level === "EXECUTION_HISTORY_DETAILED"),
            onCall: callLog(cloud, logged, specified(callLogLevel) ?? workflow.callLogLevel),
        });
    }

    private end(workflow: Workflow, name: string, outcome: Outcome): void {
        this.running.delete(name);
        this.queue.delete(name);
        this.callbacks.end(name);
        this.history.end(name);
        this.record(workflow, name, outcome);
        this.next();
    }

    private record(workflow: Workflow, name: string, outcome: Outcome): void {
        const execution = this.resources.find(this.cloud, name);
        if (!execution) {
            // It was deleted while it ran.
            this.history.forget(name);
            this.recorder.forget(name);
            return;
        }
        const ended = endedWith(execution, outcome, this.cloud.clock.now());
        logExecution(this.cloud, loggedOf(workflow, name), ended);
        this.keep(ended);
        this.recorder.end(ended);
    }

    /** Begins the execution that has waited longest, if the quota allows one more. */
    private next(): void {
        const [first] = this.queue;
        if (!first || this.running.size >= this.quota.concurrent) {
            return;
        }
        const [name, entry] = first;
        this.queue.delete(name);
        this.running.set(name, entry);
        const startTime = new Date(this.cloud.clock.now()).toISOString();
        const execution = this.resources.find(this.cloud, name);
        if (execution) {
            this.resources.put(this.cloud, name, { ...execution, state: "ACTIVE", startTime });
        }
        entry.begin();
    }

    private keep(execution: Execution): void {
        this.resources.put(this.cloud, execution.name, execution);
        this.retention.add(execution).forEach((name) => this.delete(name));
    }

    /**
     * A workflow that is deleted takes its executions with it; those that run are cancelled.
     * https://cloud.google.com/workflows/docs/reference/rest/v1/projects.locations.workflows/delete
     */
    private deleteAll(workflow: string): void {
        for (const { name } of this.list(workflow)) {
            this.delete(name);
            void this.cancel(name);
        }
    }

    private delete(name: string): void {
        this.retention.delete(name);
        this.history.forget(name);
        this.cloud.store.delete(this.resources.collection, name);
    }
}
