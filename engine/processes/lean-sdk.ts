/**
 * Node loads this file in front of each program and plugin that the engine starts. Pulumi's SDK spends half of a program's
 * start on what the program may never need: notes about each promise, which only PULUMI_DEBUG_PROMISE_LEAKS shows; a
 * debugger, which looks at every script that is loaded; and libraries that serialize functions, read installed packages and
 * send traces. Here they wait until they are needed. What a program does and prints stays the same.
 */
import Module from "node:module";
import type { Session } from "node:inspector";
import { moduleRegister, tsNodeOfHooks } from "./es-modules";
import { compilerOptions, tsNode, typescript } from "./kept-programs";

type Exports = Record<string, unknown>;
type Load = () => Exports;

const sdk = /[\\/]@pulumi[\\/]pulumi[\\/]/;
/** What compiles a program of ES modules in a thread of its own, if it cannot be compiled here. It needs all of ts-node. */
const hooks = /[\\/]cmd[\\/]run[\\/]hooks\.js$/;

/**
 * @param beside - loads another module of the same folder
 * @param path - finds the file of the module, and throws if there is none
 */
type Change = (load: Load, beside: (name: string) => Exports, path: () => string) => Exports;

/**
 * How the SDK's modules are loaded, by the names with which it asks for them. A name that a version has not changes nothing.
 * The last part is a variable of the environment with which a module is loaded as always, because its user asks for it.
 */
const CHANGES: [names: RegExp, change: Change, unless?: string][] = [
    [/typescript-shim$/, (load) => lazy(load, {})],
    [/^typescript$|[\\/]vendor[\\/]typescript@/, (load, _, path) => typescript(load, path())],
    [/^ts-node$|[\\/]vendor[\\/]ts-node@/, (load, _, path) => tsNode(load, path())],
    [/\/tsutils$/, compilerOptions],
    [/^module$/, moduleRegister],
    [/^\.\/automation$/, (load) => lazy(load, { __esModule: true })],
    [/\/v8$/, (load) => lazy(load, { __esModule: true })],
    [/\/v8Hooks$/, (load) => lazy(load, { __esModule: true, ...scripts() })],
    [/^normalize-package-data$/, called],
    [/^@npmcli\/arborist$/, later],
    [/^@opentelemetry\/(?!(api|semantic-conventions)$)/, later, "TRACEPARENT"],
    [/\/log$/, (load) => withoutDebugMessages(load())],
    [/\/callbacks$/, (load, beside) => withHooksWaitedFor(load(), () => beside("settings"))],
    [/\/debuggable$/, (load, beside) => leanPromises(load(), beside("state")), "PULUMI_DEBUG_PROMISE_LEAKS"],
];

/** Node's own function, which its types do not name. https://github.com/nodejs/node/blob/main/lib/internal/modules/cjs/loader.js */
const loader = Module as unknown as {
    _load: (request: string, parent: { filename?: string } | undefined, ...rest: unknown[]) => Exports;
    _resolveFilename: (request: string, parent: { filename?: string } | undefined) => string;
};
const load = loader._load;
loader._load = (request, parent, ...rest) => {
    const asks = parent?.filename ?? "";
    if (!sdk.test(asks)) {
        return load(request, parent, ...rest);
    }
    const now = (): Exports => load(request, parent, ...rest);
    const beside = (name: string): Exports => load(request.replace(/[^/]+$/, name), parent, ...rest);
    const path = (): string => loader._resolveFilename(request, parent);
    if (hooks.test(asks)) {
        return request === "ts-node" ? tsNodeOfHooks(now) : now();
    }
    const [, change, unless] = CHANGES.find(([names]) => names.test(request)) ?? [];
    const asked = unless !== undefined && process.env[unless] !== undefined;
    return change === undefined || asked ? now() : change(now, beside, path);
};

/** Loads a module when one of its exports is read that is not known. */
function lazy(now: Load, known: Exports): Exports {
    return new Proxy(known, { get: (_, name: string) => known[name] ?? now()[name] });
}

type Callable = (...args: unknown[]) => unknown;

/** Loads a library that is one function when it is called. */
function called(now: Load): Exports {
    const call: Callable = (...args) => (now() as unknown as Callable)(...args);
    return call as unknown as Exports;
}

