import { claimsOf, type HttpResponse } from "../../credentials";
import { isTransient, notTried, type Attempt, type Context, type Trial } from "../attempt";
import {
    answerInWords,
    deniedStatusOf,
    diagnoseRefusal,
    isSignIn,
    isSuccess,
    methodOf,
    openReceiver,
    readReceiver,
    resourceOf,
} from "../diagnosis";
import { checkExpectation, differences } from "../expect";
import type { RequestProbe } from "../spec";
import { askAgent } from "./agent";
import { exchangeOf } from "./exchange";
import { askHealth, checkHealth } from "./grpc";
import { statusesFromInside } from "./inside";
import { knock, listTools } from "./mcp";
import { callerOf, tokenFor, tokenKind } from "./token";
import { SpecError } from "../errors";
import { defined } from "../../common";

/** How many denials in a row prove one: a single denial may still come from an older policy. */
const denialsInARow = 3;

/** The pause between two of them, in milliseconds. */
const denialPause = 100;

/** The statuses with which Google denies a call. */
const denials: readonly number[] = [401, 403, 302];

/** Sends a request with the credential of the probe. It must be allowed, or denied. */
export function requestTrial(probe: RequestProbe, context: Context): Trial {
    const url = new URL(probe.url);
    const denied = probe.outcome === "denied";
    checkExpectation(probe.name, probe.expect);
    const noDenial = deniedStatusOf(probe).find((status) => !denials.includes(status));
    if (noDenial !== undefined) {
        throw new SpecError(`probe "${probe.name}" counts ${noDenial} as a denial`, {
            fix: `only ${denials.join(", ")} count (302 only to Google's sign-in page): an outage or a missing path is no denial`,
        });
    }
    return {
        caller: callerOf(probe.credential),
        target: url.host + (url.pathname === "/" ? "" : url.pathname),
        token: tokenKind(probe.credential),
        expected: denied ? deniedStatusOf(probe).join(" or ") : String(probe.expect?.status ?? "2xx"),
        async attempt() {
            if (probe.inside !== undefined) {
                return tryInside({ ...probe, inside: probe.inside }, context);
            }
            if (denied && probe.ingress === "internal") {
                return notFromOutside;
            }
            const token = await tokenFor(probe, context);
            if (typeof token === "object") {
                return token;
            }
            const claims = token === undefined ? undefined : claimsOf(token);
            const evidence = claims && probe.credential.kind !== "broken" ? { claims } : {};
            const attempt = await (denied
                ? tryDenied(probe, context, token)
                : tryAllowed(probe, context, token, claims));
            return { ...attempt, ...evidence };
        },
    };
}

const notFromOutside: Attempt = notTried(
    "internal-ingress",
    "the receiver has internal ingress: from outside it answers 404 to everyone; smokeCheck: { inside: true } or the configuration `gcp-invoke:inside: true` proves the denials from inside",
);

async function tryAllowed(
    probe: RequestProbe,
    context: Context,
    token: string | undefined,
    claims: Record<string, unknown> | undefined,
): Promise<Attempt> {
    const answer = await send(probe, context, token);
    return "outcome" in answer ? answer : judgeAllowed(probe, context, answer, claims);
}

async function judgeAllowed(
    probe: RequestProbe,
    context: Context,
    answer: HttpResponse,
    claims: Record<string, unknown> | undefined,
): Promise<Attempt> {
    const expect = probe.expect ?? {};
    const wanted = expect.status === undefined ? isSuccess(answer.status) : answer.status === expect.status;
    const signIn = isSignIn(answer);
    if (wanted && !signIn) {
        const diff = differences(expect, { ...answer, text: answer.body });
        if (diff.length === 0) {
            return { outcome: "passed", got: String(answer.status) };
        }
        return {
            outcome: "failed",
            got: `${answer.status}, not as expected`,
            diff,
            diagnosis: { code: "unexpected-answer", cause: "the receiver answered, but not what was expected" },
        };
    }
    const { diagnosis, final, byCode = false } = await diagnoseRefusal(context, probe, answer, claims);
    return {
        outcome: isTransient(answer.status) && !final && !byCode ? "retry" : "failed",
        byCode: byCode && isTransient(answer.status),
        got: answerInWords(answer, probe.url),
        diagnosis,
    };
}

