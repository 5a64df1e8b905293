import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readState } from "../../sandbox/light";
import { nodeArguments } from "../bench/processes";
import { skip } from "../support/skip";

interface Told {
    n: number;
    status: number;
}

/** A process that makes topics in a sandbox, under limits of the shell, and what it told of them. */
class Writer {
    readonly told: Told[] = [];
    proxy = "";
    output = "";
    readonly child: ChildProcess;

    constructor(limits: string, folder: string) {
        const node = [process.execPath, ...nodeArguments, join(__dirname, "state-writer.ts"), folder];
        // A process that ignores the signal gets an error where it writes beyond the limit, as on a full disk.
        const script = `trap '' XFSZ; ${limits}; exec "$@"`;
        this.child = spawn("sh", ["-c", script, "sh", ...node], { stdio: ["ignore", "pipe", "pipe", "ipc"] });
        this.child.on("message", (message: Told | { proxy: string }) => {
            if ("proxy" in message) {
                this.proxy = message.proxy;
            } else {
                this.told.push(message);
            }
        });
        for (const stream of [this.child.stdout, this.child.stderr]) {
            stream?.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
        }
    }

    async until(holds: () => boolean): Promise<void> {
        while (!holds()) {
            assert.ok(
                this.child.exitCode === null && this.child.signalCode === null,
                `the sandbox ended: ${this.output}`,
            );
            await new Promise((done) => setTimeout(done, 10));
        }
    }

    async kill(): Promise<void> {
        const ended = new Promise((done) => this.child.once("exit", done));
        this.child.kill("SIGKILL");
        await ended;
    }

    count(status: number): number {
        return this.told.filter((each) => each.status === status).length;
    }
}

describe("a sandbox that has no room", function () {
    let folder: string;
    let writer: Writer | undefined;
    before(function () {
        if (process.platform !== "linux" || spawnSync("prlimit", ["--version"]).status !== 0) {
            skip(this, "only Linux with util-linux can take the room of a process away and give it back");
        }
    });
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "full-"))));
    afterEach(async () => {
        if (writer?.child.exitCode === null && writer.child.signalCode === null) {
            await writer.kill();
        }
        rmSync(folder, { recursive: true, force: true });
    });

    const topics = (): Set<string> =>
        new Set(Object.keys(readState(join(folder, "sandbox.json"))["pubsub.topics"] ?? {}));
    const missing = (told: Told[]): number[] => {
        const kept = topics();
        return told.flatMap(({ n }) => (kept.has(`projects/demo/topics/t-${n}`) ? [] : [n]));
    };

    it("answers errors to those who change something while the disk is full, and loses nothing when there is room again", async () => {
        // Blocks of 512 bytes: 30 KB.
        writer = new Writer("ulimit -S -f 60", folder);
        const { told, child } = writer;
        await writer.until(() => (writer?.count(500) ?? 0) >= 5);
        const before = told.filter(({ status }) => status === 200);
        assert.ok(before.length > 10);
        assert.match(writer.output, /cannot write its state to .*; make room on the disk/);
        execFileSync("prlimit", [`--pid=${child.pid ?? 0}`, "--fsize=unlimited"]);
        const full = told.length;
        await writer.until(() => told.slice(full).filter(({ status }) => status === 200).length > 20);
        await writer.kill();
        assert.deepEqual(missing(told), []);
        assert.match(writer.output, /writes its state to .* again; nothing was lost/);
    });

    it("loses no answered change where it is killed while the disk is full", async () => {
        writer = new Writer("ulimit -S -f 60", folder);
        await writer.until(() => (writer?.count(500) ?? 0) >= 3);
        await writer.kill();
        assert.deepEqual(missing(writer.told.filter(({ status }) => status === 200)), []);
    });

    it("goes on while idle connections take all files that it may open", async () => {
        writer = new Writer("ulimit -n 96", folder);
        await writer.until(() => (writer?.count(200) ?? 0) > 5);
        const { port } = new URL(writer.proxy);
        const sockets: Socket[] = Array.from({ length: 200 }, () =>
            connect(Number(port), "127.0.0.1").on("error", () => undefined),
        );
        // Nobody says how many of them were taken. The more were, the more is tested.
        await new Promise((done) => setTimeout(done, 500));
        const crowded = writer.told.length;
        await writer.until(() => (writer?.told.length ?? 0) > crowded + 50);
        sockets.forEach((socket) => socket.destroy());
        await writer.kill();
        assert.equal(writer.count(200), writer.told.length);
        assert.deepEqual(missing(writer.told), []);
    });
});