/** Loads a library when one of its functions or classes is used. */
function later(now: Load): Exports {
    const member = (name: string): object =>
        new Proxy(Object, {
            apply: (_, self, args: unknown[]) => Reflect.apply(now()[name] as Callable, self, args),
            construct: (_, args: unknown[]) => Reflect.construct(now()[name] as Callable, args) as object,
        });
    return new Proxy({}, { get: (_, name: string) => member(name) });
}

const changed = new WeakSet();

/** What the SDK keeps for the program that calls it. */
interface Store {
    /** The promises that are still to be settled when the process ends. */
    leakCandidates?: Set<unknown>;
}

/**
 * The SDK's promises that tell when a program forgot them, without what it notes of each: most of the memory of a program
 * with thousands of resources is promises.
 */
function leanPromises(debuggable: Exports, state: Exports): Exports {
    if (changed.has(debuggable)) {
        return debuggable;
    }
    changed.add(debuggable);
    const promise = debuggable["debuggablePromise"] as Callable;
    const store = state["getStore"] as (() => Store | undefined) | undefined;
    let isFirst = true;
    const lean = (given: Promise<unknown>, context: unknown): unknown => {
        const kept = store?.();
        // The first has the SDK report at the end what was forgotten.
        if (isFirst || kept?.leakCandidates === undefined) {
            isFirst = false;
            return withoutStack(() => promise(given, context));
        }
        kept.leakCandidates.add(given);
        return given.then(
            (value) => {
                kept.leakCandidates?.delete(given);
                return value;
            },
            (error: unknown) => {
                kept.leakCandidates?.delete(given);
                (error as { promise?: unknown }).promise = given;
                throw error;
            },
        );
    };
    debuggable["debuggablePromise"] = lean;
    return debuggable;
}

/** The SDK notes a stack at a promise. If stacks are mapped, the first reads the maps of the SDK's own files, which takes 50 ms. */
function withoutStack<Result>(work: () => Result): Result {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
        return work();
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}

/** The SDK sends more than a hundred debug messages, one after the other, and the engine shows none of them. */
function withoutDebugMessages(log: Exports): Exports {
    log["debug"] = () => Promise.resolve();
    return log;
}

/**
 * A hook is registered as soon as the SDK's server for hooks listens. By itself the SDK waits for that only as long as it has
 * debug messages to send, and a program that makes nothing would end without its hooks.
 */
function withHooksWaitedFor(callbacks: Exports, settings: Load): Exports {
    const server = callbacks["CallbackServer"] as { prototype: Record<string, Callable | undefined> } | undefined;
    const prototype = server?.prototype ?? {};
    for (const name of ["registerResourceHook", "registerErrorHook"]) {
        const register = prototype[name];
        if (register !== undefined && !changed.has(register)) {
            const waits: Callable = async function (this: unknown, hook) {
                const done = (settings()["rpcKeepAlive"] as () => () => void)();
                try {
                    return await register.call(this, hook);
                } finally {
                    done();
                }
            };
            changed.add(waits);
            prototype[name] = waits;
        }
    }
    return callbacks;
}

/**
 * What the SDK's debugger tells it of the scripts that are loaded. The SDK attaches its debugger before the program is
 * loaded. A debugger that is attached later is told of the scripts that are there, if it listens from the beginning.
 * https://chromedevtools.github.io/devtools-protocol/v8/Debugger/#event-scriptParsed
 */
function scripts(): Exports {
    const urls = new Map<string, string>();
    let session: Promise<Session> | undefined;
    const open = async (): Promise<Session> => {
        const { Session } = await import("node:inspector");
        const opened = new Session();
        opened.connect();
        opened.on("Debugger.scriptParsed", ({ params }) => urls.set(params.scriptId, params.url));
        await new Promise<void>((resolve, reject) => {
            opened.post("Debugger.enable", (error) => (error === null ? resolve() : reject(error)));
        });
        return opened;
    };
    return {
        isInitializedAsync: () => Promise.resolve(),
        getSessionAsync: () => (session ??= open()),
        getScriptUrl: (id: string) => urls.get(id),
    };
}
