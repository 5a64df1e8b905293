import * as pulumi from "@pulumi/pulumi";
import { argumentError, memoizedPerProgram } from "../base";
import { ownerOf } from "../grants";
import type { Target } from "../target";

/** For each workload the workloads that it invokes, with the key of each; a workload is named by its region and name. */
const invocations = memoizedPerProgram(() => new Map<string, Map<string, string>>());

/**
 * Refuses workloads that invoke each other in a cycle, if their targets are plain data. On the first update each grant would
 * wait for a service that does not exist yet. (A component must be made before what invokes it, so it can close no cycle.)
 * @param own The name and the region that the program gives the workload. Without a name of its own it is in nobody's plain data.
 * @throws ResourceError that names the cycle
 */
export function checkCycle(
    component: pulumi.Resource,
    own: { name?: pulumi.Input<string> | undefined; location?: pulumi.Input<string> | undefined },
    targets: Record<string, Target>,
): void {
    const invoked = invocations();
    const self = placeOf(own.name, own.location) ?? pulumi.resourceName(component);
    const edges = new Map(
        Object.entries(targets).flatMap(([key, { resource }]) => {
            const parent = (ownerOf(resource?.name) as { __parentResource?: pulumi.Resource } | undefined)
                ?.__parentResource;
            const place = placeOf(resource?.name, resource?.location) ?? (parent && named.get(parent));
            return place === undefined ? [] : [[place, key] as const];
        }),
    );
    invoked.set(self, edges);
    named.set(component, self);
    for (const [place, key] of edges) {
        const way = wayTo(self, place, invoked, new Set());
        if (way === undefined) {
            continue;
        }
        throw argumentError(
            component,
            `invokes.${key}`,
            `closes a cycle: ${[self, ...way].map(shortName).join(" → ")}. Each grant would wait for a service that is not there yet: ` +
                `let one of the calls go through an AuthenticatedQueue or AuthenticatedPush that is made after all of them`,
        );
    }
}

/** The name of each component in {@link invocations}. */
const named = new WeakMap<pulumi.Resource, string>();

function placeOf(name: unknown, location: unknown): string | undefined {
    return typeof name === "string" && typeof location === "string" ? `${location}/${name}` : undefined;
}

/** The workloads on a way from one to another, both included; undefined if there is no way. */
function wayTo(
    to: string,
    from: string,
    invoked: Map<string, Map<string, string>>,
    seen: Set<string>,
): string[] | undefined {
    if (from === to) {
        return [from];
    }
    if (seen.has(from)) {
        return undefined;
    }
    seen.add(from);
    for (const next of invoked.get(from)?.keys() ?? []) {
        const rest = wayTo(to, next, invoked, seen);
        if (rest !== undefined) {
            return [from, ...rest];
        }
    }
    return undefined;
}

function shortName(place: string): string {
    return place.slice(place.lastIndexOf("/") + 1);
}
