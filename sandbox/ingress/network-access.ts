import { collectionOf, connectors, nameParts, partsOf } from "../apis";
import type { Cloud, Origin } from "../cloud";

/**
 * Why requests of a service that sends all its traffic through a network do not reach `run.app` from it: the subnet must have
 * Private Google Access. Undefined if they do, and if the sandbox does not know the subnet.
 * https://cloud.google.com/run/docs/securing/private-networking#from-other-services
 */
export function withoutGoogleAccess({ store }: Cloud, origin: Origin & { kind: "workload" }): string | undefined {
    const key = subnetOf(store, origin);
    const found = key === undefined ? undefined : store.get(collectionOf("subnetworks"), key);
    const { privateIpGoogleAccess } = (found ?? { privateIpGoogleAccess: true }) as { privateIpGoogleAccess?: boolean };
    return privateIpGoogleAccess
        ? undefined
        : `${origin.resource} sends its traffic through the subnet ${partsOf(key ?? "").name}, which has no Private Google Access`;
}

/** `projects/P/regions/R/subnetworks/S` of the interface or the connector that a service sends its traffic through. */
function subnetOf(
    store: Cloud["store"],
    { resource, project, subnetwork, connector }: Origin & { kind: "workload" },
): string | undefined {
    const region = nameParts(resource).locations ?? "";
    if (connector !== undefined) {
        const name = connector.includes("/")
            ? connector
            : `projects/${project}/locations/${region}/connectors/${connector}`;
        const { subnet } = (store.get(connectors.collection, name) ?? {}) as {
            subnet?: { name?: string; projectId?: string };
        };
        return subnet?.name && `projects/${subnet.projectId || project}/regions/${region}/subnetworks/${subnet.name}`;
    }
    if (subnetwork === undefined) {
        return undefined;
    }
    const path = subnetwork.slice(Math.max(0, subnetwork.indexOf("projects/")));
    return path.startsWith("projects/") ? path : `projects/${project}/regions/${region}/subnetworks/${path}`;
}

/**
 * Why a request comes from no network of the user's. Undefined if it comes from a workload that sends all its traffic through one, or
 * from a service of Google's that Service Directory led into one.
 */
export function outsideOfNetworks(origin: Origin): string | undefined {
    if (origin.kind === "workload") {
        return origin.vpc ? undefined : `${origin.resource} does not send all its traffic through the VPC network`;
    }
    if (origin.kind === "outside") {
        return "the request comes from outside";
    }
    const fix =
        origin.service === "workflows"
            ? "; register the address in Service Directory, and call it by private_service_name"
            : "";
    return origin.network === undefined ? `${origin.service} sends to no network${fix}` : undefined;
}
