import { stripVTControlCharacters } from "node:util";

import * as grpc from "@grpc/grpc-js";
import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import { blind } from "./blind";
import { Callbacks } from "./callbacks";
import { abandoned, deleteAll } from "./delete";
import { Deployment, packageOf, Stopped, type DeploymentOptions } from "./deployment";
import { goalOf, type Goal } from "./goal";
import { NO_HOOKS } from "./goal-options";
import { Hooks } from "./hooks";
import type { ConfigValue } from "./project";
import { readResource } from "./read";
import { destroyed } from "./teardown";
import { keep, register, type Registered } from "./register";
import { Transforms } from "./transforms";
import { nameOf, STACK_TYPE, typeOf } from "./urn";
import { fromStruct, hasUnknown, plainProperties, type Properties } from "./values";

export interface SessionOptions extends Omit<DeploymentOptions, "hooks"> {
    config: Record<string, ConfigValue>;
    /** The directory in which the program runs: its assets' paths are relative to it. */
    programDirectory: string;
    /** The program's first question is answered once this resolves; rejected, the program is turned away. */
    ready: Promise<void>;
}

/**
 * One run of a program against the engine, from its first registration until it says that it has ended.
 * A step that fails ends it: every registration that waits is told that the monitor is gone, so that the program stops
 * quietly and the engine's own message is the only one.
 */
export class Session {
    readonly deployment: Deployment;
    readonly hooks: Hooks;
    readonly transforms: Transforms;
    readonly callbacks = new Callbacks();
    outputs: Properties = {};
    /** Whether the program has said that it ended, and has been dealt with. */
    ended = false;
    /** Whether the program has reported an error: the rest goes on, but the run has failed and deletes nothing. */
    erred = false;
    /** Whether the program has registered the stack's outputs: all of it has run, but for what its callbacks still do. */
    evaluated = false;
    private readonly active = new Set<Promise<unknown>>();

    constructor(private readonly options: SessionOptions) {
        const warn = (urn: string, message: string) => this.deployment.report("warning", message, urn);
        this.hooks = new Hooks(this.callbacks, options.dryRun, warn);
        this.transforms = new Transforms(this.callbacks);
        this.deployment = new Deployment({ ...options, hooks: this.hooks });
    }

    /** Whether the program runs for its hooks' sake only, while all of its stack is deleted. */
    private get destroys(): boolean {
        return this.options.operation === "destroy";
    }

    get project(): string {
        return this.options.project;
    }
    get stack(): string {
        return this.options.stack;
    }
    get dryRun(): boolean {
        return this.options.dryRun;
    }
    get parallel(): number {
        return this.options.parallel;
    }
    get config(): Record<string, ConfigValue> {
        return this.options.config;
    }
    get ready(): Promise<void> {
        return this.options.ready;
    }

    /** Answers a registration, or fails the run and turns the program away. */
    async registerResource(request: RegisterResourceRequest): Promise<Registered> {
        const goal = goalOf(request);
        return await this.guarded(`${goal.type} "${goal.name}"`, goal, async () => {
            refuseUnsupported(request);
            const transformed = await this.transforms.apply(goal, request.getTransformsList());
            const registered = await register(this.deployment, transformed, this.options.programDirectory);
            this.transforms.inherit(registered.urn, transformed.parent, request.getTransformsList());
            return registered;
        });
    }

    async readResource(request: ReadResourceRequest): Promise<Registered> {
        const goal: Goal = {
            type: request.getType(),
            name: request.getName(),
            parent: request.getParent(),
            custom: true,
            remote: false,
            inputs: fromStruct(request.getProperties()),
            provider: request.getProvider(),
            version: request.getVersion(),
            dependencies: request.getDependenciesList(),
            propertyDependencies: {},
            protect: false,
            retainOnDelete: false,
            ignoreChanges: [],
            hideDiffs: [],
            replaceOnChanges: [],
            additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
            aliases: [],
            deletedWith: "",
            replaceWith: [],
            importId: "",
            hooks: NO_HOOKS,
        };
        return await this.guarded(`${goal.type} "${goal.name}"`, goal, () =>
            readResource(this.deployment, goal, request.getId()),
        );
    }

