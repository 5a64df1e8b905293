import { randomBytes } from "node:crypto";
import { claimsOf, NetworkError, type HttpResponse } from "../../credentials";
import { mayPass, type Attempt, type Context, type Trial } from "../attempt";
import { diagnoseRefusal, openReceiver } from "../refusals";
import { differences } from "../expect";
import type { ProbeCredential, RequestProbe } from "../spec";

/** A denial counts when it comes this many times in a row: one may be the last word of an older policy. */
const denialsInARow = 3;

/** Between them, in milliseconds. */
const denialPause = 300;

/** The audience of a token that is good nowhere. */
export const deniedAudience = "https://denied.invalid";

/** One request with the credential named, allowed or denied. */
export function requestTrial(probe: RequestProbe, context: Context): Trial {
    const url = new URL(probe.url);
    const denied = probe.outcome === "denied";
    const deniedStatus = probe.deniedStatus ?? [401, 403];
    return {
        caller: callerOf(probe.credential),
        target: url.host + (url.pathname === "/" ? "" : url.pathname),
        token: tokenKind(probe.credential),
        expected: denied ? deniedStatus.join(" or ") : String(probe.expect?.status ?? "below 400"),
        async attempt() {
            if (denied && probe.ingress === "internal") return notFromOutside;
            refuseLeak(probe, url);
            const token = await mint(probe, context);
            const claims = token === undefined ? undefined : claimsOf(token);
            const evidence = claims && probe.credential.kind === "idToken" ? { claims } : {};
            const attempt = await (denied
                ? tryDenied(probe, context, token, deniedStatus)
                : tryAllowed(probe, context, token, claims));
            return { ...attempt, ...evidence };
        },
    };
}

const notFromOutside: Attempt = {
    outcome: "not-tried",
    got: "not tried",
    diagnosis: {
        code: "internal-ingress",
        cause: "the receiver has internal ingress: from outside it answers 404 to everyone, so a denial cannot be made there",
    },
};

async function tryAllowed(
    probe: RequestProbe,
    context: Context,
    token: string | undefined,
    claims: Record<string, unknown> | undefined,
): Promise<Attempt> {
    const answer = await send(probe, context, token);
    if ("outcome" in answer) return answer;
    const expect = probe.expect ?? {};
    const wanted = expect.status === undefined ? answer.status < 400 : answer.status === expect.status;
    const signIn = /^https:\/\/accounts\.google\.com\//.test(answer.headers["location"] ?? "");
    if (wanted && !signIn) {
        const diff = differences(expect, { ...answer, text: answer.body });
        if (diff.length === 0) return { outcome: "passed", got: String(answer.status) };
        return {
            outcome: "failed",
            got: `${answer.status}, not as expected`,
            diff,
            diagnosis: { code: "unexpected-answer", cause: "the receiver answered, but not what was expected" },
        };
    }
    const { diagnosis, final } = await diagnoseRefusal(context, probe, answer, claims);
    return {
        outcome: mayPass(answer.status) && !final ? "retry" : "failed",
        got: signIn ? `${answer.status} to the sign-in page` : String(answer.status),
        diagnosis,
    };
}

async function tryDenied(
    probe: RequestProbe,
    context: Context,
    token: string | undefined,
    deniedStatus: readonly number[],
): Promise<Attempt> {
    for (let count = 1; ; count += 1) {
        const answer = await send(probe, context, token);
        if ("outcome" in answer) return answer;
        const got = String(answer.status);
        if (!deniedStatus.includes(answer.status)) {
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
        if (count === denialsInARow) return { outcome: "passed", got: `${got}, ${denialsInARow} times` };
        await context.clock.sleep(denialPause, context.signal);
    }
}

async function send(probe: RequestProbe, context: Context, token: string | undefined): Promise<HttpResponse | Attempt> {
    const body = probe.body === undefined ? undefined : JSON.stringify(probe.body);
    try {
        return await context.http.request({
            method: probe.method ?? (body === undefined ? "GET" : "POST"),
            url: probe.url,
            headers: {
                ...(token !== undefined && { authorization: `Bearer ${token}` }),
                ...(body !== undefined && { "content-type": "application/json" }),
            },
            ...(body !== undefined && { body }),
            ...(context.signal && { signal: context.signal }),
        });
    } catch (error) {
        if (!(error instanceof NetworkError)) throw error;
        return { outcome: "retry", got: error.code, diagnosis: { code: "no-answer", cause: error.message } };
    }
}

async function mint(probe: RequestProbe, context: Context): Promise<string | undefined> {
    const { credential } = probe;
    if (credential.kind === "none") return undefined;
    if (credential.kind === "broken") return brokenToken(new URL(probe.url).origin, context.clock.now());
    const credentials = await context.credentials();
    return credentials.idToken(credential.audience, { as: credential.serviceAccount });
}

/** Right in every claim, and signed by nobody. */
function brokenToken(audience: string, now: number): string {
    const seconds = Math.floor(now / 1000);
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const header = { alg: "RS256", kid: randomBytes(20).toString("hex"), typ: "JWT" };
    const claims = {
        iss: "https://accounts.google.com",
        aud: audience,
        sub: "0",
        email: "nobody@denied.invalid",
        email_verified: true,
        iat: seconds,
        exp: seconds + 3600,
    };
    return `${encode(header)}.${encode(claims)}.${randomBytes(256).toString("base64url")}`;
}

/**
 * A token must be worth nothing to whoever gets it: only HTTPS (loopback aside), and a denied probe shows a token for
 * the receiver itself or for nobody.
 */
function refuseLeak(probe: RequestProbe, url: URL): void {
    const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
    if (url.protocol !== "https:" && !loopback && probe.credential.kind !== "none")
        throw new Error(`probe "${probe.name}" would send a token to ${url.origin} in clear text: use https`);
    if (probe.outcome !== "denied" || probe.credential.kind !== "idToken") return;
    const { audience } = probe.credential;
    if (audience !== deniedAudience && !(URL.canParse(audience) && new URL(audience).origin === url.origin))
        throw new Error(
            `denied probe "${probe.name}" would send a token for ${audience} to ${url.origin}, which could use it elsewhere: use the audience ${deniedAudience}`,
        );
}

function callerOf(credential: ProbeCredential): string {
    if (credential.kind === "none") return "anonymous";
    return credential.kind === "broken" ? "a forger" : credential.serviceAccount;
}

function tokenKind(credential: ProbeCredential): string {
    if (credential.kind === "none") return "none";
    if (credential.kind === "broken") return "ID token, broken signature";
    return credential.audience === deniedAudience ? "ID token, wrong audience" : "ID token";
}
