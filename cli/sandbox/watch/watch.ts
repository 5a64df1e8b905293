import { basename } from "node:path";
import { reportError } from "../../errors";
import type { Terminal } from "../../render";
import { ChangedFiles } from "./changed-files";
import { deploy, type DeployOptions, findMapping, readProgram } from "../deploy";
import { lazy } from "../lazy";
import type { Session } from "../session";
import { commandOn } from "../verify";

/** What is watched, and how it is deployed. */
export interface WatchOptions extends Pick<DeployOptions, "stack" | "config" | "configFile"> {
    /** The folder of the project. */
    directory: string;
    terminal: Terminal;
    /** Ends it: a deployment that is under way is cancelled, and settled. */
    signal: AbortSignal;
}

/** Files after whose change other packages are installed than those that waiting processes have loaded. */
const INSTALLS = /^(package\.json|package-lock\.json|yarn\.lock|pnpm-lock\.yaml|\.package-lock\.json)$/;

/**
 * Deploys a program, and again after each change of its files, with its checks. It does not end by itself: a program that
 * fails is corrected and saved.
 */
export async function watch(session: Session, options: WatchOptions): Promise<void> {
    const files = new ChangedFiles(options.directory);
    try {
        await deployEach(files, session, options);
    } finally {
        files.close();
    }
}

async function deployEach(files: ChangedFiles, session: Session, options: WatchOptions): Promise<void> {
    const { terminal, directory, signal } = options;
    const aborted = new Promise<undefined>((resolve) => signal.addEventListener("abort", () => resolve(undefined)));
    let changed: string[] = [];
    for (;;) {
        const started = performance.now();
        if (changed.length > 0) {
            terminal.write(`\n${terminal.style("bold", `changed: ${changed.join(", ")}`)}\n\n`);
        }
        if (changed.some((path) => INSTALLS.test(basename(path)))) {
            lazy.engine().emptyReserve();
        }
        const outcome = await attempt(session, options, changed);
        if (signal.aborted) {
            return;
        }
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        const shown = terminal.style(outcome === "not proven" ? "red" : "green", outcome);
        terminal.write(`\n${shown} after ${seconds} s; waiting for changes in ${directory}, Ctrl-C ends it\n`);
        const next = await Promise.race([files.next(), aborted]);
        if (next === undefined) {
            return;
        }
        changed = next;
    }
}

/** What became of a deployment. */
type Result = "proven" | "deployed, with nothing to check" | "not proven";

async function attempt(session: Session, options: WatchOptions, changed: readonly string[]): Promise<Result> {
    const { directory, stack, terminal } = options;
    try {
        const project = await readProgram(directory, stack, options.configFile);
        const { mapping } = findMapping(project);
        if (changed.length > 0 && mapping !== undefined) {
            // A handler may be what has changed. The next request starts it again.
            await session.sandbox.useMapping(mapping);
        }
        const { succeeded, reports, evidence } = await deploy(session, "up", {
            ...options,
            project,
            json: false,
            once: true,
        });
        if (!succeeded || evidence.length === 0) {
            return succeeded ? "deployed, with nothing to check" : "not proven";
        }
        if (reports.length > 0) {
            return "proven";
        }
        // Nothing that the stack consists of has changed, but a handler may have.
        const state = session.folder.stateOf({ project: project.name, stack });
        return (await commandOn(session.sandbox, "verify", state)) === 0 ? "proven" : "not proven";
    } catch (error) {
        reportError(error, { write: (text: string) => terminal.write(text) });
        return "not proven";
    }
}
