import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

import type { DeploymentOptions } from "./deployment";
import { qualify, readProject, type ConfigValue, type Project } from "./project";
import { Monitor } from "./monitor";
import { resolvePending } from "./pending";
import { inlineProject, startInline } from "./inline";
import { startProgram, type Running } from "./program";
import { builtInProvider } from "./provider/builtin";
import { dynamicProvider, type DynamicProvider } from "./provider/dynamic";
import { gcpProvider } from "./provider/gcp";
import type { Provider } from "./provider/types";
import { Crypter } from "./secrets";
import { Session } from "./session";
import type { OperationOptions, StackOptions, StackResult, UpOptions } from "./stack-types";
import type { ResourceState } from "./state";
import { StateFile } from "./state-file";
import { destroyAll, refreshAll } from "./teardown";
import { STACK_TYPE } from "./urn";
import { plainProperties, type Properties } from "./values";

export type { OperationOptions, StackOptions, StackResult, UpOptions } from "./stack-types";

/** Opens a stack: reads its project, configuration and state. Throws where one of them cannot be read. */
export async function openStack(options: StackOptions): Promise<Stack> {
    const stack = options.stack ?? "dev";
    const project = await projectOf(options, stack);
    const crypter = await Crypter.ofFile(join(options.stateDirectory, "key.json"));
    const given = Object.entries(options.config ?? {}).map(([key, value]): [string, ConfigValue] => [
        qualify(project.name, key),
        typeof value === "string" ? { value } : value,
    ]);
    const config = { ...project.config, ...Object.fromEntries(given) };
    return new Stack(options, project, stack, config, crypter);
}

