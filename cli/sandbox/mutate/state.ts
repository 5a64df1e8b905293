import { isDeepStrictEqual } from "node:util";
import type { Mutant, State } from "./mutants";

/** A store of a sandbox, as far as mutants need it. */
export interface MutableStore {
    snapshot(): State;
    put(collection: string, name: string, value: unknown): void;
    delete(collection: string, name: string): boolean;
}

/** What goes on by itself: time, and what senders do and have done. Taking it back would break what is under way. */
const GOES_ON = /^(sandbox\.clock|cloudtasks\.tasks|pubsub\.(messages|backlog).*|.*executions.*|.*operations)$/i;

/** Makes the change of a mutant. */
export function applyMutant(store: MutableStore, { edits }: Mutant): void {
    edits.forEach(({ collection, name, value }) => store.put(collection, name, value));
}

/** Brings a store back to what it kept, whatever was changed since. */
export function restore(store: MutableStore, kept: State): void {
    const now = store.snapshot();
    for (const collection of new Set([...Object.keys(kept), ...Object.keys(now)])) {
        if (GOES_ON.test(collection)) {
            continue;
        }
        const [wanted, found] = [kept[collection] ?? {}, now[collection] ?? {}];
        Object.keys(found)
            .filter((name) => !(name in wanted))
            .forEach((name) => store.delete(collection, name));
        Object.entries(wanted)
            .filter(([name, value]) => !isDeepStrictEqual(found[name], value))
            .forEach(([name, value]) => store.put(collection, name, value));
    }
}

/** Whether two states say the same, whatever their etags and times are. */
export function isSame(one: State, other: State): boolean {
    const standing = (state: State) => Object.entries(state).filter(([collection]) => !GOES_ON.test(collection));
    return isDeepStrictEqual(meaningOf(standing(one)), meaningOf(standing(other)));
}

const MARKS = /^(etag|updateTime|lastTransitionTime)$/;

function meaningOf(value: unknown): unknown {
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (Array.isArray(value)) {
        return value.map(meaningOf);
    }
    const told = Object.entries(value).filter(([key]) => !MARKS.test(key));
    return Object.fromEntries(told.map(([key, inner]) => [key, meaningOf(inner)]));
}
