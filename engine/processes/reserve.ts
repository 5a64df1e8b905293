import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { makePrivateFolder } from "../../common";
import { childArguments, ownGroup } from "./lifeline";
import type { EarlyModules, ProgramOrder } from "./standby";

/** A program of Node that is to run. */
export interface NodeProgram extends Pick<ProgramOrder, "script" | "args"> {
    /** Options of Node, which come before the script. */
    options: readonly string[];
    /** The folder of the program: what its last run has loaded is loaded early. */
    directory: string;
}

/** How a process of the reserve is started. Only processes that start in the same way can stand for one another. */
interface Kind {
    key: string;
    args: string[];
    directory: string;
    script: string;
    environment: NodeJS.ProcessEnv;
    /** The file that lists the modules of the last run of the same program. */
    list: string;
}

/** How many processes wait at most: an update and the preview before it run at the same time. */
const MOST = 2;

/** Processes that wait for a program, the newest last. */
const waiting: { key: string; child: ChildProcess }[] = [];
/** The kinds of the programs that ran since the reserve was filled. */
let used: Kind[] = [];

/**
 * Variables that a process can learn late, because they are read when they are needed: how to reach a cloud, and what the
 * engine tells a program of its stack. All others must be the same.
 */
const LATE =
    /proxy|_CA_|CERT|_ROOTS_|TOKEN|CREDENTIAL|^(GOOGLE|GCLOUD|CLOUDSDK|GCE|JAVA|BOTO)_|^NODE_COMPILE_CACHE$|^PULUMI_(CONFIG|NODEJS_|YAML_)/i;

/**
 * Runs a program in a process of the reserve, or in a new one if none waits that would do. Its streams are pipes, and it has
 * a channel to this process.
 *
 * @param cacheDirectory - keeps the list of the modules that programs use
 */
export function startInReserve(program: NodeProgram, given: NodeJS.ProcessEnv, cacheDirectory: string): ChildProcess {
    const { script, args } = program;
    const environment = onlyDefined(given);
    const kind = kindOf(program, environment, cacheDirectory);
    used.push(kind);
    const at = waiting.findIndex(({ key }) => key === kind.key);
    const child = waiting.splice(at, at < 0 ? 0 : 1)[0]?.child ?? start({ ...kind, environment });
    hold(child, "ref");
    child.send({ script, args, environment, list: kind.list } satisfies ProgramOrder, () => undefined);
    return child;
}

/** Starts a process for each program that has run since the last call. They wait, and end with this process. */
export function fillReserve(): void {
    const kinds = used.slice(-MOST);
    used = [];
    for (const kind of kinds) {
        wait(kind, modulesOf(kind));
    }
}

/**
 * Starts processes for a program that is about to run, so that they load the SDK while all else is made ready. They load no
 * compiler, because most programs are kept as they were compiled.
 *
 * @param given - the variables as far as they are known
 * @param count - how often the program will run at the same time, at most 2
 */
export function startEarly(
    program: NodeProgram,
    given: NodeJS.ProcessEnv,
    cacheDirectory: string,
    count: number,
): void {
    if (!canWait(program)) {
        return;
    }
    const kind = kindOf(program, onlyDefined(given), cacheDirectory);
    const modules = modulesOf(kind).filter((path) => !COMPILERS.test(path));
    for (let each = 0; each < Math.min(count, MOST); each++) {
        wait(kind, modules);
    }
}

/** Whether a process may begin before its program: not if a debugger waits for it. */
export const canWait = ({ options }: NodeProgram): boolean => !options.some((option) => option.startsWith("--inspect"));

const COMPILERS = /[\\/]node_modules[\\/](typescript|ts-node)[\\/]/;

function wait(kind: Kind, modules: string[]): void {
    if (waiting.length >= MOST) {
        waiting.shift()?.child.kill("SIGKILL");
    }
    const child = start(kind);
    child.send({ modules } satisfies EarlyModules, () => undefined);
    const entry = { key: kind.key, child };
    waiting.push(entry);
    const forget = (): void => {
        const at = waiting.indexOf(entry);
        waiting.splice(at, at < 0 ? 0 : 1);
    };
    child.once("exit", forget).once("error", forget);
    hold(child, "unref");
}

/** Ends all processes that wait: what they have loaded is no longer what is installed, or nobody needs them any more. */
export function emptyReserve(): void {
    used = [];
    for (const { child } of waiting.splice(0)) {
        child.kill("SIGKILL");
    }
}

function onlyDefined(environment: NodeJS.ProcessEnv): Record<string, string> {
    const pairs = Object.entries(environment);
    return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

function kindOf(
    { options, script, directory: ofProgram }: NodeProgram,
    given: Record<string, string>,
    cacheDirectory: string,
): Kind {
    const environment = Object.fromEntries(
        Object.entries(given).filter(([name]) => name === "NODE_COMPILE_CACHE" || !LATE.test(name)),
    );
    const { NODE_COMPILE_CACHE: compiled, ...same } = environment;
    const directory = namesFiles(options, same["NODE_OPTIONS"]) ? ofProgram : dirname(script);
    const kind = JSON.stringify([options, script, directory, Object.entries(same).sort()]);
    const name = createHash("sha256")
        .update(JSON.stringify([options, script, ofProgram]))
        .digest("hex")
        .slice(0, 16);
    const list = join(listFolder(compiled, cacheDirectory), `modules-${name}.json`);
    const standby = __filename.endsWith(".ts")
        ? join(__dirname, "..", "..", "scripts", "standby.cjs")
        : join(__dirname, "standby.js");
    return { key: kind, args: [...options, standby], list, script, directory, environment };
}

/** Whether the user gives options of Node: they may name files and modules as they are found from the folder of the program. */
function namesFiles(options: readonly string[], variable = ""): boolean {
    // What the sandbox adds is absolute. https://nodejs.org/api/cli.html#node_optionsoptions
    const ofUser = variable.replaceAll(/--require="((?:\\.|[^"\\])*)"/g, (option, path: string) =>
        isAbsolute(path.replaceAll(/\\(.)/g, "$1")) ? "" : option,
    );
    return ofUser.trim() !== "" || options.some((option) => !childArguments.includes(option));
}

/** Beside the code that Node keeps, because the directory may end with a sandbox. */
function listFolder(compiled: string | undefined, cacheDirectory: string): string {
    try {
        return makePrivateFolder(compiled !== undefined && isAbsolute(compiled) ? compiled : cacheDirectory);
    } catch {
        // Others may write there.
        return makePrivateFolder(cacheDirectory);
    }
}

/**
 * They are read here, because the folder may be gone before the process reads it. Of a program that has not run yet, only the
 * SDK is known.
 */
function modulesOf({ list, script }: Kind): string[] {
    try {
        return JSON.parse(readFileSync(list, "utf8")) as string[];
    } catch {
        return [join(dirname(script), "..", "..", "index.js")];
    }
}

function start({ args, directory, environment }: Kind): ChildProcess {
    const stdio = ["ignore", "pipe", "pipe", "ipc"] as const;
    return spawn(process.execPath, args, { cwd: directory, ...ownGroup, stdio: [...stdio], env: environment });
}

/** Says whether a process keeps this one alive. */
function hold(child: ChildProcess, how: "ref" | "unref"): void {
    child[how]();
    child.channel?.[how]();
    for (const stream of [child.stdout, child.stderr]) {
        (stream as unknown as Record<typeof how, () => void> | null)?.[how]();
    }
}
