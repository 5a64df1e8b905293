import {
    compileWorkflow,
    execute,
    fromPlain,
    HostError,
    parseWorkflow,
    toPlain,
    type CallbackRequest,
    type ExecuteOptions,
    type Host,
    type HttpAnswer,
    type HttpCall,
    type LogEntry,
    type OutcomeError,
} from "../../../workflow";

/** A world for tests: its clock jumps over waits, its answers are handed in, and it keeps what was asked of it. */
export class World implements Host {
    time = Date.parse("2026-01-31T12:00:00Z");
    readonly calls: HttpCall[] = [];
    readonly logs: LogEntry[] = [];
    readonly waits: number[] = [];
    readonly callbacks: CallbackRequest[] = [];

    constructor(readonly answer: (call: HttpCall) => HttpAnswer | Promise<HttpAnswer> = () => json({})) {}

    now(): number {
        return this.time;
    }

    async sleep(milliseconds: number): Promise<void> {
        this.waits.push(milliseconds);
        this.time += milliseconds;
        await new Promise((resolve) => setImmediate(resolve));
    }

    async http(call: HttpCall): Promise<HttpAnswer> {
        this.calls.push(call);
        return this.answer(call);
    }

    log(entry: LogEntry): void {
        this.logs.push(entry);
    }

    createCallback(method: string) {
        const next = (): Promise<CallbackRequest> => {
            const request = this.callbacks.shift();
            return request === undefined
                ? Promise.reject(new HostError("TimeoutError", "no callback arrived"))
                : Promise.resolve(request);
        };
        return Promise.resolve({ url: `https://callbacks.example/${method}`, next });
    }

    uuid(): string {
        return "00000000-0000-4000-8000-000000000000";
    }
}

export function json(body: unknown, status = 200): HttpAnswer {
    return { status, headers: { "Content-Type": "application/json" }, body: Buffer.from(JSON.stringify(body)) };
}

export interface Ran {
    /** What was returned, as plain JavaScript. */
    result?: unknown;
    error?: OutcomeError;
    /** What the error carries. */
    payload?: unknown;
    state: string;
    world: World;
}

/** Runs a source that must parse without errors. */
export async function run(
    source: string,
    options: Partial<Omit<ExecuteOptions, "host" | "argument">> & { argument?: unknown; world?: World } = {},
): Promise<Ran> {
    const { argument, world = new World(), ...rest } = options;
    const { program, diagnostics } = parseWorkflow(source, { file: "test.yaml" });
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    if (program === undefined || errors.length > 0) {
        throw new Error(errors.map(({ message }) => message).join("; "));
    }
    const outcome = await execute(compileWorkflow(program), { ...rest, argument: fromPlain(argument), host: world });
    return outcome.state === "SUCCEEDED"
        ? { state: outcome.state, result: toPlain(outcome.result), world }
        : { state: outcome.state, error: outcome.error, payload: JSON.parse(outcome.error.payload) as unknown, world };
}

/** The value of one expression, or the tag (or whole payload) of its error. */
export async function evaluate(expression: string, options: Parameters<typeof run>[1] = {}): Promise<unknown> {
    const { state, result, payload } = await run(JSON.stringify([{ a: { return: `\${${expression}}` } }]), options);
    if (state === "SUCCEEDED") {
        return result;
    }
    const tags = (payload as { tags?: string[] } | null)?.tags;
    return { error: tags?.[0] ?? payload };
}
