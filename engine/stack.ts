import { join, resolve } from "node:path";

import { defined } from "../common";
import { StackError } from "./errors";
import type { EngineEvent, Outcome, StackResult } from "./events";
import { lockStack } from "./lock";
import { deploymentOptions, prepareNext, saveAfter, type StackParts } from "./operation";
import { type Run, startRun, summarize } from "./program";
import { type ConfigValue, type Project, redactConfig, validateConfig } from "./project";
import type { DestroyOptions, Imported, OperationOptions, StackOptions, UpOptions } from "./stack-options";
import { outputsOf, stackProviders, type StackProviders } from "./stack-providers";
import { type Crypter, type Exported, passphraseOf, readExported, type ResourceState, StateFile } from "./state";
import { stateName } from "./state-name";
import { type DeploymentOptions, destroyAll, refreshAll, resolvePending } from "./steps";
import { type RunStart, updateAfterPreview } from "./update";
import { plainProperties, type Properties } from "./values";

/** How the program of a stack is started for an operation. */
interface ProgramStart extends Partial<Omit<RunStart, "operation">> {
    operation: DeploymentOptions["operation"];
    /** The resources from which the operation starts. @default - those of the stack's state */
    from?: Map<string, ResourceState> | undefined;
}

/** A stack of the sandbox. It does one operation at a time. */
export class Stack {
    private readonly state: StateFile;
    private readonly providers: StackProviders;

    constructor(
        private readonly options: StackOptions,
        private readonly project: Project,
        readonly name: string,
        private readonly config: Record<string, ConfigValue>,
        private readonly crypter: Crypter,
    ) {
        this.state = new StateFile(join(resolve(options.stateDirectory), stateName(project.name, name)), crypter);
        this.providers = stackProviders(options, project, name, config, crypter, this.state);
    }

    /** The outputs of the last update. Secrets are marked as such. */
    get outputs(): Properties {
        return outputsOf(this.state);
    }

    /** The resources in the state, in no particular order. */
    get resources(): ResourceState[] {
        return [...this.state.snapshot.resources.values()];
    }

    /** The state in the format of `pulumi stack export`. Secrets are encrypted, or on request in the clear. */
    export(showSecrets = false): Exported {
        return this.state.export(showSecrets);
    }

    /** Whether anything was ever deployed to the stack, or imported into it. */
    get exists(): boolean {
        return this.state.exists;
    }

    /**
     * Replaces the stack's state by one that `pulumi stack export` or {@link export} wrote. The former state is kept in a
     * file beside it. Throws, and changes nothing, if this cannot be the state of this stack.
     */
    async import(exported: unknown): Promise<Imported> {
        const release = await lockStack(this.state.file, this.name);
        try {
            this.state.load();
            const snapshot = await readExported(exported, {
                project: this.project.name,
                stack: this.name,
                knows: (type) => this.providers.find(type) !== undefined,
                crypter: this.crypter,
                passphrase: passphraseOf({ ...process.env, ...this.options.environment }),
            });
            const backup = this.state.replace(snapshot);
            const { resources, pendingDeletes, pending } = snapshot;
            return {
                resources: resources.size + pendingDeletes.length,
                pending: pending.length,
                ...defined({ backup }),
            };
        } finally {
            release();
        }
    }

    /** Says what an update would do. Changes nothing. */
    async preview(options: OperationOptions = {}): Promise<StackResult> {
        this.state.load();
        const from = this.mustRefresh(options) ? await this.refreshedResources(options) : undefined;
        const run = await this.startProgram(options, { operation: "preview", from });
        const { refusedTypes: _, ...result } = await run.finish();
        return result;
    }

    private mustRefresh({ refresh }: OperationOptions): boolean {
        return refresh ?? this.project.refresh;
    }

    /** The resources as a refresh would leave them. */
    private async refreshedResources(options: OperationOptions): Promise<Map<string, ResourceState>> {
        const silent = { ...this.parts, emit: () => undefined };
        const deployment = deploymentOptions(silent, "preview", options);
        const { result, diagnostics } = await refreshAll(deployment);
        if (result === "failed") {
            throw new StackError(diagnostics.map(({ message }) => message).join("\n"));
        }
        return deployment.resources;
    }

    /** Changes the cloud to what the program says. Throws if somebody else is changing the stack. */
    async up(options: UpOptions = {}): Promise<StackResult> {
        const onEvent = (event: EngineEvent): void => this.options.onEvent?.(event);
        const { preview = true } = options;
        return await this.exclusively(options, () =>
            preview === false
                ? this.update(options)
                : updateAfterPreview((start) => this.startProgram(options, start), onEvent, preview !== "hidden"),
        );
    }

