import type { IncomingMessage } from "node:http";
import type { Cloud, Principal, Verified } from "../cloud";
import { accountPrincipal, findAccount } from "../iam";
import { livesTooLong, signatureHolds, timeProblem, type Jwt } from "../tokens";

interface SelfSignedCaller {
    principal: Principal & { kind: "serviceAccount" };
    claims: Record<string, unknown>;
}

/**
 * The principal of a JWT that a service account signed itself for the URL that it asks for.
 * https://cloud.google.com/iap/docs/authentication-howto#authenticating_with_a_service_account_jwt
 */
export function selfSignedCaller(
    cloud: Cloud,
    jwt: Jwt,
    { headers, url = "/" }: IncomingMessage,
): Verified<SelfSignedCaller> {
    const verified = verifySelfSigned(cloud, jwt);
    if (!verified.ok) {
        return verified;
    }
    const { claims } = jwt;
    const origin = `https://${headers.host ?? ""}`;
    const path = url.replace(/\?.*$/s, "");
    if (!coversPath(claims.aud, origin, path)) {
        const reason = `JWT audience doesn't match this application ('aud' claim (${String(claims.aud)}) doesn't match expected value (${origin}${path}))`;
        return { ok: false, reason, claims };
    }
    return { ok: true, value: { principal: verified.value, claims } };
}

/** The account that signed a JWT itself and names itself as the issuer. The receiver compares the audience. */
export function verifySelfSigned(cloud: Cloud, jwt: Jwt): Verified<SelfSignedCaller["principal"]> {
    const { claims, header } = jwt;
    const no = (reason: string): Verified<SelfSignedCaller["principal"]> => ({ ok: false, reason, claims });
    const email = String(claims.iss);
    const account = findAccount(cloud.store, email);
    const key = cloud.tokens.accountKey(email, header.kid);
    if (!account || !key || !signatureHolds(jwt, key)) {
        return no("Invalid JWT signature");
    }
    const wrong = timeProblem(claims, Math.floor(cloud.clock.now() / 1000));
    if (wrong !== undefined) {
        return no(wrong);
    }
    if (livesTooLong(claims)) {
        return no("JWT lives longer than an hour");
    }
    return claims.sub === claims.iss
        ? { ok: true, value: accountPrincipal(account) }
        : no("JWT 'sub' claim isn't the 'iss' claim");
}

/** A JWT is for one URL of this host. With `/*` at its end it is for all URLs that begin with it. */
function coversPath(audience: unknown, origin: string, path: string): boolean {
    if (typeof audience !== "string" || !audience.startsWith(`${origin}/`)) {
        return false;
    }
    if (!audience.endsWith("/*")) {
        return audience === `${origin}${path}`;
    }
    if (!path.startsWith("/")) {
        return false;
    }
    const beginning = audience.slice(0, -1);
    // `/reports/../admin` begins with `/reports/` and leads elsewhere. So it does if its dots and slashes are encoded.
    return formsOf(path).every((form) => new URL(origin + form.replaceAll(/[?#]/g, "_")).href.startsWith(beginning));
}

/** A path as it was sent, and as a program may decode it. */
function formsOf(path: string): string[] {
    try {
        return [path, decodeURIComponent(path)];
    } catch {
        return [path];
    }
}
