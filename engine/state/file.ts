import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname } from "node:path";

import { defined, LineFile, makePrivateFolder, readPrivateFile, writePrivateFile } from "../../common";
import { messageOf } from "../../errors";
import { StateError } from "../errors";
import { contentsOf, entryOf } from "./damage";
import { decryptResource, encryptResource } from "./encryption";
import { type Exported, featuresOf } from "./format";
import { applyEntry, type JournalEntry, mapEntry } from "./journal";
import type { Crypter } from "./secrets";
import { inDependencyOrder, type PendingOperation, type ResourceState, type Snapshot } from "./state";

const ENGINE = "v3.0.0";

/**
 * A stack's state: one file in Pulumi's export format and, while an update runs, a journal beside it, to which each step is
 * appended before and after it is done. If the engine is killed at any moment, the two files together hold everything.
 * If the whole file was written after each step, the time of an update would grow with the square of its resources.
 */
export class StateFile {
    snapshot: Snapshot = { resources: new Map(), pendingDeletes: [], pending: [] };
    private journal: LineFile;
    /** Lines that could not be written. They are written with the next one, or with the whole file. */
    private unwritten: string[] = [];

    constructor(
        readonly file: string,
        private readonly crypter: Crypter,
    ) {
        this.journal = new LineFile(this.journalPath);
        this.load();
    }

    private get journalPath(): string {
        return `${this.file}.journal`;
    }

    /**
     * Reads both files again. It writes nothing, as another process may be about to write.
     * @throws StateError naming the file that is damaged
     */
    load(): void {
        this.snapshot = { resources: new Map(), pendingDeletes: [], pending: [] };
        this.unwritten = [];
        this.journal = new LineFile(this.journalPath);
        const decrypt = (resource: ResourceState): ResourceState => decryptResource(this.crypter, resource);
        const text = readPrivateFile(this.file)?.toString("utf8");
        if (text !== undefined) {
            this.reading(this.file, () => {
                const { resources, pending } = contentsOf(JSON.parse(text));
                for (const resource of resources.map(decrypt)) {
                    applyEntry(this.snapshot, resource.delete === true ? { condemn: resource } : { set: resource });
                }
                for (const each of pending) {
                    applyEntry(this.snapshot, { begin: { ...each, resource: decrypt(each.resource) } });
                }
            });
        }
        const lines = readPrivateFile(this.journalPath)?.toString("utf8").split("\n").slice(0, -1) ?? [];
        lines.forEach((line, at) => {
            this.reading(`${this.journalPath}:${at + 1}`, () => {
                applyEntry(this.snapshot, mapEntry(entryOf(JSON.parse(line)), decrypt));
            });
        });
    }

    private reading(where: string, read: () => void): void {
        try {
            read();
        } catch (error) {
            // Node's own error quotes the file.
            const why =
                error instanceof StateError ? error.message : "it is no JSON of the kind that is expected there";
            throw new StateError(`the state in ${where} is broken: ${why}`, {
                fix: "replace it by a backup, or delete it to start from an empty state",
                cause: error,
            });
        }
    }

    /** Whether there is a state, even one without resources. */
    get exists(): boolean {
        return existsSync(this.file) || existsSync(this.journalPath);
    }

    /**
     * Replaces this state by another one. If the engine is killed meanwhile, one of the two is there as a whole.
     *
     * @returns the file that keeps the former state, if there was one
     */
    replace(snapshot: Snapshot): string | undefined {
        const existed = this.exists;
        const backup = `${this.file}.${new Date().toISOString().replaceAll(/[:.]/g, "-")}.bak`;
        if (existed) {
            // This also removes the journal, which would otherwise be read into the new state.
            this.saveWhole();
            writePrivateFile(backup, readPrivateFile(this.file) ?? "");
        }
        this.snapshot = snapshot;
        this.saveWhole();
        return existed ? backup : undefined;
    }

