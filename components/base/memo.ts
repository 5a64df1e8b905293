import * as pulumi from "@pulumi/pulumi";

/** A function of an object that is computed once for each object: a hundred callers may ask the same of one target. */
export function memoized<K extends object, T>(compute: (key: K) => T): (key: K) => T {
    const results = new WeakMap<K, T>();
    return (key) => {
        const known = results.get(key);
        if (known !== undefined) {
            return known;
        }
        const result = compute(key);
        results.set(key, result);
        return result;
    };
}

/** A value that each Pulumi program has once. A process may run several programs, as it does with the automation API. */
export function memoizedPerProgram<T>(compute: () => T): () => T {
    const ofProgram = memoized(compute);
    return () => ofProgram(currentProgram());
}

/**
 * Lets all components that this process makes for one engine share what a program has once. The SDK gives each component of a
 * program in another language a connection of its own.
 */
export function shareBetweenComponents(): void {
    programs ??= new Map();
}

/** The programs of the last engines, by the addresses of the engines; undefined in the process of a program itself. */
let programs: Map<string, object> | undefined;

/** A preview and an update have an engine each. */
const MOST_PROGRAMS = 4;

function currentProgram(): object {
    const monitor: (object & { getChannel?: () => { getTarget: () => string } }) | undefined =
        pulumi.runtime.getMonitor();
    const address = monitor?.getChannel?.().getTarget();
    if (monitor === undefined || programs === undefined || address === undefined) {
        return monitor ?? outside;
    }
    const program = programs.get(address) ?? {};
    programs.set(address, program);
    const [oldest] = programs.keys();
    if (programs.size > MOST_PROGRAMS && oldest !== undefined) {
        programs.delete(oldest);
    }
    return program;
}

/** Takes the place of the program if there is no engine that identifies programs. */
const outside = {};
