import { defined, Semaphore } from "../../common";
import { messageOf } from "../../errors";
import { CallEnded, refusedResource, StackError, Stopped, unknownType } from "../errors";
import type { Diagnostic, Operation, States, Step } from "../events";
import type { Provider, Subject } from "../provider";
import { dependenciesOf, inDependencyOrder, redactState, type ResourceState, SecretTexts } from "../state";
import { nameOf, packageOf, plainProperties, type Properties, providerUrnOf, typeOf } from "../values";
import { Aliases } from "./aliases";
import type { DeploymentOptions } from "./deployment-options";
import { KeptTypes } from "./kept-types";
import { desiredFields, type DesiredState } from "./desired-state";
import { ResourceProgress } from "./progress";
import { Reports } from "./reports";
import { SharedResources } from "./shared-resources";
import { isState } from "./step-event";

/** One run over a stack: what is done to its resources, and how the run went. */
export class Deployment {
    readonly changes: Partial<Record<Operation, number>> = {};
    readonly reports: Reports;
    readonly resourceProgress = new ResourceProgress();
    readonly aliases = new Aliases();
    readonly kept = new KeptTypes();
    readonly shared = new SharedResources(this);
    failed = false;
    /** Whether a preview has found something that an update would refuse. The preview goes on, to find everything else. */
    refused = false;
    /** Whether a resource was refused for its type. */
    refusedTypes = false;
    private readonly semaphore: Semaphore;
    private readonly failureListeners = new Set<() => void>();

    constructor(readonly options: DeploymentOptions) {
        this.semaphore = new Semaphore(options.parallel);
        this.reports = new Reports(options.emit, new SecretTexts(() => options.resources.values()));
    }