async function projectOf(options: StackOptions, stack: string): Promise<Project> {
    if (options.program !== undefined) return inlineProject(options.project ?? "inline");
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
        const fileOf = (stack: string) => join(resolve(options.stateDirectory), `${project.name}.${stack}.json`);
        this.state = new StateFile(fileOf(name), crypter);
        const others = (reference: string): Properties | undefined => {
            const [stack = "", owner = project.name] = reference.split("/").reverse();
            const known = readdirSync(options.stateDirectory).includes(`${owner}.${stack}.json`);
            return known
                ? outputsOf(new StateFile(join(options.stateDirectory, `${owner}.${stack}.json`), crypter))
                : undefined;
        };
        this.dynamic = dynamicProvider({
            directory: project.directory,
            environment: options.environment ?? {},
            project: project.name,
            stack: name,
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

    /** The state in the format of `pulumi stack export`; secrets are encrypted. */
    export(): { version: 3; deployment: Record<string, unknown> } {
        return this.state.export();
    }

    /** What an update would do. Changes nothing. */
    async preview(options: OperationOptions = {}): Promise<StackResult> {
        const run = await this.start(true, Promise.resolve(), options);
        return await run.finish();
    }

    /** Brings the cloud to what the program says. */
    async up(options: UpOptions = {}): Promise<StackResult> {
        await resolvePending(this.deploymentOptions(false, options), this.state);
        if (options.preview === false) {
            const run = await this.start(false, Promise.resolve(), options);
            return await run.finish();
        }
        // Both processes start at once, so that the second costs no time: it waits in its first question.
        let allow: () => void = () => undefined;
        const allowed = new Promise<void>((resolve) => (allow = resolve));
        const preview = await this.start(true, Promise.resolve(), options);
        const update = await this.start(false, allowed, options);
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
    async destroy(options: OperationOptions = {}): Promise<StackResult> {
        return await this.withoutProgram("destroy", options, destroyAll);
    }

    private async withoutProgram(
        operation: "refresh" | "destroy",
        options: OperationOptions,
        work: (options: DeploymentOptions) => Promise<Omit<StackResult, "outputs">>,
    ): Promise<StackResult> {
        const deployment = this.deploymentOptions(false, options);
        await resolvePending(deployment, this.state);
        const started = performance.now();
        deployment.emit({ type: "start", operation, project: this.project.name, stack: this.name });
        const result = await work(deployment);
        this.dynamic.close();
        this.state.save();
        this.summarize(started, result);
        return { ...result, outputs: this.outputs };
    }

    private summarize(started: number, { result, changes }: Pick<StackResult, "result" | "changes">): void {
        const milliseconds = Math.round(performance.now() - started);
        this.options.onEvent?.({ type: "summary", changes, milliseconds, failed: result === "failed" });
    }

    private deploymentOptions(dryRun: boolean, options: OperationOptions): DeploymentOptions {
        const { resources, condemned } = this.state.snapshot;
        const ignore = () => undefined;
        return {
            project: this.project.name,
            stack: this.name,
            dryRun,
            resources: new Map([...resources].map(([urn, state]) => [urn, { ...state }])),
            condemned: [...condemned],
            journal: dryRun ? { set: ignore, forget: ignore, buried: ignore, begin: ignore, end: ignore } : this.state,
            providers: (type) => this.providers.find((provider) => provider.knows(type)),
            providerConfig: (pkg) =>
                Object.fromEntries(
                    Object.entries(this.config).flatMap(([key, { value }]) =>
                        key.startsWith(`${pkg}:`) ? [[key.slice(pkg.length + 1), value]] : [],
                    ),
                ),
            emit: (event) => this.options.onEvent?.(event),
            parallel: this.options.parallel ?? 16,
            ...(options.target !== undefined && { targets: new Set(options.target) }),
        };
    }

    /** Starts the program; what it says is listened to once `ready` resolves. */
    private async start(dryRun: boolean, ready: Promise<void>, options: OperationOptions): Promise<Run> {
        // The state is taken when the run may begin: a preview that ends before has changed nothing of it.
        const session = new Session({
            ...this.deploymentOptions(dryRun, options),
            config: this.config,
            programDirectory: this.project.directory,
            ready,
        });
        const monitor = new Monitor(session);
        const address = await monitor.listen();
        const { program: inline } = this.options;
        const common = {
            stack: this.name,
            dryRun,
            parallel: this.options.parallel ?? 16,
            address,
            config: this.config,
        };
        // A process starts at once and waits; a function has nothing to prepare.
        let program: Running | undefined;
        if (inline === undefined) program = startProgram({ ...common, ...this.processOptions() });
        return {
            abandon: () => this.close(program, session, monitor),
            finish: async () => {
                const started = performance.now();
                this.options.onEvent?.({
                    type: "start",
                    operation: dryRun ? "preview" : "update",
                    project: this.project.name,
                    stack: this.name,
                });
                if (inline !== undefined) program = startInline(inline, { ...common, project: this.project.name });
                const { deployment } = session;
                // A function waits for ever for what it was refused; a process ends when nothing is left to do.
                const refused = new Promise<null>((done) => {
                    if (inline !== undefined) deployment.onFailure(() => done(null));
                });
                const code = (await Promise.race([program?.exit, refused])) ?? null;
                await session.settled();
                if (!deployment.failed && !session.erred && code !== 0) {
                    const how = `the program ended with ${code === null ? "a signal" : `exit code ${code}`}`;
                    deployment.fail(program?.reason?.() ?? how);
                }
                // An SDK of before signalAndWaitForShutdown, or a program that calls process.exit(0).
                if (code === 0 && !deployment.failed) await session.programEnded();
                this.close(program, session, monitor);
                this.dynamic.close();
                if (!dryRun) this.state.save();
                const result = {
                    result: deployment.failed || session.erred ? "failed" : "succeeded",
                    changes: deployment.changes,
                    outputs: session.outputs,
                    diagnostics: deployment.diagnostics,
                } as const;
                this.summarize(started, result);
                return result;
            },
        };
    }

    private processOptions() {
        return {
            project: this.project,
            environment: this.options.environment ?? {},
            cacheDirectory: join(resolve(this.options.stateDirectory), "compile-cache"),
            onOutput: (stream: "stdout" | "stderr", text: string) =>
                this.options.onEvent?.({ type: "output", stream, text }),
        };
    }

    private close(program: Running | undefined, session: Session, monitor: Monitor): void {
        program?.kill();
        session.close();
        monitor.close();
    }
}

/** A program under way. */
interface Run {
    finish(): Promise<StackResult>;
    abandon(): void;
}

function outputsOf(state: StateFile): Properties {
    return [...state.snapshot.resources.values()].find(({ type }) => type === STACK_TYPE)?.outputs ?? {};
}

/** A stack's outputs without the marks of secrecy: for tests, never for output. */
export function revealOutputs(outputs: Properties): Properties {
    return plainProperties(outputs);
}
