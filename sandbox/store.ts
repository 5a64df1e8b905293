import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { StoreError, type Store } from "./cloud";

/** The version of the file's format. A newer one is refused, never guessed at. */
const FORMAT = 1;
/** How long a change may wait to be written; the promise is 100 ms, of which a busy machine takes its share. */
const SAVE_AFTER_MILLISECONDS = 10;
/** How much is written to the journal before the state is written whole again. */
const JOURNAL_BYTES = 8_000_000;

/** Entries by collection and name. */
export type Plain = Record<string, Record<string, unknown>>;

/** A {@link Store} that may live in a file. */
export interface SandboxStore extends Store {
    /** Writes the state whole, at once. */
    flush(): void;
    /** Everything as plain data, to export. */
    snapshot(): Plain;
    close(): void;
}

/**
 * Everything that survives a restart: in memory, and in `file` where one is given, mode 0600. Changes are appended to a
 * journal beside it at the latest 100 ms after they were made, which costs as much as they are large and not as much as
 * the state is; a change that is cut off by the end of the process was not made. The state whole is written atomically (a
 * new file renamed over the old one) when the process ends, and when the journal has grown.
 * Values are frozen copies, so that whoever reads one cannot change it by accident.
 * @throws Error where the file is damaged or of a newer version
 */
export function createStore(options: { file?: string } = {}): SandboxStore {
    const { file } = options;
    const collections = file ? read(file) : new Map<string, Map<string, unknown>>();
    let timer: NodeJS.Timeout | undefined;
    let dirty = false;
    /** What the journal lacks. */
    let pending: Change[] = [];
    /** How large the journal is. One that a killed process left may end in the middle of a line: it is not continued. */
    let written = file !== undefined && existsSync(journalOf(file)) ? Infinity : 0;

    const snapshot = (): Plain => toPlain(collections);

    function flush(): void {
        clearTimeout(timer);
        timer = undefined;
        if (!dirty || !file) {
            return;
        }
        dirty = false;
        pending = [];
        written = 0;
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        const fresh = `${file}.new`;
        writeFileSync(fresh, `${JSON.stringify({ format: FORMAT, collections: snapshot() })}\n`, { mode: 0o600 });
        renameSync(fresh, file);
        // Where the process ends between the two, the journal says again what the state has already.
        rmSync(journalOf(file), { force: true });
    }

    function append(): void {
        timer = undefined;
        if (!file) {
            return;
        }
        if (written > JOURNAL_BYTES || !existsSync(file)) {
            flush();
            return;
        }
        const text = pending.map((change) => `${JSON.stringify(change)}\n`).join("");
        pending = [];
        written += text.length;
        appendFileSync(journalOf(file), text, { mode: 0o600 });
    }

    function changed(...change: Change): void {
        if (!file) {
            return;
        }
        dirty = true;
        pending.push(change);
        timer ??= setTimeout(append, SAVE_AFTER_MILLISECONDS).unref();
    }

    if (file) {
        process.on("exit", flush);
    }
    return {
        get: (collection, name) => collections.get(collection)?.get(name),
        put(collection, name, value) {
            let entries = collections.get(collection);
            if (!entries) {
                collections.set(collection, (entries = new Map<string, unknown>()));
            }
            const kept = freeze(structuredClone(value));
            entries.set(name, kept);
            changed(collection, name, kept);
        },
        delete(collection, name) {
            const deleted = collections.get(collection)?.delete(name) ?? false;
            if (deleted) {
                changed(collection, name);
            }
            return deleted;
        },
        list: (collection, prefix = "") =>
            [...(collections.get(collection)?.entries() ?? [])]
                .filter(([name]) => name.startsWith(prefix))
                .sort(([a], [b]) => (a < b ? -1 : 1)),
        flush,
        snapshot,
        close() {
            flush();
            process.off("exit", flush);
        },
    };
}

/** A value that was put, or without one an entry that was deleted. */
type Change = [collection: string, name: string, value?: unknown];

type Collections = Map<string, Map<string, unknown>>;

/** What a state holds, its journal included: also while a sandbox writes it. @throws Error where it cannot be read */
export function readState(file: string): Plain {
    return toPlain(read(file));
}

function toPlain(collections: Collections): Plain {
    return Object.fromEntries([...collections].map(([name, entries]) => [name, Object.fromEntries(entries)]));
}

function journalOf(file: string): string {
    return `${file}.journal`;
}

function read(file: string): Collections {
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

function freeze<T>(value: T): T {
    if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
        Object.freeze(value);
        Object.values(value).forEach(freeze);
    }
    return value;
}
