import type { EngineEvent, StackResult } from "../events";
import { type ConfigValue, type Project, redactConfig } from "../project";
import { entryPointOf } from "../languages";
import { newerSdk } from "../protocol";
import type { DeploymentOptions } from "../steps";
import { type InlineProgram, repeatsErrors, startInline } from "./inline";
import { Monitor } from "./monitor";
import { onceIdle, watchOpenHandles } from "./open-handles";
import { type Running, startProgram } from "./program";
import { Plugins } from "./plugins";
import { EXIT_TIMEOUT_MILLISECONDS } from "./requests";
import { Session } from "./session";

/** A program that was started, for a preview or for an operation. */
export interface Run {
    /**
     * Waits until the program, and everything that it asked for, has ended.
     *
     * @param untilIdle - whether a program that has registered everything and does not end is ended. @default false
     */
    finish(untilIdle?: boolean): Promise<StackResult & { refusedTypes: boolean }>;
    /** Ends the program while it still waits at its first request. */
    abandon(): void;
}

export interface RunOptions {
    deployment: DeploymentOptions;
    project: Project;
    config: Record<string, ConfigValue>;
    /** The program's first request is answered once this resolves. */
    ready: Promise<void>;
    /** The program, if it is a function. */
    inline: InlineProgram | undefined;
    environment: Record<string, string | undefined>;
    cacheDirectory: string;
    /** Whether another run of the same program checks its types. */
    typesChecked: boolean;
    /** Whether a process that waits for a program may run this one. */
    reserve?: boolean | undefined;
    onEvent: (event: EngineEvent) => void;
    /** Called when nothing is under way any more. */
    onEnd: () => void;
}

/** Starts a program, and the engine that answers its requests. */
export async function startRun(options: RunOptions): Promise<Run> {
    const { project, inline, onEvent, config, deployment: limits } = options;
    const { dryRun, stack, parallel, operation } = limits;
    const entry = inline === undefined ? entryPointOf(project) : { main: project.main, warnings: [] };
    const plugins: Plugins = new Plugins({
        directory: project.directory,
        folders: project.plugins,
        environment: options.environment,
        cacheDirectory: options.cacheDirectory,
        onOutput: (text) => {
            // After a failure, a plugin prints a stack for each request that it was refused.
            if (!session.deployment.failed) {
                onEvent({ type: "output", stream: "stderr", text: session.deployment.reports.secrets.hide(text) });
            }
        },
    });
    const session = new Session({
        ...limits,
        config,
        programDirectory: project.directory,
        inline: inline !== undefined,
        plugins,
        ready: options.ready,
    });
    const monitor = new Monitor(session);
    const address = await monitor.listen();
    plugins.address = address;
    const common = { stack, dryRun, parallel, address, config };
    // The output of an update that still waits for its preview is shown after the preview.
    const onOutput = (stream: "stdout" | "stderr", text: string): void =>
        void options.ready.then(() =>
            onEvent({ type: "output", stream, text: session.deployment.reports.secrets.hide(text) }),
        );
    // A process starts at once and then waits. A function needs no time to start.
    let program: Running | undefined;
    if (inline === undefined) {
        program = startProgram({ ...common, ...options, project: { ...project, main: entry.main }, onOutput });
    }
    const close = (): void => {
        program?.kill();
        session.close();
        monitor.close();
    };
    const finish: Run["finish"] = async (untilIdle = false) => {
        const started = performance.now();
        onEvent({ type: "start", operation, project: project.name, stack, config: redactConfig(config) });
        for (const warning of [...project.warnings, ...entry.warnings, ...newerSdk(project.directory)]) {
            session.deployment.report("warning", warning);
        }
        if (inline !== undefined) {
            program = startInline(inline, { ...common, project: project.name });
        }
        let unwatch: (() => void) | undefined;
        const idle = new Promise<void>((done) => {
            if (untilIdle) {
                unwatch = onceIdle(session, done);
            } else if (program !== undefined) {
                unwatch = watchOpenHandles(session, program);
            }
        });
        await session.deployment.cancellable(
            () => Promise.race([waitForEnd(session, program), idle]),
            () => session.callbacks.cancel(),
        );
        unwatch?.();
        const { deployment, outputs } = session;
        deployment.reports.tellCutOff();
        const { message } = deployment.kept;
        if (message !== undefined) {
            deployment.report("info", message);
        }
        const { refusedTypes, changes, diagnostics } = deployment;
        const attempt = (work: () => void): void => {
            try {
                work();
            } catch (error) {
                session.requests.fail(error, "");
            }
        };
        attempt(() => session.finishOutputs(hasFailed(deployment)));
        close();
        attempt(options.onEnd);
        const result = hasFailed(deployment) ? "failed" : "succeeded";
        summarize(onEvent, started, { result, changes });
        const hide = (text: string): string => deployment.reports.secrets.hide(text);
        return { result, changes, outputs, diagnostics, refusedTypes, hide };
    };
    return { finish, abandon: close };
}

function hasFailed({ failed, refused }: Session["deployment"]): boolean {
    return failed || refused;
}

/** Waits until the program has ended, and fails the run if it did not end well. */
async function waitForEnd(session: Session, program: Running | undefined): Promise<void> {
    const { deployment } = session;
    const exit = program?.exit ?? Promise.resolve(null);
    // A function may wait for ever for a request that has failed. A process usually ends when it has nothing left to do.
    const exitTimeout = (): number =>
        program?.mayWaitForever === true || deployment.options.signal?.aborted === true ? 0 : EXIT_TIMEOUT_MILLISECONDS;
    const gaveUp = new Promise<undefined>((done) =>
        deployment.onFailure(() => {
            void session.requests.settled().then(() => setTimeout(done, exitTimeout(), undefined).unref());
        }),
    );
    const code = await Promise.race([exit, gaveUp]);
    await session.requests.settled();
    // A program that ends with this code has usually reported its error itself.
    const reason = program?.reason?.();
    const reported =
        session.reportedError && (reason === undefined || repeatsErrors(reason) || deployment.reports.tells(reason));
    // A run in which only calls of the program failed has failed because the program ended.
    const isExplained = deployment.failed && deployment.reports.hasError;
    if (!deployment.failed && code === 32 && reported) {
        deployment.stop();
    } else if (!isExplained && code !== 0 && code !== undefined) {
        const how = code === null ? "Program was ended by a signal" : `Program exited with non-zero exit code: ${code}`;
        deployment.fail(reason ?? `an unhandled error occurred: ${how}`);
    }
    // The program has an SDK that is older than signalAndWaitForShutdown, or it has called process.exit(0).
    if (code === 0 && !deployment.failed) {
        await session.programEnded();
    }
}

/** Emits the event that says how an operation went. */
export function summarize(
    emit: (event: EngineEvent) => void,
    started: number,
    { result, changes }: Pick<StackResult, "result" | "changes">,
): void {
    const milliseconds = Math.round(performance.now() - started);
    emit({ type: "summary", changes, milliseconds, failed: result === "failed" });
}
