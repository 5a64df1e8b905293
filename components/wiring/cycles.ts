import * as pulumi from "@pulumi/pulumi";
import { argumentError, oncePerProgram } from "../base";
import { ownerOf } from "../grants";
import type { Target } from "../target";

/** What invokes what, by the workload's own name in its region. */
const invocations = oncePerProgram(() => new Map<string, Map<string, string>>());

/**
 * Refuses workloads that invoke each other in a circle by plain data: on the first update each grant would wait for a
 * service that does not exist yet. (What is a component is made before what invokes it, and can close no circle.)
 * @param own What the program names the workload; one that Google or Pulumi names is nobody's plain data.
 * @throws ResourceError naming the circle
 */
export function checkCircle(
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
            `closes a circle: ${[self, ...way].map(short).join(" → ")}. Each grant would wait for a service that is not there yet: ` +
                `let one of the calls go through an AuthenticatedQueue or AuthenticatedPush that is made after all of them`,
        );
    }
}

/** What components are called in {@link invocations}. */
const named = new WeakMap<pulumi.Resource, string>();

function placeOf(name: unknown, location: unknown): string | undefined {
    return typeof name === "string" && typeof location === "string" ? `${location}/${name}` : undefined;
}

/** The places from one to another, both included; undefined where there is no way. */
function wayTo(
    goal: string,
    from: string,
    invoked: Map<string, Map<string, string>>,
    seen: Set<string>,
): string[] | undefined {
    if (from === goal) {
        return [from];
    }
    if (seen.has(from)) {
        return undefined;
    }
    seen.add(from);
    for (const next of invoked.get(from)?.keys() ?? []) {
        const rest = wayTo(goal, next, invoked, seen);
        if (rest !== undefined) {
            return [from, ...rest];
        }
    }
    return undefined;
}

function short(place: string): string {
    return place.slice(place.lastIndexOf("/") + 1);
}
