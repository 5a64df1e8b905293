import childProcess, { ChildProcess } from "node:child_process";
import workers, { SHARE_ENV, Worker, type WorkerOptions } from "node:worker_threads";
import { nodeOptions } from "./node-options";
import type { WayOf } from "./way";

/**
 * The variables that keep a process in the sandbox: without them it would find the way out, or the credentials in the home
 * of this machine's user.
 */
const KEEP_INSIDE =
    /proxy|_CA_|CERT|_ROOTS_|^(NODE_OPTIONS|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|CLOUDSDK_CONFIG|GCP_INVOKE_WORKLOAD)$|METADATA_/i;

/**
 * Lets no process and no thread that is started be freer than what starts it, also if it is given an environment of its own.
 */
export function guardDescendants(wayOf: WayOf): void {
    const prototype = ChildProcess.prototype as ChildProcess & { spawn: (options: SpawnOptions) => unknown };
    const { spawn } = prototype;
    prototype.spawn = function (options) {
        if (!wayOf()) {
            return Reflect.apply(spawn, this, [options]);
        }
        const pairs = options.envPairs ?? Object.entries(process.env).map((pair) => pair.join("="));
        const given = pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]);
        const env = withGuard(Object.fromEntries(given) as NodeJS.ProcessEnv);
        const envPairs = Object.entries(env).map(([name, value = ""]) => `${name}=${value}`);
        return Reflect.apply(spawn, this, [{ ...options, envPairs }]);
    };
    for (const name of ["spawnSync", "execFileSync", "execSync"] as const) {
        const real = childProcess[name] as (...args: unknown[]) => unknown;
        const guarded = (...args: unknown[]): unknown => {
            if (!wayOf()) {
                return real(...args);
            }
            const at = args.findIndex((argument, index) => index > 0 && isOptions(argument));
            const { env = process.env, ...options } = (args[at] ?? {}) as { env?: NodeJS.ProcessEnv };
            const guardedOptions = { ...options, env: withGuard(env) };
            return real(
                ...(at < 0
                    ? [...args.filter((one) => one !== undefined), guardedOptions]
                    : args.with(at, guardedOptions)),
            );
        };
        Object.assign(childProcess, { [name]: guarded });
    }
    const separate = new Proxy(Worker, {
        construct: (target, [file, options = {}]: [string | URL, WorkerOptions?], newTarget) => {
            const { env } = options;
            const given = env === undefined || env === SHARE_ENV ? process.env : (env as NodeJS.ProcessEnv);
            const guarded = wayOf() ? { ...options, env: withGuard(given) } : options;
            return Reflect.construct(target, [file, guarded], newTarget) as Worker;
        },
    });
    Object.assign(workers, { Worker: separate });
}

/** What `spawn` of a process is given by the functions of `node:child_process`. */
interface SpawnOptions {
    envPairs?: string[];
}

/** An environment with what keeps a process inside, if it lacks that. */
function withGuard(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const own = Object.entries(process.env).filter(([name]) => KEEP_INSIDE.test(name));
    const guard = nodeOptions();
    const { NODE_OPTIONS: options = "" } = given;
    return {
        ...Object.fromEntries(own),
        ...given,
        NODE_OPTIONS: options.includes(guard) ? options : nodeOptions(options),
    };
}

function isOptions(argument: unknown): argument is object {
    return typeof argument === "object" && argument !== null && !Array.isArray(argument);
}
