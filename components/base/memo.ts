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
    const ofMonitor = memoized(compute);
    return () => ofMonitor(pulumi.runtime.getMonitor() ?? outside);
}

/** Takes the place of the program if there is no engine that identifies programs. */
const outside = {};
