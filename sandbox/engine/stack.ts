import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

import { blindConfig } from "./blind";
import type { DeploymentOptions, Diagnostic } from "./deployment";
import { checkName, qualify, readProject, type ConfigValue, type Project } from "./project";
import { lockStack } from "./lock";
import { resolvePending } from "./pending";
import { inlineProject } from "./inline";
import { builtInProvider, hideCredentials } from "./provider/builtin";
import { dynamicProvider, type DynamicProvider } from "./provider/dynamic";
import { gcpProvider } from "./provider/gcp";
import type { Provider } from "./provider/types";
import { startRun, summarize, type Run } from "./run";
import { Crypter } from "./secrets";
import type { DestroyOptions, OperationOptions, StackOptions, StackResult, UpOptions } from "./stack-types";
import type { ResourceState } from "./state";
import { StateFile } from "./state-file";
import { stateName } from "./state-name";
import { Targets } from "./targets";
import { destroyAll, refreshAll } from "./teardown";
import { STACK_TYPE } from "./urn";
import { plainProperties, secret, type Properties, type Value } from "./values";

export type { DestroyOptions, OperationOptions, StackOptions, StackResult, UpOptions } from "./stack-types";

/** Opens a stack: reads its project, configuration and state. Throws where one of them cannot be read. */
export async function openStack(options: StackOptions): Promise<Stack> {
    const stack = options.stack ?? "dev";
    const project = await projectOf(options, stack);
    const crypter = await Crypter.ofFile(join(options.stateDirectory, "key.json"));
    const given = Object.entries(options.config ?? {}).map(([key, value]): [string, ConfigValue] => [
        qualify(project.name, key),
        typeof value === "string" ? { value } : value,
    ]);
    const defaults = Object.entries(options.defaults ?? {}).map(([key, value]): [string, ConfigValue] => [
        key,
        { value },
    ]);
    const config = { ...Object.fromEntries(defaults), ...project.config, ...Object.fromEntries(given) };
    return new Stack(options, project, stack, config, crypter);
}

async function projectOf(options: StackOptions, stack: string): Promise<Project> {
    if (options.program !== undefined) {
        checkName("stack name", stack);
        return inlineProject(options.project ?? "inline");
    }
    if (options.directory === undefined) throw new Error("no program; give a directory or a program");
    return await readProject(options.directory, stack, { ...process.env, ...options.environment });
}

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
        crypter: Crypter,
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
            config: () => plainProperties(this.settings("pulumi-nodejs")),
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
    export(showSecrets = false): { version: 3; deployment: Record<string, unknown> } {
        return this.state.export(showSecrets);
    }

    /** What an update would do. Changes nothing. */
    async preview(options: OperationOptions = {}): Promise<StackResult> {
        this.state.load();
        const run = await this.start("preview", Promise.resolve(), options);
        return await run.finish();
    }

    /** Brings the cloud to what the program says. Throws where the stack is being changed by somebody else. */
    async up(options: UpOptions = {}): Promise<StackResult> {
        return await this.alone(async (settled) => {
            const result =
                options.preview === false ? await this.update(options) : await this.previewAndUpdate(options);
            return { ...result, diagnostics: [...settled, ...result.diagnostics] };
        });
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
        return await this.withoutProgram("refresh", options, refreshAll);
    }

    /** Deletes everything that the stack has, in the order that dependencies demand. */
    async destroy(options: DestroyOptions = {}): Promise<StackResult> {
        if (options.runProgram !== true)
            return await this.withoutProgram("destroy", options, (all) => destroyAll(all, options.preview !== false));
        return await this.alone(async (settled) => {
            const run = await this.start("destroy", Promise.resolve(), options);
            const result = await run.finish();
            return { ...result, diagnostics: [...settled, ...result.diagnostics], outputs: this.outputs };
        });
    }

    /**
     * Does what changes the stack while nobody else may: on the state as it now is, with what an interrupted update
     * left open settled first; `work` is given what there was to say of that.
     */
    private async alone(work: (settled: Diagnostic[]) => Promise<StackResult>): Promise<StackResult> {
        const release = lockStack(this.state.file, this.name);
        try {
            this.state.load();
            const settled = await resolvePending(this.deploymentOptions("update", {}), this.state);
            this.state.save();
            return await work(settled);
        } finally {
            release();
        }
    }

    private async withoutProgram(
        operation: "refresh" | "destroy",
        options: OperationOptions,
        work: (options: DeploymentOptions) => Promise<Omit<StackResult, "outputs">>,
    ): Promise<StackResult> {
        return await this.alone(async (settled) => {
            const deployment = this.deploymentOptions(operation, options);
            const started = performance.now();
            const config = blindConfig(this.config);
            deployment.emit({ type: "start", operation, project: this.project.name, stack: this.name, config });
            const result = await work(deployment);
            this.dynamic.close();
            this.state.save();
            summarize(deployment.emit, started, result);
            return { ...result, diagnostics: [...settled, ...result.diagnostics], outputs: this.outputs };
        });
    }

    private deploymentOptions(operation: DeploymentOptions["operation"], options: OperationOptions): DeploymentOptions {
        const dryRun = operation === "preview";
        const { resources, condemned } = this.state.snapshot;
        const ignore = () => undefined;
        return {
            project: this.project.name,
            stack: this.name,
            operation,
            dryRun,
            resources: new Map([...resources].map(([urn, state]) => [urn, { ...state }])),
            condemned: [...condemned],
            journal: dryRun ? { set: ignore, forget: ignore, buried: ignore, begin: ignore, end: ignore } : this.state,
            providers: (type) => this.providers.find((provider) => provider.knows(type)),
            providerConfig: (pkg) => this.settings(pkg),
            emit: (event) => this.options.onEvent?.(event),
            parallel: this.options.parallel ?? 16,
            ...(options.target !== undefined && { targets: new Targets(options.target) }),
            ...(options.signal !== undefined && { signal: options.signal }),
        };
    }

    /** What the configuration says to a package's provider. Dynamic providers are told all of it, under its full names. */
    private settings(pkg: string): Properties {
        const dynamic = pkg === "pulumi-nodejs";
        return hideCredentials(
            Object.fromEntries(
                Object.entries(this.config).flatMap(([key, { value, secret: hidden }]): [string, Value][] => {
                    if (!dynamic && !key.startsWith(`${pkg}:`)) return [];
                    return [[dynamic ? key : key.slice(pkg.length + 1), hidden === true ? secret(value) : value]];
                }),
            ),
        );
    }

    private async start(
        operation: DeploymentOptions["operation"],
        ready: Promise<void>,
        options: OperationOptions,
    ): Promise<Run> {
        const missing = this.project.required.filter((key) => !(key in this.config));
        if (missing.length > 0) {
            // Pulumi's words.
            throw new Error(
                `Stack '${this.name}' is missing configuration ${missing.length === 1 ? "value" : "values"} ${missing.map((key) => `'${key}'`).join(", ")}; set it in Pulumi.${this.name}.yaml, or with --config ${missing[0] ?? ""}=VALUE`,
            );
        }
        return await startRun({
            deployment: this.deploymentOptions(operation, options),
            project: this.project,
            config: this.config,
            ready,
            inline: this.options.program,
            environment: this.options.environment ?? {},
            cacheDirectory: join(resolve(this.options.stateDirectory), "compile-cache"),
            onEvent: (event) => this.options.onEvent?.(event),
            onEnd: () => {
                this.dynamic.close();
                if (operation !== "preview") this.state.save();
            },
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
