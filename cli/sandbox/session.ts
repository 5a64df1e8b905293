import { closeSync, openSync, writeSync } from "node:fs";
import { constants } from "node:os";
import type { Sandbox as RunningSandbox } from "../../sandbox";
import { parts } from "./parts";
import type { StateFolder } from "./state-folder";

/** A sandbox that runs for the length of one command. */
export interface Session {
    readonly sandbox: RunningSandbox;
    readonly folder: StateFolder;
    /** Where every decision of the sandbox is appended, one JSON object a line. */
    readonly decisionsLog: string;
}

/** What all commands that start a sandbox take. */
export interface SessionOptions {
    folder: StateFolder;
    /** The proxy's port; a free one by default. */
    port?: number;
    /** The project that exists from the start. */
    project?: string;
    /** What answers for services: the path of a `sandbox.yaml`. */
    mapping?: string;
    /** How long a grant takes to arrive, in milliseconds of the sandbox's clock. @default 0 */
    propagation?: number;
    /** Whether `use` sees to Ctrl-C itself. @default false */
    ownSignals?: boolean;
}

/**
 * Starts the sandbox on its state, lets `use` work with it, and ends it whatever happens: by a failure or Ctrl-C too.
 * Nothing stays running.
 *
 * @throws UserError where the state folder is in use
 * @throws Error where the port is taken, or the mapping cannot be used
 */
export async function withSandbox<T>(options: SessionOptions, use: (session: Session) => Promise<T>): Promise<T> {
    const { folder, port, project, mapping, propagation, ownSignals = false } = options;
    const release = folder.lock();
    const decisionsLog = folder.file("decisions.jsonl");
    const log = openSync(decisionsLog, "a", 0o600);
    // Loaded here and not above, because commands that start no sandbox shall not wait for it.
    const { Sandbox } = parts.sandbox();
    let sandbox: RunningSandbox | undefined;
    const end = async (): Promise<void> => {
        await sandbox?.close();
        closeSync(log);
        release();
    };
    const interrupted = (signal: NodeJS.Signals): void => {
        // A second signal ends the process at once.
        process.once(signal, () => process.exit(1));
        void end().finally(() => process.exit(128 + constants.signals[signal]));
    };
    const signals: NodeJS.Signals[] = ownSignals ? [] : ["SIGINT", "SIGTERM", "SIGHUP"];
    signals.forEach((signal) => process.once(signal, interrupted));
    try {
        sandbox = await Sandbox.start({
            stateDir: folder.path,
            ...(port === undefined ? {} : { port }),
            ...(project === undefined ? {} : { project }),
            ...(mapping === undefined ? {} : { mapping }),
            ...(propagation === undefined ? {} : { propagationMilliseconds: propagation }),
        });
        sandbox.cloud.decisions.onDecision((decision) => writeSync(log, `${JSON.stringify(decision)}\n`));
        return await use({ sandbox, folder, decisionsLog });
    } finally {
        signals.forEach((signal) => process.off(signal, interrupted));
        await end();
    }
}
