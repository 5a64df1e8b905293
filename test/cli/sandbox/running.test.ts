import { strict as assert } from "node:assert";
import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command, type Ended } from "../../support/command";
import { checkout } from "../../support/quickstart";
import { backends, kept, taken } from "../../support/strays";

const main = [
    "--no-experimental-strip-types",
    "--conditions=pulumi-gcp-invoke-source",
    `--require=${join(checkout, "scripts", "register.cjs")}`,
    join(checkout, "cli", "main.ts"),
];

describe("commands on a running sandbox", () => {
    let root: string;
    let state: string;
    let program: string;
    let server: ChildProcess;
    let served = "";

    before(async () => {
        root = mkdtempSync(join(checkout, "temp-running-"));
        state = mkdtempSync(join(tmpdir(), "running-"));
        program = join(root, "program");
        cpSync(join(checkout, "test", "e2e", "programs", "plain"), program, { recursive: true });
        server = spawn(process.execPath, [...main, "sandbox", "serve"], {
            stdio: ["ignore", "pipe", "pipe"],
            env: { ...process.env, GCP_INVOKE_STATE: state },
        });
        await new Promise<void>((resolve, reject) => {
            const take = (chunk: Buffer): void => {
                served += chunk.toString();
                if (served.includes("ready:")) {
                    resolve();
                }
            };
            server.stdout?.on("data", take);
            server.stderr?.on("data", take);
            server.on("exit", () => reject(new Error(served)));
        });
    });
    after(async () => {
        if (server.exitCode === null && server.signalCode === null) {
            const ended = new Promise((resolve) => server.once("exit", resolve));
            server.kill("SIGKILL");
            await ended;
        }
        for (const folder of [root, state]) {
            rmSync(folder, { recursive: true, force: true });
        }
    });

    function sandbox(args: string[], env: Record<string, string> = {}): Promise<Ended> {
        return command(state, ["sandbox", ...args], { env });
    }

    it("deploys a program to it, with the program's own mapping, and executes its workflow there", async () => {
        writeFileSync(
            join(program, "sandbox.yaml"),
            "services:\n  - { image: '*hello*', command: [node, server.cjs] }\n",
        );
        writeFileSync(
            join(program, "server.cjs"),
            `require("node:http").createServer((request, response) => {
    console.log("asked for", request.url);
    console.error("and complained");
    response.statusCode = 202;
    response.end();
}).listen(process.env.PORT);
`,
        );
        const up = await sandbox(["up", program]);
        assert.equal(up.code, 0, up.text);
        const invoked = await sandbox(["invoke", "nightly"]);
        assert.match(invoked.text, /SUCCEEDED 202/);
        assert.match(invoked.text, /^\d{4}-\S+Z ✓ serviceAccount:\S+ run\.routes\.invoke/m);
        // The command asked again and again whether the execution has ended, and shows nothing of it.
        const asked = /workflows\.executions\.get/;
        assert.match((await sandbox(["decisions", "--all"])).text, asked);
        const { text } = await sandbox(["decisions"]);
        assert.doesNotMatch(text, asked);
        assert.match(text, /^\d+ reads and requests of the sandbox's own commands are left out: see --all$/m);
        assert.doesNotMatch(invoked.text, asked);
        // One line and nothing else, which the helper compares with its schema.
        const asJson = await sandbox(["invoke", "nightly", "--json"]);
        assert.deepEqual([asJson.code, asJson.text.trim().split("\n").length], [0, 1], asJson.text);
        const record = JSON.parse(asJson.text) as { state: string; result: string };
        assert.deepEqual([record.state, record.result], ["SUCCEEDED", "202"]);
    });

    it("executes a workflow that another tool has deployed, of which no deployment is kept", async () => {
        const [deployment, aside] = [join(state, "deployment.json"), join(state, "aside.json")];
        renameSync(deployment, aside);
        try {
            const invoked = await sandbox(["invoke", "nightly"]);
            assert.match(invoked.text, /SUCCEEDED 202/);
            const wrong = await sandbox(["invoke", "daily"]);
            assert.equal(wrong.code, 1, wrong.text);
            assert.match(wrong.text, /no workflow "daily" in the sandbox; there are nightly/);
        } finally {
            renameSync(aside, deployment);
        }
    });

    it("prints what a service printed, and for one that printed nothing names those that did", async () => {
        const logs = await sandbox(["logs", "report"]);
        assert.match(logs.text, /Z asked for \/\n/);
        assert.match(logs.text, /Z and complained\n/);
        assert.match((await sandbox(["logs"])).text, /Z report: asked for \//);
        const none = await sandbox(["logs", "orders"]);
        assert.equal(none.code, 1);
        assert.match(none.text, /orders has printed nothing, report did/);
        // As it comes, where the sandbox is served.
        assert.match(served, /report: asked for \//);
    });

    it("refuses options that only apply when a sandbox is started", async () => {
        const other = await sandbox(["preview", program, "--project", "other"]);
        assert.equal(other.code, 1);
        assert.match(other.text, /runs on .* already, with project demo .*--project other cannot change that/);
        const host = "hosts:\n  - { host: api.example.com, handler: ./server.cjs }\n";
        writeFileSync(join(program, "sandbox.yaml"), host);
        const mapping = await sandbox(["up", program]);
        assert.equal(mapping.code, 1);
        assert.match(mapping.text, /without the host api\.example\.com.*sandbox serve --mapping/);
    });

    it("removes real credentials from the environment of a command, and keeps all other variables", async () => {
        const real = (names: string[]): Record<string, string> =>
            Object.fromEntries(names.map((name) => [name, "real"]));
        const print = (names: string[]): string =>
            `console.log("real:", ${JSON.stringify(names)}.filter((name) => process.env[name] === "real").join(" "))`;
        const preset = {
            ...real([...taken, ...backends]),
            JAVA_TOOL_OPTIONS: "-Dmine=1",
            NODE_OPTIONS: "--no-warnings",
        };
        const all = await sandbox(["exec", "--", process.execPath, "-e", print([...taken, ...backends])], preset);
        assert.equal(all.code, 0, all.text);
        assert.match(all.text, /^real: $/m);
        const rest = `${print(kept)}; console.log(process.env.JAVA_TOOL_OPTIONS, process.env.NODE_OPTIONS)`;
        // Node itself would warn of this one.
        const names = kept.filter((name) => name !== "NODE_TLS_REJECT_UNAUTHORIZED");
        const own = await sandbox(["exec", "--", process.execPath, "-e", rest], { ...preset, ...real(names) });
        assert.ok(own.text.includes(`real: ${names.join(" ")}\n`), own.text);
        assert.match(own.text, /^-Dmine=1 "-Djavax\.net\.ssl\.trustStore=.* --no-warnings$/m);
        const keep = ["exec", "--keep-backend", "--", process.execPath, "-e", print(backends)];
        assert.ok((await sandbox(keep, preset)).text.includes(`real: ${backends.join(" ")}\n`));
        const env = await sandbox(["env"], { GOOGLE_CREDENTIALS: "real", GOOGLE_GHA_CREDS_PATH: "real" });
        for (const name of ["GOOGLE_CREDENTIALS", "GOOGLE_GHA_CREDS_PATH"]) {
            assert.match(env.text, new RegExp(`^unset ${name}$`, "m"));
        }
    });

    it("ends as the command does, passes signals on, and names the hosts that were refused", async () => {
        const ask = "fetch('https://elsewhere.example/').catch(() => process.exit(3))";
        const failed = await sandbox(["exec", "--", "node", "-e", ask]);
        assert.equal(failed.code, 3);
        assert.match(failed.text, /refused, .*elsewhere\.example \(1\)/);
        assert.equal((await sandbox(["exec", "--", "sh", "-c", "kill -TERM $$"])).code, 143);
        const own = "process.on('SIGTERM', () => process.exit(7)); console.log('up'); setInterval(() => {}, 1000)";
        const told = await command(state, ["sandbox", "exec", "--", "node", "-e", own], {
            killWhen: { output: /up/, signal: "SIGTERM" },
        });
        assert.equal(told.code, 7);
        assert.ok(!told.text.includes("elsewhere.example"), "that was another command's");
    });

    it("does not pass hosts on that it was not started with", async () => {
        const late = await sandbox(["exec", "--allow", "proxy.example", "--", "true"]);
        assert.equal(late.code, 1);
        assert.match(late.text, /lacks a certificate for proxy\.example; stop it, or serve it with a sandbox\.yaml/);
    });

    it("passes standard input on", async () => {
        const child = spawn(process.execPath, [...main, "sandbox", "exec", "--", "cat"], {
            stdio: ["pipe", "pipe", "inherit"],
            env: { ...process.env, GCP_INVOKE_STATE: state },
        });
        let text = "";
        child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
        child.stdin.end("handed on");
        await new Promise((resolve) => child.on("close", resolve));
        assert.equal(text, "handed on");
    });

    it("says in one sentence which member it does not know, and what does not exist", async () => {
        const account = await sandbox(["exec", "--as", "serviceAccount:nobody@x.example", "--", "true"]);
        assert.equal(account.code, 1);
        assert.match(account.text, /^error: the service account nobody@x\.example does not exist .*; create it.*\n$/);
        const member = await sandbox(["env", "--as", "group:all@x.example"]);
        assert.match(member.text, /^error: group:all@x\.example is no principal; use user:EMAIL.*\n$/);
        const none = await sandbox(["exec", "--", "no-such-command"]);
        assert.equal(none.code, 127);
        assert.match(none.text, /^error: there is no command no-such-command; install it.*\n$/);
        const plain = await sandbox(["exec", "--", join(program, "index.js")]);
        assert.equal(plain.code, 126);
        assert.match(plain.text, /^error: .*index\.js cannot be run; make it executable.*\n$/);
    });

    it("says in one sentence what is wrong with a value for the clock, a fault or a file", async () => {
        const wrong: [string[], RegExp][] = [
            [["clock", "-2h"], /'-2h' is invalid.*\. the clock only moves forward/],
            [["clock", "soon"], /'soon' is invalid.*\. it must be a time, such as/],
            [["propagation", "soon"], /'soon' is invalid.*\. it must be a time, such as/],
            [["fault", "--status", "503"], /^error: --status without a host; name the host that should fail/],
            [["fault", "elsewhere.example", "--drop"], /does not serve elsewhere\.example, so nothing can go wrong/],
            [["fault", "--clear", "7"], /^error: there is no fault 7, or its time is over; none is set\n$/],
            [
                ["export", join(root, "no", "folder.json")],
                /folder\.json cannot be written \(there is no such file.*name a folder/,
            ],
            [["reset"], /in use by process \d+; wait for it/],
            [["import", join(program, "Pulumi.yaml")], /Pulumi\.yaml cannot be read/],
            [["serve"], /in use by process \d+; .*another folder with --state/],
            [["serve", "--listen-beyond-loopback", "localhost"], /must be an IP address of this machine/],
            [
                ["serve", "--listen-beyond-loopback", "127.0.0.1"],
                /that is loopback, on which the sandbox listens anyway/,
            ],
        ];
        const ended = await Promise.all(wrong.map(([args]) => sandbox(args)));
        for (const [at, [args, message]] of wrong.entries()) {
            assert.match(ended[at]?.text ?? "", message, args.join(" "));
            assert.notEqual(ended[at]?.code, 0, args.join(" "));
        }
    });

    it("moves the clock, sets faults and clears them", async () => {
        const { text: then } = await sandbox(["clock", "+2h"]);
        assert.ok(Date.parse(then.trim()) - Date.now() > 7_000_000, then);
        const fault = await sandbox([
            "fault",
            "run.googleapis.com",
            "--status",
            "503",
            "--rate",
            "0.2",
            "--for",
            "60s",
        ]);
        assert.match(fault.text, /"status":503,"rate":0\.2,"forMilliseconds":60000/);
        assert.match((await sandbox(["fault"])).text, /^\{"host":"run\.googleapis\.com".*\}\n$/);
        assert.equal((await sandbox(["fault", "--clear"])).text, '{"cleared":1}\n');
    });

    it("ends at Ctrl-C with the refused hosts, and leaves no access file behind", async () => {
        const ended = new Promise((resolve) => server.once("exit", resolve));
        server.kill("SIGINT");
        assert.equal(await ended, 0);
        assert.match(served, /refused, .*elsewhere\.example/);
        assert.ok(!existsSync(join(state, "control.json")) && !existsSync(join(state, "lock")));
    });

    it("says how to start one when none is running", async () => {
        for (const args of [["env"], ["clock", "+1h"], ["groups"], ["decisions", "--follow"]]) {
            const { code, text } = await sandbox(args);
            assert.equal(code, 1, `${args.join(" ")} ended with ${code}:\n${text}`);
            assert.match(text, /^error: no sandbox is running in .*; start one with `gcp-invoke sandbox serve`.*$/m);
        }
    });

    it("says in one sentence that a port is taken, or that the state is too new", async () => {
        const holder = createServer();
        await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
        const address = holder.address();
        const port = typeof address === "object" && address ? address.port : 0;
        const fresh = join(root, "fresh");
        const busy = await command(fresh, ["sandbox", "serve", "--port", String(port)]);
        holder.close();
        assert.equal(busy.code, 1);
        assert.match(
            busy.text,
            /^error: port \d+ on 127\.0\.0\.1 is taken by another program; choose another port.*\n$/,
        );
        writeFileSync(join(fresh, "sandbox.json"), '{"format": 999}\n');
        const newer = await command(fresh, ["sandbox", "serve"]);
        assert.equal(newer.code, 1);
        assert.match(
            newer.text,
            /^error: .*the state has format 999, this version reads format \d+; use the version.*\n$/,
        );
        assert.ok(!existsSync(join(fresh, "lock")), "a start that failed leaves no lock");
    });
});
