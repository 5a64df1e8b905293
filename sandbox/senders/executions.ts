import { randomUUID } from "node:crypto";
import {
    compileWorkflow,
    execute,
    fromJson,
    parseWorkflow,
    toJson,
    type CompiledWorkflow,
    type Outcome,
    type OutcomeError,
} from "../../workflow";
import { Resources, type Json } from "../apis/framework";
import type { Workflow } from "../apis/workflows";
import type { Cloud } from "../cloud";
import { projectNumberOf } from "../iam";
import { Callbacks, createWorkflowHost } from "./workflowHost";
import type { Sender } from "./send";

/** An execution as Google answers it. */
export type Execution = Json & { name: string; state: string; startTime: string };

/** Finished executions that are kept; the oldest go first. */
const kept = 2000;
const compiledKept = 200;

/** Runs workflows in the sandbox, each as its own service account. */
export class Executions {
    readonly resources = new Resources<Execution>("executions.executions");
    readonly callbacks: Callbacks;
    private readonly running = new Map<string, { controller: AbortController; ended: Promise<void> }>();
    private readonly compiled = new Map<string, CompiledWorkflow>();
    private finished: string[];

    /** @param sender the way in for workflows of a project; undefined while the sandbox has no network */
    constructor(
        private readonly cloud: Cloud,
        private readonly sender: (project: string) => Sender | undefined,
    ) {
        this.callbacks = new Callbacks(cloud);
        const all = cloud.store
            .list(this.resources.collection)
            .map(([, value]) => value as Execution)
            .sort((a, b) => a.startTime.localeCompare(b.startTime));
        this.finished = all.map(({ name }) => name);
        for (const execution of all)
            if (execution.state === "ACTIVE")
                this.resources.put(cloud, execution.name, {
                    ...execution,
                    state: "FAILED",
                    error: { payload: '"the sandbox stopped while the execution ran"' },
                });
    }

    /**
     * Starts an execution; it goes on by itself.
     * @throws CompileError where the source cannot be run
     * @throws SyntaxError where the argument is no JSON
     */
    start(workflow: Workflow, given: { argument?: string; labels?: Json; callLogLevel?: unknown }): Execution {
        const { cloud } = this;
        const name = `${workflow.name}/executions/${randomUUID()}`;
        const program = this.compile(workflow);
        const argument = given.argument === undefined ? null : fromJson(given.argument);
        const execution: Execution = {
            name,
            startTime: new Date(cloud.clock.now()).toISOString(),
            state: "ACTIVE",
            ...(given.argument === undefined ? {} : { argument: given.argument }),
            ...(given.labels === undefined ? {} : { labels: given.labels }),
            ...(given.callLogLevel === undefined ? {} : { callLogLevel: given.callLogLevel }),
            workflowRevisionId: workflow.revisionId,
        };
        this.resources.put(cloud, name, execution);
        const controller = new AbortController();
        const host = createWorkflowHost(cloud, {
            workflow,
            execution: name,
            sender: this.sender(workflow.name.split("/")[1] ?? ""),
            callbacks: this.callbacks,
        });
        const run = execute(program, { argument, env: this.env(workflow, name), host, signal: controller.signal });
        const ended = run.then(
            (outcome) => this.end(execution, outcome),
            // A fault of the sandbox, told as such: an execution never stays ACTIVE for ever.
            (error: unknown) =>
                this.end(execution, {
                    state: "FAILED",
                    error: {
                        payload: JSON.stringify(`internal error of the sandbox: ${String(error)}`),
                        context: "",
                        stackTrace: { elements: [] },
                    },
                }),
        );
        this.running.set(name, { controller, ended });
        return execution;
    }

    /** Ends an execution, and waits until it has. @returns false where it does not run */
    async cancel(name: string): Promise<boolean> {
        const found = this.running.get(name);
        if (!found) return false;
        found.controller.abort();
        await found.ended;
        return true;
    }

    /** The sandbox's time, in milliseconds since 1970. */
    now(): number {
        return this.cloud.clock.now();
    }

    async close(): Promise<void> {
        await Promise.all([...this.running.keys()].map((name) => this.cancel(name)));
    }

    private end(execution: Execution, outcome: Outcome): void {
        const { cloud } = this;
        const endTime = cloud.clock.now();
        this.running.delete(execution.name);
        this.callbacks.end(execution.name);
        this.resources.put(cloud, execution.name, {
            ...execution,
            state: outcome.state,
            endTime: new Date(endTime).toISOString(),
            duration: `${((endTime - Date.parse(execution.startTime)) / 1000).toFixed(3)}s`,
            ...(outcome.state === "SUCCEEDED" ? { result: toJson(outcome.result) } : { error: errorOf(outcome.error) }),
        });
        this.finished.push(execution.name);
        for (const name of this.finished.splice(0, Math.max(0, this.finished.length - kept)))
            cloud.store.delete(this.resources.collection, name);
    }

    private compile({ sourceContents }: Workflow): CompiledWorkflow {
        const known = this.compiled.get(sourceContents);
        if (known) return known;
        const { program, diagnostics } = parseWorkflow(sourceContents, { file: "main.workflows.yaml" });
        if (!program) throw new Error(diagnostics[0]?.message ?? "the workflow's source cannot be read");
        const compiled = compileWorkflow(program);
        if (this.compiled.size >= compiledKept) this.compiled.clear();
        this.compiled.set(sourceContents, compiled);
        return compiled;
    }

    /** https://cloud.google.com/workflows/docs/reference/environment-variables */
    private env(workflow: Workflow, execution: string): Record<string, string> {
        const [, project = "", , location = "", , id = ""] = workflow.name.split("/");
        return {
            ...workflow.userEnvVars,
            GOOGLE_CLOUD_LOCATION: location,
            GOOGLE_CLOUD_PROJECT_ID: project,
            GOOGLE_CLOUD_PROJECT_NUMBER: projectNumberOf(project, this.cloud.settings, this.cloud.store),
            GOOGLE_CLOUD_SERVICE_ACCOUNT_NAME: workflow.serviceAccount.replace(/^.*\//, ""),
            GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID: execution.replace(/^.*\//, ""),
            GOOGLE_CLOUD_WORKFLOW_ID: id,
            GOOGLE_CLOUD_WORKFLOW_REVISION_ID: workflow.revisionId,
        };
    }
}

/** Positions as the API has them: int64, and nothing of the interpreter's own. */
function errorOf({ payload, context, stackTrace }: OutcomeError): Json {
    const elements = stackTrace.elements.map(({ step, routine, position }) => ({
        step,
        routine,
        position: {
            line: String(position.line),
            column: String(position.column),
            length: String(position.length),
        },
    }));
    return { payload, context, stackTrace: { elements } };
}
