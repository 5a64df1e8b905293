import { verify as verifySignature } from "node:crypto";
import { googleKeys, iapKeys, remoteKeys, type KeySource } from "./certificates";
import type { Claims } from "./claims";
import { InvokeError } from "../errors";

/** Why a token was not accepted. */
export type RejectionCode =
    | "missing"
    | "malformed"
    | "algorithm"
    | "unknown-key"
    | "signature"
    /** Cloud Run has verified the token already, and took the signature off: there is nothing left to verify. */
    | "signature-removed"
    | "issuer"
    | "audience"
    | "expired"
    | "not-yet-valid"
    | "lifetime"
    | "email-missing"
    | "email-not-verified"
    | "email-not-allowed"
    /** The issuer's keys could not be had: the receiver's trouble, not the caller's. */
    | "keys-unavailable";

/** A token that was not accepted. The message holds claims at most, never the token. */
export class TokenRejected extends InvokeError {
    constructor(
        readonly code: RejectionCode,
        message: string,
    ) {
        super(message);
    }
}

export interface VerifyIdTokenOptions {
    /** Whom the token must be for: this receiver's own URL, or several where it has several. */
    audience: string | readonly string[];
    /** The accounts that may call; by default everyone with a token for this audience, which is anyone on Google Cloud. */
    emails?: readonly string[];
    /** How far clocks may be apart, in seconds; 30 by default. */
    skewSeconds?: number;
    /** Google's keys by default. */
    keys?: KeySource;
    /** Milliseconds since 1970. */
    now?: () => number;
}

/** An accepted token's claims. */
export interface VerifiedClaims extends Claims {
    iss: string;
    aud: string;
    sub: string;
    iat: number;
    exp: number;
    email?: string;
}

/** What differs between Google's ID tokens and IAP's assertions. */
interface Kind {
    algorithm: "RS256" | "ES256";
    issuers: readonly string[];
    keys: KeySource;
    /** IAP's assertion has an email that IAP itself has verified, and no claim that says so. */
    emailVerified: boolean;
}

/** Longer ones are no token of Google's, and cost time to parse. */
const longestToken = 16 * 1024;

/** Google's tokens live an hour, IAP's ten minutes: a longer one was made by somebody else. In seconds. */
const longestLifetime = 3600;

let sharedGoogleKeys: KeySource | undefined;
let sharedIapKeys: KeySource | undefined;

/**
 * Verifies a Google-signed ID token, for receivers that no front door of Google's protects: signature against Google's
 * keys, algorithm, issuer, audience, times, and the caller's verified email.
 *
 * https://cloud.google.com/docs/authentication/token-types#id
 * @throws TokenRejected with a code of its own for each reason
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
    const { header, claims, signed, signature } = decode(token);
    // The receiver says which algorithm it is; a token that names another is an attempt to choose it.
    if (header["alg"] !== kind.algorithm) {
        throw new TokenRejected(
            "algorithm",
            `the algorithm is ${show(header["alg"])}, only ${kind.algorithm} is accepted`,
        );
    }
    if (header["crit"] !== undefined) {
        throw new TokenRejected("malformed", "the header demands an extension (crit), and none is known");
    }
    if (typeof header["kid"] !== "string") {
        throw new TokenRejected("unknown-key", "the token names no key");
    }
    const key = await kind.keys.key(header["kid"]).catch((error: unknown) => {
        throw new TokenRejected("keys-unavailable", `the issuer's keys cannot be had: ${(error as Error).message}`);
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
    const now = (options.now ?? Date.now)() / 1000;
    const skew = options.skewSeconds ?? 30;
    if (exp <= now - skew) {
        throw new TokenRejected("expired", `the token ended ${Math.round(now - exp)} s ago`);
    }
    if (iat > now + skew) {
        throw new TokenRejected(
            "not-yet-valid",
            `the token begins in ${Math.round(iat - now)} s: is this clock right?`,
        );
    }
    if (nbf !== undefined && (!isTime(nbf) || nbf > now + skew)) {
        throw new TokenRejected("not-yet-valid", `the token is not to be accepted yet (nbf ${show(nbf)})`);
    }
    if (exp - iat > longestLifetime + skew) {
        throw new TokenRejected("lifetime", `the token lives ${exp - iat} s; Google's live an hour at most`);
    }
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
        throw new TokenRejected("email-not-allowed", `${show(email)} is none of the accounts that may call`);
    }
}

function decode(token: string) {
    if (token === "") {
        throw new TokenRejected("missing", "there is no token");
    }
    const parts = token.split(".");
    // Buffer's decoder passes over what is no base64url: two texts must not be one token.
    if (token.length > longestToken || parts.length !== 3 || !parts.every((part) => /^[\w-]+$/.test(part))) {
        throw new TokenRejected("malformed", "this is no JWT of three parts (an access token is none)");
    }
    const [header = "", payload = "", signature = ""] = parts;
    if (signature === "SIGNATURE_REMOVED_BY_GOOGLE") {
        throw new TokenRejected(
            "signature-removed",
            "Cloud Run has verified this token and removed its signature: read its claims, it cannot be verified twice",
        );
    }
    return {
        header: parse(header),
        claims: parse(payload),
        signed: Buffer.from(`${header}.${payload}`),
        signature: canonical(signature),
    };
}

function parse(part: string): Claims {
    try {
        const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(canonical(part)));
        if (typeof value === "object" && value !== null && !Array.isArray(value)) {
            return value as Claims;
        }
    } catch (error) {
        if (error instanceof TokenRejected) {
            throw error;
        }
    }
    throw new TokenRejected("malformed", "a part of the token is no JSON object");
}

/** The bits that a last character has too many must be zero, else several texts would be the same token. */
function canonical(part: string): Buffer {
    const bytes = Buffer.from(part, "base64url");
    if (bytes.toString("base64url") !== part) {
        throw new TokenRejected("malformed", "a part of the token is no base64url");
    }
    return bytes;
}

const isTime = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value) && value > 0;

/** Claims of a stranger's token, short and quoted. */
const show = (value: unknown): string => (JSON.stringify(value) as string | undefined)?.slice(0, 200) ?? "missing";
