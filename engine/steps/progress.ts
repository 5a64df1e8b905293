import { InternalError } from "../../errors";
import type { ResourceState } from "../state";
import type { Properties } from "../values";

type OutputsDue = (outputs: Properties) => Promise<void>;

/** What the program has said of a resource in this run. */
type Registration =
    | { kind: "none" }
    /** It was registered or read. What is done when it says what its outputs are is due once. */
    | { kind: "registered"; state: ResourceState; outputsDue?: OutputsDue }
    /** It would be created, were it among the targets. */
    | { kind: "skipped" };

/** What the run does with the resource as it was. */
type Former =
    | { kind: "kept" }
    /** It is deleted, or is about to be. */
    | { kind: "deleted" }
    /** It is deleted before its replacement, which is still to come. */
    | { kind: "cleared"; state: ResourceState };

interface Progress {
    registration: Registration;
    former: Former;
    /** Whether another one came or comes in its place. */
    replaced: boolean;
}

const UNTOUCHED: Progress = { registration: { kind: "none" }, former: { kind: "kept" }, replaced: false };

/** How far a run has come with each resource. */
export class ResourceProgress {
    private readonly byUrn = new Map<string, Progress>();

    /** The state of what was registered or read in this run. */
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

    /** Whether the program has said anything of it. */
    has(urn: string): boolean {
        return this.of(urn).registration.kind !== "none";
    }

    isReplaced(urn: string): boolean {
        return this.of(urn).replaced;
    }

    /** Whether it goes in this run, and what was bound to it goes with it. */
    isDeleted(urn: string): boolean {
        return this.of(urn).former.kind !== "kept";
    }

    isCleared(urn: string): boolean {
        return this.of(urn).former.kind === "cleared";
    }

    /** Takes the newest state of what was registered or read; what is due at its outputs stays due. */
    register(state: ResourceState): void {
        const { registration } = this.of(state.urn);
        this.change(state.urn, { registration: { ...registration, kind: "registered", state } });
    }

    skip(urn: string): void {
        this.change(urn, { registration: { kind: "skipped" } });
    }

    /** Forgets that a resource was left out. */
    withdraw(urn: string): void {
        this.change(urn, { registration: { kind: "none" } });
    }

    /** Says what is to be done when a registered resource says what its outputs are. */
    expectOutputs(urn: string, outputsDue: OutputsDue): void {
        const { registration } = this.of(urn);
        if (registration.kind !== "registered") {
            throw new InternalError(`${urn} has outputs and is not registered`);
        }
        this.change(urn, { registration: { ...registration, outputsDue } });
    }

    /** What is due at a resource's outputs; nothing the second time. */
    takeOutputsDue(urn: string): OutputsDue | undefined {
        const { registration } = this.of(urn);
        if (registration.kind !== "registered") {
            return undefined;
        }
        const { outputsDue, ...rest } = registration;
        this.change(urn, { registration: rest });
        return outputsDue;
    }

    replace(urn: string): void {
        this.change(urn, { replaced: true });
    }

    delete(urn: string): void {
        if (!this.isCleared(urn)) {
            this.change(urn, { former: { kind: "deleted" } });
        }
    }

    /** What was to be deleted is deleted, so that its replacement can come. */
    clear(state: ResourceState): void {
        if (!this.isDeleted(state.urn)) {
            throw new InternalError(`${state.urn} is cleared and was not to be deleted`);
        }
        this.change(state.urn, { former: { kind: "cleared", state }, replaced: true });
    }

    /** What was cleared for the resource that comes now, if anything was; it is asked for once. */
    takeCleared(urn: string): ResourceState | undefined {
        const { former } = this.of(urn);
        if (former.kind !== "cleared") {
            return undefined;
        }
        this.change(urn, { former: { kind: "kept" } });
        return former.state;
    }

    private of(urn: string): Progress {
        return this.byUrn.get(urn) ?? UNTOUCHED;
    }

    private change(urn: string, change: Partial<Progress>): void {
        this.byUrn.set(urn, { ...this.of(urn), ...change });
    }
}
