import { isDeepStrictEqual } from "node:util";
import { type AuditOptions, type DeclaredTarget, planInjection } from "../../../../workflow/auth";
import { applyEdits } from "../../../../workflow/auth/edit/edit";
import type { StubRequest } from "../../../../workflow/run";
import { runWorkflow, WorkflowSourceError } from "../../../../workflow";
import { type Parsed, parseWorkflow } from "../../../../workflow/syntax";
import { Random } from "../proof/random";
import { anchoredProgram, ORDERS, PAY } from "./programs";

export type Injector = (parsed: Parsed, options: AuditOptions) => { source: string; changes: { step: string }[] };

const targets: DeclaredTarget[] = [
    { name: "orders", kind: "run", url: ORDERS, urlVariable: "ORDERS_URL" },
    {
        name: "pay",
        kind: "external",
        url: PAY,
        secret: { header: "X-Key", version: "projects/p/secrets/pay/versions/3" },
    },
];

const injectPlanned: Injector = (parsed, options) => {
    const { edits, changes } = planInjection(parsed, options);
    return { source: applyEdits(parsed.source, edits), changes };
};

/** What was seen of one program. */
export interface Seen {
    text: string;
    injected: string;
    /** Calls that were reported as changed. */
    changes: number;
    /** Whether it was run: it is where something is injected, and a deploy takes it. */
    ran: boolean;
    /** What is not the same before and after, but for the credentials that are reported. */
    problems: string[];
}

/** Injects a program of a seed, and runs it before and after with the same arguments, environment and answers. */
export async function compareRuns(seed: number, inject: Injector = injectPlanned): Promise<Seen> {
    const random = new Random(seed);
    const closed = random.chance(0.5);
    const text = anchoredProgram(random);
    const { source: injected, changes } = inject(parseWorkflow(text, { file: "w.yaml" }), { targets, closed });
    const seen: Seen = { text, injected, changes: changes.length, ran: false, problems: [] };
    if (text === injected) {
        return changes.length === 0 ? seen : { ...seen, problems: ["changes are reported and none is made"] };
    }
    // One more call decides which branch goes on first: the order of branches is nobody's to rely on.
    const reordered = injected.includes("read_pay_secret") && /\bparallel\b/.test(text);
    const before = reordered ? undefined : await run(text, seed);
    if (before === undefined) {
        return seen;
    }
    seen.ran = true;
    const after = await run(injected, seed);
    if (after === undefined) {
        return { ...seen, problems: ["a deploy takes the program no longer"] };
    }
    const { problems } = seen;
    for (const part of ["state", "result", "error", "logs", "steps"] as const) {
        if (!isDeepStrictEqual(before[part], after[part])) {
            problems.push(`${part}: ${JSON.stringify(before[part])} became ${JSON.stringify(after[part])}`);
        }
    }
    const reported = new Set(changes.map(({ step }) => step));
    const changed = new Set<string>();
    for (const [index, call] of after.calls.entries()) {
        const old = before.calls[index];
        if (!isDeepStrictEqual(old?.request, call.request)) {
            problems.push(`call ${index}: ${JSON.stringify(old?.request)} became ${JSON.stringify(call.request)}`);
        }
        if (!isDeepStrictEqual(old?.credential, call.credential)) {
            changed.add(call.step);
            const host = new URL(call.url).hostname;
            const declared = targets.some(({ url = "" }) => new URL(url).hostname === host);
            if (closed && !declared) {
                problems.push(`${call.step} sends ${JSON.stringify(call.credential)} to ${host}`);
            }
        }
        if (!reported.has(call.step) && changed.has(call.step)) {
            problems.push(`${call.step} sends ${JSON.stringify(call.credential)}, which is not reported`);
        }
        if (reported.has(call.step) && !changed.has(call.step)) {
            problems.push(`${call.step} is reported and sends what it sent`);
        }
    }
    return seen;
}

interface Ran {
    state: string;
    result: unknown;
    error: unknown;
    logs: unknown;
    steps: string[];
    calls: { step: string; url: string; request: unknown; credential: unknown }[];
}

/** `undefined` where a deploy refuses the source. */
async function run(source: string, seed: number): Promise<Ran | undefined> {
    const calls: Ran["calls"] = [];
    const steps: string[] = [];
    const answers = new Random(seed);
    const http = (request: StubRequest): { status: number; body: unknown } => {
        const { auth, headers, url } = request;
        const { "X-Key": key, ...others } = headers;
        calls.push({
            step: steps.at(-1) ?? "",
            url,
            request: { ...request, auth: undefined, headers: others },
            credential: { auth, key },
        });
        return { status: answers.chance(0.85) ? 200 : 503, body: { path: request.path } };
    };
    try {
        const { state, result, error, logs } = await runWorkflow(source, {
            argument: { url: answers.pick(["https://evil.example", ORDERS]) },
            env: { ORDERS_URL: ORDERS },
            http,
            apis: {
                "secretmanager.googleapis.com": () => ({
                    body: { payload: { data: Buffer.from("the key").toString("base64") } },
                }),
            },
            onStep: ({ phase, step }) => {
                if (phase === "start" && !step.name.startsWith("read_pay_secret")) {
                    steps.push(step.name);
                }
            },
        });
        // Lines move.
        const ended = error?.payload.replaceAll(/line: \d+/g, "");
        return { state, result, error: ended, logs, steps, calls };
    } catch (error) {
        if (error instanceof WorkflowSourceError) {
            return undefined;
        }
        throw error;
    }
}
