import { defined } from "../../common";
import type { Diff } from "../provider";
import type { ResourceState } from "../state";
import { covers, parsePath, type Properties } from "../values";
import type { Deployment } from "./deployment";
import type { DesiredState } from "./desired-state";

/** What the program gets back for a resource that it registered. */
export interface RegisteredResource {
    urn: string;
    id?: string;
    outputs: Properties;
    /** Whether the outputs are unknown, as this run does not make the resource. */
    unknown?: true;
    /** The resources that the outputs come from, for a component that another process has made. */
    propertyDependencies?: Record<string, string[]>;
}

/** What is to be done about one resource: its desired state, its old state, and its inputs as the provider checked them. */
export interface Plan {
    urn: string;
    desired: DesiredState;
    old?: ResourceState;
    /** The provider of the resource, as `URN::ID`. */
    provider: string;
    /** The inputs after the provider's check, with secrets marked. */
    inputs: Properties;
}

/** A comparison in which every difference that `replaceOnChanges` names forces a replacement. */
export function withReplaceOnChanges(diff: Diff, replaceOnChanges: string[]): Diff {
    const patterns = diff.withoutPaths === true ? [] : replaceOnChanges.map(parsePath);
    return {
        ...diff,
        detailed: diff.detailed.map((entry) => ({
            ...entry,
            replaces: entry.replaces || patterns.some((pattern) => covers(pattern, parsePath(entry.path))),
        })),
    };
}

/**
 * Records the new state of a resource in memory and in the journal.
 *
 * @param replaced - the resource that it replaced, which must be deleted later
 */
export function recordState(deployment: Deployment, state: ResourceState, replaced?: ResourceState): void {
    deployment.resourceProgress.register(state);
    deployment.reports.secrets.addOutputs(state);
    deployment.resources.set(state.urn, state);
    deployment.shared.add(state);
    deployment.options.journal.set(state, replaced);
    if (replaced !== undefined) {
        deployment.options.pendingDeletes.push({ ...replaced, delete: true });
    }
}

/** A state as it is planned: the id and the outputs are not known yet. */
export function plannedState(state: ResourceState): ResourceState {
    const { id, ...withoutId } = state;
    return id === undefined ? { ...state, outputs: {} } : { ...withoutId, outputs: {} };
}

/** A resource in a state, as the program gets it. */
export function toRegistered({ urn, id, outputs }: ResourceState): RegisteredResource {
    return { urn, ...defined({ id }), outputs };
}
