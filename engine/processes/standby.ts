// A process that runs one program of Node. It loads the modules that the last program of its kind used, which takes most of a
// program's time to start, and then waits for the engine to say which program it runs, and with which variables.
import { statSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { join, sep } from "node:path";

/** What the engine sends to such a process first, if it is to wait. */
export interface EarlyModules {
    /** The modules of the last program: a list that {@link ProgramOrder.list} of that program names. */
    modules: string[];
}

/** What the engine sends to such a process once there is a program. */
export interface ProgramOrder {
    /** The script that runs the program: that of the SDK. */
    script: string;
    args: readonly string[];
    /** All variables, in place of those that the process was started with. */
    environment: Record<string, string>;
    /** The file that keeps which modules this program has loaded. */
    list: string;
}

/**
 * The event by which a process learns that it has the variables of its program. What is loaded before all else, and reads
 * variables, listens to it.
 */
const ENVIRONMENT_EVENT = "gcp-invoke:environment";

/** This package, also where it is linked to or is a checkout: the folder of its programs. */
const own = join(__dirname, "..", "..", sep);
/** What is loaded early: the SDK, this package, and compilers. A user's own code is read again by each program. */
const EARLY = /[\\/]node_modules[\\/](@pulumi|typescript|ts-node)[\\/]/;
const EARLY_OWN = /^(index\.|(access|components|workflow|credentials|smoke|policy|testing|errors|common)[\\/])/;
/** Scripts that do something when they are loaded, or load one that does. */
const SCRIPTS = /[\\/]cmd[\\/]run[\\/]/;

/** When this process began, in milliseconds, and earlier by as much as the time of a file may be too early. */
const begun = Date.now() - 2000;
/** Keeps the process alive while it waits. The channel does not, because a program ends although the engine has not. */
const alive = setInterval(() => undefined, 2 ** 30);
// Without a program, nothing has succeeded, however this process ends.
process.exitCode = 1;
process.on("message", listen);

function listen(message: EarlyModules | ProgramOrder | string): void {
    if (typeof message === "object" && "modules" in message) {
        message.modules.filter(isEarly).forEach(load);
    } else if (typeof message === "object") {
        process.off("message", listen);
        run(message);
    }
}

function load(path: string): void {
    try {
        createRequire(path)(path);
    } catch {
        // It was removed, or does not load by itself. If the program needs it, the program tells what is wrong.
    }
}

function run({ script, args, environment, list }: ProgramOrder): void {
    for (const name of Object.keys(process.env).filter((each) => !(each in environment))) {
        Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, environment);
    forgetChanged();
    process.emit(ENVIRONMENT_EVENT as "beforeExit", 0);
    process.argv = [process.execPath, script, ...args];
    readSettingsAgain();
    process.on("exit", () => keepList(list));
    process.exitCode = undefined;
    clearInterval(alive);
    (Module as unknown as { runMain: () => void }).runMain();
}

/**
 * The SDK makes its store of settings when a module of a provider registers itself there, which was before the variables were
 * there. It makes a new one when its script has read its arguments; what the modules have registered moves there.
 */
function readSettingsAgain(): void {
    const known = Reflect.get(globalThis, "globalStore") as Record<string, unknown> | undefined;
    if (known === undefined) {
        return;
    }
    const { resourcePackages, resourceModules } = known;
    Object.defineProperty(globalThis, "globalStore", {
        configurable: true,
        get: () => undefined,
        set: (store: object) => {
            const value = Object.assign(store, { resourcePackages, resourceModules });
            Object.defineProperty(globalThis, "globalStore", { configurable: true, writable: true, value });
        },
    });
}

function isEarly(path: string): boolean {
    return (EARLY.test(path) && !SCRIPTS.test(path)) || isOwn(path);
}

function isOwn(path: string): boolean {
    return path.startsWith(own) && EARLY_OWN.test(path.slice(own.length));
}

/** Forgets this package's own modules if one was changed while this process waited: somebody works on them. */
function forgetChanged(): void {
    const { cache } = createRequire(__filename);
    const files = Object.keys(cache).filter(isOwn);
    if (files.some((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > begun)) {
        files.forEach((file) => Reflect.deleteProperty(cache, file));
    }
}

function keepList(list: string): void {
    const loaded = Object.keys(createRequire(__filename).cache).filter(isEarly);
    try {
        writeFileSync(list, JSON.stringify(loaded), { mode: 0o600 });
    } catch {
        // Without the list, the next process loads nothing early.
    }
}
