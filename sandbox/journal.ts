import { isObject, readPrivateFile, readPrivateJson } from "../common";
import { StoreError } from "./cloud";

/** The version of the state's format. A newer one is refused, never guessed at. */
export const FORMAT = 1;

/** A value that was put, or without one an entry that was deleted. */
export type Change = [collection: string, name: string, value?: unknown];

/** Entries by collection and name. */
export type Collections = Map<string, Map<string, unknown>>;

/** The same as plain data. */
export type Plain = Record<string, Record<string, unknown>>;

export function toPlain(collections: Collections): Plain {
    return Object.fromEntries([...collections].map(([name, entries]) => [name, Object.fromEntries(entries)]));
}

/** The changes since the state was last written whole, one a line, are in a file beside it. */
export function journalOf(file: string): string {
    return `${file}.journal`;
}

/** What a state holds, its journal included: also while a sandbox writes it. @throws StoreError if it cannot be read */
export function readState(file: string): Plain {
    return toPlain(readCollections(file));
}

/** {@link readState} as a store keeps it. */
export function readCollections(file: string): Collections {
    const whole = readPrivateJson(file, BEGIN_ANEW);
    const changes = readJournal(journalOf(file));
    if (whole === undefined && changes.length > 0) {
        throw new StoreError(`${file} is missing, and the journal of its latest changes is there`, {
            fix: `put it back, or move ${journalOf(file)} away as well to start from an empty state`,
        });
    }
    const collections = whole === undefined ? new Map<string, Map<string, unknown>>() : collectionsOf(whole, file);
    for (const [collection, name, ...value] of changes) {
        const entries = collections.get(collection) ?? new Map<string, unknown>();
        collections.set(collection, entries);
        if (value.length === 0) {
            entries.delete(name);
        } else {
            entries.set(name, freeze(value[0]));
        }
    }
    return collections;
}

const BEGIN_ANEW = "replace it by a backup, or move it and its journal away to start from an empty state";

/** A line without its end is a change that the process did not live to write. */
function readJournal(journal: string): Change[] {
    const lines = readPrivateFile(journal)?.toString("utf8").split("\n") ?? [""];
    const damaged = (at: number): StoreError =>
        new StoreError(`${journal}:${at + 1}: the journal of the sandbox's state is damaged`, {
            fix: "repair or delete the line, or move the file away to go on without the latest changes",
        });
    if (!'["'.startsWith(lines.at(-1)?.slice(0, 2) ?? "")) {
        throw damaged(lines.length - 1);
    }
    return lines.slice(0, -1).map((line, at) => {
        const change = parsed(line);
        if (Array.isArray(change) && typeof change[0] === "string" && typeof change[1] === "string") {
            return change as unknown as Change;
        }
        throw damaged(at);
    });
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** @param value what a file holds @throws StoreError if it is no state of a sandbox, or one of another version */
export function checkState(value: unknown, file: string): asserts value is { collections: Plain } {
    const { format, collections } = (isObject(value) ? value : {}) as { format?: unknown; collections?: unknown };
    if (isObject(value) && format !== undefined && format !== FORMAT) {
        throw new StoreError(
            `${file}: the state has format ${JSON.stringify(format)}, this version reads format ${FORMAT}`,
            {
                fix: "use the version that wrote it, or move the file and its journal away to start from an empty state",
            },
        );
    }
    if (format === undefined || !isObject(collections) || !Object.values(collections).every(isObject)) {
        throw new StoreError(`${file} is damaged: it is no state of a sandbox`, { fix: BEGIN_ANEW });
    }
}

function collectionsOf(whole: unknown, file: string): Collections {
    checkState(whole, file);
    return new Map(
        Object.entries(whole.collections).map(([name, entries]) => [
            name,
            new Map(Object.entries(entries).map(([key, value]) => [key, freeze(value)])),
        ]),
    );
}

/** Makes a value that nobody can change, by accident or not. */
export function freeze<T>(value: T): T {
    if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
        Object.freeze(value);
        Object.values(value).forEach(freeze);
    }
    return value;
}

/** A copy that nobody can change. JSON is copied in one walk, which is far faster than `structuredClone`; the rest by that. */
export function frozenCopy<T>(value: T): T {
    // What is made is of the type of what is copied.
    return copied(value) as T;
}

function copied(value: unknown): unknown {
    if (typeof value !== "object" || value === null) {
        return typeof value === "function" || typeof value === "symbol" ? structuredClone(value) : value;
    }
    if (Array.isArray(value)) {
        return Object.freeze(Array.from(value, copied));
    }
    if (Object.getPrototypeOf(value) !== Object.prototype) {
        return freeze(structuredClone(value));
    }
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner)])));
}
