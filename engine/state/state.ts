import { type Properties, providerUrnOf, type Value } from "../values";

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
    /** Whether the next update replaces it (`pulumi state taint`). */
    taint?: boolean;
    /** Whether the stack only reads it. */
    external?: boolean;
    dependencies?: string[];
    propertyDependencies?: Record<string, string[]>;
    /** The provider, as `URN::ID`. */
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
    /** Whether it was replaced, and must still be deleted. */
    delete?: boolean;
    /** Whether an interrupted update has deleted it, and not created it again yet. */
    pendingReplacement?: boolean;
    resourceHooks?: Record<string, string[]>;
    /** Why its provider could not complete it. */
    initErrors?: string[];
    created?: string;
    modified?: string;
}

/** An operation that was under way when the state was written. */
export interface PendingOperation {
    resource: ResourceState;
    type: "creating" | "updating" | "deleting" | "reading";
}

/** A stack's state in memory. */
export interface Snapshot {
    /** The resources by their URNs. */
    resources: Map<string, ResourceState>;
    /** The resources that were replaced, and that must still be deleted. */
    pendingDeletes: ResourceState[];
    pending: PendingOperation[];
}

/** The resources in an order in which each comes after its dependencies, as Pulumi requires of a state. */
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
 * The resources in levels. No resource depends on one of the same level or of a later one. Pulumi deletes resources in the
 * reverse order of these levels.
 */
export function inDependencyLevels(resources: ResourceState[]): ResourceState[][] {
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
        // This ends the recursion when two replaced resources have the same URN and depend on each other by it.
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

/** The URNs of all resources that a resource needs, its parent and its provider included. */
export function dependenciesOf(resource: ResourceState): string[] {
    const provider = resource.provider === undefined ? undefined : providerUrnOf(resource.provider);
    return [
        ...(resource.parent === undefined ? [] : [resource.parent]),
        ...(provider === undefined ? [] : [provider]),
        ...(resource.dependencies ?? []),
        ...Object.values(resource.propertyDependencies ?? {}).flat(),
        ...(resource.deletedWith === undefined ? [] : [resource.deletedWith]),
    ];
}
