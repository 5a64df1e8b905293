import { type FSWatcher, fstatSync, readdirSync, type Stats, statSync, watch } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What no program consists of: state, caches, what editors keep beside a file, and packages. */
const IGNORED = /^\.|~$|^node_modules$/;
/** npm writes it when it has installed something. */
const INSTALLED = join("node_modules", ".package-lock.json");
/** How long nothing changes before a change counts as complete: an editor may empty a file before it writes it. */
const QUIET_MILLISECONDS = 20;

/** The files of a program, and what changes there. */
export class ChangedFiles {
    private readonly watchers = new Map<string, FSWatcher>();
    private seen: Map<string, string>;
    private events = 0;
    private wake: () => void = () => undefined;

    constructor(
        private readonly folder: string,
        /** Files to leave out: what each deployment prints is no reason for the next one. */
        private readonly printed = printedFiles([1, 2]),
    ) {
        this.seen = this.look();
    }

    /** Waits until something is different than at the last call, and gives the paths within the folder. */
    async next(): Promise<string[]> {
        for (;;) {
            const event = new Promise<void>((resolve) => (this.wake = resolve));
            const changed = await this.soFar();
            if (changed.length > 0) {
                return changed;
            }
            await event;
        }
    }

    /** What is different than at the last call; waits only for a change that is not complete. */
    async soFar(): Promise<string[]> {
        const changed = this.take();
        if (changed.length === 0) {
            return [];
        }
        for (let before = -1; before !== this.events;) {
            before = this.events;
            await sleep(QUIET_MILLISECONDS);
        }
        return [...new Set([...changed, ...this.take()])].sort();
    }

    close(): void {
        for (const watcher of this.watchers.values()) {
            watcher.close();
        }
        this.watchers.clear();
    }

    private take(): string[] {
        const before = this.seen;
        this.seen = this.look();
        const paths = new Set([...before.keys(), ...this.seen.keys()]);
        return [...paths].filter((path) => before.get(path) !== this.seen.get(path)).sort();
    }

    /** All files, each with what differs if it was changed; starts to watch the folders that are new. */
    private look(): Map<string, string> {
        const files = new Map<string, string>();
        const note = (path: string): void => {
            const found = statSync(join(this.folder, path), { throwIfNoEntry: false });
            if (found?.isFile() === true && !this.printed.has(identityOf(found))) {
                files.set(path, `${found.mtimeMs} ${found.size} ${found.ino}`);
            }
        };
        const visit = (folder: string): void => {
            this.watch(folder);
            for (const entry of entriesOf(folder)) {
                if (!IGNORED.test(entry.name)) {
                    const path = join(folder, entry.name);
                    if (entry.isDirectory()) {
                        visit(path);
                    } else {
                        note(relative(this.folder, path));
                    }
                }
            }
        };
        visit(this.folder);
        note(INSTALLED);
        this.watch(join(this.folder, "node_modules"));
        return files;
    }

    private watch(folder: string): void {
        if (this.watchers.has(folder) || statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
            return;
        }
        const forget = (): void => {
            this.watchers.get(folder)?.close();
            this.watchers.delete(folder);
        };
        const watcher = watch(folder, () => {
            this.events += 1;
            if (statSync(folder, { throwIfNoEntry: false }) === undefined) {
                forget();
            }
            this.wake();
        });
        watcher.on("error", forget);
        this.watchers.set(folder, watcher);
    }
}

const identityOf = ({ dev, ino }: Stats): string => `${dev} ${ino}`;

/** The files into which a shell has redirected these streams. */
export function printedFiles(streams: readonly number[]): ReadonlySet<string> {
    const files = new Set<string>();
    for (const stream of streams) {
        try {
            files.add(identityOf(fstatSync(stream)));
        } catch {
            // It is closed.
        }
    }
    return files;
}

function entriesOf(folder: string) {
    try {
        return readdirSync(folder, { withFileTypes: true });
    } catch {
        // It was removed while its parent was read.
        return [];
    }
}
