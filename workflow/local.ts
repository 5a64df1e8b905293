import { defined } from "../common";
import { InvokeError } from "../errors";
import { randomUUID } from "node:crypto";
import { parseWorkflow, type Diagnostic } from "./syntax";
import { validateWorkflow } from "./validate";
import {
    VirtualClock,
    type Clock,
    compileWorkflow,
    execute,
    type Limits,
    type StepEvent,
    HostError,
    type Callback,
    type CallbackRequest,
    type Host,
    type HttpAnswer,
    type HttpCall,
    type LogEntry,
    type OutcomeError,
    MissingStubError,
    toAnswer,
    toStubRequest,
    type Stub,
    type StubRequest,
    fromPlain,
    toPlain,
} from "./run";

/** The options of a run in a unit test. */
export interface RunOptions {
    /** The argument of main, as plain JavaScript. @default - null */
    argument?: unknown;
    /** User environment variables; the built-in `GOOGLE_CLOUD_…` have defaults that these override. */
    env?: Record<string, string>;
    /** Stubs by host name (`orders.example.com`), or one for all hosts. @default - none: a request without a stub fails */
    http?: Record<string, Stub> | Stub;
    /** Stubs of Google APIs by host name (`bigquery.googleapis.com`); connectors call these too. @default - none: a request without a stub fails */
    apis?: Record<string, Stub>;
    /** @default - a `VirtualClock`: waits take no time */
    clock?: Clock;
    /** The request that a callback receives, or undefined for none before its timeout. @default - none */
    callback?: (endpoint: { url: string; method: string }) => Partial<CallbackRequest> | undefined;
    /** What `uuid.generate` gives. @default - random identifiers */
    uuid?: () => string;
    /** The name for messages. @default - `<workflow>` */
    file?: string;
    /** Ends the run as CANCELLED. @default - nothing ends it */
    signal?: AbortSignal;
    /** @default - Google's limits */
    limits?: Partial<Limits>;
    /** Told of every step's start and end. @default - nobody is told */
    onStep?: (event: StepEvent) => void;
}

/** How a run ended, and what was seen of it. */
export interface RunResult {
    state: "SUCCEEDED" | "FAILED" | "CANCELLED";
    /** What main returned, as plain JavaScript. */
    result?: unknown;
    /** Why it failed or was cancelled. */
    error?: OutcomeError;
    /** Every HTTP call, in order, with its auth. */
    calls: StubRequest[];
    /** What `sys.log` wrote, in order. */
    logs: LogEntry[];
}

/** A source that a deploy would refuse. */
export class WorkflowSourceError extends InvokeError {
    readonly code = "workflow-source";

    constructor(
        file: string,
        readonly diagnostics: readonly Diagnostic[],
    ) {
        super(
            diagnostics
                .map(({ span, message }) => `${file}:${span.start.line}:${span.start.column}: ${message}`)
                .join("\n"),
        );
    }
}

const BUILT_IN = {
    GOOGLE_CLOUD_PROJECT_ID: "project",
    GOOGLE_CLOUD_PROJECT_NUMBER: "123456789012",
    GOOGLE_CLOUD_LOCATION: "us-central1",
    GOOGLE_CLOUD_SERVICE_ACCOUNT_NAME: "workflow@project.iam.gserviceaccount.com",
    GOOGLE_CLOUD_WORKFLOW_ID: "workflow",
    GOOGLE_CLOUD_WORKFLOW_REVISION_ID: "000001-000",
    GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID: "00000000-0000-4000-8000-000000000000",
};

/**
 * Runs a workflow on its own, for unit tests: hosts are stubbed, time jumps, and every call is kept.
 *
 * @example
 * const { result, calls } = await runWorkflow(readFileSync("fulfil.yaml", "utf8"), {
 *     env: { ORDERS_URL: "https://orders.example.com" },
 *     http: { "orders.example.com": () => ({ body: { status: "reserved" } }) },
 * });
 * assert.deepEqual(calls[0].auth, { type: "OIDC", audience: "https://orders.example.com" });
 *
 * @throws WorkflowSourceError for a source that a deploy would refuse, with all its problems
 * @throws MissingStubError for a call that no stub answers
 */
export async function runWorkflow(source: string, options: RunOptions = {}): Promise<RunResult> {
    const file = options.file ?? "<workflow>";
    const parsed = parseWorkflow(source, { file });
    const errors = validateWorkflow(parsed).filter(({ severity }) => severity === "error");
    if (parsed.program === undefined || errors.length > 0) {
        throw new WorkflowSourceError(file, errors);
    }
    const host = new LocalHost(options);
    const { signal, limits, onStep } = options;
    const outcome = await execute(compileWorkflow(parsed.program), {
        argument: fromPlain(options.argument),
        env: { ...BUILT_IN, ...options.env },
        host,
        ...defined({ signal, limits, onStep }),
    });
    const { calls, logs } = host;
    return outcome.state === "SUCCEEDED"
        ? { state: outcome.state, result: toPlain(outcome.result), calls, logs }
        : { state: outcome.state, error: outcome.error, calls, logs };
}

class LocalHost implements Host {
    readonly calls: StubRequest[] = [];
    readonly logs: LogEntry[] = [];
    private readonly clock: Clock;
    private callbacks = 0;

    constructor(private readonly options: RunOptions) {
        this.clock = options.clock ?? new VirtualClock();
    }

    now(): number {
        return this.clock.now();
    }

    sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
        return this.clock.sleep(milliseconds, signal);
    }

    http(call: HttpCall): Promise<HttpAnswer> {
        const request = toStubRequest(call);
        this.calls.push(request);
        const { http = {}, apis = {} } = this.options;
        const stubs = typeof http === "function" ? apis : { ...http, ...apis };
        const stub =
            stubs[request.host] ?? stubs[new URL(call.url).host] ?? (typeof http === "function" ? http : undefined);
        const answer = async (): Promise<HttpAnswer> => {
            const response = await stub?.(request);
            if (response === undefined) {
                throw new MissingStubError(request, Object.keys(stubs));
            }
            return toAnswer(response);
        };
        return this.clock instanceof VirtualClock ? this.clock.hold(answer) : answer();
    }

    log(entry: LogEntry): void {
        this.logs.push(entry);
    }

    createCallback(method: string): Promise<Callback> {
        const url = `https://workflowexecutions.googleapis.com/v1/projects/project/callbacks/${++this.callbacks}`;
        const next = async (timeout: number, signal: AbortSignal): Promise<CallbackRequest> => {
            const request = this.options.callback?.({ url, method });
            if (request !== undefined) {
                return { method, url, headers: {}, query: {}, body: null, receivedAt: this.now(), ...request };
            }
            await this.sleep(timeout, signal);
            throw new HostError("TimeoutError", `no callback arrived within ${timeout / 1000} seconds`);
        };
        return Promise.resolve({ url, next });
    }

    uuid(): string {
        return this.options.uuid?.() ?? randomUUID();
    }
}
