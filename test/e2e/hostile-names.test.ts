import { strict as assert } from "node:assert";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import fc from "fast-check";
import { InvokableService } from "pulumi-gcp-invoke";
import { importState } from "../../cli/sandbox/archive";
import { collectReports, keptReports } from "../../cli/sandbox/reports";
import { findStateFolder } from "../../cli/sandbox/state-folder";
import { zip } from "../../common";
import { openStack } from "../../engine";
import { messageOf } from "../../errors";
import { Sandbox } from "../../sandbox";
import { unpack } from "../../sandbox/workloads/source";

/** Names that lead elsewhere, or that one system or another takes for something else, where a path is made of them. */
const KNOWN = [
    ...["../../../esc", "..", ".", "/esc", "//esc", "a/../../esc", "..\\..\\esc", "C:\\esc", "c:esc", "%2e%2e%2fesc"],
    ...["-rf", "--help", "~/esc", "$HOME/esc", "`esc`", "a b", " esc ", "esc.", ".esc", "con", "NUL", "com1.json"],
    ...[
        "key",
        "key.json",
        "sandbox.json",
        "control.json",
        "lock",
        "é/\u202e",
        "line\nbreak",
        "tab\t",
        "*",
        "?",
        "<esc>",
    ],
    "x".repeat(300),
    "../".repeat(60),
];
const generated = fc.sample(
    fc.string({ unit: fc.constantFrom(...Array.from("/\\..%-a:A\0 \n*~")), minLength: 1, maxLength: 20 }),
    {
        numRuns: 60,
        seed: 21,
    },
);

describe("a name that leads elsewhere", function () {
    this.timeout(180_000);
    let root: string;
    /** Deep enough for `../../../esc`, and nothing of it belongs to anybody else. */
    let state: string;
    before(() => {
        root = mkdtempSync(join(tmpdir(), "names-"));
        state = join(root, "a", "b", "c", "state");
        mkdirSync(dirname(state), { recursive: true });
    });
    after(() => rmSync(root, { recursive: true }));

    const filesOutside = (): string[] =>
        readdirSync(root, { recursive: true, withFileTypes: true, encoding: "utf8" })
            .filter((entry) => !entry.isDirectory())
            .map((entry) => join(entry.parentPath, entry.name))
            .filter((file) => relative(state, file).startsWith(".."));

    it("makes no file outside of the state, where it is the name of a component; its report can be read", async () => {
        const reports = join(state, "reports", "inline", "dev");
        await using sandbox = await Sandbox.start({ stateDir: state });
        const names = [...new Set([...KNOWN.slice(0, 12), ...KNOWN.slice(-3), ...generated.slice(0, 5)])];
        const written = collectReports(reports);
        const program = async (): Promise<void> => {
            for (const [at, name] of names.entries()) {
                new InvokableService(name, { name: `service-${at}`, location: "europe-west1", image: "a/b:1" });
            }
            await Promise.resolve();
        };
        const { result, diagnostics } = await sandbox.up(program, { config: { "gcp-invoke:reports": reports } });
        assert.equal(result, "succeeded", JSON.stringify(diagnostics));
        assert.deepEqual(filesOutside(), []);
        const kept = keptReports(findStateFolder(state, root, {})).map(({ name }) => name);
        assert.deepEqual(kept.sort(), [...names].sort());
        assert.equal(written.list().length, names.length);
    });

    it("is refused before anything is written, where it is the name of a stack or of a project", async () => {
        const stateDirectory = join(state, "stacks");
        const request = (): Promise<never> => Promise.reject(new Error("no request"));
        const program = () => Promise.resolve({ a: 1 });
        for (const name of [...KNOWN, ...generated]) {
            const folder = readdirSync(state);
            for (const named of [{ stack: name }, { stack: "dev", project: name }]) {
                const opened = openStack({ program, stateDirectory, request, ...named });
                if (/^[\w.-]{1,100}$/.test(name) && !/^\.+$/.test(name)) {
                    await opened;
                } else {
                    await assert.rejects(opened, /(stack|project) name is ".*"; it may have up to 100 letters/s, name);
                }
            }
            assert.deepEqual([filesOutside(), readdirSync(state)], [[], folder], name);
        }
    });

    it("is refused where a function's source has it, or is a file of that source", () => {
        for (const name of [...KNOWN, ...generated]) {
            const before = new Set(readdirSync(tmpdir()));
            const archive = zip([[name, Buffer.from("module.exports = 1")]], { compress: false });
            let directory: string | undefined;
            try {
                const source = { archive, runtime: "nodejs22", signature: "http" };
                const unpacked = unpack("projects/p/locations/l/functions/f", source);
                ({ directory } = unpacked);
                unpacked.remove();
            } catch (error) {
                assert.match(messageOf(error), /^\S/, name);
            }
            const left = readdirSync(tmpdir()).filter(
                (file) => !before.has(file) && file.startsWith("gcp-invoke-function-"),
            );
            assert.ok(directory === undefined || !existsSync(directory), name);
            assert.deepEqual([left, filesOutside()], [[], []], name);
        }
    });

    it("is refused where it is a file of an exported state", async () => {
        const folder = findStateFolder(join(root, "imported"), root, {});
        for (const name of [...KNOWN, ...generated]) {
            const file = join(root, "archive.json");
            const archive = { format: 1, sandbox: { format: 1, collections: {} }, stacks: { [`${name}.json`]: {} } };
            writeFileSync(file, JSON.stringify(archive));
            await importState(folder, file).catch((error: unknown) => {
                assert.match(messageOf(error), /holds the stack .*, which is no file name/s, name);
            });
            const stacks = existsSync(folder.file("stacks")) ? readdirSync(folder.file("stacks")) : [];
            assert.ok(
                stacks.every((each) => each === `${name}.json`),
                stacks.join(),
            );
            rmSync(file);
            rmSync(folder.path, { recursive: true, force: true });
            assert.deepEqual(filesOutside(), [], name);
        }
    });
});
