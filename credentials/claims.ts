/** The claims of a token that was read without checking it: evidence, never a reason to trust. */
export type Claims = Record<string, unknown>;

/** What a JWT says about itself, without its signature; undefined where the text is none. */
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
