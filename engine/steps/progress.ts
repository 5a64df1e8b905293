import type { Callback } from "@pulumi/pulumi/proto/callback_pb";

import { InternalError } from "../../errors";
import type { ResourceState } from "../state";
import type { Properties } from "../values";
import type { DesiredState } from "./desired-state";

/** What is done once a resource has registered its outputs. */
type OnOutputs = (outputs: Properties) => Promise<void>;

/** What the program has done with a resource in this run. */
type Registration =
    | { kind: "none" }
    /** The program has registered or read it. */
    | { kind: "registered"; state: ResourceState; onOutputs?: OnOutputs }
    /** The program has registered it, but the run is not limited to it and does not create it. */
    | { kind: "skipped" };

/** What this run does with the old resource. */
type Former =
    | { kind: "kept" }
    /** It is deleted, or will be. */
    | { kind: "deleted" }
    /** It is deleted, and its replacement is still to be created. */
    | { kind: "cleared"; state: ResourceState };

/** What the children of a resource inherit from it. */
export interface Inheritance {
    desired?: DesiredState;
    /** The transforms of the resource, and then those of its ancestors. */
    transforms: Callback[];
}

interface Progress {
    registration: Registration;
    inheritance: Inheritance;
    former: Former;
    /** Whether another resource replaces it. */
    replaced: boolean;
}

const INITIAL: Progress = {
    registration: { kind: "none" },
    inheritance: { transforms: [] },
    former: { kind: "kept" },
    replaced: false,
};

/** What a run has done with each resource so far. */
export class ResourceProgress {
    private readonly byUrn = new Map<string, Progress>();

    /** The state of a resource that was registered or read in this run. */
    stateOf(urn: string): ResourceState | undefined {
        const { registration } = this.of(urn);
        return registration.kind === "registered" ? registration.state : undefined;
    }

    isRegistered(urn: string): boolean {
        return this.of(urn).registration.kind === "registered";
    }

    isSkipped(urn: string): boolean {
        return this.of(urn).registration.kind === "skipped";
    }

    /** Whether the program has registered or read it, or it was skipped. */
    has(urn: string): boolean {
        return this.of(urn).registration.kind !== "none";
    }

    isReplaced(urn: string): boolean {
        return this.of(urn).replaced;
    }

    /** Whether this run deletes it. Resources that are `deletedWith` it are then deleted with it. */
    isDeleted(urn: string): boolean {
        return this.of(urn).former.kind !== "kept";
    }

    isCleared(urn: string): boolean {
        return this.of(urn).former.kind === "cleared";
    }

    inheritanceFrom(urn: string): Inheritance {
        return this.of(urn).inheritance;
    }

    setInheritance(urn: string, inheritance: Inheritance): void {
        this.change(urn, { inheritance });
    }

    /** Sets the newest state of a resource. What is done at its outputs is still to be done. */
    register(state: ResourceState): void {
        const { registration } = this.of(state.urn);
        this.change(state.urn, { registration: { ...registration, kind: "registered", state } });
    }

    skip(urn: string): void {
        this.change(urn, { registration: { kind: "skipped" } });
    }

    /** Treats a skipped resource as one that the program has not registered. */
    withdraw(urn: string): void {
        this.change(urn, { registration: { kind: "none" } });
    }

    /** Sets what is done once a resource has registered its outputs. */
    expectOutputs(urn: string, onOutputs: OnOutputs): void {
        const { registration } = this.of(urn);
        if (registration.kind !== "registered") {
            throw new InternalError(`${urn} has outputs and is not registered`);
        }
        this.change(urn, { registration: { ...registration, onOutputs } });
    }

    /** Returns what is to be done at a resource's outputs, the first time that it is called. */
    takeOnOutputs(urn: string): OnOutputs | undefined {
        const { registration } = this.of(urn);
        if (registration.kind !== "registered") {
            return undefined;
        }
        const { onOutputs, ...rest } = registration;
        this.change(urn, { registration: rest });
        return onOutputs;
    }

    replace(urn: string): void {
        this.change(urn, { replaced: true });
    }

    delete(urn: string): void {
        if (!this.isCleared(urn)) {
            this.change(urn, { former: { kind: "deleted" } });
        }
    }

    /** Marks a resource as deleted, so that its replacement can be created. */
    clear(state: ResourceState): void {
        if (!this.isDeleted(state.urn)) {
            throw new InternalError(`${state.urn} is cleared and was not to be deleted`);
        }
        this.change(state.urn, { former: { kind: "cleared", state }, replaced: true });
    }

    /** Returns the resource that was deleted for the one that is registered now, the first time that it is called. */
    takeCleared(urn: string): ResourceState | undefined {
        const { former } = this.of(urn);
        if (former.kind !== "cleared") {
            return undefined;
        }
        this.change(urn, { former: { kind: "kept" } });
        return former.state;
    }

    private of(urn: string): Progress {
        return this.byUrn.get(urn) ?? INITIAL;
    }

    private change(urn: string, change: Partial<Progress>): void {
        this.byUrn.set(urn, { ...this.of(urn), ...change });
    }
}
