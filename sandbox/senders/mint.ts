import type { Cloud } from "../cloud";
import { accountPrincipal, findAccount, serviceAgent } from "../iam";
import { InvokeError } from "../../errors";

/** A sender cannot get a token: the account is missing or disabled, or the service agent lacks the permission. */
export class MintError extends InvokeError {
    readonly code = "mint";
}

export type Credential = { kind: "id"; audience: string } | { kind: "access"; scopes: string[] };

/**
 * A token of an account, minted by a Google service: its agent in the project must be allowed to.
 * https://cloud.google.com/iam/docs/service-agents
 * @param agent such as `gcp-sa-workflows`
 * @throws MintError
 */
export function mintAs(cloud: Cloud, project: string, agent: string, email: string, credential: Credential): string {
    const account = findAccount(cloud.store, email);
    if (!account) {
        throw new MintError(`the service account ${email} does not exist`);
    }
    if (account.disabled) {
        throw new MintError(`the service account ${email} is disabled`);
    }
    if (cloud.refusesMinting?.(email)) {
        throw new MintError(`a fault of the sandbox refuses tokens of ${email}`);
    }
    const decision = cloud.iam.check({
        principal: serviceAgent(cloud, project, agent),
        permission:
            credential.kind === "id" ? "iam.serviceAccounts.getOpenIdToken" : "iam.serviceAccounts.getAccessToken",
        resource: `//iam.googleapis.com/projects/${account.projectId}/serviceAccounts/${account.email}`,
        resourceType: "iam.googleapis.com/ServiceAccount",
        request: `a token of ${email} for ${credential.kind === "id" ? credential.audience : credential.scopes.join(" ")}`,
    });
    if (!decision.allowed) {
        throw new MintError(decision.reason);
    }
    return credential.kind === "id"
        ? cloud.tokens.mintIdToken(account, credential.audience)
        : cloud.tokens.mintAccessToken(accountPrincipal(account), credential.scopes);
}
