import { AsyncLocalStorage } from "node:async_hooks";
import { Agent } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import { guardNetwork } from "./guard";
import type { Way } from "./way";

/** What a function and all that it starts see of their surroundings, in a process whose other code sees its own. */
interface Inside extends Way {
    environment: NodeJS.ProcessEnv;
    /** Tells its connections from those of others. */
    name: string;
}

const inside = new AsyncLocalStorage<Inside>();
let count = 0;

/**
 * Runs a function of this process as if it ran in the sandbox: it and all that it calls, now or later, see this environment
 * as `process.env`, and their connections go to the sandbox or nowhere. Other code of the process goes on as it was. What
 * was captured or connected before, such as an `env` of a destructured `process`, stays what it was.
 */
export function runInside<T>(way: Way, environment: NodeJS.ProcessEnv, work: () => T): T {
    if (count++ === 0) {
        guardNetwork(() => inside.getStore());
        separateVariables();
        separateConnections();
        syncBuiltinESMExports();
    }
    // As in Node's own, every value is a text.
    const ofTexts = new Proxy(environment, { set: (target, name, value) => Reflect.set(target, name, String(value)) });
    return inside.run({ ...way, environment: ofTexts, name: `sandbox-${count}` }, work);
}

/** What is set inside stays there, and what is set outside stays outside. */
function separateVariables(): void {
    let outside = process.env;
    Object.defineProperty(process, "env", {
        configurable: true,
        enumerable: true,
        get: () => inside.getStore()?.environment ?? outside,
        set: (environment: NodeJS.ProcessEnv) => {
            const store = inside.getStore();
            if (store) {
                store.environment = environment;
            } else {
                outside = environment;
            }
        },
    });
}

/** Whoever asks for a host inside must not get a connection that leads to it from outside, and not the other way round. */
function separateConnections(): void {
    // Agents are public, and these two methods of theirs only in part: https://nodejs.org/api/http.html#agentgetnameoptions
    const agents = Agent.prototype as unknown as {
        addRequest: (...args: unknown[]) => unknown;
        getName: (options?: { sandbox?: string }) => string;
    };
    const { addRequest, getName } = agents;
    agents.addRequest = function (request, options, ...rest) {
        const store = inside.getStore();
        const named = store ? { ...(options as object), sandbox: store.name } : options;
        return Reflect.apply(addRequest, this, [request, named, ...rest]);
    };
    agents.getName = function (options) {
        const name = Reflect.apply(getName, this, [options]);
        return options?.sandbox === undefined ? name : `${name}:${options.sandbox}`;
    };
    separateFetch();
}

interface Dispatcher {
    constructor: new () => Dispatcher;
}

/** `fetch` of Node, and of the package undici, keeps its connections in an object of this name. */
const DISPATCHER = Symbol.for("undici.globalDispatcher.1");

function separateFetch(): void {
    // It is there only when fetch was used.
    void fetch("data:,");
    const globals = globalThis as unknown as Record<symbol, Dispatcher | undefined>;
    const outside = globals[DISPATCHER];
    if (outside === undefined) {
        return;
    }
    const dispatchers = new WeakMap<Inside, Dispatcher>();
    const current = (): Dispatcher => {
        const store = inside.getStore();
        if (!store) {
            return outside;
        }
        const own = dispatchers.get(store) ?? new outside.constructor();
        dispatchers.set(store, own);
        return own;
    };
    globals[DISPATCHER] = new Proxy(outside, {
        get: (_outside, key) => {
            const dispatcher = current();
            const value: unknown = Reflect.get(dispatcher, key, dispatcher);
            return typeof value === "function" && key !== "constructor" ? (value.bind(dispatcher) as unknown) : value;
        },
    });
}
