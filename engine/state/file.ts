import { createHash } from "node:crypto";
import {
    appendFileSync,
    constants,
    copyFileSync,
    existsSync,
    mkdirSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

import { defined } from "../../common";
import { messageOf } from "../../errors";
import { StateError } from "../errors";
import { isKind, KINDS, SIGNATURE, type Value } from "../values";
import { featuresOf, mapResource } from "./format";
import { applyEntry, type JournalEntry, mapEntry } from "./journal";
import type { Crypter } from "./secrets";
import { inDependencyOrder, type PendingOperation, type ResourceState, type Snapshot } from "./state";

const ENGINE = "v3.0.0";

/**
 * A stack's state as `pulumi stack export` writes it. It is of version 4 where it needs features that not every reader
 * knows; it then names them.
 */
export interface Exported {
    version: 3 | 4;
    features?: string[];
    deployment: Record<string, unknown>;
}

/**
 * A stack's state: one file in Pulumi's export format and, while an update runs, a journal beside it, to which each step is
 * appended before and after it is done. If the engine is killed at any moment, the two files together hold everything.
 * Without the journal, the whole file would be written after each step, and the cost of an update would grow with the
 * square of its resources.
 */
export class StateFile {
    snapshot: Snapshot = { resources: new Map(), pendingDeletes: [], pending: [] };

    constructor(
        readonly file: string,
        private readonly crypter: Crypter,
    ) {
        this.load();
    }

    private get journal(): string {
        return `${this.file}.journal`;
    }

    /** Reads both files again. It writes nothing, as another process may be about to write. */
    load(): void {
        this.snapshot = { resources: new Map(), pendingDeletes: [], pending: [] };
        const text = readIfThere(this.file);
        if (text !== undefined) {
            const { deployment } = this.parse(text) as {
                deployment: { resources?: ResourceState[]; pending_operations?: PendingOperation[] };
            };
            for (const resource of deployment.resources ?? []) {
                applyEntry(
                    this.snapshot,
                    resource.delete === true ? { condemn: this.decrypt(resource) } : { set: this.decrypt(resource) },
                );
            }
            for (const pending of deployment.pending_operations ?? []) {
                applyEntry(this.snapshot, { begin: { ...pending, resource: this.decrypt(pending.resource) } });
            }
        }
        const journal = readIfThere(this.journal);
        if (journal === undefined) {
            return;
        }
        for (const line of journal.split("\n").slice(0, -1)) {
            applyEntry(
                this.snapshot,
                mapEntry(JSON.parse(line) as JournalEntry, (resource) => this.decrypt(resource)),
            );
        }
    }

    private parse(text: string): unknown {
        try {
            return JSON.parse(text) as unknown;
        } catch (error) {
            throw new StateError(`the state in ${this.file} is broken (${messageOf(error)})`, {
                fix: "put a good one in its place, or delete it to begin anew",
                cause: error,
            });
        }
    }

    /** Whether there is a state, even one without resources. */
    get exists(): boolean {
        return existsSync(this.file) || existsSync(this.journal);
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
            this.save();
            copyFileSync(this.file, backup, constants.COPYFILE_EXCL);
        }
        this.snapshot = snapshot;
        this.save();
        return existed ? backup : undefined;
    }

    private record(entry: JournalEntry): void {
        applyEntry(this.snapshot, entry);
        mkdirSync(dirname(this.file), { recursive: true });
        appendFileSync(this.journal, `${JSON.stringify(mapEntry(entry, (resource) => this.encrypt(resource)))}\n`, {
            mode: 0o600,
        });
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

    /** Writes that an operation begins. Its outcome would be lost if the engine were killed before it ends. */
    begin(type: PendingOperation["type"], resource: ResourceState): void {
        this.record({ begin: { type, resource } });
    }

    /** Writes that the operation on this resource has ended. */
    end(urn: string): void {
        this.record({ end: urn });
    }

    /** Writes the whole file atomically, and removes the journal. */
    save(): void {
        mkdirSync(dirname(this.file), { recursive: true });
        const partial = `${this.file}.${process.pid}.partial`;
        writeFileSync(partial, `${JSON.stringify(this.export(), undefined, 4)}\n`, { mode: 0o600 });
        renameSync(partial, this.file);
        rmSync(this.journal, { force: true });
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
                resources: all.map((r) => this.encrypt(r, showSecrets)),
                ...(pending.length > 0 && {
                    pending_operations: pending.map((p) => ({ ...p, resource: this.encrypt(p.resource, showSecrets) })),
                }),
                metadata: {},
            },
        };
    }

    private encrypt(resource: ResourceState, inTheClear = false): ResourceState {
        return mapResource(resource, (value) => {
            if (!isKind(value, "secret")) {
                return undefined;
            }
            const plaintext = JSON.stringify(value["value"]);
            const kept = inTheClear ? { plaintext } : { ciphertext: this.crypter.encrypt(plaintext) };
            return { [SIGNATURE]: KINDS.secret, ...kept };
        });
    }

    private decrypt(resource: ResourceState): ResourceState {
        return mapResource(resource, (value) =>
            isKind(value, "secret") && typeof value["ciphertext"] === "string"
                ? { [SIGNATURE]: KINDS.secret, value: JSON.parse(this.crypter.decrypt(value["ciphertext"])) as Value }
                : undefined,
        );
    }
}

function readIfThere(file: string): string | undefined {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            return undefined;
        }
        throw error;
    }
}
