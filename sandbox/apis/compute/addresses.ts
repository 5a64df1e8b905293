import { ApiError, type Call, type Cloud, type Json } from "../../cloud";
import { digits } from "../../iam";
import { collectionOf, invalidField, keyOf, linkOf, textIn } from "./links";
import type { Wanted } from "./wanted";

/** Networks that are for documentation only (RFC 5737), so that no address of the sandbox is one of a real machine. */
const EXTERNAL = ["203.0.113", "198.51.100", "192.0.2"];
const INTERNAL = ["10.128.0", "10.128.1", "10.128.2"];

/** An address that no resource of the sandbox has. @throws ApiError RESOURCE_EXHAUSTED */
export function freeAddress(cloud: Cloud, key: string, isInternal: boolean, isIpv6 = false): string {
    const taken = new Set([
        ...valuesOf(cloud, "addresses", "address"),
        ...valuesOf(cloud, "forwardingRules", "IPAddress"),
    ]);
    const networks = isInternal ? INTERNAL : EXTERNAL;
    const first = Number(BigInt(digits(key)) % 250n);
    for (let i = 0; i < networks.length * 250; i++) {
        const [network = "", last] = [networks[Math.floor(i / 250)], ((first + i) % 250) + 4];
        // https://datatracker.ietf.org/doc/html/rfc3849
        const address = isIpv6 ? `2001:db8::${network.split(".")[2] ?? "0"}:${last}` : `${network}.${last}`;
        if (!taken.has(address)) {
            return address;
        }
    }
    throw new ApiError("RESOURCE_EXHAUSTED", "the sandbox has no free address");
}

function valuesOf(cloud: Cloud, segment: string, field: string): string[] {
    return cloud.store.list(collectionOf(segment)).map(([, value]) => String((value as Json)[field]));
}

export function checkAddress(resource: Json, { call, key, region, current }: Wanted): Json {
    const { cloud } = call;
    if (current) {
        return resource;
    }
    const isInternal = resource.addressType === "INTERNAL";
    const given = textIn(resource, "address");
    if (given !== undefined && valuesOf(cloud, "addresses", "address").includes(given)) {
        throw invalidField("address", given, "Specified IP address is already reserved.");
    }
    return {
        addressType: "EXTERNAL",
        ...(!isInternal && { networkTier: "PREMIUM" }),
        ...(region === undefined && { ipVersion: "IPV4" }),
        ...resource,
        address: given ?? freeAddress(cloud, key, isInternal, resource.ipVersion === "IPV6"),
    };
}

/** An address with the forwarding rules that have it. */
export function showAddress(address: Json, { cloud }: Call): Json {
    const users = cloud.store
        .list(collectionOf("forwardingRules"))
        .filter(([, rule]) => (rule as Json).IPAddress === address.address)
        .map(([key]) => linkOf(key));
    return { ...address, status: users.length > 0 ? "IN_USE" : "RESERVED", ...(users.length > 0 && { users }) };
}

/** The address of a forwarding rule: as it is given, that of a reserved one by its name, or a free one. */
export function addressOf(given: unknown, { call: { cloud }, key, project }: Wanted, isInternal: boolean): string {
    if (typeof given !== "string" || given === "") {
        return freeAddress(cloud, key, isInternal);
    }
    if (/^[\d.]+$|:/.test(given) && !given.startsWith("https:")) {
        return given;
    }
    const named = keyOf(given, project, cloud) ?? `projects/${project}/global/addresses/${given}`;
    const reserved = cloud.store.get(collectionOf("addresses"), named) as { address?: string } | undefined;
    if (reserved?.address === undefined) {
        throw invalidField("IPAddress", given, "The referenced address resource cannot be found.");
    }
    return reserved.address;
}
