import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reportError } from "../../cli/errors";
import { programFor } from "../../cli/program";
import { checkout } from "../support/quickstart";

const WORKFLOW = "main: {steps: [{done: {return: 1}}]}\n";

/** The commands that read a file. `ok.yaml` is a workflow. */
const READ: ((path: string) => string[])[] = [
    (path) => ["run", path],
    (path) => ["run", "ok.yaml", "--replay", path],
    (path) => ["audit", path],
    (path) => ["audit", "ok.yaml", "--targets", path],
    (path) => ["inject", path],
    (path) => ["eject", path],
    (path) => ["verify", "--state", path],
    (path) => ["verify", "--spec", path],
    (path) => ["who", "orders", "--spec", path],
    (path) => ["graph", "--state", path],
    (path) => ["sandbox", "import", path, "--state", "state"],
    (path) => ["sandbox", "up", "project", "--state", "state", "--config-file", path],
    (path) => ["sandbox", "serve", "--state", "state", "--mapping", path],
];

/** The commands that write a file. */
const WRITTEN: ((path: string) => string[])[] = [
    (path) => ["run", "ok.yaml", "--record", path],
    (path) => ["run", "ok.yaml", "--save-test", path],
    (path) => ["audit", "ok.yaml", "--format", `json=${path}`],
    (path) => ["eject", "built.js", "--out", path],
];

/** The commands that use a folder. */
const FOLDERS: ((path: string) => string[])[] = [
    (path) => ["init", path],
    (path) => ["verify", "--specs", path],
    (path) => ["sandbox", "up", path],
    (path) => ["sandbox", "status", "--state", path],
    (path) => ["sandbox", "decisions", "--state", path],
    (path) => ["sandbox", "serve", "--state", path],
    (path) => ["-C", path, "sandbox", "up"],
];

const LONG = "x".repeat(300);
/** Paths where no file can be read, where none can be written, and where no folder is or can be made. */
const UNREADABLE = ["missing.yaml", "missing/below.yaml", "ok.yaml/below", "folder", "circle", LONG];
const UNWRITABLE = ["missing/below.yaml", "ok.yaml/below", "folder", LONG];
const NO_FOLDER = ["ok.yaml", "ok.yaml/below", "circle", LONG];

describe("a path at which there is nothing of the kind that a command needs", () => {
    const start = process.cwd();
    let root: string;
    before(() => {
        root = mkdtempSync(join(tmpdir(), "paths-"));
        process.chdir(root);
        for (const folder of ["folder", "state", "project"]) {
            mkdirSync(folder);
        }
        writeFileSync(join("project", "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
        writeFileSync("ok.yaml", WORKFLOW);
        const library = JSON.stringify(join(checkout, "workflow", "index.ts"));
        writeFileSync(
            "built.js",
            `const { build } = require(${library});\nexports.w = build.workflow({ steps: [build.give("done", 1)] });\n`,
        );
        symlinkSync("circle", "circle");
    });
    after(() => {
        process.chdir(start);
        rmSync(root, { recursive: true });
    });

    /** What a command prints to stderr, and its exit code. */
    async function run(args: string[]): Promise<{ code: number; text: string }> {
        let text = "";
        const write = (said: string | Uint8Array): boolean => Boolean((text += String(said)));
        const original = process.stderr.write.bind(process.stderr);
        const exit = process.exit.bind(process);
        const listeners = process.listeners("SIGINT");
        process.stderr.write = write;
        process.exit = (code) => {
            process.exitCode = code;
            throw new Error("it ends");
        };
        try {
            await programFor(args).parseAsync(args, { from: "user" });
        } catch (error) {
            process.exitCode ??= reportError(error, { write });
        } finally {
            process.stderr.write = original;
            process.exit = exit;
            process.chdir(root);
            for (const added of process.listeners("SIGINT").filter((each) => !listeners.includes(each))) {
                process.off("SIGINT", added);
            }
        }
        const code = Number(process.exitCode ?? 0);
        process.exitCode = undefined;
        return { code, text };
    }

    const cases = [
        ...READ.flatMap((args) => UNREADABLE.map((path) => ({ args: args(path), path }))),
        ...WRITTEN.flatMap((args) => UNWRITABLE.map((path) => ({ args: args(path), path }))),
        ...FOLDERS.flatMap((args) => NO_FOLDER.map((path) => ({ args: args(path), path }))),
    ];
    for (const { args, path } of cases) {
        it(`is named, with what to do: ${args.map((arg) => arg.slice(0, 20)).join(" ")}`, async () => {
            const { code, text } = await run(args);
            assert.notEqual(code, 0, text);
            assert.ok(text.includes(path.split("/")[0] ?? path), text);
            assert.doesNotMatch(text, /\bE[A-Z]{4,}\b|, (open|lstat|mkdir|scandir|read)\b|^\s+at .*:\d+/m);
            assert.match(text, /; |\nfix: /);
        });
    }
});
