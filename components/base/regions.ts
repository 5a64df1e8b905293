import type * as pulumi from "@pulumi/pulumi";
import type { GrantResource } from "../grant-resource";
import type { Target } from "../target";
import { existingPlace, withExistingPlace } from "./existing-place";
import { memoized } from "./memo";

/** A target in one of its regions, with its address, its audience and its policy there. */
interface RegionalTarget {
    /** The region, or undefined if the target has only one. */
    region: string | undefined;
    target: Target;
}

/** A target in each of its regions. A multi-region service has an address and a policy in each; all others are as they are. */
export const inEachRegion = memoized((target: Target): [RegionalTarget, ...RegionalTarget[]] => {
    const { kind, resource, regions, ingress, audienceIsUrl, audience } = target;
    const [first, ...others] = Object.entries(regions ?? {}).map(([region, url]): RegionalTarget => {
        const ofUrl = audienceIsUrl === true || audience === undefined;
        const own = { kind, url, audience: ofUrl ? url : audience, audienceIsUrl: ofUrl };
        const at = resource && { resource: inRegion(resource, region) };
        return { region, target: { ...own, ...at, ...(ingress && { ingress }) } };
    });
    return first === undefined ? [{ region: undefined, target }] : [first, ...others];
});

/** A resource in one of its regions. */
function inRegion(resource: GrantResource, location: string): GrantResource {
    const regional = { ...resource, location };
    const place = existingPlace(resource);
    return place === undefined ? regional : withExistingPlace(regional, { ...place, location });
}

/** Where a target is; a multi-region service is in the first of its regions, whose address callers use. */
export const regionOf = ({ regions, resource }: Target): pulumi.Input<string> | undefined =>
    Object.keys(regions ?? {})[0] ?? resource?.location;

/** A target as a check calls it: a multi-region service is called in each of its regions. */
export interface Door {
    /** What the report calls it, such as `orders in us-east1`. */
    label: string;
    target: Target;
}

/** The doors of a target: one in each region, and its domain, if it has one beside them. */
export function doorsOf(label: string, target: Target): Door[] {
    const regional = inEachRegion(target);
    const [first] = regional;
    const doors = regional.map(({ region, target: each }) => ({
        label: region === undefined ? label : `${label} in ${region}`,
        target: each,
    }));
    const isOneOfThem = target === first.target || target.url === first.target.url;
    const { url, audience } = target;
    return isOneOfThem ? doors : [...doors, { label, target: { ...first.target, url, ...(audience && { audience }) } }];
}
