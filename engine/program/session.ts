import { stripVTControlCharacters } from "node:util";

import * as grpc from "@grpc/grpc-js";
import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import { Callbacks, NO_HOOKS, RegisteredHooks } from "../callbacks";
import { StackError, Stopped, UnsupportedError } from "../errors";
import type { ConfigValue } from "../project";
import { fromStruct, later } from "../protocol";
import { blind } from "../state";
import {
    abandoned,
    deleteAll,
    Deployment,
    type DeploymentOptions,
    destroy,
    type Goal,
    goalOf,
    inherited,
    keep,
    readResource,
    register,
    type Registered,
    unknownTargets,
} from "../steps";
import {
    hasUnknown,
    inputsForCheck,
    makeUrn,
    packageOf,
    plainProperties,
    type Properties,
    STACK_TYPE,
    typeOf,
    withoutOutputs,
} from "../values";
import { Transforms } from "./transforms";
import { messageOf } from "../../errors";

export interface SessionOptions extends Omit<DeploymentOptions, "hooks"> {
    config: Record<string, ConfigValue>;
    /** The directory in which the program runs: its assets' paths are relative to it. */
    programDirectory: string;
    /** Whether the program is a function, which says that it has ended also where it has reported errors. */
    inline: boolean;
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
    readonly hooks: RegisteredHooks;
    readonly transforms: Transforms;
    readonly callbacks = new Callbacks();
    outputs: Properties = {};
    /** Whether the program has said that it ended, and has been dealt with. */
    ended = false;
    /** Whether the program has reported an error. Its exit code says whether it has failed, as under Pulumi. */
    erred = false;
    /** Whether the program has registered the stack's outputs: all of it has run, but for what its callbacks still do. */
    evaluated = false;
    private readonly active = new Set<Promise<unknown>>();
    /** What was wanted of the resources that there are by now: their children take it over. */
    private readonly goals = new Map<string, Goal>();
    /** What the program said that the stack's outputs are, and what they were. */
    private stackOutputs: { urn: string; now: Properties; before: Properties } | undefined;

    constructor(private readonly options: SessionOptions) {
        const warn = (urn: string, message: string) => this.deployment.report("warning", message, urn);
        this.hooks = new RegisteredHooks(this.callbacks, options.dryRun, warn);
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
        return await this.guarded(this.urnOf(goal), async () => {
            refuseUnsupported(request);
            const whole = inherited(goal, this.goals.get(goal.parent));
            const transformed = await this.transforms.apply(whole, request.getTransformsList());
            const registered = await register(this.deployment, transformed, this.options.programDirectory);
            this.goals.set(registered.urn, transformed);
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
        return await this.guarded(this.urnOf(goal), () => readResource(this.deployment, goal, request.getId()));
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
            throw new UnsupportedError(`the sandbox's engine does not support function ${token}`, {
                fix: "run this program with the Pulumi CLI against the sandbox",
            });
        }
        if (hasUnknown(args)) {
            return { outputs: {}, failures: [] };
        }
        const reference =
            providerReference === "" ? undefined : providerReference.slice(0, providerReference.lastIndexOf("::"));
        const explicit = reference === undefined ? undefined : this.deployment.resources.get(reference);
        const config = plainProperties(explicit?.inputs ?? this.options.providerConfig(packageOf(token)));
        return { outputs: await provider.invoke(token, args, config, this.dryRun), failures: [] };
    }

    /** A component, or the program, says what its outputs are, once. */
    async registerResourceOutputs(urn: string, given: Properties): Promise<void> {
        const { deployment } = this;
        // What is about to go keeps what it said, and what is not made says nothing.
        if (this.destroys || deployment.resourceProgress.isSkipped(urn)) {
            return;
        }
        await this.guarded(urn, async () => {
            const state = deployment.resourceProgress.stateOf(urn);
            const due = deployment.resourceProgress.takeOutputsDue(urn);
            // Pulumi's words.
            if (state === undefined || (due === undefined && !state.custom)) {
                throw new StackError(`cannot complete a resource '${urn}' whose registration isn't pending`);
            }
            const outputs = withoutOutputs(inputsForCheck(given, this.options.programDirectory));
            if (typeOf(urn) === STACK_TYPE) {
                this.stackOutputs = { urn, now: outputs, before: state.outputs };
                this.outputs = outputs;
                this.evaluated = true;
                return;
            }
            keep(deployment, { ...state, outputs });
            deployment.options.emit({ type: "outputs", urn, state: blind({ ...state, outputs }) });
            await due?.(outputs);
        });
    }

    /** Keeps the stack's outputs, once it is known how the run went: of one that failed those of before stay as well. */
    finishOutputs(failed: boolean): void {
        if (this.stackOutputs === undefined) {
            return;
        }
        const { urn, now, before } = this.stackOutputs;
        const state = this.deployment.resourceProgress.stateOf(urn);
        if (state === undefined) {
            return;
        }
        const whole = { ...state, outputs: failed ? { ...before, ...now } : now };
        keep(this.deployment, whole);
        this.deployment.options.emit({ type: "outputs", urn, state: blind(whole) });
    }

    log(severity: "info" | "warning" | "error", message: string, urn: string): void {
        const text = stripVTControlCharacters(message).trimEnd();
        this.deployment.report(severity, text, urn);
        if (severity === "error") {
            this.erred = true;
        }
    }

    /** What the program waits for, until it says something else. */
    progress(message: string, urn: string): void {
        this.deployment.progress(stripVTControlCharacters(message).trimEnd(), urn);
    }

    /** The program has ended well: what it no longer has goes, while its hooks can still be called. */
    async programEnded(): Promise<void> {
        await this.settled();
        if (this.ended || this.deployment.failed || (this.options.inline && this.erred)) {
            return;
        }
        this.ended = true;
        try {
            const { deployment } = this;
            if (this.destroys) {
                await destroy(deployment);
            } else {
                const unknown = unknownTargets(deployment);
                await deleteAll(deployment, await abandoned(deployment));
                if (unknown !== undefined) {
                    deployment.fail(unknown);
                }
            }
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
        while (this.active.size > 0) {
            await Promise.allSettled([...this.active]);
        }
    }

    private async guarded<T>(urn: string, work: () => Promise<T>): Promise<T> {
        if (this.deployment.failed) {
            throw gone();
        }
        // Told also where another failure was first: each is the user's to know.
        const running = work().catch((error: unknown) => {
            if (!isGone(error)) {
                this.failWith(error, urn);
            }
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

    private urnOf({ parent, type, name }: Goal): string {
        return makeUrn(this.stack, this.project, parent, type, name);
    }

    private failWith(error: unknown, urn: string): void {
        if (error instanceof Stopped) {
            this.deployment.stop();
        } else {
            this.deployment.fail(messageOf(error), urn);
        }
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
    // What the SDK has no method for, it has no option for either.
    const asked = later(request);
    const what = [
        (asked.getStateMigrationsList?.().length ?? 0) > 0 && "stateMigrations",
        (asked.getEnvvarmappingsMap?.().getLength() ?? 0) > 0 && "envVarMappings",
    ].filter(Boolean);
    if (what.length > 0) {
        throw new UnsupportedError(
            `${request.getType()} "${request.getName()}": the sandbox's engine does not support the option ${what.join(", ")}`,
            { fix: "leave it out, or use the Pulumi CLI" },
        );
    }
}
