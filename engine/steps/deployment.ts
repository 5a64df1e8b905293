import type { RegisteredHooks } from "../callbacks";
import { StackError, Stopped, UnsupportedError } from "../errors";
import type { Diagnostic, EngineEvent, Operation, States, Step } from "../events";
import type { Provider, Subject } from "../provider";
import { blind, dependenciesOf, inDependencyOrder, type ResourceState, type StateFile } from "../state";
import type { Patterns, Targets } from "../targets";
import { isObject, nameOf, packageOf, plainProperties, type Properties, typeOf } from "../values";
import { Aliases } from "./aliases";
import { type Goal, standing } from "./desired";
import { ResourceProgress } from "./progress";
import { Semaphore } from "../../common";
import { messageOf } from "../../errors";

/** Where a run writes what it does: a stack's state file, or nothing in a preview. */
type Journal = Pick<StateFile, "set" | "forget" | "buried" | "begin" | "end">;

/** Finds the provider of a type, or nothing where no provider here knows it. */
type Providers = (type: string) => Provider | undefined;

export interface DeploymentOptions {
    project: string;
    stack: string;
    operation: "preview" | "update" | "refresh" | "destroy";
    /** Whether it is a preview: nothing is changed. */
    dryRun: boolean;
    /** The state as it is; the run changes these. */
    resources: Map<string, ResourceState>;
    condemned: ResourceState[];
    journal: Journal;
    providers: Providers;
    /** Configuration of default providers, by package: `gcp` → `{ project, region }`. */
    providerConfig: (pkg: string) => Properties;
    emit: (event: EngineEvent) => void;
    parallel: number;
    /** To what the run is limited. */
    targets?: Targets;
    /** What is to be replaced whatever its inputs are. */
    replaces?: Patterns;
    hooks?: RegisteredHooks;
    /** Cancels the run: what is under way ends, nothing new begins. */
    signal?: AbortSignal;
}

/** One run over a stack: what it has seen, what it does, and how it went. */
export class Deployment {
    readonly changes: Partial<Record<Operation, number>> = {};
    readonly diagnostics: Diagnostic[] = [];
    readonly resourceProgress = new ResourceProgress();
    readonly aliases = new Aliases();
    failed = false;
    /** Whether a preview has found what an update would refuse; it goes on, to find the rest. */
    flawed = false;
    private readonly semaphore: Semaphore;
    private readonly failures: (() => void)[] = [];

    constructor(readonly options: DeploymentOptions) {
        this.semaphore = new Semaphore(options.parallel);
    }

    /** Does the work unless it is cancelled: then what is under way ends, and nothing new begins. */
    async cancellable<T>(work: () => Promise<T>, onCancel: () => void = () => undefined): Promise<T> {
        const { signal, operation } = this.options;
        const cancel = (): void => {
            // Pulumi's words.
            this.fail(`${operation} canceled`);
            onCancel();
        };
        if (signal?.aborted === true) {
            cancel();
        }
        signal?.addEventListener("abort", cancel);
        try {
            return await work();
        } finally {
            signal?.removeEventListener("abort", cancel);
        }
    }

    get resources(): Map<string, ResourceState> {
        return this.options.resources;
    }

    /** Ends the run: nothing new is begun, and what waits is told by {@link onFailure}. */
    fail(message: string, urn?: string): void {
        this.report("error", message, urn);
        this.stop();
    }

    stop(): void {
        this.failed = true;
        for (const listener of this.failures.splice(0)) {
            listener();
        }
    }

    /**
     * Takes a name for a resource before anything is awaited, so that a second one of that name is refused.
     * Throws, in Pulumi's words, where it has been taken.
     */
    begin(urn: string, goal: Goal): void {
        if (this.resourceProgress.has(urn)) {
            throw new StackError(`Duplicate resource URN '${urn}'`, { fix: "try giving it a unique name" });
        }
        if (goal.parent !== "" && !this.resourceProgress.has(goal.parent)) {
            throw new StackError(`could not find parent resource ${goal.parent}`);
        }
        this.resourceProgress.register({ ...standing(goal, urn), inputs: {}, outputs: {} });
    }

    count(operation: Operation): void {
        this.changes[operation] = (this.changes[operation] ?? 0) + 1;
    }

