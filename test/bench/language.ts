import { performance } from "node:perf_hooks";
import { createCloud } from "../../sandbox/create";
import { registerSenders } from "../../sandbox/senders";
import { compileWorkflow, execute, parseWorkflow, type CompiledWorkflow, type Host } from "../../workflow";

/** How fast the language runs, on one core. */
export interface LanguageFigures {
    /** Iterations a second of the loop: the first run of the process, the best, and plain JavaScript closures' best. */
    cold: number;
    iterations: number;
    plain: number;
}

/** What the Executions API costs. */
export interface ExecutionFigures {
    /** Milliseconds of a request that starts an execution, and of one that reads its workflow. */
    start: number;
    request: number;
    /** Megabytes of heap after so many executions that ended, and how many of them are kept. */
    megabytes: number;
    finished: number;
    kept: number;
}

const TURNS = 20_000;
const LOOP = `
- begin: {assign: [s: 0, k: ""]}
- loop:
    for:
      value: i
      range: [1, ${TURNS}]
      steps:
        - turn: {assign: [s: '\${s + i * 2 % 7}', k: '\${"a" + string(s)}']}
- done: {return: '\${k}'}
`;

/** Nothing of the world is asked for by what is measured here. */
const NOWHERE = new Proxy({} as Host, {
    get: () => () => {
        throw new Error("the bench asks nothing of the world");
    },
});

/** The best of some rounds each: the first ones warm up, others share the machine. */
export async function measureLanguage(rounds = 15): Promise<LanguageFigures> {
    const workflow = compile(LOOP);
    let [cold, iterations, plain] = [0, 0, 0];
    for (let round = 0; round < rounds; round++) {
        let [result, wanted]: unknown[] = [];
        const ours = await seconds(async () => {
            const outcome = await execute(workflow, { host: NOWHERE });
            result = outcome.state === "SUCCEEDED" && outcome.result;
        });
        const theirs = await seconds(() => {
            wanted = closures();
        });
        if (result !== wanted) {
            throw new Error(`the loop gave ${String(result)} instead of ${String(wanted)}`);
        }
        if (round === 0) {
            cold = TURNS / ours;
        }
        iterations = Math.max(iterations, TURNS / ours);
        plain = Math.max(plain, TURNS / theirs);
    }
    return { cold, iterations, plain };
}

type Frame = { s: number; i: number; k: string };
type Closure<T> = (frame: Frame) => T;

/** The same arithmetic as a tree of closures, as an interpreter that does nothing else would have it. */
function closures(): string {
    const binary =
        (left: Closure<number>, right: Closure<number>, operation: (a: number, b: number) => number): Closure<number> =>
        (frame) =>
            operation(left(frame), right(frame));
    const sum = binary(
        (frame) => frame.s,
        binary(
            binary(
                (frame) => frame.i,
                () => 2,
                (a, b) => a * b,
            ),
            () => 7,
            (a, b) => a % b,
        ),
        (a, b) => a + b,
    );
    const text: Closure<string> = (frame) => "a" + String(frame.s);
    const frame: Frame = { s: 0, i: 0, k: "" };
    for (frame.i = 1; frame.i <= TURNS; frame.i++) {
        frame.s = sum(frame);
        frame.k = text(frame);
    }
    return frame.k;
}

/** Starts executions through the API, in process, so that no network is in the figures. */
export async function measureExecutions(finished = 10_000): Promise<ExecutionFigures> {
    const cloud = createCloud();
    const senders = registerSenders(cloud);
    const principal = { kind: "user", email: "owner@example.com" } as const;
    const location = "projects/demo/locations/europe-west1";
    const call = async (method: string, url: string, body?: unknown): Promise<void> => {
        const answer = await cloud.apis.request(method, url, { principal, ...(body !== undefined && { body }) });
        if (answer?.status !== 200) {
            throw new Error(JSON.stringify(answer?.body));
        }
    };
    const workflow = `https://workflows.googleapis.com/v1/${location}/workflows/bench`;
    await call("POST", workflow.replace("/bench", "?workflowId=bench"), {
        sourceContents: "main: {params: [a], steps: [{done: {return: '${a.n + 1}'}}]}",
    });
    const executions = `https://workflowexecutions.googleapis.com/v1/${location}/workflows/bench/executions`;
    const before = heap();
    const [starts, requests]: [number[], number[]] = [[], []];
    for (let index = 0; index < finished; index++) {
        starts.push(await seconds(() => call("POST", executions, { argument: `{"n":${index}}` })));
        if (index % 10 === 0) {
            requests.push(await seconds(() => call("GET", workflow)));
        }
        while (senders.executions.load.running > 0) {
            await new Promise((resolve) => setImmediate(resolve));
        }
    }
    const figures = {
        start: 1000 * median(starts),
        request: 1000 * median(requests),
        megabytes: Math.max(0, heap() - before) / 2 ** 20,
        finished,
        kept: senders.executions.list(`${location}/workflows/bench`).length,
    };
    await senders.close();
    cloud.close();
    return figures;
}

function compile(source: string): CompiledWorkflow {
    const { program } = parseWorkflow(source, { file: "bench.yaml" });
    if (program === undefined) {
        throw new Error("the bench's workflow cannot be read");
    }
    return compileWorkflow(program);
}

async function seconds(work: () => void | Promise<void>): Promise<number> {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
}

function heap(): number {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
}

function median(values: number[]): number {
    return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
