import assert from "node:assert/strict";
import { appendFileSync, existsSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { readAll, readKept } from "../../../../cli/sandbox/kept";
import { KeptFile, olderOf } from "../../../../cli/sandbox/kept/keep";
import { findStateFolder } from "../../../../cli/sandbox/state-folder";
import { makePrivateFolder } from "../../../../common";

const LIMIT = 1000;

/** What a process did, and how it ended: each number is how many lines it wrote. */
type Life = {
    lines: number;
    end: "closed" | "killed" | "killed in a line" | "killed before the rename" | "killed after it";
};

describe("the files that hold what happened in a sandbox", () => {
    let root: string;
    beforeEach(() => {
        root = mkdtempSync(join(tmpdir(), "bounded-"));
    });
    afterEach(() => {
        rmSync(root, { recursive: true });
    });

    const life = fc.record<Life>({
        lines: fc.integer({ min: 0, max: 60 }),
        end: fc.constantFrom("closed", "killed", "killed in a line", "killed before the rename", "killed after it"),
    });

    it("stay within their size, keep the latest, and say if something was dropped, however each sandbox ended", () => {
        let run = 0;
        fc.assert(
            fc.property(fc.array(life, { minLength: 1, maxLength: 6 }), (lives) => {
                const folder = findStateFolder(join(root, String(++run)), root, {});
                makePrivateFolder(folder.path);
                const file = folder.file("decisions.jsonl");
                const written: number[] = [];
                for (const { lines, end } of lives) {
                    const kept = new KeptFile(file, "decisions", LIMIT);
                    for (let line = 0; line < lines; line++) {
                        written.push(written.length);
                        kept.append({ id: written.length - 1, time: "2026-01-01T00:00:00.000Z" });
                    }
                    if (end === "closed") {
                        kept.close();
                    } else if (end === "killed in a line") {
                        appendFileSync(file, '{"id":9');
                    } else if (end === "killed before the rename" && lines > 0 && existsSync(olderOf(file))) {
                        // Only a sandbox that has written renames, and it has mended the line of the one before.
                        appendFileSync(file, '{"cut":true}\n');
                    } else if (end === "killed after it" && existsSync(file) && !existsSync(olderOf(file))) {
                        renameSync(file, olderOf(file));
                    }
                }
                const sizes = [file, olderOf(file)].map((one) => (existsSync(one) ? statSync(one).size : 0));
                assert.ok(
                    sizes.every((size) => size < LIMIT + 200),
                    `the files have ${sizes.join(" and ")} bytes`,
                );
                const read = readKept(folder, "decisions.jsonl").map(({ id }) => id);
                assert.deepEqual(read, written.slice(written.length - read.length), "they are the latest, in order");
                if (read.length < written.length) {
                    assert.ok(read.length * 30 > LIMIT / 2, "a full file at least is there");
                }
            }),
            { numRuns: 100 },
        );
    });

    it("tell their reader that older lines were dropped, and only then", async () => {
        const folder = findStateFolder(join(root, "told"), root, {});
        makePrivateFolder(folder.path);
        const write = process.stderr.write.bind(process.stderr);
        const told = async (lines: number): Promise<string> => {
            const kept = new KeptFile(folder.file("decisions.jsonl"), "decisions", LIMIT);
            for (let id = 0; id < lines; id++) {
                kept.append({ id, time: new Date(id).toISOString() });
            }
            kept.close();
            const printed: string[] = [];
            process.stderr.write = (text: string | Uint8Array): boolean => printed.push(String(text)) > 0;
            try {
                await readAll(folder, "decisions.jsonl", undefined, () => Promise.resolve([]));
            } finally {
                process.stderr.write = write;
            }
            return printed.join("");
        };
        assert.doesNotMatch(await told(10), /dropped/);
        assert.match(await told(100), /decisions\.jsonl holds the latest .* what was before 1970-\S+ is dropped/);
    });
});
