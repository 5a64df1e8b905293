import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { LineFile, makePrivateFolder, writePrivateFile } from "../common";
import { messageOf } from "../errors";
import { StoreError, type Store } from "./cloud";
import { type Change, FORMAT, frozenCopy, journalOf, type Plain, readCollections, toPlain } from "./journal";

/** How long a change that no answer waits for may wait to be written, in milliseconds. */
const SAVE_AFTER = 10;
/** After a write that failed the next is so much later, in milliseconds. */
const TRY_AGAIN_AFTER = 1000;
/** How much is written to the journal before the state is written whole again. */
const JOURNAL_BYTES = 8_000_000;

/** A {@link Store} that may live in a file. */
export interface SandboxStore extends Store {
    /** Writes the state whole, at once. @throws StoreError if it cannot be written */
    flush(): void;
    /** Everything as plain data, to export. */
    snapshot(): Plain;
    /** @throws StoreError if the files lack something that was changed */
    close(): void;
}

export interface StoreOptions {
    /** Where the state is kept; in memory alone by default. */
    file?: string;
    /** Called once when the disk fails, and once when it works again. @default - a warning of the process */
    warn?: (message: string) => void;
}

/**
 * Everything that survives a restart: in memory, and in `file` if one is given, mode 0600. {@link Store.commit} appends
 * what was changed to a journal beside it before an answer is sent, which costs as much as the change is large and not
 * as much as the state is; what no answer waits for is written within 10 ms. The state whole is written atomically (a new
 * file renamed over the old one) when the process ends, and when the journal has grown.
 *
 * Where the disk is full, changes stay in memory and are written when there is room again: the answers of that time are
 * errors, and nothing is lost.
 * Values are frozen copies, so that whoever reads one cannot change it by accident.
 * @throws StoreError if the file is damaged or of a newer version
 */
export function createStore({
    file,
    warn = (message) => process.emitWarning(message),
}: StoreOptions = {}): SandboxStore {
    const collections = file ? readCollections(file) : new Map<string, Map<string, unknown>>();
    const journal = file === undefined ? undefined : new LineFile(journalOf(file));
    let timer: NodeJS.Timeout | undefined;
    /** Whether the state whole lacks something. */
    let dirty = false;
    /** What the journal lacks. */
    let pending: Change[] = [];
    let revision = 0;
    let failing = false;

    const snapshot = (): Plain => toPlain(collections);

    function flush(): void {
        clearTimeout(timer);
        timer = undefined;
        if (!dirty || file === undefined) {
            return;
        }
        attempt(() => {
            makePrivateFolder(dirname(file));
            writePrivateFile(
                file,
                `${JSON.stringify({ format: FORMAT, collections: snapshot() })}
`,
            );
            // Where the process ends between the two, the journal says again what the state has already.
            journal?.empty();
            pending = [];
            dirty = false;
        });
    }

    function append(): void {
        clearTimeout(timer);
        timer = undefined;
        if (journal === undefined || file === undefined || pending.length === 0) {
            return;
        }
        if (!existsSync(file)) {
            flush();
            return;
        }
        attempt(() => {
            journal.append(pending.map((change) => JSON.stringify(change)));
            pending = [];
        });
        if (journal.bytes > JOURNAL_BYTES) {
            // The journal has everything. If the disk has no room for the whole state, the journal continues to grow.
            ignoringFailure(flush);
        }
    }

    /** Writes, and says when that begins to fail and when it works again. */
    function attempt(write: () => void): void {
        try {
            write();
        } catch (error) {
            const failure = new StoreError(`the sandbox cannot write its state to ${file ?? ""}: ${messageOf(error)}`, {
                fix: "make room on the disk, or let the process open more files; what was changed is kept in memory until then",
                cause: error,
            });
            if (!failing) {
                failing = true;
                warn(failure.message);
            }
            timer ??= setTimeout(() => ignoringFailure(append), TRY_AGAIN_AFTER).unref();
            throw failure;
        }
        if (failing) {
            failing = false;
            warn(`the sandbox writes its state to ${file ?? ""} again; nothing was lost`);
        }
    }

    function changed(...change: Change): void {
        if (!journal) {
            return;
        }
        dirty = true;
        revision++;
        pending.push(change);
        timer ??= setTimeout(() => ignoringFailure(append), failing ? TRY_AGAIN_AFTER : SAVE_AFTER).unref();
    }

    const atExit = (): void => {
        ignoringFailure(flush);
        ignoringFailure(append);
    };
    if (journal) {
        process.on("exit", atExit);
    }
    return {
        get revision() {
            return revision;
        },
        commit(since) {
            try {
                append();
            } catch (error) {
                if (revision !== since) {
                    throw error;
                }
            }
        },
        get: (collection, name) => collections.get(collection)?.get(name),
        put(collection, name, value) {
            let entries = collections.get(collection);
            if (!entries) {
                collections.set(collection, (entries = new Map<string, unknown>()));
            }
            const kept = frozenCopy(value);
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
            process.off("exit", atExit);
            try {
                ignoringFailure(flush);
                // Where there is no room for the state whole, the journal has it all.
                append();
            } finally {
                clearTimeout(timer);
                journal?.close();
            }
        },
    };
}

/** The failure has been reported already, and what could not be written is kept. */
function ignoringFailure(write: () => void): void {
    try {
        write();
    } catch {
        return;
    }
}
