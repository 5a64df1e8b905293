import { RecentMap } from "../../common";
import { hash } from "node:crypto";
import type {
    AccessTokenInfo,
    Clock,
    CloudSettings,
    IdTokenClaims,
    Principal,
    Store,
    Tokens,
    Verified,
} from "../cloud";
import { accountPrincipal, findAccount } from "../iam";
import { OpaqueTokens } from "./opaque";
import { AccountKeys } from "./account-keys";
import { createAwsKeys } from "./aws";
import { selfSignedCertificate } from "./certificates";
import { decodeJwt, encodeJwt, signatureHolds } from "./jwt";
import { KeyRing, prepareKey, toJwk } from "./keys";

/** What ID tokens name as their issuer; the second is an older form that Google still publishes. */
const issuers = ["https://accounts.google.com", "accounts.google.com"];
const hour = 3600;
/** Verified tokens kept, so that a signature is checked once and not on each request. */
const verifiedKept = 10_000;
export const cloudPlatform = "https://www.googleapis.com/auth/cloud-platform";

/**
 * Mints and verifies the sandbox's tokens. Nothing is persisted: keys and tokens end with the process.
 * https://cloud.google.com/docs/authentication/token-types
 */
export function createTokens(parts: { clock: Clock; store: Store; settings: CloudSettings }): Tokens {
    const { clock, store } = parts;
    const ring = new KeyRing(clock);
    void prepareKey();
    const iapRing = new KeyRing(clock, "ec");
    // Access tokens look as Google's do: clients tell them from JWTs by the prefix.
    const accessTokens = new OpaqueTokens<AccessTokenInfo>("ya29.", clock);
    const refreshTokens = new OpaqueTokens<{ principal: Principal; expiresAt: number }>("1//", clock);
    const accountKeys = new AccountKeys(store);
    const verified = new RecentMap<string, { keyId: string; claims: IdTokenClaims }>(verifiedKept);
    const seconds = (): number => Math.floor(clock.now() / 1000);
    const sign = (claims: Record<string, unknown>): string =>
        encodeJwt(claims, ring.current.id, ring.current.privateKey);

    /** The claims of a token that this sandbox signed, whatever they say. */
    function signedHere(token: string): Verified<IdTokenClaims> {
        const key = hash("sha256", token, "base64url");
        const known = verified.get(key);
        if (known && ring.find(known.keyId)) {
            return { ok: true, value: known.claims };
        }
        const jwt = decodeJwt(token);
        if (!jwt) {
            return { ok: false, reason: notAnIdToken(token) };
        }
        const { header, claims } = jwt;
        if (header.alg !== "RS256") {
            return { ok: false, reason: `the token's algorithm is ${String(header.alg)}, not RS256`, claims };
        }
        const signer = ring.find(header.kid);
        if (!signer) {
            return {
                ok: false,
                reason: `the token names the key ${String(header.kid)}, which is not published`,
                claims,
            };
        }
        if (!signatureHolds(jwt, signer.publicKey)) {
            return { ok: false, reason: "the token's signature is wrong", claims };
        }
        const value = claims as IdTokenClaims;
        verified.set(key, { keyId: signer.id, claims: value });
        return { ok: true, value };
    }

    function verifyIdToken(token: string, issuer?: string): Verified<IdTokenClaims> {
        const wanted = issuer === undefined ? issuers : [issuer];
        const signed = signedHere(token);
        if (!signed.ok) {
            return signed;
        }
        const claims = signed.value;
        const wrong = !wanted.includes(claims.iss)
            ? `the token's issuer is ${claims.iss}, not ${wanted.join(" or ")}`
            : timeProblem(claims, seconds());
        return wrong === undefined ? signed : { ok: false, reason: wrong, claims };
    }

    function verifyAccessToken(token: string, audience?: string): Verified<AccessTokenInfo> {
        const found = accessTokens.find(token);
        if (found === "expired") {
            return { ok: false, reason: "the access token has expired" };
        }
        if (found) {
            return { ok: true, value: found };
        }
        const jwt = decodeJwt(token);
        return jwt
            ? verifySelfSigned(jwt, audience)
            : { ok: false, reason: "the access token is not one of this sandbox" };
    }

    /**
     * A JWT that an account signed with its own key, used as an access token.
     * https://google.aip.dev/auth/4111
     */
    function verifySelfSigned(
        jwt: NonNullable<ReturnType<typeof decodeJwt>>,
        audience: string | undefined,
    ): Verified<AccessTokenInfo> {
        const { header, claims } = jwt;
        const no = (reason: string): Verified<AccessTokenInfo> => ({ ok: false, reason, claims });
        const email = typeof claims.iss === "string" ? claims.iss : "";
        if (issuers.includes(email)) {
            return no("an ID token was shown where an access token is needed");
        }
        const account = findAccount(store, email);
        const key = accountKeys.find(email, header.kid);
        if (!account || !key) {
            return no(`${email} has no key ${String(header.kid)}`);
        }
        if (!signatureHolds(jwt, key)) {
            return no("the signature of the self-signed JWT is wrong");
        }
        if (claims.sub !== email) {
            return no("iss and sub of the self-signed JWT differ");
        }
        const wrong = timeProblem(claims, seconds());
        if (wrong !== undefined) {
            return no(wrong);
        }
        if (livesTooLong(claims)) {
            return no("the self-signed JWT lives longer than an hour");
        }
        const scopes = typeof claims.scope === "string" ? claims.scope.split(" ") : [];
        if (scopes.length === 0 && (audience === undefined || !sameAudience(claims.aud, audience))) {
            return no(`the self-signed JWT is for ${String(claims.aud)}, not for ${audience ?? "this API"}`);
        }
        return {
            ok: true,
            value: { principal: accountPrincipal(account), scopes, expiresAt: Number(claims.exp) * 1000 },
        };
    }

    return {
        sign,
        verifyIdToken,
        verifyAccessToken,
        revoke: (token) => accessTokens.revoke(token) || refreshTokens.revoke(token),
        mintRefreshToken: (principal) => refreshTokens.issue({ principal, expiresAt: Infinity }),
        findRefreshToken(token) {
            const found = refreshTokens.find(token);
            return found === "expired" ? undefined : found?.principal;
        },
        systemKey: (account) => accountKeys.systemKey(account),
        accountKey: (email, keyId) => accountKeys.find(email, keyId),
        accountKeyCandidates: (email, keyId) => accountKeys.candidates(email, keyId),
        mintIdToken(account, audience, { includeEmail = true, extra = {} } = {}) {
            const iat = seconds();
            return sign({
                iss: issuers[0],
                aud: audience,
                azp: account.uniqueId,
                sub: account.uniqueId,
                ...(includeEmail ? { email: account.email, email_verified: true } : {}),
                iat,
                exp: iat + hour,
                ...extra,
            });
        },
        mintAccessToken: (principal, scopes, lifetimeSeconds = hour) =>
            accessTokens.issue({ principal, scopes, expiresAt: clock.now() + lifetimeSeconds * 1000 }),
        jwks: () => ({ keys: ring.published().map((key) => ({ ...toJwk(key) })) }),
        async certificates() {
            const name = "federated-signon.system.gserviceaccount.com";
            return Object.fromEntries(
                await Promise.all(
                    ring
                        .published()
                        .map(async (key) => [key.id, await selfSignedCertificate(key, name, clock.now())] as const),
                ),
            );
        },
        aws: createAwsKeys(clock),
        rotate() {
            ring.rotate();
            iapRing.rotate();
        },
        iap: {
            sign: (claims) => encodeJwt(claims, iapRing.current.id, iapRing.current.privateKey),
            jwks: () => ({ keys: iapRing.published().map((key) => ({ ...toJwk(key) })) }),
            publicKeys: () =>
                Object.fromEntries(
                    iapRing
                        .published()
                        .map(({ id, publicKey }) => [id, publicKey.export({ type: "spki", format: "pem" }).toString()]),
                ),
        },
    };
}

