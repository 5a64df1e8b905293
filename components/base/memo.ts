import * as pulumi from "@pulumi/pulumi";

/** Remembers what was made of an object: what a hundred callers ask of one target is made once. */
export function oncePer<K extends object, T>(make: (of: K) => T): (of: K) => T {
    const made = new WeakMap<K, T>();
    return (of) => {
        const known = made.get(of);
        if (known !== undefined) {
            return known;
        }
        const fresh = make(of);
        made.set(of, fresh);
        return fresh;
    };
}

/** What belongs to one program: several may run in a process, and one after the other, as the automation API does it. */
export function oncePerProgram<T>(make: () => T): () => T {
    const made = oncePer(make);
    return () => made(pulumi.runtime.getMonitor() ?? nobody);
}

const nobody = {};
