import type { ChildProcess } from "node:child_process";
import { extname, join } from "node:path";

/** A message to a process that the engine started: keep the code that you have compiled, for the next process. */
export const KEEP_COMPILED = "keep compiled";

/**
 * Code that runs in every process that the engine starts. It ends the process when the engine has ended in any way, so that
 * no process is left behind, and it answers which resources keep the process alive. Node 20 keeps no compiled code.
 * https://nodejs.org/api/module.html#moduleflushcompilecache
 */
const CODE = `import module from "node:module";process.on("disconnect",()=>process.exit(1));process.on("message",(message)=>message==="${KEEP_COMPILED}"?module.flushCompileCache?.():message===""&&process.send(process.getActiveResourcesInfo()));setImmediate(()=>process.channel?.unref())`;

/** The code as one argument of Node. If `--import` is an argument of its own, the SDK starts no loader of modules. */
const lifeline = `--import=data:text/javascript,${encodeURIComponent(CODE)}`;

/** Lets a process load this package from its sources if the engine itself runs from its sources. */
const fromSources = __filename.endsWith(".ts")
    ? ["--conditions=pulumi-gcp-invoke-source", `--require=${join(__dirname, "..", "..", "scripts", "register.cjs")}`]
    : [];

/**
 * How far the heap grows before Node collects garbage, in percent of what was in use. By default it grows to four times that:
 * a program with 6,000 resources, of which few are in use at a time, then holds 1.6 GB in place of 1.4 GB.
 */
const lessGarbage = "--heap-growing-percent=80";

/** Node warns of how ts-node looks for modules of ECMAScript, of which users can change nothing. */
const noWarning = "--disable-warning=DEP0180";

/** The arguments of Node for each process that the engine starts to run the SDK. */
export const childArguments = [
    lessGarbage,
    noWarning,
    ...fromSources,
    lifeline,
    `--require=${join(__dirname, `lean-sdk${extname(__filename)}`)}`,
];

/** Starts a process in a group of its own, so that Ctrl-C reaches only the engine, which then ends everything in order. */
export const ownGroup = { detached: process.platform !== "win32" };

/** Ends a process that was started so, and all that it has started. */
export function killGroup(child: ChildProcess): void {
    if (ownGroup.detached && child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
        try {
            process.kill(-child.pid, "SIGKILL");
            return;
        } catch {
            // It has ended at this moment.
        }
    }
    child.kill("SIGKILL");
}
