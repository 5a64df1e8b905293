import { mapMembers, type Properties, type Value } from "../values";
import type { ResourceState } from "./state";

/** The versions of Pulumi's deployment format that are read: 4 is 3 with the features that it names. */
export const VERSIONS = [3, 4];

/**
 * What a state may need of who reads it, by the names of version 4, and whether a resource is the reason.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/stack/deployment.go
 */
export const FEATURES: Record<string, (resource: ResourceState) => boolean> = {
    hooks: ({ resourceHooks }) => Object.keys(resourceHooks ?? {}).length > 0,
    taint: ({ taint }) => taint === true,
    replaceWith: ({ replaceWith }) => (replaceWith ?? []).length > 0,
};

/** The features that resources need, in the order of their names. */
export function featuresOf(resources: ResourceState[]): string[] {
    return Object.keys(FEATURES).filter((name) => resources.some((resource) => FEATURES[name]?.(resource)));
}

/** A resource with its properties changed where `change` gives something; a component of an imported state has none. */
export function mapResource(resource: ResourceState, change: (value: Value) => Value | undefined): ResourceState {
    const walk = (value: Value): Value =>
        change(value) ?? (value !== null && typeof value === "object" ? mapMembers(value, walk) : value);
    const { inputs = {}, outputs = {} } = resource as Partial<ResourceState>;
    return {
        ...resource,
        inputs: mapMembers(inputs, walk) as Properties,
        outputs: mapMembers(outputs, walk) as Properties,
        ...(resource.replacementTrigger !== undefined && { replacementTrigger: walk(resource.replacementTrigger) }),
    };
}
