import { createHash } from "node:crypto";
import type { Json } from "../../cloud";
import { isObject } from "../framework";
import { checkedLink, invalidField, linkOf, textIn } from "./links";
import type { Wanted } from "./wanted";

/** What a serverless group can lead to: exactly one of them. */
const PLATFORMS = ["cloudRun", "cloudFunction", "appEngine"];

/** https://cloud.google.com/load-balancing/docs/negs/serverless-neg-concepts */
export function checkEndpointGroup(resource: Json, { project, region = "" }: Wanted): Json {
    const type = resource.networkEndpointType ?? "SERVERLESS";
    const given = PLATFORMS.filter((platform) => isObject(resource[platform]));
    if (type === "SERVERLESS" && given.length !== 1) {
        throw invalidField(
            "networkEndpointType",
            type,
            `A serverless network endpoint group needs exactly one of ${PLATFORMS.join(", ")}; it has ${given.length === 0 ? "none" : given.join(", ")}.`,
        );
    }
    const { cloudRun, cloudFunction } = resource as Record<string, Json | undefined>;
    for (const [platform, named, field] of [
        ["cloudRun", cloudRun, "service"],
        ["cloudFunction", cloudFunction, "function"],
    ] as const) {
        if (named && (named[field] === undefined) === (named.urlMask === undefined)) {
            throw invalidField(platform, JSON.stringify(named), `Exactly one of ${field} and urlMask must be set.`);
        }
        const mask = named && textIn(named, "urlMask");
        if (mask !== undefined && !mask.includes(`<${field}>`)) {
            throw invalidField(`${platform}.urlMask`, mask, `The mask must have <${field}> in it.`);
        }
    }
    return { ...resource, networkEndpointType: type, size: 0, region: linkOf(`projects/${project}/regions/${region}`) };
}

/** https://cloud.google.com/load-balancing/docs/backend-service */
export function checkBackendService(resource: Json, { call, project, region }: Wanted): Json {
    const { backends = [], iap } = resource as { backends?: Json[]; iap?: Json };
    const policies = ["securityPolicy", "edgeSecurityPolicy"].filter((field) => textIn(resource, field));
    return {
        loadBalancingScheme: region === undefined ? "EXTERNAL" : "INTERNAL_MANAGED",
        protocol: "HTTP",
        port: 80,
        timeoutSec: 30,
        sessionAffinity: "NONE",
        ...resource,
        backends: backends.map((backend, i) => {
            const group = checkedLink(call.cloud, project, `backends[${i}].group`, backend.group);
            return { balancingMode: "UTILIZATION", capacityScaler: 1, ...backend, group };
        }),
        ...Object.fromEntries(
            policies.map((field) => [field, checkedLink(call.cloud, project, field, resource[field])]),
        ),
        ...(iap && { iap: withoutSecret(iap) }),
        ...(region !== undefined && { region: linkOf(`projects/${project}/regions/${region}`) }),
    };
}

/** The secret of an OAuth client is not kept: whoever reads a backend service gets its digest alone. */
function withoutSecret({ oauth2ClientSecret: secret, ...iap }: Json): Json {
    return typeof secret === "string" && secret !== ""
        ? { ...iap, oauth2ClientSecretSha256: createHash("sha256").update(secret).digest("hex") }
        : iap;
}
