import { randomBytes } from "node:crypto";
import { DENIED_AUDIENCE } from "../../common";
import { claimsOf } from "../../credentials";
import { notTried, type Attempt, type Context } from "../attempt";
import { audienceOf, inWords, readReceiver, resourceOf, standingOf, wrongAudience } from "../diagnosis";
import type { ProbeCredential, RequestProbe } from "../spec";
import { SpecError } from "../errors";

/** How many seconds ago a token must have expired: clocks differ, so Google may let in one that expired more recently. */
const surelyExpired = 600;

/** The token that a probe shows, or undefined if it shows none. If no token can be had, it is how the attempt ended. */
export async function tokenFor(probe: RequestProbe, context: Context): Promise<string | undefined | Attempt> {
    const { credential } = probe;
    refuseLeak(probe);
    switch (credential.kind) {
        case "none":
            return undefined;
        case "broken":
            return brokenToken(audienceOf(probe.url), context.clock.now());
        case "expired":
            return expiredToken(probe, credential, context);
        case "ungranted":
            return ungrantedToken(probe, credential.serviceAccount, credential.audience, context);
        case "idToken":
            return (await refuseElsewhere(probe, credential.audience, context)) ?? mintToken(credential, context);
        case "signed":
            return (await refuseElsewhere(probe, credential.audience, context)) ?? signToken(credential, context);
    }
}

async function mintToken(
    { serviceAccount, audience }: { serviceAccount: string; audience: string },
    context: Context,
): Promise<string> {
    const token = await (await context.credentials()).idToken(audience, { as: serviceAccount });
    const key = `${serviceAccount} ${audience}`;
    if (!context.oldTokens.has(key)) {
        context.oldTokens.set(key, token);
    }
    return token;
}

const signToken = async (
    { serviceAccount, audience }: { serviceAccount: string; audience: string },
    context: Context,
): Promise<string> => (await context.credentials()).signedToken(audience, serviceAccount);

/** An expired token is one that this process has used before, because Google mints none that has expired already. */
async function expiredToken(
    probe: RequestProbe,
    { serviceAccount, audience }: { serviceAccount: string; audience: string },
    context: Context,
): Promise<string | Attempt> {
    const token = context.oldTokens.get(`${serviceAccount} ${audience}`);
    const expiry = token === undefined ? undefined : claimsOf(token)?.["exp"];
    if (token !== undefined && typeof expiry === "number" && (expiry + surelyExpired) * 1000 < context.clock.now()) {
        return (await refuseElsewhere(probe, audience, context)) ?? token;
    }
    return notTried("no-expired-token", noExpiredToken);
}

/** Why there is seldom an expired token. */
export const noExpiredToken =
    "Google mints no token that has already ended, and this check has none that is older than an hour (gcp-invoke verify --watch has one after an hour)";

async function ungrantedToken(
    probe: RequestProbe,
    serviceAccount: string | undefined,
    audience: string,
    context: Context,
): Promise<string | Attempt> {
    if (serviceAccount === undefined) {
        return notTried("no-other-account", noOtherAccount);
    }
    const [grant] = probe.grants ?? [];
    if (grant) {
        const member = `serviceAccount:${serviceAccount}`;
        const standing = await standingOf(context.http, await context.credentials(), { ...grant, member });
        if (standing.kind === "present") {
            return notTried("account-granted", `${serviceAccount} has ${grant.role} on ${grant.label}: name another`);
        }
    }
    return (await refuseElsewhere(probe, audience, context)) ?? mintToken({ serviceAccount, audience }, context);
}

/** Why the check has no account without a grant that it could call as. */
export const noOtherAccount =
    "the check has no account without a grant to call as: give it probeMinters, or name an account in the probe as which it may mint ID tokens";

/** A token whose claims are all right and whose signature is random. */
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
 * Refuses probes whose token could be misused. Tokens go over HTTPS only, but for loopback; what stands before an `@` in a URL is
 * no host, whatever it looks like; and a probe that must be denied shows a token that only the receiver itself accepts, or nobody.
 * @throws SpecError if a probe would do otherwise
 */