/** How far clocks may differ, in seconds. How much Google allows is not documented [K]. */
const skew = 60;

/**
 * Whether a JWT that an account signed lives longer than an hour. Google's library for Rust dates tokens 10 seconds back and
 * counts the hour from now: https://github.com/googleapis/google-cloud-rust/tree/main/src/auth
 */
export function livesTooLong({ iat, exp }: Record<string, unknown>): boolean {
    return Number(exp) - Number(iat) > hour + skew;
}

/** @returns what is wrong with the times of a token, for a message; undefined if they are right */
export function timeProblem(claims: Record<string, unknown>, now: number): string | undefined {
    const { iat, exp, nbf } = claims;
    if (typeof exp !== "number" || typeof iat !== "number") {
        return "the token has no iat and exp";
    }
    if (exp <= now) {
        return `the token expired at ${timeOf(exp)}`;
    }
    const from = Math.max(iat, typeof nbf === "number" ? nbf : 0);
    if (from > now + skew) {
        return `the token is not valid before ${timeOf(from)}`;
    }
    return undefined;
}

/** A self-signed token can claim any number. A number that is no date is shown as it is. */
function timeOf(seconds: number): string {
    const date = new Date(seconds * 1000);
    return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}

function notAnIdToken(token: string): string {
    return token.startsWith("ya29.") ? "an access token was shown where an ID token is needed" : "the token is no JWT";
}

function sameAudience(claimed: unknown, audience: string): boolean {
    return typeof claimed === "string" && claimed.replace(/\/$/, "") === audience.replace(/\/$/, "");
}
