import { BlockList, isIP } from "node:net";
import type { Properties, PropertyDiff, Value } from "../values";

type Force = (before: Value | undefined, after: Value | undefined, inputs: Properties) => boolean;

const shrinks: Force = (before, after) => typeof before === "number" && typeof after === "number" && after < before;
const isAttachment = (target: Value | undefined): boolean =>
    typeof target === "string" && target.includes("/serviceAttachments/");

/**
 * Changes that force a replacement for some values only, by the type and the property.
 * https://github.com/hashicorp/terraform-provider-google (`CustomizeDiff` of each resource)
 */
const FORCED: Record<string, Record<string, Force>> = {
    "gcp:compute/subnetwork:Subnetwork": { ipCidrRange: (before, after) => !containsRange(after, before) },
    "gcp:compute/forwardingRule:ForwardingRule": {
        allowGlobalAccess: (_, __, { loadBalancingScheme }) => loadBalancingScheme === "INTERNAL_MANAGED",
        target: (before, after) => isAttachment(before) && isAttachment(after),
    },
    "gcp:storage/bucket:Bucket": { "retentionPolicy.isLocked": (before) => before === true },
    "gcp:vpcaccess/connector:Connector": { minInstances: shrinks, maxInstances: shrinks },
};

/** The differences with those marked that force a replacement because of their values. */
export function withForcedByValue(token: string, detailed: PropertyDiff[], inputs: Properties): PropertyDiff[] {
    return detailed.map((each) => {
        const { path, before, after } = each;
        const forces = FORCED[token]?.[path]?.(before as Value | undefined, after as Value | undefined, inputs);
        return forces === true ? { ...each, replaces: true } : each;
    });
}

/** Whether a range of addresses contains another one. A text that is no range contains all, because nothing is known of it. */
function containsRange(outer: Value | undefined, inner: Value | undefined): boolean {
    const [wide, narrow] = [outer, inner].map(rangeOf);
    if (wide === undefined || narrow === undefined) {
        return true;
    }
    const list = new BlockList();
    list.addSubnet(wide.address, wide.bits, wide.family);
    return wide.bits <= narrow.bits && list.check(narrow.address, narrow.family);
}

function rangeOf(text: Value | undefined): { address: string; bits: number; family: "ipv4" | "ipv6" } | undefined {
    const [, address = "", bits] = /^([\d.:a-f]+)\/(\d+)$/i.exec(typeof text === "string" ? text : "") ?? [];
    const version = isIP(address);
    return version === 0 ? undefined : { address, bits: Number(bits), family: version === 4 ? "ipv4" : "ipv6" };
}
