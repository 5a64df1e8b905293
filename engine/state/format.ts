import { defined } from "../../common";
import { mapMembers, type Properties, type Value } from "../values";
import type { ResourceState } from "./state";

/**
 * A stack's state as `pulumi stack export` writes it. It is of version 4 if it needs features that not every reader
 * knows; it then names them.
 */
export interface Exported {
    version: 3 | 4;
    features?: string[];
    deployment: Record<string, unknown>;
}

/** The versions of Pulumi's deployment format that can be read. Version 4 is version 3 with a list of features. */
export const VERSIONS = [3, 4];

/**
 * The features of version 4 that a reader must know, by name, and which resources need each of them.
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

/** A copy of a resource in which every value is replaced for which `change` returns another one. */
export function mapResource(resource: ResourceState, change: (value: Value) => Value | undefined): ResourceState {
    const walk = (value: Value): Value =>
        change(value) ?? (value !== null && typeof value === "object" ? mapMembers(value, walk) : value);
    // A component of an imported state may have no properties.
    const { inputs = {}, outputs = {}, replacementTrigger: trigger } = resource as Partial<ResourceState>;
    return {
        ...resource,
        inputs: mapMembers(inputs, walk) as Properties,
        outputs: mapMembers(outputs, walk) as Properties,
        ...defined({ replacementTrigger: trigger === undefined ? undefined : walk(trigger) }),
    };
}
