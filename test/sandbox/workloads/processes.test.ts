import { strict as assert } from "node:assert";
import { fork, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { skip } from "../../support/skip";

/** How long the system may take to end what is told to end. */
const PATIENCE = 60_000;
const main = join(__dirname, "sandbox-process.ts");
const register = join(__dirname, "../../../scripts/register.cjs");

/** Writes its process ID down, and listens where it is told to. */
const SERVER = `
require("node:fs").writeFileSync(process.argv[2], String(process.pid));
process.on("SIGTERM", () => {});
const server = require("node:http").createServer((request, response) => response.end("ready"));
if (process.argv[3] !== "quiet") server.listen(process.env.PORT);
setInterval(() => {}, 1000);
`;

/** How programs are started that are not the service themselves. */
const STARTS: Record<string, string> = {
    "its child": "node server.cjs child.pid; true",
    "a child in the background, while it waits": "node server.cjs child.pid & wait",
    "a child and a grandchild": "sh -c 'node server.cjs grandchild.pid quiet & node server.cjs child.pid; true'; true",
    ...(process.platform === "linux" && {
        "a child in a session of its own":
            "setsid node server.cjs grandchild.pid quiet & node server.cjs child.pid; true",
        "one that has gone to the background by itself":
            "(setsid sh -c 'node server.cjs grandchild.pid quiet &' &) ; node server.cjs child.pid; true",
    }),
};

describe("what a command starts", function () {
    let folder: string;
    beforeEach(function () {
        if (process.platform === "win32") {
            skip(this, "its commands are for a shell");
        }
        folder = mkdtempSync(join(tmpdir(), "processes-"));
        writeFileSync(join(folder, "server.cjs"), SERVER);
    });
    afterEach(() => {
        if (folder) {
            rmSync(folder, { recursive: true, force: true });
        }
    });

    /** A process with a sandbox in which the command, or another runner, has answered. */
    async function serve(
        command: string,
        runner = `command: [sh, -c, "${command}"]`,
    ): Promise<{ sandbox: ChildProcess; exit: Promise<number | null> }> {
        writeFileSync(join(folder, "sandbox.yaml"), `services:\n  - { image: "*", ${runner} }\n`);
        const execArgv = [...process.execArgv, `--require=${register}`];
        const sandbox = fork(main, [join(folder, "sandbox.yaml")], { silent: true, execArgv });
        const exit = new Promise<number | null>((resolve) => sandbox.once("exit", resolve));
        const answered = await new Promise((resolve) => sandbox.once("message", resolve));
        assert.equal(answered, 200);
        return { sandbox, exit };
    }
    function alive(): string[] {
        return ["child.pid", "grandchild.pid"].filter((name) => {
            const file = join(folder, name);
            return existsSync(file) && isAlive(Number(readFileSync(file, "utf8")));
        });
    }
    async function allGone(): Promise<void> {
        const deadline = Date.now() + PATIENCE;
        while (alive().length > 0 && Date.now() < deadline) {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        assert.deepEqual(alive(), []);
    }

    for (const [what, command] of Object.entries(STARTS)) {
        for (const [how, end] of [
            ["is closed", (sandbox) => sandbox.send("close")],
            ["calls process.exit", (sandbox) => sandbox.send("exit")],
            ["is killed", (sandbox) => sandbox.kill("SIGKILL")],
        ] as [string, (sandbox: ChildProcess) => void][]) {
            if (how !== "is killed" && command !== STARTS["a child and a grandchild"]) {
                continue;
            }
            it(`ends when its sandbox ${how}: ${what}`, async () => {
                const { sandbox, exit } = await serve(command);
                const started = command.includes("grandchild") ? 2 : 1;
                for (const until = Date.now() + PATIENCE; alive().length < started && Date.now() < until;) {
                    await new Promise((resolve) => setTimeout(resolve, 20));
                }
                assert.equal(alive().length, started);
                end(sandbox);
                // A sandbox that is closed leaves nothing that keeps its process.
                await exit;
                await allGone();
            });
        }
    }

    it("ends with the program that started it, as in a container", async () => {
        const { sandbox, exit } = await serve("node server.cjs child.pid & while [ ! -e over ]; do sleep 0.1; done");
        writeFileSync(join(folder, "over"), "");
        await allGone();
        sandbox.send("close");
        await exit;
    });

    for (const [how, end] of [
        ["is closed", (sandbox) => sandbox.send("close")],
        ["is killed", (sandbox) => sandbox.kill("SIGKILL")],
    ] as [string, (sandbox: ChildProcess) => void][]) {
        it(`ends when its sandbox ${how}: what a handler has started and let go`, async function () {
            if (process.platform !== "linux") {
                skip(this, "only Linux shows the environment of a process, by which it is known");
            }
            const start = `const { spawn } = require("node:child_process");
                const options = { detached: true, stdio: "ignore", cwd: __dirname, env: {} };
                const child = spawn(process.execPath, ["server.cjs", "child.pid", "quiet"], options);
                child.unref();
                module.exports = (request, response) => response.end();`;
            writeFileSync(join(folder, "handler.cjs"), start);
            const { sandbox, exit } = await serve("", "handler: ./handler.cjs");
            while (!alive().includes("child.pid")) {
                await new Promise((resolve) => setTimeout(resolve, 20));
            }
            end(sandbox);
            await exit;
            await allGone();
        });
    }
});

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
    } catch {
        return false;
    }
    try {
        // One that has ended and that nobody has asked after is listed until somebody does.
        return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
    } catch {
        return process.platform !== "linux";
    }
}