    onFailure(listener: () => void): void {
        if (this.failed) {
            listener();
        } else {
            this.failures.push(listener);
        }
    }

    report(severity: Diagnostic["severity"], message: string, urn?: string): void {
        const diagnostic = { severity, message, ...(urn !== undefined && urn !== "" && { urn }) };
        // The SDK tells an unhandled rejection once for every function that ever failed in this process.
        const told = this.diagnostics.some(
            (d) => d.severity === severity && d.message === message && d.urn === diagnostic.urn,
        );
        if (told && severity === "error") {
            return;
        }
        this.diagnostics.push(diagnostic);
        this.options.emit({ type: "diagnostic", ...diagnostic });
    }

    /** Tells what is waited for, without keeping it. */
    progress(message: string, urn: string): void {
        this.options.emit({ type: "progress", message, ...(urn !== "" && { urn }) });
    }

    /** What a provider is told of a resource. */
    subject(urn: string, providerReference: string | undefined): Subject {
        const type = typeOf(urn);
        const reference = providerReference?.slice(0, providerReference.lastIndexOf("::"));
        const provider = reference === undefined ? undefined : this.resources.get(reference);
        const config = plainProperties(provider?.inputs ?? this.options.providerConfig(packageOf(type)));
        // The engine's own, of which a provider is not told.
        delete config["__internal"];
        return { urn, type, name: nameOf(urn), config };
    }

    /** The provider of a type. Throws, naming the type, where there is none. */
    provider(type: string): Provider {
        const provider = this.options.providers(type);
        if (provider === undefined) {
            throw new UnsupportedError(`the sandbox's engine does not support resource type ${type}`, {
                fix: "run this program with the Pulumi CLI against the sandbox, or leave the resource out",
            });
        }
        return provider;
    }

    targeted(urn: string, dependencies: string[]): boolean {
        return this.options.targets?.matches(urn, dependencies) ?? true;
    }

    /** Those of the resources to which the run is limited. */
    targetedOf(resources: Iterable<ResourceState>): ResourceState[] {
        const all = [...resources];
        const byUrn = new Map(all.map((resource) => [resource.urn, resource]));
        const meant = inDependencyOrder(byUrn).filter((each) => this.targeted(each.urn, dependenciesOf(each)));
        const urns = new Set(meant.map(({ urn }) => urn));
        // A resource that was replaced goes with its successor.
        return all.filter(({ urn }) => urns.has(urn));
    }

    /**
     * One step, told as it starts and ends, and counted as its operation, as another, or (null) not at all. A state that
     * the work gives is the resource's new one.
     */
    async step<T>(
        step: Step,
        states: States,
        work: () => Promise<T>,
        counted: Operation | null = step.operation,
    ): Promise<T> {
        this.tell("start", step, states);
        try {
            const result = await this.semaphore.run(async () => {
                // Another step failed while this one waited its turn: begin nothing new.
                if (this.failed) {
                    throw new Stopped();
                }
                return await work();
            });
            if (counted !== null) {
                this.count(counted);
            }
            const { old } = states;
            const done = isState(result) ? result : undefined;
            this.tell("done", done?.id === undefined ? step : { ...step, id: done.id }, {
                ...(old && { old }),
                ...(done && { new: done }),
            });
            return result;
        } catch (error) {
            if (error instanceof Stopped) {
                throw error;
            }
            const message = messageOf(error);
            if (!this.options.dryRun) {
                this.tell("failed", step, states, message);
                throw error;
            }
            // In Pulumi's words; a step that is only planned does not fail.
            if (error instanceof Error) {
                error.message = `Preview failed: ${message}`;
            }
            throw error;
        }
    }

    /** Tells of a step, and of its resource's states without what is secret in them. */
    tell(phase: "start" | "done" | "failed", step: Step, states: States, message?: string): void {
        this.options.emit({
            type: "step",
            phase,
            step,
            ...(states.old && { old: blind(states.old) }),
            ...(states.new && { new: blind(states.new) }),
            ...(message !== undefined && { message }),
        });
    }
}

function isState(value: unknown): value is ResourceState {
    return isObject(value) && isObject(value["inputs"]) && isObject(value["outputs"]);
}
