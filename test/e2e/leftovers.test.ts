import { strict as assert } from "node:assert";
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { buildProgram } from "../../cli/program";
import { cli, command } from "../support/command";
import { checkout } from "../support/quickstart";
import { skip } from "../support/skip";

const owner = "user:owner@example.com";
const project = "//cloudresourcemanager.googleapis.com/projects/demo";

/** Command lines that need no sandbox, or start one of their own, in an order in which each has something to do. */
const alone = [
    "start",
    "audit flow.yaml",
    "inject flow.yaml",
    "run flow.yaml",
    "eject program/index.js",
    "init made",
    "completion bash",
    "lsp",
    "mcp",
    "call https://real.invalid",
    "token --audience https://real.invalid",
    "sandbox config set size 3 --directory program",
    "sandbox config list --directory program",
    "sandbox config get size --directory program",
    "sandbox config rm size --directory program",
    "sandbox preview program",
    "sandbox up program",
    "sandbox invoke nightly",
    "sandbox refresh program",
    "sandbox outputs program",
    "sandbox state program",
    "sandbox exec -- node -e 0",
    "sandbox exec -- node -e process.exit(3)",
    "sandbox up nowhere",
    "verify",
    "graph dev",
    "sandbox apis",
    "sandbox roles",
    "sandbox reports",
    "sandbox mutate program",
    "who --may user:nobody@example.com --dir program",
];
/** Those that are about a running sandbox. */
const beside = [
    "sandbox env",
    "sandbox status",
    "sandbox invoke nightly",
    "sandbox executions",
    "sandbox logs",
    "sandbox refused",
    "sandbox decisions",
    `sandbox explain ${owner} run.services.get ${project}`,
    "sandbox clock +1h",
    "sandbox propagation 1s",
    "sandbox fault run.googleapis.com --status 503",
    "sandbox groups",
    "sandbox rotate-keys",
    "sandbox exec -- node -e 0",
];
/** Those that run until Ctrl-C. */
const untilCancelled = ["proxy https://real.invalid --port 0", "sandbox watch program"];
const last = ["sandbox export state.json", "sandbox import state.json", "sandbox destroy program", "sandbox reset"];

