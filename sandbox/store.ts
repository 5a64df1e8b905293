import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Store } from "./cloud";

/** The version of the file's format. A newer one is refused, never guessed at. */
const FORMAT = 1;
/** How long a change may wait to be written; the promise is 100 ms, of which a busy machine takes its share. */
const SAVE_AFTER_MILLISECONDS = 20;

/** A {@link Store} that may live in a file. */
export interface SandboxStore extends Store {
    /** Writes what has changed, at once. */
    flush(): void;
    /** Everything as plain data, to export. */
    snapshot(): Record<string, Record<string, unknown>>;
    close(): void;
}

/**
 * Everything that survives a restart: in memory, and in `file` where one is given, written atomically (a new file
 * renamed over the old one, mode 0600) at the latest 100 ms after a change and when the process ends.
 * Values are frozen copies, so that whoever reads one cannot change it by accident.
 * @throws Error where the file is damaged or of a newer version
 */
export function createStore(options: { file?: string } = {}): SandboxStore {
    const { file } = options;
    const collections = file && existsSync(file) ? read(file) : new Map<string, Map<string, unknown>>();
    const texts = new WeakMap<object, string>();
    let timer: NodeJS.Timeout | undefined;
    let dirty = false;

    const snapshot = (): Record<string, Record<string, unknown>> =>
        Object.fromEntries([...collections].map(([name, entries]) => [name, Object.fromEntries(entries)]));

    /** The text of an entry stays while its value does: what is written again costs no more than its bytes. */
    function entryText(name: string, value: unknown): string {
        const make = (): string => `${JSON.stringify(name)}:${JSON.stringify(value ?? null)}`;
        if (typeof value !== "object" || value === null) return make();
        const text = texts.get(value) ?? make();
        texts.set(value, text);
        return text;
    }

    function content(): string {
        const all = [...collections].map(
            ([name, entries]) =>
                `${JSON.stringify(name)}:{${[...entries].map(([key, value]) => entryText(key, value)).join(",")}}`,
        );
        return `{"format":${FORMAT},"collections":{${all.join(",")}}}\n`;
    }

    function flush(): void {
        clearTimeout(timer);
        timer = undefined;
        if (!dirty || !file) return;
        dirty = false;
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        const fresh = `${file}.new`;
        writeFileSync(fresh, content(), { mode: 0o600 });
        renameSync(fresh, file);
    }

    function changed(): void {
        dirty = true;
        if (file) timer ??= setTimeout(flush, SAVE_AFTER_MILLISECONDS).unref();
    }

    if (file) process.on("exit", flush);
    return {
        get: (collection, name) => collections.get(collection)?.get(name),
        put(collection, name, value) {
            let entries = collections.get(collection);
            if (!entries) collections.set(collection, (entries = new Map<string, unknown>()));
            entries.set(name, freeze(structuredClone(value)));
            changed();
        },
        delete(collection, name) {
            const deleted = collections.get(collection)?.delete(name) ?? false;
            if (deleted) changed();
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

function read(file: string): Map<string, Map<string, unknown>> {
    let content: unknown;
    try {
        content = JSON.parse(readFileSync(file, "utf8"));
    } catch (error) {
        throw new Error(
            `${file}: the sandbox's state cannot be read (${String(error)}); move the file away to begin anew`,
            { cause: error },
        );
    }
    const { format, collections } = content as {
        format?: number;
        collections?: Record<string, Record<string, unknown>>;
    };
    if (format !== FORMAT || !collections) {
        throw new Error(
            `${file}: the state has format ${String(format)}, this version reads format ${FORMAT}; use the version that wrote it, or move the file away to begin anew`,
        );
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
