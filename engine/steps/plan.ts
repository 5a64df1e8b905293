import type { Diff } from "../provider";
import type { ResourceState } from "../state";
import { covers, parsePath, type Properties } from "../values";
import type { Deployment } from "./deployment";
import type { Goal } from "./desired";

/** What the program is told of a resource that it registered. */
export interface Registered {
    urn: string;
    id?: string;
    outputs: Properties;
    /** Nothing is known of it: it is not made by this run. */
    unknown?: true;
}

/** A resource on its way: what shall be, what was, and what the provider made of the inputs. */
export interface Plan {
    urn: string;
    goal: Goal;
    old?: ResourceState;
    /** `URN::ID` of the provider that does it. */
    provider: string;
    /** Checked, with secrets marked. */
    inputs: Properties;
}

/** A comparison in which what the patterns name replaces. */
export function withReplaceOnChanges(diff: Diff, replaceOnChanges: string[]): Diff {
    const patterns = diff.coarse === true ? [] : replaceOnChanges.map(parsePath);
    return {
        ...diff,
        detailed: diff.detailed.map((entry) => ({
            ...entry,
            replaces: entry.replaces || patterns.some((pattern) => covers(pattern, parsePath(entry.path))),
        })),
    };
}

/** Keeps a state in memory and in the journal. */
export function keep(deployment: Deployment, state: ResourceState, replaced?: ResourceState): void {
    deployment.resourceProgress.register(state);
    deployment.resources.set(state.urn, state);
    deployment.options.journal.set(state, replaced);
    if (replaced !== undefined) {
        deployment.options.condemned.push({ ...replaced, delete: true });
    }
}

/** What is wanted of a resource, before it is known what comes of it. */
export function wanted(state: ResourceState): ResourceState {
    const { id, ...others } = state;
    return id === undefined ? { ...state, outputs: {} } : { ...others, outputs: {} };
}

/** A state as the program is told of it. */
export function registered(state: ResourceState): Registered {
    return { urn: state.urn, ...(state.id !== undefined && { id: state.id }), outputs: state.outputs };
}
