import type { Claims } from "./claims";
import { TokenRejected } from "./errors";

/** Longer ones are no token of Google's, and cost time to parse. */
const longestToken = 16 * 1024;

/** A token in its parts, of which nothing is verified yet. */
export function decodeToken(token: string) {
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
