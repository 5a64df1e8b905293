import type { Subject } from "../provider";
import type { ResourceState } from "../state";
import { plainProperties } from "../values";
import type { DeploymentOptions } from "./deployment-options";

/** The parts of a run that say what its resources are in the cloud. */
interface SharingRun {
    readonly options: Pick<DeploymentOptions, "providers" | "resources">;
    subject(urn: string, providerReference: string | undefined): Subject;
}

/**
 * The resources of a run by what they are in the cloud, for the types of which several resources may be the same one there,
 * as two grants of one role to one member are. The index is made when it is first asked: to look at all resources for each
 * that is deleted would take time that grows with their square.
 */
export class SharedResources {
    private index: Map<string, Set<ResourceState>> | undefined;

    constructor(private readonly run: SharingRun) {}

    /** Takes the newest state of a resource into the index. */
    add(state: ResourceState): void {
        const key = this.index && this.keyOf(state);
        if (key === undefined) {
            return;
        }
        const known = this.index?.get(key);
        if (known === undefined) {
            this.index?.set(key, new Set([state]));
        } else {
            known.add(state);
        }
    }

    /** The resources that the stack has now and that are the same one in the cloud as this one; itself too if it has it. */
    sameAs(resource: ResourceState): ResourceState[] {
        const key = this.keyOf(resource);
        if (key === undefined) {
            return [];
        }
        const { resources } = this.run.options;
        if (this.index === undefined) {
            this.index = new Map();
            for (const state of resources.values()) {
                this.add(state);
            }
        }
        return [...(this.index.get(key) ?? [])].filter((state) => resources.get(state.urn) === state);
    }

    private keyOf({ type, urn, provider, inputs, external }: ResourceState): string | undefined {
        // A provider that is not installed any more cannot say it.
        const found = external === true ? undefined : this.run.options.providers(type);
        if (found?.sharedKey === undefined) {
            return undefined;
        }
        const key = found.sharedKey(this.run.subject(urn, provider), plainProperties(inputs));
        return key === undefined ? undefined : `${type} ${key}`;
    }
}