function refuseLeak({ name, url: address, credential, outcome }: RequestProbe): void {
    const url = new URL(address);
    if (url.username !== "" || url.password !== "") {
        throw new SpecError(`probe "${name}" has a URL with user information before its host, which is ${url.host}`, {
            fix: "write the URL without what stands before the @; a path begins with a slash",
        });
    }
    const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
    if (url.protocol !== "https:" && !loopback && credential.kind !== "none") {
        throw new SpecError(`probe "${name}" would send a token to ${url.origin} in clear text`, { fix: "use https" });
    }
    if (outcome !== "denied" || (credential.kind !== "idToken" && credential.kind !== "signed")) {
        return;
    }
    const { audience } = credential;
    if (audience !== DENIED_AUDIENCE && !isFor(url, audience)) {
        throw new SpecError(
            `denied probe "${name}" would send a token for ${audience} to ${url.origin}, which could use it elsewhere`,
            { fix: `use the audience ${DENIED_AUDIENCE}` },
        );
    }
}

/**
 * Refuses to mint a token that would go to another host than the receiver's own, or that is for an audience which the receiver
 * does not accept, because whoever gets such a token could use it elsewhere.
 */
async function refuseElsewhere(probe: RequestProbe, audience: string, context: Context): Promise<Attempt | undefined> {
    const url = new URL(probe.url);
    const resource = resourceOf(probe);
    // IAP does not tell the host of an application.
    if (audience === DENIED_AUDIENCE || (resource ?? "").startsWith("https://iap.googleapis.com/")) {
        return undefined;
    }
    const receiver = await readReceiver(context, resource);
    const accepts = receiver?.accepts ?? [];
    const own = accepts.filter((each) => URL.canParse(each)).map((each) => new URL(each).host);
    const hosts = receiver?.host === undefined ? own : [receiver.host];
    if (hosts.length > 0 && !hosts.includes(url.host)) {
        const cause = `the URL leads to ${url.host}, and the receiver is at ${inWords([...new Set(hosts)])}: no token was minted for it`;
        return { outcome: "failed", got: "not sent", diagnosis: { code: "wrong-host", cause } };
    }
    if (isFor(url, audience) || accepts.includes(audience)) {
        return undefined;
    }
    if (accepts.length === 0) {
        return notTried(
            "audience-elsewhere",
            `audience was ${audience}, and a token for it was not shown to ${url.host}, which could use it elsewhere: whether the receiver accepts it is not known`,
        );
    }
    const { cause, ...rest } = wrongAudience({ audience, accepts, resource, own: audienceOf(url.href) });
    const kept = `${cause}; the token was not shown to it, because it could be used elsewhere`;
    return { outcome: "failed", got: "not sent", diagnosis: { ...rest, cause: kept } };
}

/**
 * Whether a token for an audience is of use only to the receiver at a URL. An audience with a path is for the receiver alone too;
 * functions on the same host have audiences of their own.
 */
const isFor = (url: URL, audience: string): boolean =>
    URL.canParse(audience) && audienceOf(audience) === audienceOf(url.href);

/** The caller in the report. */
export function callerOf(credential: ProbeCredential): string {
    if (credential.kind === "none") {
        return "anonymous";
    }
    if (credential.kind === "broken") {
        return "a forger";
    }
    return credential.serviceAccount ?? "an account without a grant";
}

/** The kind of token in the report. */
export function tokenKind(credential: ProbeCredential): string {
    switch (credential.kind) {
        case "none":
            return "none";
        case "broken":
            return "forged";
        case "expired":
            return "expired";
        case "ungranted":
            return "ID token";
        case "idToken":
            return credential.audience === DENIED_AUDIENCE ? "wrong audience" : "ID token";
        case "signed":
            return credential.audience === DENIED_AUDIENCE ? "wrong audience" : "signed token";
    }
}
