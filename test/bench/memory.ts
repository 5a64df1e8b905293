import { fork, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findRunning } from "../../sandbox/control-client";
import { deployDoor } from "./door-service";
import { load, plain } from "./load";
import { nodeArguments } from "./processes";

/** How much a sandbox holds after it has answered for a while, in megabytes, after a collection of garbage. */
export interface MemoryFigures {
    few: Memory;
    many: Memory;
    /** {@link many} over {@link few}, of the heap. */
    heapRatio: number;
    /** The same of the whole process: the aim is at most 1.1. */
    processRatio: number;
}

export interface Memory {
    requests: number;
    heap: number;
    process: number;
}

const CONNECTIONS = 16;
/** Far more than either takes. */
const LONGEST = 600_000;

/** Sends requests through the front door of a sandbox that is served as users serve it, and asks twice what it holds. */
export async function measureMemory(few = 10_000, many = 100_000): Promise<MemoryFigures> {
    const state = mkdtempSync(join(tmpdir(), "gcp-invoke-memory-"));
    const probe = `--require=${join(__dirname, "memory-probe.cjs")}`;
    const main = join(__dirname, "..", "..", "cli", "main.ts");
    const mapping = join(__dirname, "door.yaml");
    const sandbox = fork(main, ["sandbox", "serve", "--json", "--project", "demo", "--mapping", mapping], {
        execArgv: [...nodeArguments, "--expose-gc", probe],
        env: { ...process.env, GCP_INVOKE_STATE: state },
        stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    const ended = new Promise((resolve) => sandbox.once("exit", resolve));
    try {
        const { proxy } = JSON.parse(await ready(sandbox)) as { proxy: string };
        const client = await findRunning(state);
        if (!client) {
            throw new Error("the sandbox is ready, and cannot be asked");
        }
        const { host, token } = await deployDoor(async (method, url, body) => {
            const { status, body: answer } = await client.call("POST", "/v1/request", { method, url, body });
            return { status: Number(status), body: answer };
        });
        const request = `GET http://${host}/ HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n\r\n`;
        const send = async (requests: number): Promise<void> => {
            const options = { connections: CONNECTIONS, milliseconds: LONGEST, requests };
            await load({ ...options, open: plain(Number(new URL(proxy).port)), request });
        };
        const held = async (requests: number): Promise<Memory> => {
            const answered = reply<NodeJS.MemoryUsage>(sandbox);
            sandbox.send("memory");
            const { heapUsed, rss } = await answered;
            return { requests, heap: heapUsed / 1_000_000, process: rss / 1_000_000 };
        };
        await send(few);
        const first = await held(few);
        await send(many - few);
        const last = await held(many);
        return {
            few: first,
            many: last,
            heapRatio: last.heap / first.heap,
            processRatio: last.process / first.process,
        };
    } finally {
        sandbox.kill();
        await ended;
        rmSync(state, { recursive: true, force: true });
    }
}

/** The line that says where the sandbox is. */
function ready(child: ChildProcess): Promise<string> {
    return new Promise((resolve, reject) => {
        child.stdout?.once("data", (chunk: Buffer) => resolve(chunk.toString()));
        child.once("exit", (code) => reject(new Error(`the sandbox ended with exit code ${String(code)}`)));
    });
}

function reply<T>(child: ChildProcess): Promise<T> {
    return new Promise((resolve, reject) => {
        child.once("message", (message) => resolve(message as T));
        child.once("exit", (code) => reject(new Error(`the sandbox ended with exit code ${String(code)}`)));
    });
}
