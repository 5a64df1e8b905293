import type { Cloud, Principal } from "../cloud";
import { accountPrincipal, projectNumberOf, type Account } from "../iam";
import { cloudPlatform } from "../tokens";
import type { MetadataIdentity } from "./identity";
import type { Answer } from "./render";
import { instanceId, LICENSE } from "./tree";

/** The scopes of a workload's tokens, unless it asks for others. */
export const SCOPES = [cloudPlatform, "https://www.googleapis.com/auth/userinfo.email", "openid"];

/** `service-accounts/NAME/token` and `…/identity`. */
export function credential(
    kind: string,
    named: string,
    query: URLSearchParams,
    cloud: Cloud,
    identity: MetadataIdentity,
): Answer {
    const account = identity.account();
    const refused = identity.pod && account && podRefused(kind, identity.pod, account, cloud);
    if (refused) {
        return refused;
    }
    if (identity.pod && !account) {
        return ofPod(kind, identity.pod, query, cloud);
    }
    if (!account || (named !== "default" && named !== account.email)) {
        return { status: 404, body: `Service account ${named} not found\n` };
    }
    if (account.disabled) {
        return { status: 403, body: `Service account ${account.email} is disabled\n` };
    }
    if (cloud.refusesMinting?.(account.email)) {
        return { status: 503, body: `a fault of the sandbox refuses tokens of ${account.email}\n` };
    }
    return kind === "token" ? accessToken(query, account, cloud) : idToken(query, account, cloud, identity);
}

/** Why a pod gets no token of an account. The text is from reports of Google's [K]. */
function podRefused(kind: string, pod: Principal, account: Account, { iam }: Cloud): Answer | undefined {
    const verb = kind === "token" ? "getAccessToken" : "getOpenIdToken";
    const { allowed } = iam.check({
        ...{ principal: pod, permission: `iam.serviceAccounts.${verb}` },
        resource: `//iam.googleapis.com/projects/${account.projectId}/serviceAccounts/${account.email}`,
        ...{ resourceType: "iam.googleapis.com/ServiceAccount", request: `the metadata server of GKE: ${kind}` },
    });
    const body = `Unable to generate ${kind === "token" ? "access token" : "token"}; IAM returned 403 Forbidden: Permission 'iam.serviceAccounts.${verb}' denied on resource (or it may not exist).\nThis error could be caused by a missing IAM policy binding on the target IAM service account.\n`;
    return allowed ? undefined : { status: 403, body };
}

/** What a pod gets whose service account of Kubernetes is annotated with no account: access tokens, and no ID tokens [K]. */
function ofPod(kind: string, pod: Principal, query: URLSearchParams, cloud: Cloud): Answer {
    return kind === "token"
        ? tokenAnswer(pod, query, cloud)
        : {
              status: 404,
              body: "the service account of Kubernetes is not linked to one of Google Cloud, which ID tokens are for\n",
          };
}

function accessToken(query: URLSearchParams, account: Account, cloud: Cloud): Answer {
    return tokenAnswer(accountPrincipal(account), query, cloud);
}

function tokenAnswer(principal: Principal, query: URLSearchParams, cloud: Cloud): Answer {
    const asked = query
        .get("scopes")
        ?.split(/[ ,]/)
        .filter((scope) => scope !== "");
    const token = cloud.tokens.mintAccessToken(principal, asked ?? SCOPES, 3600);
    const body = JSON.stringify({ access_token: token, expires_in: 3599, token_type: "Bearer" });
    return { status: 200, body, type: "application/json" };
}

/** https://cloud.google.com/compute/docs/instances/verifying-instance-identity */
function idToken(query: URLSearchParams, account: Account, cloud: Cloud, identity: MetadataIdentity): Answer {
    const audience = query.get("audience") ?? "";
    if (audience === "") {
        return { status: 400, body: "non-empty audience parameter required\n" };
    }
    const { project, instance } = identity;
    const full = instance && query.get("format") === "full";
    const extra = full
        ? {
              google: {
                  compute_engine: {
                      project_id: project,
                      project_number: Number(projectNumberOf(project, cloud.settings, cloud.store)),
                      zone: instance.zone,
                      instance_id: instanceId(identity),
                      instance_name: instance.name,
                      instance_creation_timestamp: Math.floor((instance.created ?? cloud.clock.now()) / 1000),
                      ...(query.get("licenses")?.toUpperCase() === "TRUE" && { license_id: [LICENSE] }),
                  },
              },
          }
        : {};
    // A token of an instance holds the email only in the full format. Cloud Run ignores the format [K].
    const includeEmail = !instance || full === true;
    // Google's library for Ruby takes an answer of this type for an ID token, and refuses any other:
    // https://github.com/googleapis/google-auth-library-ruby/blob/main/lib/googleauth/compute_engine.rb
    const type = "text/html";
    return { status: 200, body: cloud.tokens.mintIdToken(account, audience, { includeEmail, extra }), type };
}
