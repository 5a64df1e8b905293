import { cacheFolder, defined, makePrivateFolder } from "../../common";
import { constants } from "node:os";
import type { Project } from "../../engine";
import { emptyReserve, prepareKeyOf } from "../../engine/light";
import type { Sandbox as RunningSandbox } from "../../sandbox";
import { UserError } from "../errors";
import { keepAll, type Keeper } from "./kept";
import { lazy } from "./lazy";
import { earlyEnvironment, findRunning, prepareRequests, prepareSandbox, removeStaleAccess } from "../../sandbox/light";
import type { StateFolder } from "./state-folder";
import { remoteTarget, type Target } from "./target";

/** What a command works with: a sandbox that runs as long as the command, or one that was already running. */
export interface Session<Sandbox extends Target = Target> {
    readonly sandbox: Sandbox;
    readonly folder: StateFolder;
    /** The file to which each decision of the sandbox is appended, one JSON object a line. */
    readonly decisionsLog: string;
    /** Makes ready what the first requests of a new sandbox need, when nothing else is to be done. */
    readonly prepare?: () => void;
}

/** The options of all commands that start a sandbox. */
export interface SessionOptions {
    folder: StateFolder;
    /** The port of the proxy. @default - a free one */
    port?: number;
    /** Another address on which the proxy listens. @default - it listens on loopback only */
    listenBeyondLoopback?: string;
    /** The project that exists from the start. */
    project?: string;
    /** What answers for services: the path of a `sandbox.yaml`. */
    mapping?: string;
    /** Real hosts to which requests are passed on without credentials. @default - none */
    allowedHosts?: string[];
    /** How long a grant takes to arrive, in milliseconds of the sandbox's clock. @default 0 */
    propagation?: number;
    /** Whether `use` handles Ctrl-C itself. @default false */
    ownSignals?: boolean;
}

/**
 * Starts the sandbox on its state, lets `use` work with it, and then ends it, also after a failure or Ctrl-C.
 * No process keeps running.
 *
 * @throws UserError if the state folder is in use
 * @throws Error if the port is taken, or the mapping cannot be used
 */
export async function withSandbox<T>(
    options: SessionOptions,
    use: (session: Session<RunningSandbox>) => Promise<T>,
): Promise<T> {
    const { folder, port, listenBeyondLoopback, project, mapping, allowedHosts } = options;
    const { propagation, ownSignals = false } = options;
    const release = await folder.lock();
    let keeper: Keeper | undefined;
    const decisionsLog = folder.file("decisions.jsonl");
    prepareSandbox(folder.path);
    // This is loaded here and not above, so that commands that start no sandbox do not wait for it.
    const { Sandbox } = lazy.sandbox();
    let sandbox: RunningSandbox | undefined;
    const end = async (): Promise<void> => {
        try {
            await sandbox?.close();
        } finally {
            keeper?.close();
            release();
        }
    };
    const interrupted = (signal: NodeJS.Signals): void => {
        // A second signal ends the process at once.
        process.once(signal, () => process.exit(1));
        void end().finally(() => process.exit(128 + constants.signals[signal]));
    };
    const signals: NodeJS.Signals[] = ownSignals ? [] : ["SIGINT", "SIGTERM", "SIGHUP"];
    signals.forEach((signal) => process.once(signal, interrupted));
    try {
        removeStaleAccess(folder.path);
        keeper = keepAll(folder);
        sandbox = await Sandbox.start({
            stateDir: folder.path,
            ...defined({ port, listenBeyondLoopback, project, mapping, allowedHosts }),
            ...(propagation === undefined ? {} : { propagationMilliseconds: propagation }),
        });
        keeper.keep(sandbox);
        return await goOnUnread(use({ sandbox, folder, decisionsLog, prepare: prepareRequests }));
    } finally {
        signals.forEach((signal) => process.off(signal, interrupted));
        await end();
    }
}

/**
 * Does what {@link withSandbox} does. But if a sandbox already runs on the state, `use` works with that one, and it
 * keeps running.
 *
 * @param options.mapping - a running sandbox gets it only from a command that `deploys`, because it then ends its
 * programs and starts them again
 * @throws UserError if an option is for starting a sandbox, and the one that is running has another value for it
 */
export async function onSandbox<T>(
    options: SessionOptions & { deploys: boolean },
    use: (session: Session) => Promise<T>,
): Promise<T> {
    const { folder, port, project, mapping, propagation, deploys } = options;
    const client = await findRunning(folder.path);
    if (!client) {
        return withSandbox(options, use);
    }
    const status = await client.call("GET", "/v1/status");
    const proxy = String(status.proxy);
    const running = String(status.project);
    const asked = [
        ...(port !== undefined && String(port) !== new URL(proxy).port ? [`--port ${port}`] : []),
        ...(project !== undefined && project !== running ? [`--project ${project}`] : []),
    ];
    if (asked.length > 0) {
        throw new UserError(
            `a sandbox runs on ${folder.path} already, with project ${running} and proxy ${proxy}: ${asked.join(" and ")} cannot change that`,
            { fix: "leave it out, stop that sandbox, or take another folder with --state DIR" },
        );
    }
    if (propagation !== undefined) {
        await client.call("POST", "/v1/propagation", { milliseconds: propagation });
    }
    if (deploys && mapping !== undefined) {
        await client.call("POST", "/v1/mapping", { file: mapping });
    }
    return await goOnUnread(
        use({ sandbox: remoteTarget(client, running), folder, decisionsLog: folder.file("decisions.jsonl") }),
    );
}

/** Lets what is under way go on to its end if nobody reads what it prints any more. */
async function goOnUnread<T>(work: Promise<T>): Promise<T> {
    const ignore = (): void => undefined;
    process.stdout.on("error", ignore);
    try {
        return await work;
    } finally {
        process.stdout.off("error", ignore);
    }
}

/** A program that a command is about to run. */
export interface Soon {
    project: Project;
    folder: StateFolder;
    /** How many of its runs begin together: an update begins with the preview before it. */
    runs: 0 | 1 | 2;
}

/**
 * Does the work of a command that runs a program, whose processes start now: they load the SDK while the sandbox starts. Those
 * that the work has not used are ended.
 */
export async function withProgramEarly<T>({ project, folder, runs }: Soon, work: () => Promise<T>): Promise<T> {
    const cacheDirectory = cacheFolder ?? folder.file("stacks", "compile-cache");
    if (runs > 0) {
        // Node would make the folder of compiled code, and the state folder around it, for everybody to read.
        makePrivateFolder(folder.path);
        prepareKeyOf(folder.file("stacks"));
        lazy.languages().prepareProgram({ project, environment: earlyEnvironment(), cacheDirectory, runs });
    }
    try {
        return await work();
    } finally {
        emptyReserve();
    }
}
