import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

import { deploymentOptions, settingsOf, type StackParts } from "./deployment-options";
import { StackError } from "./errors";
import type { Outcome, StackResult } from "./events";
import { lockStack } from "./lock";
import { type Run, startRun, summarize } from "./program";
import { type ConfigValue, type Project, redactConfig, validateConfig } from "./project";
import { builtInProvider, dynamicProvider, type DynamicProvider, gcpProvider, type Provider } from "./provider";
import type { DestroyOptions, Imported, OperationOptions, StackOptions, UpOptions } from "./stack-types";
import { type Crypter, type Exported, passphraseOf, readExported, type ResourceState, StateFile } from "./state";
import { stateName } from "./state-name";
import { type DeploymentOptions, destroyAll, refreshAll, resolvePending } from "./steps";
import { plainProperties, type Properties, STACK_TYPE } from "./values";

/** A stack of the sandbox. One operation at a time. */
export class Stack {
    private readonly state: StateFile;
    private readonly providers: Provider[];
    private readonly dynamic: DynamicProvider;

    constructor(
        private readonly options: StackOptions,
        private readonly project: Project,
        readonly name: string,
        private readonly config: Record<string, ConfigValue>,
        private readonly crypter: Crypter,
    ) {
        this.state = new StateFile(join(resolve(options.stateDirectory), stateName(project.name, name)), crypter);
        const others = (reference: string): Properties | undefined => {
            const [stack = "", owner = project.name] = reference.split("/").reverse();
            const file = stateName(owner, stack);
            const known = readdirSync(options.stateDirectory).includes(file);
            return known ? outputsOf(new StateFile(join(options.stateDirectory, file), crypter)) : undefined;
        };
        this.dynamic = dynamicProvider({
            directory: project.directory,
            environment: options.environment ?? {},
            project: project.name,
            stack: name,
            config: () => plainProperties(settingsOf(config, "pulumi-nodejs")),
        });
        this.providers = [builtInProvider(others), gcpProvider(options.request), this.dynamic];
    }

    /** The outputs of the last update; secrets are marked as such. */
    get outputs(): Properties {
        return outputsOf(this.state);
    }

    /** What the state holds, in no particular order. */
    get resources(): ResourceState[] {
        return [...this.state.snapshot.resources.values()];
    }

    /** The state in the format of `pulumi stack export`; secrets are encrypted, or where that is asked for in the clear. */
    export(showSecrets = false): Exported {
        return this.state.export(showSecrets);
    }

    /** Whether anything was ever deployed to it, or taken in. */
    get exists(): boolean {
        return this.state.exists;
    }

    /**
     * Takes the state that `pulumi stack export` or {@link export} wrote in place of the one that there is, which is kept
     * in a file beside it. Throws, and changes nothing, where it cannot be the state of this stack.
     */
    async import(exported: unknown): Promise<Imported> {
        const release = await lockStack(this.state.file, this.name);
        try {
            this.state.load();
            const snapshot = await readExported(exported, {
                project: this.project.name,
                stack: this.name,
                knows: (type) => this.providers.some((provider) => provider.knows(type)),
                crypter: this.crypter,
                passphrase: passphraseOf({ ...process.env, ...this.options.environment }),
            });
            const backup = this.state.replace(snapshot);
            const { resources, condemned, pending } = snapshot;
            return {
                resources: resources.size + condemned.length,
                pending: pending.length,
                ...(backup !== undefined && { backup }),
            };
        } finally {
            release();
        }
    }

    /** What an update would do. Changes nothing. */
    async preview(options: OperationOptions = {}): Promise<StackResult> {
        this.state.load();
        const from = this.refreshes(options) ? await this.asRefreshed(options) : undefined;
        const run = await this.start("preview", Promise.resolve(), options, from);
        return await run.finish();
    }

    private refreshes({ refresh }: OperationOptions): boolean {
        return refresh ?? this.project.refresh;
    }

    /** What the state would be after a refresh. */
    private async asRefreshed(options: OperationOptions): Promise<Map<string, ResourceState>> {
        const silent = { ...this.parts, emit: () => undefined };
        const deployment = deploymentOptions(silent, "preview", options);
        const { result, diagnostics } = await refreshAll(deployment);
        if (result === "failed") {
            throw new StackError(diagnostics.map(({ message }) => message).join("\n"));
        }
        return deployment.resources;
    }

    /** Brings the cloud to what the program says. Throws where the stack is being changed by somebody else. */
    async up(options: UpOptions = {}): Promise<StackResult> {
        return await this.alone(options, async () =>
            options.preview === false ? await this.update(options) : await this.previewAndUpdate(options),
        );
    }

