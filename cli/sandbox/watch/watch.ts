import { basename } from "node:path";
import type { SmokeSpec } from "../../../smoke";
import { reportError } from "../../errors";
import type { Terminal } from "../../render";
import { ChangedFiles } from "./changed-files";
import { deploy, type DeployOptions, findMapping, readProgram } from "../deploy";
import { lazy } from "../lazy";
import type { Session } from "../session";
import { Checks } from "./checks";
import { OwnOutputs } from "./own-outputs";

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
    const checks = new Checks(session.sandbox, options);
    try {
        await deployEach(files, checks, session, options);
    } finally {
        files.close();
        await checks.close();
    }
}

async function deployEach(files: ChangedFiles, checks: Checks, session: Session, options: WatchOptions): Promise<void> {
    const { terminal, directory, signal } = options;
    const aborted = new Promise<undefined>((resolve) => signal.addEventListener("abort", () => resolve(undefined)));
    const own = new OwnOutputs();
    let changed: string[] = [];
    for (;;) {
        const started = performance.now();
        if (changed.length > 0) {
            terminal.write(`\n${terminal.style("bold", `changed: ${changed.join(", ")}`)}\n\n`);
        }
        if (changed.some((path) => INSTALLS.test(basename(path)))) {
            lazy.engine().emptyReserve();
        }
        const outcome = await attempt(session, options, checks, changed);
        if (signal.aborted) {
            return;
        }
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        const shown = terminal.style(outcome === "not proven" ? "red" : "green", outcome);
        // Not before: the checks would wait for the processor.
        lazy.engine().fillReserve();
        terminal.write(`\n${shown} after ${seconds} s; waiting for changes in ${directory}, Ctrl-C ends it\n`);
        const { reasons, outputs } = own.add(await files.soFar());
        for (const path of outputs) {
            terminal.write(`${path} changed during this deployment, as in those before; it is taken for an output\n`);
        }
        changed = reasons;
        while (changed.length === 0) {
            const next = await Promise.race([files.next(), aborted]);
            if (next === undefined) {
                return;
            }
            changed = own.reasonsIn(next);
        }
    }
}

/** What became of a deployment. */
type Result = "proven" | "deployed, with nothing to check" | "not proven";

async function attempt(
    session: Session,
    options: WatchOptions,
    checks: Checks,
    changed: readonly string[],
): Promise<Result> {
    const { directory, stack, terminal, signal } = options;
    try {
        const project = await readProgram(directory, stack, options.configFile);
        const { mapping } = findMapping(project);
        if (changed.length > 0 && mapping !== undefined) {
            // A handler may be what has changed. It starts again while the program runs.
            await session.sandbox.useMapping(mapping);
        }
        const { succeeded, reports, specs, hide } = await deploy(session, "up", {
            ...options,
            project,
            json: false,
            once: true,
        });
        if (!succeeded) {
            return "not proven";
        }
        const all = specs();
        // A name that two checks have does not say which of them a gate has run.
        const isReported = ({ name }: SmokeSpec): boolean =>
            reports.some((report) => report.name === name) && all.filter((each) => each.name === name).length === 1;
        const others = all.filter((spec) => !isReported(spec));
        const proofs = [...reports, ...(await checks.run(others, all, hide))];
        if (proofs.some(({ verdict }) => verdict === "failed")) {
            return "not proven";
        }
        return all.length === 0 ? "deployed, with nothing to check" : "proven";
    } catch (error) {
        const isCancelled = signal.aborted && error instanceof Error && error.name === "AbortError";
        if (!isCancelled) {
            reportError(error, { write: (text: string) => terminal.write(text) });
        }
        return "not proven";
    }
}
