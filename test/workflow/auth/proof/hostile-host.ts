import { compileWorkflow } from "../../../../workflow/run/compile";
import { CompileError } from "../../../../workflow/run/expressions/expression";
import { execute } from "../../../../workflow/run/execute";
import { type Auth, type Host, HostError, type HttpAnswer } from "../../../../workflow/run/host/host";
import { fromPlain, type RuntimeValue, toPlain } from "../../../../workflow/run/values/value";
import type { Program } from "../../../../workflow/syntax/ast";
import { ORDERS, STOCK } from "./programs";
import type { Random } from "./random";

/** The address that only an attacker names. */
export const EVIL = "https://evil.example";
/** What Cloud Run answers as the address of a service. */
export const SERVICE = "https://own-abc123-ew.a.run.app";
/** The host that the deployer sets, and the analysis does not know. */
export const PARTNER = "https://partner.example";

/** A call step that ran. */
export interface SeenCall {
    routine: string;
    step: string;
    callee: string;
    args: RuntimeValue;
}

/** An HTTP request that a run sent. */
export interface SeenRequest {
    routine: string;
    step: string;
    url: string;
    auth?: Auth;
}

export interface Seen {
    calls: SeenCall[];
    requests: SeenRequest[];
}

/** Runs a program once in a hostile world: arguments, environment, answers, failures and interleavings by the seed. */
export async function runHostile(program: Program, random: Random): Promise<Seen> {
    const calls: SeenCall[] = [];
    const requests: SeenRequest[] = [];
    const waiting: (() => void)[] = [];
    const state = { ended: false };
    const pause = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
    let last: SeenCall | undefined;
    const send = (call: SeenCall | undefined, body: unknown): void => {
        const { routine = "", step = "" } = call ?? {};
        requests.push(...delivered(body).map((request) => ({ routine, step, ...request })));
    };
    const host: Host = {
        now: () => 0,
        sleep: pause,
        log: () => undefined,
        uuid: () => "a".repeat(1 + random.below(6)),
        createCallback: () => Promise.reject(new HostError("SystemError", "there are no callbacks here")),
        http: async ({ url, auth, connector, body }) => {
            if (connector === undefined) {
                requests.push({ routine: last?.routine ?? "", step: last?.step ?? "", url, ...(auth && { auth }) });
                send(last, jsonIn(body));
            }
            await pause();
            return answer(connector, random);
        },
    };
    let workflow;
    try {
        workflow = compileWorkflow(program);
    } catch (error) {
        if (error instanceof CompileError) {
            return { calls, requests };
        }
        throw error;
    }
    const run = execute(workflow, {
        host,
        env: environment(random),
        argument: argument(random),
        limits: { steps: 150 },
        onCall: (event) => {
            if (event.phase === "begun") {
                const { step, callee, args } = event;
                last = { routine: step.routine, step: step.name, callee, args: copied(args) };
                calls.push(last);
                if (callee.startsWith("googleapis.")) {
                    send(last, toPlain(last.args));
                }
            }
        },
    }).finally(() => (state.ended = true));
    while (!state.ended) {
        await new Promise((resolve) => setImmediate(resolve));
        const [next] = waiting.splice(random.below(waiting.length), 1);
        next?.();
    }
    await run;
    return { calls, requests };
}

/** The requests with a token that stand in the body of another: whoever gets that sends them later. */
function delivered(body: unknown): { url: string; auth: Auth }[] {
    if (typeof body !== "object" || body === null) {
        return [];
    }
    const { url, uri, pushEndpoint, oidcToken, oauthToken } = body as Record<string, unknown>;
    const to = [url, uri, pushEndpoint].find((each) => typeof each === "string");
    const auth: Auth | undefined =
        oidcToken !== undefined
            ? { type: "OIDC", audience: (oidcToken as { audience?: string }).audience ?? to ?? "" }
            : oauthToken !== undefined
              ? { type: "OAuth2", scopes: [] }
              : undefined;
    const own = to === undefined || auth === undefined ? [] : [{ url: to, auth }];
    return [...own, ...Object.values(body).flatMap(delivered)];
}

/** What a body holds; nothing where it is no JSON. */
function jsonIn(body: Uint8Array | undefined): unknown {
    try {
        return JSON.parse(Buffer.from(body ?? []).toString());
    } catch (error) {
        if (error instanceof SyntaxError) {
            return undefined;
        }
        throw error;
    }
}

/** Values are changed in place later on. */
function copied(value: RuntimeValue): RuntimeValue {
    return value instanceof Map
        ? new Map(Array.from(value, ([key, each]) => [key, copied(each)]))
        : Array.isArray(value)
          ? value.map(copied)
          : value;
}

function answer(connector: string | undefined, random: Random): HttpAnswer {
    const status = random.weighted([
        [4, () => 200],
        [2, () => 503],
        [1, () => 404],
    ]);
    if (random.chance(0.15)) {
        throw new HostError("ConnectionError", "refused");
    }
    const body = connector === undefined ? { url: EVIL, u: EVIL } : { uri: SERVICE, u: SERVICE };
    return {
        status,
        headers: { "Content-Type": "application/json" },
        body: Buffer.from(JSON.stringify(body)),
    };
}

function environment(random: Random): Record<string, string> {
    return { ORDERS_URL: ORDERS, STOCK_URL: STOCK, ...(random.chance(0.5) && { PARTNER_URL: PARTNER }) };
}

function argument(random: Random): RuntimeValue {
    return fromPlain({
        url: random.pick([EVIL, EVIL, `${EVIL}/x`, ORDERS]),
        ...(random.chance(0.8) && { other: random.pick([EVIL, ".evil.example", "u", 7]) }),
        number: 2,
        flag: true,
        keys: ["a", "b"],
        path: ["u", "b"],
        list: [EVIL, "u"],
        map: { u: EVIL, a: { u: "a", b: { u: EVIL } } },
    });
}
