import { type AwsCredentials, SandboxError } from "./cloud";
import type { Sandbox } from "./sandbox";
import { awsIdentity } from "./tokens";

/**
 * A token as an issuer outside of Google Cloud signs it, such as GitHub Actions: what a provider of Workload Identity Federation
 * exchanges whose settings hold no keys of the issuer. A gateway or a proxy of Cloud Endpoints takes it if its document names the
 * issuer, such as Firebase or Auth0. It is valid for ten minutes, unless its claims say otherwise.
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

/**
 * Credentials of a role's session or of a user of Amazon Web Services, as its own services give them out. A provider of Workload
 * Identity Federation for that account exchanges what they sign; on the real AWS they are worth nothing.
 * @throws SandboxError if the ARN names neither
 * @example
 * const { accessKeyId, secretAccessKey, sessionToken } =
 *     awsCredentials(sandbox, "arn:aws:sts::123456789012:assumed-role/shop/i-0abc");
 */
export function awsCredentials({ cloud }: Pick<Sandbox, "cloud">, arn: string): AwsCredentials {
    const identity = awsIdentity(arn);
    if (identity === undefined) {
        throw new SandboxError(`"${arn}" is no ARN of a role's session or of a user`, {
            fix: "use arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION or arn:aws:iam::ACCOUNT:user/NAME",
        });
    }
    return cloud.tokens.aws.issue(identity);
}
