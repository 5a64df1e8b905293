import type { Cloud } from "../cloud";
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

function accessToken(query: URLSearchParams, account: Account, cloud: Cloud): Answer {
    const asked = query
        .get("scopes")
        ?.split(/[ ,]/)
        .filter((scope) => scope !== "");
    const token = cloud.tokens.mintAccessToken(accountPrincipal(account), asked ?? SCOPES, 3600);
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
    return { status: 200, body: cloud.tokens.mintIdToken(account, audience, { includeEmail, extra }) };
}