    /** Does the work. When the run is cancelled meanwhile, steps that are under way end, and no new step begins. */
    async cancellable<T>(work: () => Promise<T>, onCancel: () => void = () => undefined): Promise<T> {
        const { signal, operation } = this.options;
        const cancel = (): void => {
            // The message is Pulumi's.
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

    get diagnostics(): Diagnostic[] {
        return this.reports.diagnostics;
    }

    get resources(): Map<string, ResourceState> {
        return this.options.resources;
    }

    /** Reports an error and ends the run: no new step begins, and the listeners of {@link onFailure} are called. */
    fail(message: string, urn?: string): void {
        this.report("error", message, urn);
        this.stop();
    }

    /** Ends the run for an error. One that only says that the run has ended is not reported beside the reason. */
    failFor(error: unknown, urn: string): void {
        if (error instanceof CallEnded) {
            this.reports.addCutOff(error.call, error.message);
        }
        if (error instanceof Stopped) {
            this.stop();
        } else {
            this.fail(messageOf(error), urn);
        }
    }

    /** Ends the run as {@link fail} does, if the reason has been reported already. */
    stop(): void {
        this.failed = true;
        this.failureListeners.forEach((listener) => listener());
        this.failureListeners.clear();
    }

    /** Calls a listener once, when the run has failed. The function that it returns ends that. */
    onFailure(listener: () => void): () => void {
        if (this.failed) {
            listener();
        } else {
            this.failureListeners.add(listener);
        }
        return () => void this.failureListeners.delete(listener);
    }

    /**
     * Takes a name for a resource before anything is awaited, so that a second resource of that name is refused.
     * Throws, with Pulumi's message, if the name is taken.
     */
    begin(urn: string, desired: DesiredState): void {
        if (this.resourceProgress.has(urn)) {
            throw new StackError(`Duplicate resource URN '${urn}'`, { fix: "try giving it a unique name" });
        }
        if (desired.parent !== "" && !this.resourceProgress.has(desired.parent)) {
            throw new StackError(`could not find parent resource ${desired.parent}`);
        }
        this.resourceProgress.register({ ...desiredFields(desired, urn), inputs: {}, outputs: {} });
    }

    count(operation: Operation): void {
        this.changes[operation] = (this.changes[operation] ?? 0) + 1;
    }

    report(severity: Diagnostic["severity"], message: string, urn?: string): void {
        this.reports.add(severity, message, urn);
    }

    /** Shows what is being waited for. It is not kept among the diagnostics. */
    progress(message: string, urn: string): void {
        this.reports.progress(message, urn);
    }

    /** A resource as its provider gets it. */
    subject(urn: string, providerReference: string | undefined): Subject {
        const type = typeOf(urn);
        return { urn, type, name: nameOf(urn), config: this.providerSettings(type, providerReference) };
    }

    /**
     * The settings of the provider of a type or function: those of the provider resource that is named, else those of the
     * default provider.
     *
     * @param providerReference - `URN::ID` of a provider resource
     */
    providerSettings(type: string, providerReference: string | undefined): Properties {
        const explicit =
            providerReference === undefined ? undefined : this.resources.get(providerUrnOf(providerReference));
        const settings = plainProperties(explicit?.inputs ?? this.options.providerConfig(packageOf(type)));
        // This property belongs to the engine; providers do not see it.
        delete settings["__internal"];
        return settings;
    }

    /** The provider of a type. Throws, and names the type, if there is none. */
    provider(type: string): Provider {
        const provider = this.options.providers(type);
        if (provider === undefined) {
            throw unknownType(type);
        }
        return provider;
    }

    /**
     * Refuses a resource that no provider takes. A preview reports it and goes on, to find all others.
     *
     * @returns whether it is refused
     */
    refuses(urn: string, { type, inputs }: DesiredState): boolean {
        const provider = this.options.providers(type);
        const reason = provider?.refuses?.(type, plainProperties(inputs));
        if (provider !== undefined && reason === undefined) {
            if (provider.keeps?.(type) === true) {
                this.kept.add(type);
            }
            return false;
        }
        const error = reason === undefined ? unknownType(type) : refusedResource(reason);
        if (!this.options.dryRun) {
            throw error;
        }
        this.report("error", messageOf(error), urn);
        this.refused = true;
        this.refusedTypes = true;
        return true;
    }

    isTargeted(urn: string, dependencies: string[]): boolean {
        return this.options.targets?.matches(urn, dependencies) ?? true;
    }

    /** Those of the resources that the run is limited to. */
    targetedOf(resources: Iterable<ResourceState>): ResourceState[] {
        const all = [...resources];
        const byUrn = new Map(all.map((resource) => [resource.urn, resource]));
        const targeted = inDependencyOrder(byUrn).filter((each) => this.isTargeted(each.urn, dependenciesOf(each)));
        const urns = new Set(targeted.map(({ urn }) => urn));
        // A resource that was replaced has the URN of the resource that replaced it, and is targeted with it.
        return all.filter(({ urn }) => urns.has(urn));
    }

    /**
     * Runs one step and emits its events. The step counts as its own operation, as another one, or, if `counted` is
     * null, not at all. If the work returns a state, that is the new state of the resource.
     */
    async step<T>(
        step: Step,
        states: States,
        work: () => Promise<T>,
        counted: Operation | null = step.operation,
    ): Promise<T> {
        this.emitStep("start", step, states);
        try {
            const result = await this.semaphore.run(async () => {
                // Another step may have failed while this one was waiting.
                if (this.failed) {
                    throw new Stopped();
                }
                return await work();
            });
            if (counted !== null) {
                this.count(counted);
            }
            const now = isState(result) ? result : undefined;
            this.emitStep("done", { ...step, ...defined({ id: now?.id }) }, defined({ old: states.old, new: now }));
            return result;
        } catch (error) {
            if (error instanceof Stopped) {
                throw error;
            }
            const message = this.reports.secrets.hide(messageOf(error));
            if (!this.options.dryRun) {
                this.emitStep("failed", step, states, message);
                throw error;
            }
            // The words are Pulumi's. A step of a preview is only planned, so that it has no event of a failure.
            if (error instanceof Error) {
                error.message = `Preview failed: ${message}`;
            }
            throw error;
        }
    }

    /** Emits the event of a step. The states in it show no secrets. */
    emitStep(phase: "start" | "done" | "failed", step: Step, states: States, message?: string): void {
        this.options.emit({
            type: "step",
            phase,
            step,
            ...defined({
                old: states.old && redactState(states.old),
                new: states.new && redactState(states.new),
                message,
            }),
        });
    }
}
