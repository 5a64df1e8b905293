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

import { StateError } from "../errors";
import { isKind, KINDS, SIGNATURE, type Value } from "../values";
import { featuresOf, mapResource } from "./format";
import type { Crypter } from "./secrets";
import { inDependencyOrder, type PendingOperation, type ResourceState, type Snapshot } from "./state";
import { messageOf } from "../../errors";

type Entry =
    | { set: ResourceState; condemn?: ResourceState }
    | { forget: string }
    | { condemn: ResourceState }
    | { bury: string; id: string }
    | { begin: PendingOperation }
    | { end: string };

const ENGINE = "v3.0.0";

/** A stack's state as `pulumi stack export` writes it: of version 4 where who reads it must know what it names. */
export interface Exported {
    version: 3 | 4;
    features?: string[];
    deployment: Record<string, unknown>;
}

/**
 * A stack's state: one file in Pulumi's export format, and beside it while an update runs a journal, to which each step
 * is appended before and after it is made. Killed at any moment, the next reader finds everything in the two; writing
 * the whole file after each step instead would make an update's cost grow with the square of its resources.
 */
export class StateFile {
    snapshot: Snapshot = { resources: new Map(), condemned: [], pending: [] };

    constructor(
        readonly file: string,
        private readonly crypter: Crypter,
    ) {
        this.load();
    }

    private get journal(): string {
        return `${this.file}.journal`;
    }

    /** Reads both files anew and writes nothing: another process may be about to. */
    load(): void {
        this.snapshot = { resources: new Map(), condemned: [], pending: [] };
        const text = readIfThere(this.file);
        if (text !== undefined) {
            const { deployment } = this.parse(text) as {
                deployment: { resources?: ResourceState[]; pending_operations?: PendingOperation[] };
            };
            for (const resource of deployment.resources ?? []) {
                this.apply(
                    resource.delete === true ? { condemn: this.reveal(resource) } : { set: this.reveal(resource) },
                );
            }
            for (const pending of deployment.pending_operations ?? []) {
                this.apply({ begin: { ...pending, resource: this.reveal(pending.resource) } });
            }
        }
        const journal = readIfThere(this.journal);
        if (journal === undefined) {
            return;
        }
        for (const line of journal.split("\n").slice(0, -1)) {
            this.apply(changeEntry(JSON.parse(line) as Entry, (r) => this.reveal(r)));
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

    /** Whether there is a state at all, were it of nothing. */
    get exists(): boolean {
        return existsSync(this.file) || existsSync(this.journal);
    }

    /**
     * Puts another state in the place of this one, at once or not at all.
     *
     * @returns the file that keeps the state that there was, if there was one
     */
    replace(snapshot: Snapshot): string | undefined {
        const existed = this.exists;
        const backup = `${this.file}.${new Date().toISOString().replaceAll(/[:.]/g, "-")}.bak`;
        if (existed) {
            // First without its journal, which would be read into the new state otherwise.
            this.save();
            copyFileSync(this.file, backup, constants.COPYFILE_EXCL);
        }
        this.snapshot = snapshot;
        this.save();
        return existed ? backup : undefined;
    }

    private apply(entry: Entry): void {
        const { resources, condemned, pending } = this.snapshot;
        const settle = (urn: string): void => {
            const at = pending.findIndex((p) => p.resource.urn === urn);
            if (at >= 0) {
                pending.splice(at, 1);
            }
        };
        if ("set" in entry) {
            // A resource that is set again moves to the end: behind what it now depends on.
            resources.delete(entry.set.urn);
            resources.set(entry.set.urn, entry.set);
            if (entry.condemn !== undefined) {
                condemned.push(entry.condemn);
            }
            settle(entry.set.urn);
        } else if ("forget" in entry) {
            resources.delete(entry.forget);
            settle(entry.forget);
        } else if ("condemn" in entry) {
            condemned.push(entry.condemn);
        } else if ("bury" in entry) {
            const at = condemned.findIndex((r) => r.urn === entry.bury && (r.id ?? "") === entry.id);
            if (at >= 0) {
                condemned.splice(at, 1);
            }
            settle(entry.bury);
        } else if ("begin" in entry) {
            pending.push(entry.begin);
        } else {
            settle(entry.end);
        }
    }

    private record(entry: Entry): void {
        this.apply(entry);
        mkdirSync(dirname(this.file), { recursive: true });
        appendFileSync(this.journal, `${JSON.stringify(changeEntry(entry, (resource) => this.conceal(resource)))}\n`, {
            mode: 0o600,
        });
    }

    /** A resource as it now is, and the one that it replaced and that is still to be deleted: both or none. */
    set(resource: ResourceState, replaced?: ResourceState): void {
        this.record({ set: resource, ...(replaced !== undefined && { condemn: { ...replaced, delete: true } }) });
    }

    /** A resource that is gone. */
    forget(urn: string): void {
        this.record({ forget: urn });
    }

    /** A replaced resource that is deleted now. */
    buried(resource: ResourceState): void {
        this.record({ bury: resource.urn, id: resource.id ?? "" });
    }

    /** Written before an operation whose outcome may be lost. */
    begin(type: PendingOperation["type"], resource: ResourceState): void {
        this.record({ begin: { type, resource } });
    }

    /** The operation begun on this resource has ended. */
    end(urn: string): void {
        this.record({ end: urn });
    }

    /** Writes the whole file, at once or not at all, and ends the journal. */
    save(): void {
        mkdirSync(dirname(this.file), { recursive: true });
        const partial = `${this.file}.${process.pid}.partial`;
        writeFileSync(partial, `${JSON.stringify(this.export(), undefined, 4)}\n`, { mode: 0o600 });
        renameSync(partial, this.file);
        rmSync(this.journal, { force: true });
    }

    /** The stack as `pulumi stack import` takes it; secrets are encrypted, or in the clear as with `--show-secrets`. */
    export(showSecrets = false): Exported {
        const { resources, condemned, pending } = this.snapshot;
        const all = [...inDependencyOrder(resources), ...condemned];
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
                resources: all.map((r) => this.conceal(r, showSecrets)),
                ...(pending.length > 0 && {
                    pending_operations: pending.map((p) => ({ ...p, resource: this.conceal(p.resource, showSecrets) })),
                }),
                metadata: {},
            },
        };
    }

    private conceal(resource: ResourceState, show = false): ResourceState {
        return mapResource(resource, (value) => {
            if (!isKind(value, "secret")) {
                return undefined;
            }
            const plaintext = JSON.stringify(value["value"]);
            const kept = show ? { plaintext } : { ciphertext: this.crypter.encrypt(plaintext) };
            return { [SIGNATURE]: KINDS.secret, ...kept };
        });
    }

    private reveal(resource: ResourceState): ResourceState {
        return mapResource(resource, (value) =>
            isKind(value, "secret") && typeof value["ciphertext"] === "string"
                ? { [SIGNATURE]: KINDS.secret, value: JSON.parse(this.crypter.decrypt(value["ciphertext"])) as Value }
                : undefined,
        );
    }
}

function changeEntry(entry: Entry, change: (resource: ResourceState) => ResourceState): Entry {
    if ("set" in entry) {
        return { set: change(entry.set), ...(entry.condemn !== undefined && { condemn: change(entry.condemn) }) };
    }
    if ("condemn" in entry) {
        return { condemn: change(entry.condemn) };
    }
    return "begin" in entry ? { begin: { ...entry.begin, resource: change(entry.begin.resource) } } : entry;
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
