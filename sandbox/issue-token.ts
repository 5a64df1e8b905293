import type { Sandbox } from "./sandbox";

/**
 * A token as an issuer outside of Google Cloud signs it, such as GitHub Actions: what a provider of Workload Identity Federation
 * exchanges whose settings hold no keys of the issuer. It is valid for ten minutes, unless its claims say otherwise.
 * @example
 * const iss = "https://token.actions.githubusercontent.com";
 * issueToken(sandbox, { iss, sub: "repo:acme/shop", aud: `https://iam.googleapis.com/${provider}`, repository: "acme/shop" });
 */
export function issueToken(
    { cloud }: Pick<Sandbox, "cloud">,
    claims: { iss: string; sub: string; aud: string; [claim: string]: unknown },
): string {
    const iat = Math.floor(cloud.clock.now() / 1000);
    return cloud.tokens.sign({ iat, exp: iat + 600, ...claims });
}
