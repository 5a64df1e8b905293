import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
    chmodSync,
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportState, importState } from "../../../cli/sandbox/archive";
import { KeptFile } from "../../../cli/sandbox/kept";
import { collectReports } from "../../../cli/sandbox/reports";
import { findStateFolder } from "../../../cli/sandbox/state-folder";
import { openStack } from "../../../engine";
import { Crypter, StateFile } from "../../../engine/state";
import { Sandbox } from "../../../sandbox";
import { startControl } from "../../../sandbox/control";
import { findRunning } from "../../../sandbox/control-client";

/** What is written again whatever was in it: nobody reads it here. */
const REWRITTEN = /^(\.gitignore|ca\.pem|truststore\.jks|credentials\/.*|decisions\.jsonl)$/;
const CONTENTS: Record<string, string | Buffer | ((content: string) => string | Buffer)> = {
    null: "null",
    "an empty object": "{}",
    "an empty list": "[]",
    "a number": "5",
    "nothing at all": "",
    "half of itself": (content) => content.slice(0, content.length / 2),
    "of another version": (content) =>
        content.includes('"version"') || content.includes('"format"')
            ? content.replace(/"(version|format)":\s*\d+/, '"$1": 99')
            : '{"version":99,"format":99}',
    "with null in it": (content) =>
        content.replace(/[[{]/, (open) =>
            open === "{" ? '{"format":1,"version":3,"collections":null,"deployment":null,"x":' : "[null,",
        ),
    binary: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff, 0xfe, 0x0a, 0]),
};
const STRANGE: Record<string, (file: string, aside: string) => void> = {
    "a symbolic link": (file, aside) => {
        symlinkSync(aside, file);
    },
    "a link to nothing": (file, aside) => {
        symlinkSync(`${aside}.gone`, file);
    },
    "a pipe": (file) => void execFileSync("mkfifo", [file]),
    "a folder": (file) => {
        mkdirSync(file);
    },
};

