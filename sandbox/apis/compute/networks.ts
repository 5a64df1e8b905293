import type { Call, Json } from "../../cloud";
import { checkedLink, collectionOf, invalidField, linkOf } from "./links";
import type { Wanted } from "./wanted";

/** A network with its subnets. */
export function showNetwork(network: Json, { cloud }: Call): Json {
    const subnetworks = cloud.store
        .list(collectionOf("subnetworks"))
        .filter(([, subnet]) => (subnet as Json).network === network.selfLink)
        .map(([key]) => linkOf(key));
    return { ...network, ...(subnetworks.length > 0 && { subnetworks }) };
}

export function checkNetwork(resource: Json, { current }: Wanted): Json {
    return current
        ? resource
        : {
              autoCreateSubnetworks: true,
              mtu: 1460,
              networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
              routingConfig: { routingMode: "REGIONAL" },
              ...resource,
          };
}

const RANGE = /^\d{1,3}(\.\d{1,3}){3}\/(\d|[12]\d|3[0-2])$/;

export function checkSubnetwork(resource: Json, { call, project, region = "" }: Wanted): Json {
    const { ipCidrRange, network } = resource;
    if (typeof ipCidrRange !== "string" || !RANGE.test(ipCidrRange)) {
        throw invalidField("ipCidrRange", ipCidrRange, "Must be a CIDR address range such as 10.0.0.0/24.");
    }
    const [address = ""] = ipCidrRange.split("/");
    return {
        privateIpGoogleAccess: false,
        purpose: "PRIVATE",
        stackType: "IPV4_ONLY",
        ...resource,
        gatewayAddress: address.replace(/\d+$/, (last) => String(Number(last) + 1)),
        network: checkedLink(call.cloud, project, "network", network),
        region: linkOf(`projects/${project}/regions/${region}`),
    };
}
