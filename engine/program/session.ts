import { stripVTControlCharacters } from "node:util";

import type { CallResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import { Callbacks, RegisteredHooks } from "../callbacks";
import { StackError } from "../errors";
import { type ConfigValue, secretValues } from "../project";
import { redactState } from "../state";
import {
    deleteAll,
    Deployment,
    type DeploymentOptions,
    desiredFromRead,
    desiredFromRequest,
    type DesiredState,
    destroyStack,
    missingTargets,
    readResource,
    recordState,
    register,
    type RegisteredResource,
    resourcesToPrune,
    withInheritedOptions,
} from "../steps";
import { fromOutputValues, inputsForCheck, makeUrn, type Properties, STACK_TYPE, typeOf } from "../values";
import { construct } from "./construct";
import { invoke } from "./invoke";
import { callMethod, type MethodCall } from "./method";
import { pluginFor } from "./packages";
import type { Plugins } from "./plugins";
import { Requests, saysThatRunEnded } from "./requests";
import { Transforms } from "./transforms";
import { refuseUnsupportedOptions } from "./unsupported-options";

export interface SessionOptions extends Omit<DeploymentOptions, "hooks"> {
    config: Record<string, ConfigValue>;
    /** The directory in which the program runs: the paths of its assets are relative to it. */
    programDirectory: string;
    /** Whether the program is a function, which says that it has ended even if it has reported errors. */
    inline: boolean;
    /** The packages whose components other processes make. */
    plugins: Plugins;
    /** The program's first request is answered once this resolves. */
    ready: Promise<void>;
}

/** One run of a program against the engine, from its first registration until it says that it has ended. */
export class Session {
    readonly deployment: Deployment;
    readonly hooks: RegisteredHooks;
    readonly transforms: Transforms;
    readonly callbacks = new Callbacks();
    readonly requests: Requests;
    outputs: Properties = {};
    /** Whether the program has said that it has ended, and the engine has deleted what it no longer has. */
    ended = false;
    /** Whether the program has reported an error. As under Pulumi, its exit code says whether it has failed. */
    reportedError = false;
    /** Whether the program has registered the stack's outputs: all of its code has run, except for callbacks. */
    evaluated = false;
    /** The stack's outputs as the program has registered them, and as they were before this run. */
    private stackOutputs: { urn: string; now: Properties; before: Properties } | undefined;

    constructor(private readonly options: SessionOptions) {
        const warn = (urn: string, message: string) => this.deployment.report("warning", message, urn);
        this.hooks = new RegisteredHooks(this.callbacks, options.dryRun, warn);
        this.transforms = new Transforms(this.callbacks);
        this.deployment = new Deployment({ ...options, hooks: this.hooks });
        this.requests = new Requests(this.deployment);
        secretValues(options.config).forEach((text) => this.deployment.reports.secrets.add(text, true));
    }

    /** Whether the program runs only so that its hooks can be called while its whole stack is deleted. */
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

    async registerResource(request: RegisterResourceRequest): Promise<RegisteredResource> {
        const own = desiredFromRequest(request);
        return await this.requests.answer(this.urnOf(own), async () => {
            refuseUnsupportedOptions(request);
            const { resourceProgress } = this.deployment;
            const parent = resourceProgress.inheritanceFrom(own.parent);
            const whole = withInheritedOptions(own, parent.desired);
            const transforms = request.getTransformsList();
            const desired = await this.transforms.apply(whole, transforms, parent.transforms);
            this.deployment.reports.secrets.add(desired.inputs);
            const isKept = desired.remote && this.deployment.options.providers(desired.type)?.keeps?.(desired.type);
            if (desired.remote && isKept !== true) {
                return await this.construct(desired, request);
            }
            if (isKept === true) {
                this.deployment.kept.add(desired.type);
            }
            const registered = await register(this.deployment, desired, this.options.programDirectory);
            // A component that is only kept has no other outputs, as a kept resource.
            registered.outputs = isKept === true ? desired.inputs : registered.outputs;
            const inheritance = { desired, transforms: [...transforms, ...parent.transforms] };
            resourceProgress.setInheritance(registered.urn, inheritance);
            return registered;
        });
    }

    /** Has a plugin make a component. The plugin registers it like a program does, and so decides what is done. */
    private async construct(desired: DesiredState, request: RegisterResourceRequest): Promise<RegisteredResource> {
        const { plugins } = this.options;
        const client = await pluginFor(this.deployment, plugins, desired.type, desired.provider);
        const providers = Object.fromEntries(request.getProvidersMap().entries());
        const context = { ...this.options, address: plugins.address, providers };
        return await this.requests.ofPlugin(construct(client, desired, context));
    }

    /** Has a plugin answer a method of one of its components, or of its provider. */
    async call(asked: MethodCall): Promise<CallResponse> {
        const { plugins } = this.options;
        const client = await pluginFor(this.deployment, plugins, asked.getTok(), asked.getProvider());
        return await callMethod(client, asked, { ...this.options, address: plugins.address });
    }

    async readResource(request: ReadResourceRequest): Promise<RegisteredResource> {
        const desired = desiredFromRead(request);
        return await this.requests.answer(this.urnOf(desired), () =>
            readResource(this.deployment, desired, request.getId()),
        );
    }

    async invoke(token: string, given: Properties, provider: string): Promise<Properties> {
        return await invoke(this.deployment, token, await this.transforms.applyToInvoke(token, given), provider);
    }

    /** Takes the outputs of a component or of the stack. Each may register them once. */
    async registerResourceOutputs(urn: string, given: Properties): Promise<void> {
        const { deployment } = this;
        // A destroy keeps the outputs that the state has; a resource that was skipped has none.
        if (this.destroys || deployment.resourceProgress.isSkipped(urn)) {
            return;
        }
        await this.requests.answer(urn, async () => {
            const state = deployment.resourceProgress.stateOf(urn);
            const onOutputs = deployment.resourceProgress.takeOnOutputs(urn);
            // The message is Pulumi's.
            if (state === undefined || (onOutputs === undefined && !state.custom)) {
                throw new StackError(`cannot complete a resource '${urn}' whose registration isn't pending`);
            }
            const outputs = fromOutputValues(inputsForCheck(given, this.options.programDirectory));
            if (typeOf(urn) === STACK_TYPE) {
                this.stackOutputs = { urn, now: outputs, before: state.outputs };
                this.outputs = outputs;
                this.evaluated = true;
                return;
            }
            recordState(deployment, { ...state, outputs });
            deployment.options.emit({ type: "outputs", urn, state: redactState({ ...state, outputs }) });
            await onOutputs?.(outputs);
        });
    }

    /** Records the stack's outputs when it is known how the run went: a failed run adds to those from before. */
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
        recordState(this.deployment, whole);
        this.deployment.options.emit({ type: "outputs", urn, state: redactState(whole) });
    }

    log(severity: "info" | "warning" | "error", message: string, urn: string): void {
        const text = stripVTControlCharacters(message).trimEnd();
        if (this.deployment.failed && saysThatRunEnded(text)) {
            return;
        }
        this.deployment.report(severity, text, urn);
        if (severity === "error") {
            this.reportedError = true;
        }
    }

    /** Shows what the program is waiting for, until it says something else. */
    progress(message: string, urn: string): void {
        this.deployment.progress(stripVTControlCharacters(message).trimEnd(), urn);
    }

    /** Deletes what a program that has ended well no longer has, while its hooks can still be called. */
    async programEnded(): Promise<void> {
        await this.requests.settled();
        if (this.ended || this.deployment.failed || (this.options.inline && this.reportedError)) {
            return;
        }
        this.ended = true;
        try {
            const { deployment } = this;
            if (this.destroys) {
                await destroyStack(deployment);
            } else {
                const missing = missingTargets(deployment);
                await deleteAll(deployment, await resourcesToPrune(deployment));
                if (missing !== undefined) {
                    deployment.fail(missing);
                }
            }
        } catch (error) {
            this.requests.fail(error, "");
        }
    }

    close(): void {
        this.options.plugins.close();
        this.callbacks.close();
    }

    private urnOf({ parent, type, name }: DesiredState): string {
        return makeUrn(this.stack, this.project, parent, type, name);
    }
}