describe("what a command leaves behind", function () {
    this.timeout(900_000);
    let folder: string;
    let state: string;
    let temporary: string;
    /** What no process but those of this test has in its command line. */
    const mark = `1000.${process.pid}${Math.trunc(Math.random() * 1e6)}`;

    before(function () {
        if (process.platform !== "linux") {
            skip(this, "only Linux lists the processes of a command in /proc");
        }
        mkdirSync(join(checkout, "temp"), { recursive: true });
        folder = mkdtempSync(join(checkout, "temp", "leftovers-"));
        [state, temporary] = [join(folder, "state"), join(folder, "tmp")];
        mkdirSync(temporary);
        cpSync(join(__dirname, "programs", "plain"), join(folder, "program"), { recursive: true });
        cpSync(join(__dirname, "../sandbox/workloads/fixtures/program.cjs"), join(folder, "program", "program.cjs"));
        // The children are not in the group of what started them, or have no environment.
        const children = `sleep ${mark} &\nenv -i PATH="$PATH" sleep ${mark} &\nsh -c "sleep ${mark} & sleep ${mark}" &\nsetsid sleep ${mark} &\nexec node program.cjs\n`;
        writeFileSync(join(folder, "program", "children.sh"), children);
        const mapping = `services:\n    - image: "*/hello*"\n      command: [sh, children.sh]\n`;
        writeFileSync(join(folder, "program", "sandbox.yaml"), mapping);
        writeFileSync(join(folder, "flow.yaml"), "main:\n    steps:\n        - done:\n              return: 1\n");
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    const environment = (): Record<string, string> => ({
        TMPDIR: temporary,
        NODE_COMPILE_CACHE: join(checkout, ".cache", "compile"),
        PULUMI_CONFIG_PASSPHRASE: "",
    });
    const run = (line: string) => command(state, line.split(" "), { cwd: folder, env: environment() });

    function processes(): string[] {
        return readdirSync("/proc").flatMap((pid) => {
            try {
                const [line = "", variables = ""] = ["cmdline", "environ"].map((file) =>
                    readFileSync(`/proc/${pid}/${file}`, "utf8"),
                );
                const ours = line.includes(mark) || line.includes(folder) || variables.includes(folder);
                return ours ? [`${pid} ${line.replaceAll("\0", " ")}`] : [];
            } catch {
                return [];
            }
        });
    }

    /** Of a sandbox that was killed the children end as soon as they see it. */
    async function nothingLeft(after: string): Promise<void> {
        for (const until = Date.now() + 10_000; processes().length > 0 && Date.now() < until;) {
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        // Without a process there is no port either.
        assert.deepEqual(processes(), [], after);
        assert.deepEqual(readdirSync(temporary), [], after);
        if (!after.includes("SIGKILL")) {
            const files = existsSync(state) ? readdirSync(state, { recursive: true, encoding: "utf8" }) : [];
            const ofRunning = /\.(sock|new|partial)$|^(control\.json|credentials)/;
            assert.deepEqual(
                files.filter((file) => ofRunning.test(file)),
                [],
                after,
            );
        }
    }

    /** Starts a command that does not end by itself. It has begun when it prints, or it has ended with an error. */
    async function begin(line: string): Promise<ChildProcess> {
        const [file = "", ...args] = [...cli, ...line.split(" ")];
        const env = { ...process.env, ...environment(), GCP_INVOKE_STATE: state };
        const child = spawn(file, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
        await new Promise<void>((resolve) => {
            for (const stream of [child.stdout, child.stderr]) {
                stream.on("data", () => resolve());
            }
            child.once("exit", () => resolve());
        });
        return child;
    }

    async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
        if (child.exitCode === null && child.signalCode === null) {
            const ended = new Promise((resolve) => child.once("exit", resolve));
            child.kill(signal);
            await ended;
        }
    }

    it("is tried for every command", () => {
        const names: string[] = [];
        const walk = (each: Command, path: string[]): void => {
            if (each.commands.length === 0) {
                names.push(path.join(" "));
            }
            each.commands.forEach((child) => walk(child, [...path, child.name()]));
        };
        walk(buildProgram(undefined), []);
        const tried = [...alone, ...beside, ...untilCancelled, ...last, "sandbox serve", "sandbox console"];
        const missing = names.filter((name) => !tried.some((line) => line === name || line.startsWith(`${name} `)));
        assert.deepEqual(missing, [], "add a line for each");
    });

    it("is its state, and no process, port or other file", async () => {
        const started: string[] = [];
        for (const line of alone) {
            const { text } = await run(line);
            if (line.startsWith("sandbox invoke")) {
                started.push(text);
            }
            await nothingLeft(line);
        }
        assert.match(started.join(), /200/, "the workload with the children did not run");

        for (const line of untilCancelled) {
            await end(await begin(line), "SIGINT");
            await nothingLeft(line);
        }

        for (const signal of ["SIGTERM", "SIGKILL"] as const) {
            const serving = await begin("sandbox serve");
            const before = new Set(processes().map((one) => one.split(" ")[0]));
            for (const line of signal === "SIGTERM" ? beside : ["sandbox invoke nightly"]) {
                await run(line);
            }
            await end(await begin("sandbox console"), "SIGINT");
            const workload = processes().filter((one) => one.includes(mark));
            assert.ok(workload.length >= 4, `the workload's children do not run: ${workload.join(", ")}`);
            assert.ok(before.size > 0);
            await end(serving, signal);
            await nothingLeft(`serve, ended by ${signal}`);
        }
        // What a killed sandbox could not remove goes with the next one.
        for (const line of ["sandbox invoke nightly", ...last]) {
            const { code, text } = await run(line);
            assert.equal(code, 0, `${line}: ${text}`);
            await nothingLeft(line);
        }
        assert.deepEqual(readdirSync(folder).sort(), ["flow.yaml", "made", "program", "state.json", "tmp"]);
    });
});
