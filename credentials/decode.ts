import type { Claims } from "./claims";
import { TokenRejected } from "./errors";

/** Google has no longer tokens, and parsing a longer text takes time. */
const longestToken = 16 * 1024;

/** The parts of a token. Its signature has not been checked yet. */
export function decodeToken(token: string) {
    if (token === "") {
        throw new TokenRejected("missing", "there is no token");
    }
    const parts = token.split(".");
    // The decoder of Buffer ignores characters that are no base64url, so that two texts would be the same token.
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

/** The unused bits of the last character must be zero. Otherwise several texts would be the same token. */
function canonical(part: string): Buffer {
    const bytes = Buffer.from(part, "base64url");
    if (bytes.toString("base64url") !== part) {
        throw new TokenRejected("malformed", "a part of the token is no base64url");
    }
    return bytes;
}
