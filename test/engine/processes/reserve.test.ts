import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { childArguments } from "../../../engine/processes/lifeline";
import { emptyReserve, fillReserve, type NodeProgram, startInReserve } from "../../../engine/processes/reserve";
import { Sandbox } from "../../../sandbox";
import { checkout } from "../../support/quickstart";
import { skip } from "../../support/skip";

/** Prints all that a program can see of how it was started. */
const SCRIPT = `
const { argv, env, execArgv } = process;
const main = require.main === module;
process.stdout.write(JSON.stringify({ pid: process.pid, seen: { argv, env, execArgv, main } }));
process.exitCode = env.EXIT;
`;

describe("processes that wait for a program", () => {
    let folder: string;
    let script: string;
    before(() => {
        // In the checkout, because the last test's program finds the SDK from there.
        mkdirSync(join(checkout, "temp"), { recursive: true });
        folder = mkdtempSync(join(checkout, "temp", "reserve-"));
        script = join(folder, "script.js");
        writeFileSync(script, SCRIPT);
    });
    after(() => rmSync(folder, { recursive: true, force: true }));
    afterEach(() => emptyReserve());

    const start = (environment: NodeJS.ProcessEnv, options: string[] = [], args = ["a"]): ChildProcess =>
        startInReserve(programOf(options, args), environment, join(folder, "cache"));
    const programOf = (options: string[] = [], args = ["a"]): NodeProgram => ({
        options: [...childArguments, ...options],
        script,
        args,
        directory: folder,
    });
    const ended = async (child: ChildProcess): Promise<{ pid: number; seen: unknown; code: unknown }> => {
        assert.ok(child.stdout);
        const [said, exit] = await Promise.all([text(child.stdout), once(child, "exit")]);
        const [code] = exit as [number];
        return { ...(JSON.parse(said) as { pid: number; seen: unknown }), code };
    };
    const base = { PATH: process.env["PATH"] };

    it("run it as a new process does: with its arguments, its variables alone, and its exit code", async () => {
        const name = fc.constantFrom(
            "HTTPS_PROXY",
            "GOOGLE_OAUTH_ACCESS_TOKEN",
            "SSL_CERT_FILE",
            "PULUMI_CONFIG",
            "EXIT",
        );
        const variables = fc.dictionary(name, fc.constantFrom("0", "7", "12"), { minKeys: 1 });
        await fc.assert(
            fc.asyncProperty(variables, variables, async (first, { EXIT: _, ...late }) => {
                const same = first["EXIT"] === undefined ? {} : { EXIT: first["EXIT"] };
                emptyReserve();
                await ended(start({ ...base, ...first }));
                fillReserve();
                const waited = start({ ...base, ...late, ...same });
                const { pid, ...seen } = await ended(waited);
                emptyReserve();
                const fresh = await ended(start({ ...base, ...late, ...same }));
                assert.deepEqual(seen, { seen: fresh.seen, code: fresh.code });
                assert.notEqual(pid, fresh.pid);
            }),
            { numRuns: 3 },
        );
    });

    it("read this package again if it was changed while they waited, and only then", async () => {
        for (const directory of ["engine/processes", "common"]) {
            mkdirSync(join(folder, directory), { recursive: true });
        }
        const source = join(checkout, "engine", "processes", "standby.ts");
        copyFileSync(source, join(folder, "engine", "processes", "standby.ts"));
        const [word, main, runs] = ["common/word.js", "main.cjs", "runs.js"].map((name) => join(folder, name)) as [
            string,
            string,
            string,
        ];
        writeFileSync(main, 'require("./engine/processes/standby.ts");');
        writeFileSync(runs, 'console.log("runs with", require("./common/word.js"));');
        for (const isChanged of [true, false]) {
            const write = (value: string): void =>
                writeFileSync(word, `console.log("loads"); module.exports = "${value}";`);
            write("old");
            utimesSync(word, 1, 1);
            const options = [...childArguments, "--no-experimental-strip-types"];
            const child = spawn(process.execPath, [...options, main], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
            child.send({ modules: [word] });
            assert.ok(child.stdout);
            const [first] = (await once(child.stdout, "data")) as [Buffer];
            if (isChanged) {
                write("new");
            }
            const environment = { PATH: String(process.env["PATH"]) };
            child.send({ script: runs, args: [], environment, list: join(folder, "list.json") });
            const said = String(first) + (await text(child.stdout));
            assert.equal(said, isChanged ? "loads\nloads\nruns with new\n" : "loads\nruns with old\n");
        }
    });

    it("are taken once, by a program that starts in the same way, and by no other", async () => {
        const others: [NodeJS.ProcessEnv, string[]][] = [
            [{ ...base, NODE_OPTIONS: "--no-warnings" }, []],
            [{ ...base, TZ: "Asia/Tokyo" }, []],
            [base, ["--no-deprecation"]],
            // With this option, Node runs no main file in TypeScript, as those of this checkout are.
            [base, ["--no-experimental-strip-types"]],
        ];
        await ended(start(base));
        fillReserve();
        const taken = start({ ...base, GOOGLE_OAUTH_ACCESS_TOKEN: "late" });
        const again = start(base);
        await Promise.all([ended(taken), ended(again)]);
        assert.notEqual(taken.pid, again.pid);
        fillReserve();
        for (const [environment, options] of others) {
            const child = start(environment, options);
            assert.equal((await ended(child)).code, 0);
            assert.notEqual(child.pid, again.pid);
        }
    });

    it("end with the process that started them, also if that is killed, and do not keep it alive", async function () {
        const source = `
            const { fillReserve, startInReserve } = require(${JSON.stringify(join(checkout, "engine/processes/reserve"))});
            const { childArguments } = require(${JSON.stringify(join(checkout, "engine/processes/lifeline"))});
            const child = startInReserve({ options: childArguments, script: ${JSON.stringify(script)}, args: [], directory: __dirname }, process.env, ${JSON.stringify(join(folder, "cache"))});
            child.once("exit", () => {
                fillReserve();
                const pids = require("node:fs").readFileSync("/proc/self/task/" + process.pid + "/children", "utf8");
                process.stdout.write(pids + "\\n");
                if (process.argv[2] === "stay") setInterval(() => {}, 1000);
            });`;
        if (!existsSync(`/proc/self/task/${process.pid}/children`)) {
            skip(this, "this system does not tell the children of a process in /proc");
        }
        const file = join(folder, "parent.js");
        writeFileSync(file, source);
        for (const how of ["stay", "end"]) {
            const register = childArguments.filter((each) => /^--(conditions|require=.*register)/.test(each));
            const parent = spawn(process.execPath, [...register, file, how], { stdio: ["ignore", "pipe", "inherit"] });
            const [line] = (await once(parent.stdout, "data")) as [Buffer];
            const [pid = NaN] = line.toString().trim().split(" ").map(Number);
            assert.ok(pid > 0);
            if (how === "stay") {
                parent.kill("SIGKILL");
            }
            await once(parent, "exit");
            while (existsSync(`/proc/${pid}`)) {
                await sleep(20);
            }
        }
    });

    it("run programs in another sandbox than the one before, and reach that sandbox alone", async () => {
        const program = join(folder, "program");
        mkdirSync(program);
        writeFileSync(join(program, "Pulumi.yaml"), "name: program\nruntime: nodejs\n");
        writeFileSync(join(program, "package.json"), '{ "main": "index.js" }');
        writeFileSync(join(program, "index.js"), PROGRAM);
        const before = process.env["GCP_INVOKE_RESERVE"];
        delete process.env["GCP_INVOKE_RESERVE"];
        try {
            for (const early of [false, true, true]) {
                await using sandbox = await Sandbox.start({ project: early ? "second" : "first" });
                const { result, outputs, diagnostics } = await sandbox.up(program);
                assert.equal(result, "succeeded", JSON.stringify(diagnostics));
                assert.deepEqual({ ...outputs }, { early, status: 200, project: sandbox.project, stopped: true });
                assert.ok(sandbox.decisions().some(({ permission }) => permission === "run.services.list"));
                assert.deepEqual(
                    sandbox.refused().map(({ host }) => host),
                    ["example.com"],
                );
                // The second time in another sandbox, where the processes of the first wait.
                await new Promise(setImmediate);
            }
        } finally {
            if (before !== undefined) {
                process.env["GCP_INVOKE_RESERVE"] = before;
            }
        }
    });
});

/** Tells whether the provider was loaded before the program, and whom it reaches. */
const PROGRAM = `
const early = Object.keys(require.cache).some((path) => /@pulumi.gcp.serviceaccount/.test(path));
const { Account } = require("@pulumi/gcp/serviceaccount");
const { Config } = require("@pulumi/pulumi");
module.exports = async () => {
    const project = new Config("gcp").require("project");
    new Account("caller", { accountId: "caller" });
    const url = "https://run.googleapis.com/v2/projects/" + project + "/locations/europe-west1/services";
    const headers = { authorization: "Bearer " + process.env.GOOGLE_OAUTH_ACCESS_TOKEN };
    const { status } = await fetch(url, { headers });
    const stopped = await fetch("https://example.com/").then(() => false, () => true);
    return { early, status, project, stopped };
};
`;
