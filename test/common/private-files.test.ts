import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
    chmodSync,
    closeSync,
    existsSync,
    linkSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import {
    FileError,
    fileNameOf,
    makePrivateFolder,
    openPrivateFile,
    readPrivateFile,
    readPrivateJson,
    writePrivateFile,
} from "../../common";

describe("files and folders that are private", () => {
    let folder: string;
    let file: string;
    let other: string;
    let server: Server | undefined;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "private-"));
        file = join(folder, "control.json");
        other = join(folder, "other");
        writeFileSync(other, "theirs");
        chmodSync(other, 0o666);
    });
    afterEach(() => {
        server?.close();
        server = undefined;
        rmSync(folder, { recursive: true });
    });

    /** What may stand where a file is expected, and how an error names it. */
    const STRANGE: Record<string, () => unknown> = {
        "a symbolic link": () => {
            symlinkSync(other, file);
        },
        "a pipe": () => execFileSync("mkfifo", [file]),
        "a folder": () => {
            mkdirSync(file);
        },
        "a socket": () => new Promise<void>((done) => (server = createServer().listen(file, done))),
    };
    for (const [kind, make] of Object.entries(STRANGE)) {
        it(`are not written, opened or read where ${kind} has their name, and what it leads to stays`, async () => {
            await make();
            const use: [string, () => unknown][] = [
                [
                    "write",
                    () => {
                        writePrivateFile(file, "secret");
                    },
                ],
                ["open", () => openPrivateFile(file)],
                ["read", () => readPrivateFile(file)],
                ["read JSON", () => readPrivateJson(file, "delete it")],
            ];
            for (const [name, act] of use) {
                assert.throws(act, (error) => {
                    assert.ok(error instanceof FileError, name);
                    assert.equal(error.message, `${file} is ${kind}, where a file is expected; remove it`);
                    return true;
                });
            }
            assert.equal(readFileSync(other, "utf8"), "theirs");
            assert.deepEqual(readdirSync(folder).sort(), ["control.json", "other"]);
        });
    }

    it("are not written by a link that leads nowhere", () => {
        symlinkSync(join(folder, "gone"), file);
        for (const act of [
            () => {
                writePrivateFile(file, "secret");
            },
            () => openPrivateFile(file),
        ]) {
            assert.throws(act, /is a symbolic link/);
        }
        assert.equal(existsSync(join(folder, "gone")), false);
    });

    it("take the place of a file with a second name, and are not appended to it", () => {
        linkSync(other, file);
        assert.throws(() => openPrivateFile(file), /control\.json has 2 names, .*; replace it by a copy/);
        writePrivateFile(file, "mine");
        assert.deepEqual([readFileSync(other, "utf8"), readFileSync(file, "utf8")], ["theirs", "mine"]);
    });

    it("have mode 0600, whatever stood there before", () => {
        for (const before of [undefined, 0o600, 0o644, 0o666, 0o777]) {
            for (const act of [
                () => {
                    writePrivateFile(file, "x");
                },
                () => {
                    closeSync(openPrivateFile(file));
                },
            ]) {
                rmSync(file, { force: true });
                if (before !== undefined) {
                    writeFileSync(file, "old");
                    chmodSync(file, before);
                }
                act();
                assert.equal(statSync(file).mode & 0o777, 0o600, String(before?.toString(8)));
            }
        }
        assert.deepEqual(readdirSync(folder).sort(), ["control.json", "other"]);
    });

    it("are made in folders to which nobody else may write, below what is given", () => {
        const state = join(folder, "a", "state");
        makePrivateFolder(join(state, "b", "c"), state);
        assert.equal(statSync(join(state, "b", "c")).mode & 0o777, 0o700);
        for (const each of [state, join(state, "b"), join(state, "b", "c")]) {
            for (const mode of [0o720, 0o702, 0o777, 0o1777]) {
                chmodSync(each, mode);
                assert.throws(() => makePrivateFolder(join(state, "b", "c"), state), {
                    message: `others may write to ${each}, and could change what is kept there; run chmod go-w ${each}, or name another folder`,
                });
                chmodSync(each, 0o755);
                makePrivateFolder(join(state, "b", "c"), state);
            }
            const aside = `${each}.aside`;
            execFileSync("mv", [each, aside]);
            symlinkSync(aside, each);
            assert.throws(
                () => makePrivateFolder(join(state, "b", "c"), state),
                new RegExp(`${each} is a symbolic link`),
            );
            rmSync(each);
            writeFileSync(each, "");
            assert.throws(() => makePrivateFolder(join(state, "b", "c"), state), new RegExp(`${each} is a file`));
            rmSync(each);
            execFileSync("mv", [aside, each]);
        }
    });

    it("say what is no JSON without quoting it, and nothing of what is not there", () => {
        assert.equal(readPrivateJson(file, "delete it"), undefined);
        for (const content of ["", "{", '{"token":"ya29.secret"', "\u0000\u0001", Buffer.from([0x22, 0xff, 0x22])]) {
            writeFileSync(file, content);
            assert.throws(() => readPrivateJson(file, "delete it"), {
                message: `${file} is damaged: it is no JSON; delete it`,
            });
        }
        writeFileSync(file, '{"a":1}');
        assert.deepEqual(readPrivateJson(file, "delete it"), { a: 1 });
    });
});

describe("the name of a file that is made of another name", () => {
    const odd = fc.string({ unit: fc.constantFrom(...Array.from("/\\..%-a:A\0 \n*ü~")), maxLength: 20 });
    const names = fc.oneof(
        odd,
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.constantFrom("", ".", "..", "con", "NUL.txt", "../../../esc"),
    );

    it("leads nowhere else, and is one that every system takes", () => {
        fc.assert(
            fc.property(names, (name) => {
                const made = fileNameOf(name);
                assert.match(made, /^[\w%-]([\w.%-]*[\w%-])?$/);
                assert.ok(made.length <= 120);
                assert.equal(dirname(join("/a", made)), "/a");
                assert.doesNotMatch(made, /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
            }),
            { numRuns: 1000 },
        );
    });

    it("is another one for each name, and the name itself where that is one of Pulumi's", () => {
        fc.assert(
            fc.property(names, names, (a, b) => {
                // A half of a character has no bytes of its own.
                fc.pre(!/\p{Surrogate}/u.test(a + b));
                assert.equal(fileNameOf(a) === fileNameOf(b), a === b);
            }),
            { numRuns: 1000 },
        );
        for (const name of ["orders", "orders-v2.smoke", "a_b"]) {
            assert.equal(fileNameOf(name), name);
        }
        assert.equal(fileNameOf("../orders"), "%2E.%2Forders");
        assert.notEqual(fileNameOf("x".repeat(200)), fileNameOf(`${"x".repeat(199)}y`));
        assert.notEqual(fileNameOf("%"), fileNameOf(""));
    });
});
