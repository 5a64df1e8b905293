import type { EngineEvent, StackResult } from "../events";
import { type ConfigValue, type Project, redactConfig } from "../project";
import { newerSdk } from "../protocol";
import type { DeploymentOptions } from "../steps";
import { type InlineProgram, startInline } from "./inline";
import { Monitor } from "./monitor";
import { watchLingering } from "./open-handles";
import { type Running, startProgram } from "./program";
import { Session } from "./session";

/** A program under way: its preview or its update. */
export interface Run {
    /** Lets the program go on until it has ended, and what it asked for with it. */
    finish(): Promise<StackResult>;
    /** Ends the program before it was let go on. */
    abandon(): void;
}

export interface RunOptions {
    deployment: DeploymentOptions;
    project: Project;
    config: Record<string, ConfigValue>;
    /** The program's first question is answered once this resolves. */
    ready: Promise<void>;
    /** The program, where it is a function. */
    inline: InlineProgram | undefined;
    environment: Record<string, string | undefined>;
    cacheDirectory: string;
    onEvent: (event: EngineEvent) => void;
    /** Called once nothing is under way any more. */
    onEnd: () => void;
}

/** Starts a program and the engine's part for it. */
export async function startRun(options: RunOptions): Promise<Run> {
    const { project, inline, onEvent, config, deployment: limits } = options;
    const { dryRun, stack, parallel, operation } = limits;
    const session = new Session({
        ...limits,
        config,
        programDirectory: project.directory,
        inline: inline !== undefined,
        ready: options.ready,
    });
    const monitor = new Monitor(session);
    const common = { stack, dryRun, parallel, address: await monitor.listen(), config };
    // What an update prints that waits for its preview is not of the preview.
    const onOutput = (stream: "stdout" | "stderr", text: string): void =>
        void options.ready.then(() => onEvent({ type: "output", stream, text }));
    // A process starts at once and waits; a function has nothing to prepare.
    let program: Running | undefined;
    if (inline === undefined) {
        program = startProgram({ ...common, ...options, onOutput });
    }
    const close = (): void => {
        program?.kill();
        session.close();
        monitor.close();
    };
    const finish = async (): Promise<StackResult> => {
        const started = performance.now();
        onEvent({ type: "start", operation, project: project.name, stack, config: redactConfig(config) });
        for (const warning of [...project.warnings, ...newerSdk(project.directory)]) {
            session.deployment.report("warning", warning);
        }
        if (inline !== undefined) {
            program = startInline(inline, { ...common, project: project.name });
        }
        const unwatch = program === undefined ? undefined : watchLingering(session, program);
        await session.deployment.cancellable(
            () => outcomeOf(session, program),
            () => session.callbacks.cancel(),
        );
        unwatch?.();
        const { deployment, outputs } = session;
        const { changes, diagnostics } = deployment;
        const failed = deployment.failed || deployment.flawed;
        session.finishOutputs(failed);
        close();
        options.onEnd();
        const result = failed ? "failed" : "succeeded";
        summarize(onEvent, started, { result, changes });
        return { result, changes, outputs, diagnostics };
    };
    return { finish, abandon: close };
}

/** How long a program may take to leave after a failure, as Pulumi grants it. */
const LEAVING_MILLISECONDS = 5000;

/** Waits until the program has ended, and fails the run where it did not end well. */
async function outcomeOf(session: Session, program: Running | undefined): Promise<void> {
    const { deployment } = session;
    const exit = program?.exit ?? Promise.resolve(null);
    // A function waits for ever for what it was refused; a process ends when nothing is left to do, if it is not stuck.
    const patience = (): number =>
        program?.waits === true || deployment.options.signal?.aborted === true ? 0 : LEAVING_MILLISECONDS;
    const refused = new Promise<null>((done) =>
        deployment.onFailure(() => {
            void session.settled().then(() => setTimeout(done, patience(), null).unref());
        }),
    );
    const code = await Promise.race([exit, refused]);
    await session.settled();
    // What a program says itself before it ends with this code is not said again.
    const reason = program?.reason?.();
    const told = session.erred && (reason === undefined || reason.startsWith("One or more errors occurred"));
    if (!deployment.failed && code === 32 && told) {
        deployment.stop();
    } else if (!deployment.failed && code !== 0) {
        const how = code === null ? "Program was ended by a signal" : `Program exited with non-zero exit code: ${code}`;
        deployment.fail(reason ?? `an unhandled error occurred: ${how}`);
    }
    // An SDK of before signalAndWaitForShutdown, or a program that calls process.exit(0).
    if (code === 0 && !deployment.failed) {
        await session.programEnded();
    }
}

/** Tells how an operation went. */
export function summarize(
    emit: (event: EngineEvent) => void,
    started: number,
    { result, changes }: Pick<StackResult, "result" | "changes">,
): void {
    const milliseconds = Math.round(performance.now() - started);
    emit({ type: "summary", changes, milliseconds, failed: result === "failed" });
}