    private async update(options: OperationOptions): Promise<StackResult> {
        const run = await this.start("update", Promise.resolve(), options);
        return await run.finish();
    }

    private async previewAndUpdate(options: OperationOptions): Promise<StackResult> {
        // Both processes start at once, so that the second costs no time: it waits in its first question.
        let allow: () => void = () => undefined;
        const allowed = new Promise<void>((resolve) => (allow = resolve));
        const preview = await this.start("preview", Promise.resolve(), options);
        const update = await this.start("update", allowed, options);
        const previewed = await preview.finish();
        if (previewed.result === "failed") {
            update.abandon();
            return previewed;
        }
        allow();
        return await update.finish();
    }

    /** Brings the state to what the cloud says. */
    async refresh(options: OperationOptions = {}): Promise<StackResult> {
        return await this.withoutProgram("refresh", { ...options, refresh: false }, refreshAll);
    }

    /** Deletes everything that the stack has, in the order that dependencies demand. */
    async destroy(options: DestroyOptions = {}): Promise<StackResult> {
        if (options.runProgram !== true) {
            return await this.withoutProgram("destroy", options, (all) => destroyAll(all, options.preview !== false));
        }
        refusePreviewOfProgram(options);
        return await this.alone(options, async () => {
            const run = await this.start("destroy", Promise.resolve(), options);
            return { ...(await run.finish()), outputs: this.outputs };
        });
    }

    /**
     * Does what changes the stack while nobody else may: on the state as it now is, with what an interrupted update left
     * open settled first, and all of it read anew where that is asked for.
     */
    private async alone(options: OperationOptions, work: () => Promise<StackResult>): Promise<StackResult> {
        const release = await lockStack(this.state.file, this.name);
        try {
            this.state.load();
            const settled = await resolvePending(deploymentOptions(this.parts, "update", {}), this.state);
            this.state.save();
            const refreshed = this.refreshes(options) ? await this.tell("refresh", options, refreshAll) : undefined;
            const result = refreshed?.result === "failed" ? refreshed : await work();
            return { ...result, diagnostics: [...settled, ...result.diagnostics] };
        } finally {
            release();
        }
    }

    private async withoutProgram(
        operation: "refresh" | "destroy",
        options: OperationOptions,
        work: (options: DeploymentOptions) => Promise<Outcome>,
    ): Promise<StackResult> {
        if (options.previewOnly !== true) {
            return await this.alone(options, async () => await this.tell(operation, options, work));
        }
        this.state.load();
        return await this.tell(operation, options, work);
    }

    private async tell(
        operation: "refresh" | "destroy",
        options: OperationOptions,
        work: (options: DeploymentOptions) => Promise<Outcome>,
    ): Promise<StackResult> {
        const deployment = deploymentOptions(this.parts, operation, options);
        const started = performance.now();
        const { project, name: stack } = this;
        deployment.emit({
            type: "start",
            operation,
            ...(options.previewOnly === true && { previewOnly: true }),
            project: project.name,
            stack,
            config: redactConfig(this.config),
        });
        const result = await work(deployment);
        this.dynamic.close();
        if (!deployment.dryRun) {
            this.state.save();
        }
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

    private async start(
        operation: DeploymentOptions["operation"],
        ready: Promise<void>,
        options: OperationOptions,
        from?: Map<string, ResourceState>,
    ): Promise<Run> {
        validateConfig(this.name, this.project.schema, this.config);
        return await startRun({
            deployment: deploymentOptions(this.parts, operation, options, from),
            project: this.project,
            config: this.config,
            ready,
            inline: this.options.program,
            environment: this.options.environment ?? {},
            cacheDirectory: join(resolve(this.options.stateDirectory), "compile-cache"),
            onEvent: (event) => this.options.onEvent?.(event),
            onEnd: () => {
                this.dynamic.close();
                if (operation !== "preview") {
                    this.state.save();
                }
            },
        });
    }
}

function refusePreviewOfProgram({ previewOnly }: OperationOptions): void {
    if (previewOnly === true) {
        throw new StackError("a destroy that runs the program cannot be previewed here", {
            fix: "leave out one of the two",
        });
    }
}

function outputsOf(state: StateFile): Properties {
    return [...state.snapshot.resources.values()].find(({ type }) => type === STACK_TYPE)?.outputs ?? {};
}

/** A stack's outputs without the marks of secrecy: for tests, never for output. */
export function revealOutputs(outputs: Properties): Properties {
    return plainProperties(outputs);
}
