import type { Properties, Value } from "../values";

/** A resource in a stack's state. The names are those of Pulumi's deployment format, version 3. */
export interface ResourceState {
    urn: string;
    custom: boolean;
    id?: string;
    type: string;
    inputs: Properties;
    outputs: Properties;
    parent?: string;
    protect?: boolean;
    /** To be replaced by the next update (`pulumi state taint`). */
    taint?: boolean;
    /** Read, not made, by the stack. */
    external?: boolean;
    dependencies?: string[];
    propertyDependencies?: Record<string, string[]>;
    /** `URN::ID` of its provider. */
    provider?: string;
    additionalSecretOutputs?: string[];
    customTimeouts?: { create?: number; update?: number; delete?: number };
    retainOnDelete?: boolean;
    deletedWith?: string;
    replaceWith?: string[];
    importID?: string;
    ignoreChanges?: string[];
    hideDiff?: string[];
    replaceOnChanges?: string[];
    replacementTrigger?: Value;
    /** Replaced, and still to be deleted. */
    delete?: boolean;
    /** Deleted, and to be made again by the update that was interrupted. */
    pendingReplacement?: boolean;
    resourceHooks?: Record<string, string[]>;
    /** Why it is there, and not as it should be: its provider made it and could not go on. */
    initErrors?: string[];
    created?: string;
    modified?: string;
}

/** What was being done when the state was written. */
export interface PendingOperation {
    resource: ResourceState;
    type: "creating" | "updating" | "deleting" | "reading";
}

/** A stack's state in memory: every resource once by URN, and the replaced ones that are still to be deleted. */
export interface Snapshot {
    resources: Map<string, ResourceState>;
    condemned: ResourceState[];
    pending: PendingOperation[];
}

/** Every resource behind what it depends on: the order that Pulumi demands of a state. */
export function inDependencyOrder(resources: Map<string, ResourceState>): ResourceState[] {
    const ordered = new Set<ResourceState>();
    const visit = (resource: ResourceState): void => {
        if (ordered.has(resource) || visiting.has(resource)) {
            return;
        }
        visiting.add(resource);
        for (const urn of dependenciesOf(resource)) {
            const dependency = resources.get(urn);
            if (dependency !== undefined) {
                visit(dependency);
            }
        }
        ordered.add(resource);
    };
    const visiting = new Set<ResourceState>();
    for (const resource of resources.values()) {
        visit(resource);
    }
    return [...ordered];
}

/**
 * Resources in levels: in each those that depend on none of the same level or of those after it. It is how Pulumi makes
 * an order of deletions, which is the other way round.
 */
export function inLevels(resources: ResourceState[]): ResourceState[][] {
    const byUrn = new Map<string, ResourceState[]>();
    for (const resource of resources) {
        byUrn.set(resource.urn, [...(byUrn.get(resource.urn) ?? []), resource]);
    }
    const depth = new Map<ResourceState, number>();
    const depthOf = (resource: ResourceState): number => {
        const known = depth.get(resource);
        if (known !== undefined) {
            return known;
        }
        // Set before the recursion: two replaced generations of one URN must not wait for one another.
        depth.set(resource, 0);
        const dependencies = dependenciesOf(resource)
            .flatMap((urn) => byUrn.get(urn) ?? [])
            .filter((other) => other !== resource);
        const found = Math.max(0, ...dependencies.map((other) => depthOf(other) + 1));
        depth.set(resource, found);
        return found;
    };
    const levels: ResourceState[][] = [];
    for (const resource of resources) {
        (levels[depthOf(resource)] ??= []).push(resource);
    }
    return levels;
}

/** The URNs that must exist as long as this resource does. */
export function dependenciesOf(resource: ResourceState): string[] {
    const provider = resource.provider?.slice(0, resource.provider.lastIndexOf("::"));
    return [
        ...(resource.parent === undefined ? [] : [resource.parent]),
        ...(provider === undefined ? [] : [provider]),
        ...(resource.dependencies ?? []),
        ...Object.values(resource.propertyDependencies ?? {}).flat(),
        ...(resource.deletedWith === undefined ? [] : [resource.deletedWith]),
    ];
}
