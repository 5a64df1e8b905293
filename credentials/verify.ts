import { verify as verifySignature } from "node:crypto";
import { googleKeys, iapKeys, remoteKeys, type KeySource } from "./certificates";
import type { Claims } from "./claims";
import { decodeToken } from "./decode";
import { OptionError, TokenRejected } from "./errors";
import { messageOf } from "../errors";

/** Which ID tokens are accepted. https://cloud.google.com/docs/authentication/get-id-token */
export interface VerifyIdTokenOptions {
    /** The audience that the token must have: the URL of this receiver, or all of its URLs. */
    audience: string | readonly string[];
    /** The accounts that may call; by default everyone with a token for this audience, which everybody on Google Cloud can get. */
    emails?: readonly string[];
    /** How many seconds the clocks may differ, from 0 to 600; 30 by default. */
    skewSeconds?: number;
    /** The keys that verify the signature; Google's by default. */
    keys?: KeySource;
    /** Milliseconds since 1970; `Date.now` by default. */
    now?: () => number;
}

/**
 * Checks that the options are of their types. With a text from the environment, or with `NaN`, comparisons would be
 * meaningless.
 * @throws OptionError
 */
export function checkVerifyOptions({ audience, emails, skewSeconds }: VerifyIdTokenOptions): void {
    const audiences: unknown[] = [audience].flat();
    if (audiences.length === 0 || !audiences.every(isText)) {
        throw new OptionError(
            `audience is ${show(audience)}, not a text or a list of texts`,
            "give this receiver's own URL",
        );
    }
    if (emails !== undefined && !(Array.isArray(emails) && emails.every(isText))) {
        throw new OptionError(`emails is ${show(emails)}, not a list of texts`, "list the accounts that may call");
    }
    if (skewSeconds !== undefined && !(typeof skewSeconds === "number" && skewSeconds >= 0 && skewSeconds <= 600)) {
        const found = typeof skewSeconds === "number" ? String(skewSeconds) : show(skewSeconds);
        throw new OptionError(`skewSeconds is ${found}, not a number from 0 to 600`, "leave it out for 30 seconds");
    }
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** The claims of an accepted token. */
export interface VerifiedClaims extends Claims {
    iss: string;
    aud: string;
    sub: string;
    iat: number;
    exp: number;
    email?: string;
}

/** The differences between Google's ID tokens and IAP's assertions. */
interface Kind {
    algorithm: "RS256" | "ES256";
    issuers: readonly string[];
    keys: KeySource;
    /** IAP's assertion has an email that IAP itself has verified, and no claim that says so. */
    emailVerified: boolean;
}

/** In seconds. Google's tokens are valid for an hour and IAP's for ten minutes, so Google did not make a longer one. */
const longestLifetime = 3600;

let sharedGoogleKeys: KeySource | undefined;
let sharedIapKeys: KeySource | undefined;

/**
 * Verifies an ID token of Google's, for receivers that no front door of Google's protects: the signature by Google's keys,
 * the algorithm, issuer, audience and times, and the verified email of the caller.
 *
 * https://cloud.google.com/docs/authentication/token-types#id
 * @throws TokenRejected with a code of its own for each reason
 * @throws OptionError if an option is not of its type
 */
export async function verifyIdToken(token: string, options: VerifyIdTokenOptions): Promise<VerifiedClaims> {
    return verify(token, options, {
        algorithm: "RS256",
        issuers: ["https://accounts.google.com", "accounts.google.com"],
        keys: options.keys ?? (sharedGoogleKeys ??= remoteKeys(googleKeys)),
        emailVerified: true,
    });
}

/**
 * Verifies IAP's assertion, the header `x-goog-iap-jwt-assertion`. The audience is the protected resource:
 * `/projects/NUMBER/global/backendServices/ID`, `/projects/NUMBER/locations/REGION/services/NAME`.
 *
 * https://cloud.google.com/iap/docs/signed-headers-howto
 * @throws TokenRejected
 * @throws OptionError
 */
export async function verifyIapAssertion(token: string, options: VerifyIdTokenOptions): Promise<VerifiedClaims> {
    return verify(token, options, {
        algorithm: "ES256",
        issuers: ["https://cloud.google.com/iap"],
        keys: options.keys ?? (sharedIapKeys ??= remoteKeys(iapKeys)),
        emailVerified: false,
    });
}

async function verify(token: string, options: VerifyIdTokenOptions, kind: Kind): Promise<VerifiedClaims> {
    checkVerifyOptions(options);
    const { header, claims, signed, signature } = decodeToken(token);
    // The receiver decides the algorithm. A token with another one tries to choose it.
    if (header["alg"] !== kind.algorithm) {
        throw new TokenRejected(
            "algorithm",
            `the algorithm is ${show(header["alg"])}, only ${kind.algorithm} is accepted`,
        );
    }
    if (header["crit"] !== undefined) {
        throw new TokenRejected("malformed", "the header requires an extension (crit), and none is supported");
    }
    if (typeof header["kid"] !== "string") {
        throw new TokenRejected("unknown-key", "the token names no key");
    }
    const key = await kind.keys.key(header["kid"]).catch((error: unknown) => {
        throw new TokenRejected("keys-unavailable", `the issuer's keys cannot be fetched: ${messageOf(error)}`);
    });
    if (key === undefined) {
        throw new TokenRejected("unknown-key", "the token is signed with a key that is not the issuer's");
    }
    const ecdsa = kind.algorithm === "ES256";
    if (key.asymmetricKeyType !== (ecdsa ? "ec" : "rsa")) {
        throw new TokenRejected("algorithm", `the key is not for ${kind.algorithm}`);
    }
    if (!verifySignature("sha256", signed, ecdsa ? { key, dsaEncoding: "ieee-p1363" } : key, signature)) {
        throw new TokenRejected(
            "signature",
            "the signature is wrong: the token was altered, or signed by somebody else",
        );
    }
    checkClaims(claims, options, kind);
    return claims as VerifiedClaims;
}

function checkClaims(claims: Claims, options: VerifyIdTokenOptions, kind: Kind): void {
    const { iss, aud, sub, iat, exp, nbf, email } = claims;
    if (typeof iss !== "string" || !kind.issuers.includes(iss)) {
        throw new TokenRejected("issuer", `the issuer is ${show(iss)}, not ${kind.issuers[0] ?? ""}`);
    }
    const accepted = [options.audience].flat();
    if (typeof aud !== "string" || !accepted.includes(aud)) {
        throw new TokenRejected(
            "audience",
            `the token is for ${show(aud)}, this receiver accepts ${accepted.join(", ")}`,
        );
    }
    if (typeof sub !== "string" || !isTime(iat) || !isTime(exp)) {
        throw new TokenRejected("malformed", "the token lacks sub, iat or exp");
    }
    checkTimes({ iat, exp, nbf }, options);
    if (email !== undefined && kind.emailVerified && claims["email_verified"] !== true) {
        throw new TokenRejected("email-not-verified", `the email ${show(email)} is not verified`);
    }
    if (options.emails === undefined) {
        return;
    }
    if (typeof email !== "string") {
        throw new TokenRejected("email-missing", "the token has no email: mint it with includeEmail");
    }
    if (!options.emails.some((allowed) => allowed.toLowerCase() === email.toLowerCase())) {
        throw new TokenRejected("email-not-allowed", `${show(email)} is not one of the accounts that may call`);
    }
}

/** Each comparison says when a time is accepted, so that `NaN`, for which every comparison is false, is refused. */
function checkTimes(
    { iat, exp, nbf }: { iat: number; exp: number; nbf: unknown },
    { now: clock = Date.now, skewSeconds: skew = 30 }: VerifyIdTokenOptions,
): void {
    const now = clock() / 1000;
    if (!Number.isFinite(now)) {
        throw new OptionError(`now() is ${String(now * 1000)}`, "let it return the milliseconds since 1970");
    }
    if (!(now - skew < exp)) {
        throw new TokenRejected("expired", `the token ended ${Math.round(now - exp)} s ago`);
    }
    if (!(iat <= now + skew)) {
        throw new TokenRejected(
            "not-yet-valid",
            `the token begins in ${Math.round(iat - now)} s: is this clock right?`,
        );
    }
    if (nbf !== undefined && !(isTime(nbf) && nbf <= now + skew)) {
        throw new TokenRejected("not-yet-valid", `the token is not valid yet (nbf ${show(nbf)})`);
    }
    if (!(exp - iat <= longestLifetime + skew)) {
        throw new TokenRejected("lifetime", `the token lives ${exp - iat} s; Google's live an hour at most`);
    }
}

const isTime = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value) && value > 0;

/** A claim of a token that is not trusted, quoted and cut. */
const show = (value: unknown): string => (JSON.stringify(value) as string | undefined)?.slice(0, 200) ?? "missing";