describe("the files of a state folder", function () {
    this.timeout(180_000);
    let root: string;
    let good: string;
    let files: string[];
    before(async () => {
        root = mkdtempSync(join(tmpdir(), "damage-"));
        good = join(root, "good");
        assert.deepEqual(await use(good, { inside: true }), []);
        files = below(good).filter((file) => !file.endsWith(".sock"));
    });
    after(() => {
        rmSync(root, { recursive: true, force: true });
    });

    function below(folder: string, prefix = ""): string[] {
        return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
            entry.isDirectory() ? below(join(folder, entry.name), `${prefix}${entry.name}/`) : [prefix + entry.name],
        );
    }

    /** What all commands together read and write. @returns the messages of those that fail */
    async function use(path: string, { inside = false } = {}): Promise<string[]> {
        const problems: string[] = [];
        const attempt = async (act: () => unknown): Promise<void> => {
            try {
                await act();
            } catch (error) {
                problems.push((error as Error).message);
            }
        };
        const folder = findStateFolder(path, root, {});
        await attempt(async () => {
            (await folder.lock())();
        });
        await attempt(() => folder.lastDeployment());
        await attempt(() => findRunning(path));
        await attempt(async () => {
            await using sandbox = await Sandbox.start({ stateDir: path });
            const control = await startControl(sandbox);
            // The file of a sandbox that was killed stays.
            const left = readFileSync(join(path, "control.json"));
            try {
                await sandbox.clientEnvironment();
            } finally {
                await control.close();
            }
            if (inside) {
                writeFileSync(join(path, "control.json"), left, { mode: 0o600 });
            }
        });
        await attempt(async () => {
            const request = () => Promise.reject(new Error("no request"));
            const program = () => Promise.resolve({ a: 1 });
            const stack = await openStack({
                program,
                project: "p",
                stack: "s",
                stateDirectory: join(path, "stacks"),
                request,
            });
            stack.export();
            if (inside) {
                await stack.up();
            }
        });
        await attempt(async () => {
            const crypter = await Crypter.ofFile(join(path, "stacks", "key.json"));
            new StateFile(join(path, "stacks", "p.s.json"), crypter).save();
        });
        await attempt(() => {
            const log = new KeptFile(join(path, "decisions.jsonl"), "decisions");
            log.append({ id: 1 });
            log.close();
        });
        await attempt(() => {
            folder.remember(folder.lastDeployment() ?? { directory: root, project: "p", stack: "s" });
        });
        await attempt(() => {
            const reports = collectReports(join(path, "reports", "p", "s"));
            return reports.list();
        });
        await attempt(() => {
            exportState(folder, join(root, "export.json"));
        });
        return problems;
    }

    async function damaged(file: string, damage: (file: string, aside: string) => void): Promise<string[]> {
        const path = mkdtempSync(join(root, "state-"));
        cpSync(good, path, { recursive: true, filter: (name) => !name.endsWith(".sock") });
        const aside = mkdtempSync(join(root, "aside-"));
        const theirs = join(aside, "theirs");
        writeFileSync(theirs, "theirs");
        chmodSync(theirs, 0o666);
        damage(join(path, file), theirs);
        const problems = await use(path);
        assert.deepEqual(readdirSync(aside), ["theirs"], file);
        assert.equal(readFileSync(theirs, "utf8"), "theirs", file);
        for (const problem of problems) {
            assert.ok(problem.includes(join(path, file)), `${file}: ${problem}`);
            assert.match(problem, /; /, `what to do: ${problem}`);
            assert.doesNotMatch(problem, /ya29|BEGIN|passphrase":/);
        }
        return problems;
    }

    it("are the ones that the commands write", () => {
        for (const file of [
            "sandbox.json",
            "control.json",
            "ca.pem",
            "truststore.jks",
            "deployment.json",
            "stacks/key.json",
            "stacks/p.s.json",
            "decisions.jsonl",
            ".gitignore",
        ]) {
            assert.ok(files.includes(file), `${file} of ${files.join(" ")}`);
        }
        for (const file of files) {
            assert.equal(statSync(join(good, file)).mode & 0o077, 0, file);
        }
    });

    for (const [kind, content] of Object.entries(CONTENTS)) {
        it(`are named with what to do where one holds ${kind}`, async () => {
            for (const file of files) {
                const problems = await damaged(file, (path) => {
                    writeFileSync(path, typeof content === "function" ? content(readFileSync(path, "utf8")) : content);
                });
                assert.equal(problems.length > 0, !REWRITTEN.test(file), `${file}: ${problems.join("\n")}`);
            }
        });
    }

    for (const [kind, make] of Object.entries(STRANGE)) {
        it(`are named, and nothing is written, where one is ${kind}`, async () => {
            for (const file of files) {
                const problems = await damaged(file, (path, aside) => {
                    rmSync(path);
                    make(path, aside);
                });
                assert.ok(problems.length > 0, file);
            }
        });
    }

    it("are not written where others may write to their folder", async () => {
        for (const folder of ["", "stacks", "credentials"]) {
            const path = mkdtempSync(join(root, "open-"));
            cpSync(good, path, { recursive: true });
            mkdirSync(join(path, folder), { recursive: true });
            chmodSync(join(path, folder), 0o777);
            const problems = await use(path);
            assert.ok(
                problems.some((problem) => problem.includes(`others may write to ${join(path, folder)}`)),
                problems.join("\n"),
            );
        }
        const fresh = join(root, "shared");
        mkdirSync(fresh);
        chmodSync(fresh, 0o777);
        const folder = findStateFolder(fresh, root, {});
        await assert.rejects(folder.lock(), /others may write/);
        await assert.rejects(Sandbox.start({ stateDir: fresh }), /others may write/);
        assert.deepEqual(readdirSync(fresh), []);
    });

    it("stay as they are where a damaged export is imported", async () => {
        exportState(findStateFolder(good, root, {}), join(root, "export.json"));
        const text = readFileSync(join(root, "export.json"), "utf8");
        const archive = JSON.parse(text) as Record<string, unknown>;
        const damages: unknown[] = [
            null,
            {},
            [],
            5,
            { ...archive, stacks: null },
            { ...archive, stacks: { "a.json": null } },
        ];
        damages.push(
            { ...archive, stacks: { "../../esc.json": {} } },
            { ...archive, sandbox: 5 },
            { ...archive, format: 99 },
        );
        damages.push({ ...archive, sandbox: { format: 1 } }, { ...archive, sandbox: { format: 99, collections: {} } });
        const path = mkdtempSync(join(root, "import-"));
        cpSync(good, path, { recursive: true });
        const before = below(path).map((file) => [file, readFileSync(join(path, file), "hex")]);
        for (const content of [...damages.map((value) => JSON.stringify(value)), "", text.slice(0, 50)]) {
            writeFileSync(join(root, "bad.json"), content);
            await assert.rejects(importState(findStateFolder(path, root, {}), join(root, "bad.json")), /bad\.json/);
            assert.deepEqual(
                below(path).map((file) => [file, readFileSync(join(path, file), "hex")]),
                before,
            );
        }
        await importState(findStateFolder(path, root, {}), join(root, "export.json"));
        assert.ok(existsSync(join(path, "stacks", "key.json")));
    });
});
