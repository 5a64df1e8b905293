import { sign, verify, type KeyObject } from "node:crypto";

/** The parts of a JWT. Its signature has not been checked. */
export interface Jwt {
    header: Record<string, unknown>;
    claims: Record<string, unknown>;
    /** The text that was signed. */
    signed: Buffer;
    signature: Buffer;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });
const form = /^([\w-]+)\.([\w-]+)\.([\w-]*)$/;

/** Decodes a JWT; undefined if the text is no JWT. Its parts must be canonical base64url, so that each token has only one text. */
export function decodeJwt(token: string): Jwt | undefined {
    const [, header, claims, signature] = form.exec(token) ?? [];
    if (header === undefined || claims === undefined || signature === undefined) {
        return undefined;
    }
    if (![header, claims, signature].every(isCanonical)) {
        return undefined;
    }
    const parsed = [header, claims].map(parsePart);
    if (!parsed[0] || !parsed[1]) {
        return undefined;
    }
    return {
        header: parsed[0],
        claims: parsed[1],
        signed: Buffer.from(`${header}.${claims}`),
        signature: Buffer.from(signature, "base64url"),
    };
}

/** Makes a JWT: RS256 with an RSA key, ES256 with one of P-256. */
export function encodeJwt(claims: Record<string, unknown>, keyId: string, key: KeyObject): string {
    const elliptic = key.asymmetricKeyType === "ec";
    const header = { alg: elliptic ? "ES256" : "RS256", kid: keyId, typ: "JWT" };
    const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    const signature = sign("sha256", Buffer.from(signed), elliptic ? { key, dsaEncoding: "ieee-p1363" } : key);
    return `${signed}.${signature.toString("base64url")}`;
}

/**
 * Whether an RS256 signature is right. The algorithm is never taken from the token: `alg: none` and HS256 fail. So does
 * a token with a `crit` header, because no extension that it could name is supported (RFC 7515, 4.1.11).
 */
export function signatureHolds(jwt: Jwt, key: KeyObject): boolean {
    return (
        jwt.header.alg === "RS256" && jwt.header.crit === undefined && verify("sha256", jwt.signed, key, jwt.signature)
    );
}

/** The unused bits of the last character must be zero, because Node's decoder would ignore them. */
function isCanonical(part: string): boolean {
    return Buffer.from(part, "base64url").toString("base64url") === part;
}

function parsePart(part: string): Record<string, unknown> | undefined {
    try {
        const value: unknown = JSON.parse(UTF8.decode(Buffer.from(part, "base64url")));
        return typeof value === "object" && value !== null && !Array.isArray(value)
            ? (value as Record<string, unknown>)
            : undefined;
    } catch {
        return undefined;
    }
}
