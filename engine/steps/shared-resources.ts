import { Semaphore } from "../../common";
import type { IsHeld, Subject } from "../provider";
import type { ResourceState } from "../state";
import { plainProperties } from "../values";
import type { DeploymentOptions } from "./deployment-options";

/** The parts of a run that say what its resources are in the cloud. */
interface SharingRun {
    readonly options: Pick<DeploymentOptions, "dryRun" | "providers" | "resources">;
    subject(urn: string, providerReference: string | undefined): Subject;
}

/**
 * The resources of a run by what they are in the cloud, for the types that may share it with others: two grants of one role to
 * one member, or a binding and a grant. The index is made when it is first asked: to look at all resources for each that is
 * deleted would take time that grows with their square.
 */
export class SharedResources {
    private index: Map<string, Set<ResourceState>> | undefined;
    private readonly turns = new Map<string, Semaphore>();

    constructor(private readonly run: SharingRun) {}

    /** Takes the newest state of a resource into the index. */
    add(state: ResourceState): void {
        for (const key of this.index ? this.keysOf(state) : []) {
            const known = this.index?.get(key);
            if (known === undefined) {
                this.index?.set(key, new Set([state]));
            } else {
                known.add(state);
            }
        }
    }

    /**
     * Tells of a key whether a resource that the stack has now has it.
     *
     * @param stays whether a resource keeps what it has
     */
    heldBy(stays: (other: ResourceState) => boolean): IsHeld {
        const { resources } = this.run.options;
        return (key) => {
            if (this.index === undefined) {
                this.index = new Map();
                for (const state of resources.values()) {
                    this.add(state);
                }
            }
            return [...(this.index.get(key) ?? [])].some((state) => resources.get(state.urn) === state && stays(state));
        };
    }

    /**
     * Does the work while no other work is done for what one of the resources is in the cloud. Otherwise one step would find that a
     * grant is there already, while another step takes it away because no resource of the stack has it yet. The work ends when
     * the stack has the resource, or has it no more. A preview changes nothing, and does not know yet what resources will be.
     */
    async exclusively<T>(resources: readonly ResourceState[], work: () => Promise<T>): Promise<T> {
        if (this.run.options.dryRun) {
            return await work();
        }
        // All take their turns in the same order, so that no two wait for each other.
        const keys = [...new Set(resources.flatMap((state) => this.keysOf(state)))].sort();
        return await keys.reduceRight((run, key) => () => this.turnsOf(key).run(run), work)();
    }

    private turnsOf(key: string): Semaphore {
        const turns = this.turns.get(key) ?? new Semaphore(1);
        this.turns.set(key, turns);
        return turns;
    }

    private keysOf({ type, urn, provider, inputs, external }: ResourceState): string[] {
        // A provider that is not installed any more cannot say it.
        const found = external === true ? undefined : this.run.options.providers(type);
        return found?.sharedKeys?.(this.run.subject(urn, provider), plainProperties(inputs)) ?? [];
    }
}
