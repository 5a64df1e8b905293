import { injectAuth, type DeclaredTarget } from "../../../../workflow/auth";
import { auditSurvey, survey } from "../../../../workflow/auth/checks/audit";
import type { FlowKind } from "../../../../workflow/auth/flow/routine-state";
import { resolveCalls } from "../../../../workflow/auth/flow/resolve";
import { type RuntimeValue, toPlain } from "../../../../workflow/run/values/value";
import { parseWorkflow, type Parsed } from "../../../../workflow/syntax";
import { contains } from "./contains";
import { computationOf } from "./expressions";
import { type Emphasis, ORDERS, programOf, STOCK } from "./programs";
import { Random } from "./random";
import { EVIL, runHostile } from "./hostile-host";

export const targets: DeclaredTarget[] = [
    { name: "orders", kind: "run", url: ORDERS, urlVariable: "ORDERS_URL" },
    { name: "stock", kind: "run", url: STOCK, urlVariable: "STOCK_URL" },
];

/** A hole in the analysis, for the proof of the proof, and programs in which it shows soon. */
export interface Planted {
    without?: FlowKind;
    emphasis?: Emphasis;
    /** Bodies are not looked into for tokens that other services are to send. */
    withoutBodies?: boolean;
}

/** How often each program is run. */
const RUNS = 3;

/** What the proof saw of one program. */
export interface Verdict {
    /** The runs' calls, those with a credential, and those of them that went to hosts that nobody declared. */
    calls: number;
    credentials: number;
    strangers: number;
    /** What the analysis missed: a run did it and the analysis had not foreseen it. */
    problems: string[];
}

/** Every call of a run was foreseen: its arguments are among those that the analysis gave for it. */
export async function proveForeseen(seed: number, { emphasis, ...planted }: Planted = {}): Promise<Verdict> {
    const random = new Random(seed);
    return proveOf(parsedOf(random, true, emphasis), random, planted);
}

/** The same of values that every operator and function computes. */
export async function proveComputed(seed: number, planted: Planted = {}): Promise<Verdict> {
    const random = new Random(seed);
    return proveOf(parseWorkflow(JSON.stringify(computationOf(random)), { file: "computed" }), random, planted);
}

async function proveOf(parsed: Parsed, random: Random, { without, withoutBodies }: Planted): Promise<Verdict> {
    const verdict: Verdict = { calls: 0, credentials: 0, strangers: 0, problems: [] };
    if (parsed.program === undefined) {
        return { ...verdict, problems: [`does not parse: ${parsed.diagnostics[0]?.message ?? ""}`] };
    }
    const resolved = resolveCalls(parsed.program, { targets, ...(without && { without }) });
    let told: Set<string | undefined> | undefined;
    for (let run = 0; run < RUNS; run++) {
        const { calls, requests } = await runHostile(parsed.program, random);
        for (const { routine, step, callee, args } of calls) {
            verdict.calls++;
            const sites = resolved.filter(
                (call) =>
                    call.routine.name.text === routine &&
                    call.step.name.text === step &&
                    call.action.callee.text === callee,
            );
            if (!sites.some((site) => contains(site.action.args === undefined ? [none] : site.args, args))) {
                verdict.problems.push(`${routine}/${step}: ${callee} was not foreseen with ${shown(args)}`);
            }
        }
        for (const { routine, step, url } of requests.filter((request) => request.auth !== undefined)) {
            verdict.credentials++;
            if (URL.parse(url)?.hostname.endsWith(new URL(EVIL).hostname) !== true) {
                continue;
            }
            verdict.strangers++;
            told ??= stepsWithFindings(parsed, withoutBodies);
            if (without === undefined && !told.has(step)) {
                verdict.problems.push(`${routine}/${step}: sent a token to ${url}, and no finding says so`);
            }
        }
    }
    return verdict;
}

function stepsWithFindings(parsed: Parsed, withoutBodies = false): Set<string | undefined> {
    const seen = survey(parsed, { targets });
    const { findings } = auditSurvey(parsed, withoutBodies ? { ...seen, deliveries: [] } : seen, { targets });
    return new Set(findings.map(({ step }) => step));
}

/** What is injected where every call must go to a declared target goes to declared targets only. */
export async function proveInjected(seed: number): Promise<Verdict> {
    const random = new Random(seed);
    const parsed = parsedOf(random, false, undefined);
    const { source, changes } = injectAuth(parsed, { targets, closed: true });
    const verdict: Verdict = { calls: 0, credentials: 0, strangers: 0, problems: [] };
    const injected = parseWorkflow(source, { file: "injected" });
    if (changes.length === 0 || injected.program === undefined) {
        return verdict;
    }
    for (let run = 0; run < RUNS; run++) {
        const { calls, requests } = await runHostile(injected.program, random);
        verdict.calls += calls.length;
        for (const { routine, step, url, auth } of requests.filter((request) => request.auth !== undefined)) {
            verdict.credentials++;
            const declared = targets.find((target) => auth?.type === "OIDC" && target.url === auth.audience);
            if (declared?.url !== new URL(url).origin) {
                verdict.strangers++;
                verdict.problems.push(`${routine}/${step}: sent a token for ${JSON.stringify(auth)} to ${url}`);
            }
        }
    }
    return verdict;
}

const none = { kind: "scalar", value: null } as const;

function parsedOf(random: Random, auth: boolean, emphasis: Emphasis | undefined): Parsed {
    return parseWorkflow(JSON.stringify(programOf(random, { auth, emphasis })), { file: "generated" });
}

const shown = (args: RuntimeValue): string =>
    JSON.stringify(toPlain(args), (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
