import assert from "node:assert/strict";
import fs, { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Crypter, type ResourceState, StateFile } from "../../../engine/state";

const urn = (name: number): string => `urn:pulumi:dev::full::gcp:pubsub/topic:Topic::t${name}`;
const topic = (name: number, size: number): ResourceState => ({
    urn: urn(name),
    custom: true,
    type: "gcp:pubsub/topic:Topic",
    id: `t${name}`,
    inputs: { text: "x".repeat(size) },
    outputs: {},
});

/** A disk with so many bytes of room, of which a file that is written gets what fits, as on a real one. */
class Disk {
    room = Infinity;
    private readonly real = { writeSync: fs.writeSync, writeFileSync: fs.writeFileSync };

    constructor() {
        Object.assign(fs, {
            writeSync: (file: number, bytes: Buffer, offset: number, length: number, position: number): number =>
                this.real.writeSync(file, bytes, offset, this.take(length), position),
            writeFileSync: (path: string, text: string, options: object): void => {
                const granted = Math.min(this.room, text.length);
                this.room -= granted;
                this.real.writeFileSync(path, text.slice(0, granted), options);
                if (granted < text.length) {
                    throw full();
                }
            },
        });
    }

    remove(): void {
        Object.assign(fs, this.real);
    }

    private take(length: number): number {
        if (this.room === 0) {
            throw full();
        }
        const granted = Math.min(this.room, length);
        this.room -= granted;
        return granted;
    }
}

function full(): Error {
    return Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
}

type Act =
    | { kind: "begin" | "set"; name: number; size: number }
    | { kind: "end" | "forget"; name: number }
    | { kind: "save" | "reopen" }
    | { kind: "room"; bytes: number };

const name = fc.nat(4);
const act: fc.Arbitrary<Act> = fc.oneof(
    fc.record({ kind: fc.constantFrom("begin", "set"), name, size: fc.nat(400) }),
    fc.record({ kind: fc.constantFrom("end", "forget"), name }),
    fc.record({ kind: fc.constantFrom("save", "reopen") }),
    fc.record({ kind: fc.constant("room"), bytes: fc.oneof(fc.nat(700), fc.nat(700), fc.constant(1_000_000)) }),
);

/** What a state holds, in a form that can be compared. */
function contentOf({ snapshot: { resources, pending } }: StateFile): unknown {
    return {
        resources: [...resources].map(([key, { inputs }]) => [key, inputs]).sort(),
        pending: pending.map(({ type, resource }) => [type, resource.urn]).sort(),
    };
}

describe("the state of a stack on a disk that is full from time to time", () => {
    let folder: string;
    let disk: Disk;
    let crypter: Crypter;
    before(async () => (crypter = await Crypter.create("open sesame")));
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "full-"));
        disk = new Disk();
    });
    afterEach(() => {
        disk.remove();
        rmSync(folder, { recursive: true, force: true });
    });

    it("holds, after a kill at any moment, every step that was recorded without an error", () => {
        let round = 0;
        let failures = 0;
        const property = fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
            disk.room = Infinity;
            const file = join(folder, `${round++}.json`);
            let state = new StateFile(file, crypter);
            // After these acts the state may be that of memory, as far as it was written.
            let lastRecorded = contentOf(state);
            let since: unknown[] = [];
            for (const each of acts) {
                try {
                    perform(each);
                    lastRecorded = each.kind === "room" || each.kind === "end" ? lastRecorded : contentOf(state);
                    since = each.kind === "room" || each.kind === "end" ? since : [];
                } catch (error) {
                    assert.match(String(error), /cannot be written to .*ENOSPC.*; make room on the disk/);
                    failures++;
                }
                since.push(contentOf(state));
                assert.deepEqual(
                    readdirSync(folder).filter((left) => left.endsWith(".partial")),
                    [],
                );
                const left = contentOf(new StateFile(file, crypter));
                const possible = [lastRecorded, ...since].map((one) => JSON.stringify(one));
                assert.ok(
                    possible.includes(JSON.stringify(left)),
                    `${JSON.stringify(left)} is none of ${possible.join()}`,
                );
            }
            // With room again, all that is in memory is kept: also what could not be written when it was recorded.
            disk.room = Infinity;
            state.save();
            assert.deepEqual(contentOf(new StateFile(file, crypter)), contentOf(state));
            assert.ok(!existsSync(`${file}.journal`));

            function perform(one: Act): void {
                switch (one.kind) {
                    case "begin":
                        state.begin("creating", topic(one.name, one.size));
                        return;
                    case "set":
                        state.set(topic(one.name, one.size));
                        return;
                    case "end":
                        state.end(urn(one.name));
                        return;
                    case "forget":
                        state.forget(urn(one.name));
                        return;
                    case "save":
                        state.save();
                        return;
                    case "reopen":
                        state = new StateFile(file, crypter);
                        return;
                    case "room":
                        disk.room = one.bytes;
                }
            }
        });
        fc.assert(property, { numRuns: 300, seed: 21 });
        assert.ok(failures > 100, `the disk was full only ${failures} times`);
    });

    it("begins no operation that it cannot record, and records the outcome of one that it began as soon as it can", () => {
        const state = new StateFile(join(folder, "state.json"), crypter);
        state.begin("creating", topic(1, 10));
        disk.room = 0;
        assert.throws(() => state.begin("creating", topic(2, 10)), /cannot be written/);
        assert.throws(() => state.set(topic(1, 10)), /cannot be written/);
        assert.deepEqual(
            state.snapshot.pending.map(({ resource }) => resource.urn),
            [],
        );
        disk.room = Infinity;
        state.begin("creating", topic(3, 10));
        assert.deepEqual(contentOf(new StateFile(join(folder, "state.json"), crypter)), contentOf(state));
    });
});