    /** Calls a function of a provider. What it refuses is the program's to handle, as with Pulumi. */
    async invoke(
        token: string,
        given: Properties,
        providerReference: string,
    ): Promise<{ outputs: Properties; failures: never[] }> {
        const args = plainProperties(await this.transforms.applyToInvoke(token, given));
        const provider = this.options.providers(token);
        if (provider?.invoke === undefined) {
            throw new Error(
                `the sandbox's engine does not support function ${token}; run this program with the Pulumi CLI against the sandbox`,
            );
        }
        if (hasUnknown(args)) return { outputs: {}, failures: [] };
        const reference =
            providerReference === "" ? undefined : providerReference.slice(0, providerReference.lastIndexOf("::"));
        const explicit = reference === undefined ? undefined : this.deployment.resources.get(reference);
        const config = plainProperties(explicit?.inputs ?? this.options.providerConfig(packageOf(token)));
        return { outputs: await provider.invoke(token, args, config, this.dryRun), failures: [] };
    }

    registerResourceOutputs(urn: string, outputs: Properties): void {
        // What is about to go keeps what it said.
        if (this.destroys) return;
        const state = this.deployment.seen.get(urn);
        if (state === undefined) throw new Error(`outputs for ${urn}, which the program has not registered`);
        if (typeOf(urn) === STACK_TYPE) {
            this.outputs = outputs;
            this.evaluated = true;
        }
        if (!this.deployment.failed) keep(this.deployment, { ...state, outputs });
        this.deployment.options.emit({ type: "outputs", urn, state: blind({ ...state, outputs }) });
    }

    log(severity: "info" | "warning" | "error", message: string, urn: string): void {
        const text = stripVTControlCharacters(message).trimEnd();
        this.deployment.report(severity, text, urn);
        if (severity === "error") this.erred = true;
    }

    /** What the program waits for, until it says something else. */
    progress(message: string, urn: string): void {
        this.deployment.progress(stripVTControlCharacters(message).trimEnd(), urn);
    }

    /** The program has ended well: what it no longer has goes, while its hooks can still be called. */
    async programEnded(): Promise<void> {
        await this.settled();
        if (this.ended || this.erred || this.deployment.failed) return;
        this.ended = true;
        try {
            await deleteAll(this.deployment, this.destroys ? destroyed(this.deployment) : abandoned(this.deployment));
        } catch (error) {
            this.failWith(error, "");
        }
    }

    /** Whether nothing that the program asked for is under way. */
    get idle(): boolean {
        return this.active.size === 0;
    }

    /** Resolves when no step is under way any more. */
    async settled(): Promise<void> {
        while (this.active.size > 0) await Promise.allSettled([...this.active]);
    }

    private async guarded<T>(what: string, goal: Goal, work: () => Promise<T>): Promise<T> {
        if (this.deployment.failed) throw gone();
        // Told also where another failure was first: each is the user's to know.
        const running = work().catch((error: unknown) => {
            if (!isGone(error)) this.failWith(error, this.urnFor(goal));
            throw gone();
        });
        this.active.add(running);
        const failure = new Promise<never>((_, reject) => this.deployment.onFailure(() => reject(gone())));
        failure.catch(() => undefined);
        try {
            return await Promise.race([running, failure]);
        } finally {
            void running.catch(() => undefined).finally(() => this.active.delete(running));
        }
    }

    private urnFor(goal: Goal): string {
        const found = [...this.deployment.seen.keys()].find(
            (urn) => typeOf(urn) === goal.type && nameOf(urn) === goal.name,
        );
        return found ?? "";
    }

    private failWith(error: unknown, urn: string): void {
        if (error instanceof Stopped) this.deployment.stop();
        else this.deployment.fail(error instanceof Error ? error.message : String(error), urn);
    }

    close(): void {
        this.callbacks.close();
    }
}

/** The status at which the SDK stops a program without a word. */
function gone(): Error & { code: grpc.status } {
    return Object.assign(new Error("the update has ended"), { code: grpc.status.UNAVAILABLE });
}

function isGone(error: unknown): boolean {
    return error instanceof Error && "code" in error && error.code === grpc.status.UNAVAILABLE;
}

/** Options that would be passed over are refused instead. */
function refuseUnsupported(request: RegisterResourceRequest): void {
    const what = [
        request.getStateMigrationsList().length > 0 && "stateMigrations",
        [...request.getEnvvarmappingsMap().keys()].length > 0 && "envVarMappings",
    ].filter(Boolean);
    if (what.length > 0) {
        throw new Error(
            `${request.getType()} "${request.getName()}": the sandbox's engine does not support the option ${what.join(", ")}; leave it out, or use the Pulumi CLI`,
        );
    }
}
