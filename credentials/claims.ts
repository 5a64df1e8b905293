/** The claims of a token whose signature was not checked. They are shown as evidence, and nothing trusts them. */
export type Claims = Record<string, unknown>;

/** The claims of a JWT, whose signature is not checked; undefined if the text is no JWT. */
export function claimsOf(token: string): Claims | undefined {
    const [, payload, signature] = token.split(".");
    if (payload === undefined || signature === undefined) {
        return undefined;
    }
    try {
        const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
        return typeof claims === "object" && claims !== null ? (claims as Claims) : undefined;
    } catch {
        return undefined;
    }
}
