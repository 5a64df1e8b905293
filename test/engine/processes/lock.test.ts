import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmdirSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acquireLock } from "../../../engine/processes/lock";

const user = join(__dirname, "lock-user.ts");
/** `LOCK_ROUNDS=300` for the long run. */
const ROUNDS = Number(process.env["LOCK_ROUNDS"] ?? 12);

describe("a lock", function () {
    this.timeout(120_000 + ROUNDS * 1000);
    let folder: string;
    let path: string;
    const children: ChildProcess[] = [];
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "lock-"));
        path = join(folder, "lock");
    });
    afterEach(() => {
        children.splice(0).forEach((child) => child.kill("SIGKILL"));
        rmSync(folder, { recursive: true, force: true });
    });

    /** Another process that uses the lock. */
    const start = (rounds: number, keep = false): ChildProcess => {
        const register = `--require=${join(__dirname, "..", "..", "..", "scripts", "register.cjs")}`;
        const args = ["--no-experimental-strip-types", "--conditions=pulumi-gcp-invoke-source", register, user];
        const child = spawn(process.execPath, [...args, path, String(rounds), ...(keep ? ["keep"] : [])], {
            stdio: ["ignore", "pipe", "inherit"],
        });
        children.push(child);
        return child;
    };
    const holding = async (): Promise<ChildProcess> => {
        const child = start(1, true);
        assert.ok(child.stdout !== null);
        await once(child.stdout, "data");
        return child;
    };
    const holds = async (): Promise<() => void> => {
        const attempt = await acquireLock(path);
        assert.ok("release" in attempt, JSON.stringify(attempt));
        return attempt.release;
    };
    const sockets = (): string[] => readdirSync(folder).filter((name) => name.includes(".sock"));

    it("has one holder at a time, whoever of six processes asks how often, and one of them always gets it", async () => {
        const all = Array.from({ length: 6 }, () => start(ROUNDS));
        assert.deepEqual(
            await Promise.all(all.map(async (child) => (await once(child, "exit"))[0] as number)),
            [0, 0, 0, 0, 0, 0],
        );
        const log = readFileSync(`${path}.log`, "utf8").split("\n");
        assert.equal(log.filter((line) => line === "two").length, 0);
        assert.ok(log.filter((line) => line === "held").length >= ROUNDS);
        assert.deepEqual(sockets(), []);
    });

    it("is refused while another process holds it, which is named, also when that one is stopped", async () => {
        const other = await holding();
        assert.deepEqual(await acquireLock(path), { holder: { pid: other.pid } });
        other.kill("SIGSTOP");
        assert.deepEqual(await acquireLock(path), { holder: { pid: other.pid } });
    });

    it("is free when its holder was killed, and nothing of that one is left", async () => {
        for (let round = 0; round < 3; round++) {
            const other = await holding();
            other.kill("SIGKILL");
            await once(other, "exit");
            rmdirSync(`${path}.held`);
        }
        (await holds())();
        assert.deepEqual(sockets(), []);
    });

    it("has one holder of those that come after a killed one, all at once", async () => {
        const other = await holding();
        other.kill("SIGKILL");
        await once(other, "exit");
        const attempts = await Promise.all(Array.from({ length: 8 }, () => acquireLock(path)));
        const held = attempts.flatMap((attempt) => ("release" in attempt ? [attempt.release] : []));
        assert.equal(held.length, 1);
        assert.deepEqual(
            attempts.find((attempt) => "holder" in attempt),
            { holder: { pid: process.pid } },
        );
        held[0]?.();
    });

    it("is refused to a second operation of the same process, and free when the first has ended", async () => {
        const release = await holds();
        assert.deepEqual(await acquireLock(path), { holder: { pid: process.pid } });
        release();
        (await holds())();
    });

    it("is not taken for held by a file that names a process which lives, as 1 does in every container", async () => {
        writeFileSync(path, "1");
        writeFileSync(`${path}.0123456789ab.sock`, "1");
        (await holds())();
        assert.ok(!existsSync(`${path}.0123456789ab.sock`));
    });

    it("is held by whoever listens and says nothing", async () => {
        const silent = createServer(() => undefined).listen(`${path}.0123456789ab.sock`);
        await once(silent, "listening");
        assert.deepEqual(await acquireLock(path), { holder: { pid: 0 } });
        silent.close();
    });

    it("is one lock in a folder whose path is longer than a socket's may be", async () => {
        path = join(folder, "a".repeat(100), "b".repeat(100), "lock");
        mkdirSync(join(path, ".."), { recursive: true });
        const release = await holds();
        assert.deepEqual(await acquireLock(path), { holder: { pid: process.pid } });
        release();
        (await holds())();
    });

    it("keeps no process alive", async () => {
        const child = spawn(process.execPath, [
            "--no-experimental-strip-types",
            "--conditions=pulumi-gcp-invoke-source",
            `--require=${join(__dirname, "..", "..", "..", "scripts", "register.cjs")}`,
            "-e",
            `require(${JSON.stringify(join(__dirname, "..", "..", "..", "engine", "processes", "index.ts"))}).acquireLock(${JSON.stringify(path)})`,
        ]);
        assert.deepEqual((await once(child, "exit"))[0], 0);
    });
});
