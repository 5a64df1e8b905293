import { strict as assert } from "node:assert";
import { closeSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { ChangedFiles, printedFiles } from "../../../../cli/sandbox/watch/changed-files";

describe("the files of a program that change", () => {
    const path = fc
        .tuple(fc.constantFrom("", "lib", "lib/deep", "new"), fc.constantFrom("index.ts", "Pulumi.yaml", "a.js"))
        .map((parts) => join(...parts));
    const ignored = fc.constantFrom(
        "node_modules/left/index.js",
        ".gcp-invoke/state.json",
        ".index.ts.swp",
        "index.ts~",
        "lib/node_modules/x.js",
    );
    const edit = fc.record({ path, how: fc.constantFrom("write", "remove", "replace") });

    it("are told by their paths, after any edits, and no others", async () => {
        await fc.assert(
            fc.asyncProperty(
                fc.array(edit, { minLength: 1, maxLength: 6 }),
                fc.array(ignored),
                async (edits, noise) => {
                    const folder = mkdtempSync(join(tmpdir(), "watched-"));
                    const contents = new Map<string, string>();
                    let count = 0;
                    const write = (name: string): void => {
                        mkdirSync(dirname(join(folder, name)), { recursive: true });
                        writeFileSync(join(folder, name), "x".repeat((count += 1)));
                    };
                    write("lib/a.js");
                    contents.set("lib/a.js", "1");
                    const before = new Map(contents);
                    const files = new ChangedFiles(folder);
                    try {
                        const changes = files.next();
                        noise.forEach(write);
                        for (const { path: name, how } of edits) {
                            if (how === "remove") {
                                rmSync(join(folder, name), { force: true });
                                contents.delete(name);
                            } else {
                                write(how === "replace" ? "lib/.new" : name);
                                if (how === "replace") {
                                    mkdirSync(dirname(join(folder, name)), { recursive: true });
                                    renameSync(join(folder, "lib/.new"), join(folder, name));
                                }
                                contents.set(name, String(count));
                            }
                        }
                        const names = [...new Set([...before.keys(), ...contents.keys()])];
                        const expected = names.filter((name) => before.get(name) !== contents.get(name)).sort();
                        // The last one ends the waiting if the edits came to nothing.
                        if (expected.length === 0) {
                            write("end.ts");
                            expected.push("end.ts");
                        }
                        assert.deepEqual(await changes, expected);
                    } finally {
                        files.close();
                        rmSync(folder, { recursive: true });
                    }
                },
            ),
            { numRuns: 30 },
        );
    });

    it("include what npm has installed", async () => {
        const folder = mkdtempSync(join(tmpdir(), "watched-"));
        const files = new ChangedFiles(folder);
        const changes = files.next();
        mkdirSync(join(folder, "node_modules"));
        writeFileSync(join(folder, "node_modules", ".package-lock.json"), "{}");
        assert.deepEqual(await changes, [join("node_modules", ".package-lock.json")]);
        files.close();
        rmSync(folder, { recursive: true });
    });

    it("are not those into which the command itself prints, or each deployment would be the reason for the next", async () => {
        const folder = mkdtempSync(join(tmpdir(), "watched-"));
        const printed = openSync(join(folder, "out.txt"), "w");
        const files = new ChangedFiles(folder, printedFiles([printed, 12_345]));
        const all = new ChangedFiles(folder, printedFiles([]));
        try {
            writeSync(printed, "Updating (dev):\n");
            writeFileSync(join(folder, "index.ts"), "x");
            assert.deepEqual(await files.next(), ["index.ts"]);
            assert.deepEqual(await all.next(), ["index.ts", "out.txt"]);
        } finally {
            files.close();
            all.close();
            closeSync(printed);
            rmSync(folder, { recursive: true });
        }
    });
});
