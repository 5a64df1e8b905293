import { existsSync, readFileSync } from "node:fs";
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

/** What a state holds, its journal included: also while a sandbox writes it. @throws StoreError where it cannot be read */
export function readState(file: string): Plain {
    return toPlain(readCollections(file));
}

/** {@link readState} as a store keeps it. */
export function readCollections(file: string): Collections {
    const collections = existsSync(file) ? readWhole(file) : new Map<string, Map<string, unknown>>();
    for (const [collection, name, ...value] of readJournal(journalOf(file))) {
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

/** A line without its end is a change that the process did not live to write. */
function readJournal(journal: string): Change[] {
    if (!existsSync(journal)) {
        return [];
    }
    const lines = readFileSync(journal, "utf8").split("\n").slice(0, -1);
    return lines.map((line, at) => {
        const change = parsed(line);
        if (Array.isArray(change) && typeof change[0] === "string" && typeof change[1] === "string") {
            return change as unknown as Change;
        }
        throw new StoreError(`${journal}:${at + 1}: the journal of the sandbox's state is damaged`, {
            fix: "repair or delete the line, or move the file away to go on without the latest changes",
        });
    });
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

function readWhole(file: string): Collections {
    let content: unknown;
    try {
        content = JSON.parse(readFileSync(file, "utf8"));
    } catch (error) {
        throw new StoreError(`${file}: the sandbox's state cannot be read (${String(error)})`, {
            fix: "move the file away to start from an empty state",
            cause: error,
        });
    }
    const { format, collections } = (content ?? {}) as { format?: number; collections?: Plain };
    if (format !== FORMAT || !collections) {
        throw new StoreError(`${file}: the state has format ${String(format)}, this version reads format ${FORMAT}`, {
            fix: "use the version that wrote it, or move the file away to start from an empty state",
        });
    }
    return new Map(
        Object.entries(collections).map(([name, entries]) => [
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