async function tryDenied(probe: RequestProbe, context: Context, token: string | undefined): Promise<Attempt> {
    for (let count = 1; ; count += 1) {
        const answer = await send(probe, context, token);
        if ("outcome" in answer) {
            return answer;
        }
        if (!isDenial(probe, answer)) {
            return judgeNoDenial(probe, context, answer);
        }
        if (count === denialsInARow) {
            return judgeDenial(probe, context, answer);
        }
        await context.clock.sleep(denialPause, context.signal);
    }
}

/** Has a workflow send the request from inside. If a request that must be denied gets in, the check fails, whatever the answer. */
async function tryInside(
    probe: RequestProbe & { inside: NonNullable<RequestProbe["inside"]> },
    context: Context,
): Promise<Attempt> {
    const statuses = await statusesFromInside(probe, context);
    if ("outcome" in statuses) {
        return statuses;
    }
    const [first] = statuses;
    if (probe.outcome === "allowed") {
        return judgeAllowed(probe, context, { status: first, headers: {}, body: "", milliseconds: 0 }, undefined);
    }
    const letIn = statuses.find((status) => !deniedStatusOf(probe).includes(status));
    const answer: HttpResponse = { status: letIn ?? first, headers: {}, body: "", milliseconds: 0 };
    return letIn === undefined ? judgeDenial(probe, context, answer) : judgeNoDenial(probe, context, answer);
}

/** Why an answer to a call that must be denied is no denial, and whether a later try may be denied. */
async function judgeNoDenial(probe: RequestProbe, context: Context, answer: HttpResponse): Promise<Attempt> {
    const got = answerInWords(answer, probe.url);
    const outage = answer.status === 429 || answer.status >= 500;
    const open = outage ? undefined : await openReceiver(context, probe, answer);
    return {
        outcome: open?.final === true ? "failed" : "retry",
        got,
        diagnosis: open?.diagnosis ?? {
            code: "no-denial",
            cause: `the receiver answered ${got}, which is an outage and no denial`,
        },
    };
}

/** A redirect is a denial only if it leads to Google's sign-in page. Any other redirect may come from the service itself. */
function isDenial(probe: RequestProbe, answer: HttpResponse): boolean {
    return deniedStatusOf(probe).includes(answer.status) && (answer.status !== 302 || isSignIn(answer));
}

/** A denial passes only if Google made it. A service that is open to everyone may deny by its own code, which proves nothing. */
async function judgeDenial(probe: RequestProbe, context: Context, answer: HttpResponse): Promise<Attempt> {
    const got = `${answer.status}, ${denialsInARow} times`;
    const open = (await readReceiver(context, resourceOf(probe), probe))?.openBecause;
    if (!open) {
        return { outcome: "passed", got };
    }
    const cause = isSignIn(answer)
        ? `the receiver asks to sign in, and then lets in whoever does: ${open.why}`
        : `the receiver denied by its own code, and its front door is open: ${open.why}`;
    return { outcome: "failed", got, diagnosis: { code: "open-to-everyone", cause, fix: open.fix } };
}

async function send(probe: RequestProbe, context: Context, token: string | undefined): Promise<HttpResponse | Attempt> {
    const exchange = exchangeOf(probe, context, token);
    const denied = probe.outcome === "denied";
    if (probe.grpcService !== undefined) {
        return (denied ? askHealth : checkHealth)(exchange, probe.grpcService);
    }
    if (probe.mcpTools !== undefined) {
        return denied ? knock(exchange) : listTools(exchange, probe.mcpTools);
    }
    if (probe.agent !== undefined) {
        return denied ? exchange({}) : askAgent(exchange, probe.agent);
    }
    const body = probe.body === undefined ? undefined : JSON.stringify(probe.body);
    const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    return exchange({ method: methodOf(probe), headers, ...defined({ body }) });
}
