import { closeSync, constants, existsSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { StoreError } from "./cloud";

/** The version of the state's format. A newer one is refused, never guessed at. */
export const FORMAT = 1;

/** A value that was put, or without one an entry that was deleted. */
export type Change = [collection: string, name: string, value?: unknown];

/** Entries by collection and name. */
export type Collections = Map<string, Map<string, unknown>>;

/** The same as plain data. */
export type Plain = Record<string, Record<string, unknown>>;

/** The changes since the state was last written whole, one a line, in a file beside it. Its file stays open. */
export class Journal {
    private readonly path: string;
    private file: number | undefined;
    /** Where the next line begins. What a killed process, or a full disk, cut off behind it is written over. */
    bytes: number;

    constructor(state: string) {
        this.path = journalOf(state);
        this.bytes = existsSync(this.path) ? readFileSync(this.path).lastIndexOf("\n") + 1 : 0;
    }

    /** @throws where not all of it can be written: the journal is then as it was */
    append(changes: Change[]): void {
        const file = this.open();
        const text = Buffer.from(changes.map((change) => `${JSON.stringify(change)}\n`).join(""));
        for (let written = 0; written < text.length;) {
            written += writeSync(file, text, written, text.length - written, this.bytes + written);
        }
        this.bytes += text.length;
    }

    empty(): void {
        if (this.file === undefined) {
            rmSync(this.path, { force: true });
        } else {
            ftruncateSync(this.file, 0);
        }
        this.bytes = 0;
    }

    /** Closes the file, and removes it where nothing is in it. */
    close(): void {
        if (this.file !== undefined) {
            closeSync(this.file);
            this.file = undefined;
        }
        if (this.bytes === 0) {
            rmSync(this.path, { force: true });
        }
    }

    private open(): number {
        if (this.file === undefined) {
            this.file = openSync(this.path, constants.O_RDWR | constants.O_CREAT, 0o600);
            ftruncateSync(this.file, this.bytes);
        }
        return this.file;
    }
}

export function toPlain(collections: Collections): Plain {
    return Object.fromEntries([...collections].map(([name, entries]) => [name, Object.fromEntries(entries)]));
}

function journalOf(file: string): string {
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
            fix: "mend or delete the line, or move the file away to go on without the latest changes",
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
            fix: "move the file away to begin anew",
            cause: error,
        });
    }
    const { format, collections } = (content ?? {}) as { format?: number; collections?: Plain };
    if (format !== FORMAT || !collections) {
        throw new StoreError(`${file}: the state has format ${String(format)}, this version reads format ${FORMAT}`, {
            fix: "use the version that wrote it, or move the file away to begin anew",
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