    /** Changes the state. @throws StateError if the journal lacks the change, which the state in memory then has */
    private record(entry: JournalEntry): void {
        applyEntry(this.snapshot, entry);
        this.unwritten.push(this.lineOf(entry));
        this.append();
    }

    private lineOf(entry: JournalEntry): string {
        return JSON.stringify(mapEntry(entry, (resource) => encryptResource(this.crypter, resource)));
    }

    private append(more: string[] = []): void {
        this.attempt(() => {
            makePrivateFolder(dirname(this.file));
            this.journal.append([...this.unwritten, ...more]);
            this.unwritten = [];
        });
    }

    private attempt(write: () => void): void {
        try {
            write();
        } catch (error) {
            throw new StateError(`the state of the stack cannot be written to ${this.file}: ${messageOf(error)}`, {
                fix: "make room on the disk, or let the process write there, and run the same again: it settles what was under way",
                cause: error,
            });
        }
    }

    /** Writes a resource as it now is, and with it the resource that it replaced and that must still be deleted. */
    set(resource: ResourceState, replaced?: ResourceState): void {
        this.record({ set: resource, ...defined({ condemn: replaced && { ...replaced, delete: true } }) });
    }

    /** Removes a resource from the state. */
    forget(urn: string): void {
        this.record({ forget: urn });
    }

    /** Removes a replaced resource that is deleted now. */
    deleted(resource: ResourceState): void {
        this.record({ bury: resource.urn, id: resource.id ?? "" });
    }

    /**
     * Writes that an operation begins. Its outcome would be lost if the engine were killed before it ends.
     * @throws StateError if that cannot be written: the operation must not begin
     */
    begin(type: PendingOperation["type"], resource: ResourceState): void {
        const entry: JournalEntry = { begin: { type, resource } };
        this.append([this.lineOf(entry)]);
        applyEntry(this.snapshot, entry);
    }

    /** Writes that the operation on this resource has ended without a result. */
    end(urn: string): void {
        applyEntry(this.snapshot, { end: urn });
        // No loss if this cannot be written: the next operation finds nothing to settle.
        this.unwritten.push(this.lineOf({ end: urn }));
    }

    /**
     * Writes the whole file atomically, and removes the journal. If there is no room for that, the journal stays.
     * @throws StateError if the two files together lack something
     */
    save(): void {
        try {
            this.saveWhole();
        } catch (error) {
            if (!(error instanceof StateError)) {
                throw error;
            }
            this.append();
        }
    }

    private saveWhole(): void {
        const text = `${JSON.stringify(this.export(), undefined, 4)}\n`;
        this.attempt(() => {
            makePrivateFolder(dirname(this.file));
            writePrivateFile(this.file, text);
            this.unwritten = [];
            this.journal.empty();
            this.journal.close();
        });
    }

    /** The state as `pulumi stack import` takes it. Secrets are encrypted, or in the clear as with `--show-secrets`. */
    export(showSecrets = false): Exported {
        const { resources, pendingDeletes, pending } = this.snapshot;
        const all = [...inDependencyOrder(resources), ...pendingDeletes];
        const features = featuresOf(all);
        return {
            version: features.length > 0 ? 4 : 3,
            ...(features.length > 0 && { features }),
            deployment: {
                manifest: {
                    time: new Date().toISOString(),
                    // Pulumi refuses a state whose magic is not the hash of its version.
                    magic: createHash("sha256").update(ENGINE).digest("hex"),
                    version: ENGINE,
                },
                secrets_providers: { type: "passphrase", state: { salt: this.crypter.salt } },
                resources: all.map((r) => encryptResource(this.crypter, r, showSecrets)),
                ...(pending.length > 0 && {
                    pending_operations: pending.map((p) => ({
                        ...p,
                        resource: encryptResource(this.crypter, p.resource, showSecrets),
                    })),
                }),
                metadata: {},
            },
        };
    }
}