    private async update(options: OperationOptions): Promise<StackResult> {
        const run = await this.startProgram(options, { operation: "update" });
        const { refusedTypes: _, ...result } = await run.finish();
        return result;
    }

    /** Changes the state to what the cloud says. */
    async refresh(options: OperationOptions = {}): Promise<StackResult> {
        return await this.withoutProgram("refresh", { ...options, refresh: false }, refreshAll);
    }

    /** Deletes everything that the stack has, in the order that dependencies require. */
    async destroy(options: DestroyOptions = {}): Promise<StackResult> {
        if (options.runProgram !== true) {
            return await this.withoutProgram("destroy", options, (all) => destroyAll(all, options.preview !== false));
        }
        if (options.previewOnly === true) {
            throw new StackError("a destroy that runs the program cannot be previewed here", {
                fix: "leave out one of the two",
            });
        }
        return await this.exclusively(options, async () => {
            const run = await this.startProgram(options, { operation: "destroy" });
            const { refusedTypes: _, ...result } = await run.finish();
            return { ...result, outputs: this.outputs };
        });
    }

    /**
     * Does work that changes the stack, while nobody else may change it. Before the work, the state is read again, the
     * operations that an interrupted update left open are settled, and, if that is asked for, all is refreshed.
     */
    private async exclusively(options: OperationOptions, work: () => Promise<StackResult>): Promise<StackResult> {
        const release = await lockStack(this.state.file, this.name);
        try {
            this.state.load();
            const diagnostics = await resolvePending(deploymentOptions(this.parts, "update", {}), this.state);
            this.state.save();
            const refreshed = this.mustRefresh(options)
                ? await this.runAndSave("refresh", options, refreshAll)
                : undefined;
            const result = refreshed?.result === "failed" ? refreshed : await work();
            return { ...result, diagnostics: [...diagnostics, ...result.diagnostics] };
        } finally {
            release();
            // Whoever waits for the result does not wait for this.
            setImmediate(prepareNext, this.options);
        }
    }

    private async withoutProgram(
        operation: "refresh" | "destroy",
        options: OperationOptions,
        work: (options: DeploymentOptions) => Promise<Outcome>,
    ): Promise<StackResult> {
        if (options.previewOnly !== true) {
            return await this.exclusively(options, async () => await this.runAndSave(operation, options, work));
        }
        this.state.load();
        return await this.runAndSave(operation, options, work);
    }

    /** Runs an operation that needs no program, emits its events, and saves the state unless it is a preview. */
    private async runAndSave(
        operation: "refresh" | "destroy",
        options: OperationOptions,
        work: (options: DeploymentOptions) => Promise<Outcome>,
    ): Promise<StackResult> {
        const deployment = deploymentOptions(this.parts, operation, options);
        const started = performance.now();
        deployment.emit({
            type: "start",
            operation,
            ...(options.previewOnly === true && { previewOnly: true }),
            project: this.project.name,
            stack: this.name,
            config: redactConfig(this.config),
        });
        const outcome = await work(deployment);
        this.providers.close();
        const result = deployment.dryRun ? outcome : saveAfter(outcome, this.state, deployment.emit);
        summarize(deployment.emit, started, result);
        return { ...result, outputs: this.outputs };
    }

    private get parts(): StackParts {
        return {
            project: this.project.name,
            stack: this.name,
            config: this.config,
            providers: this.providers,
            state: this.state,
            emit: (event) => this.options.onEvent?.(event),
            parallel: this.options.parallel ?? 16,
        };
    }

    private async startProgram(
        options: OperationOptions,
        { operation, ready = Promise.resolve(), typesChecked = false, onEvent = this.parts.emit, from }: ProgramStart,
    ): Promise<Run> {
        validateConfig(this.name, this.project.schema, this.config);
        return await startRun({
            deployment: deploymentOptions({ ...this.parts, emit: onEvent }, operation, options, from),
            project: this.project,
            config: this.config,
            ready,
            inline: this.options.program,
            environment: this.options.environment ?? {},
            cacheDirectory: this.options.cacheDirectory ?? join(resolve(this.options.stateDirectory), "compile-cache"),
            typesChecked,
            reserve: Boolean(this.options.reserve),
            onEvent,
            onEnd: () => {
                this.providers.close();
                if (operation !== "preview") {
                    this.state.save();
                }
            },
        });
    }
}

/** A stack's outputs without the marks of secrecy. Only tests may use it: what it returns must not be shown. */
export function revealOutputs(outputs: Properties): Properties {
    return plainProperties(outputs);
}
