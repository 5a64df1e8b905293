import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { Ready } from "./door";
import { load, plain } from "./load";

/** How much a sandbox holds after it has answered for a while, in megabytes, after a collection of garbage. */
export interface MemoryFigures {
    few: Memory;
    many: Memory;
    /** {@link many} over {@link few}, of the heap: the aim is at most 1.1. */
    heapRatio: number;
    /** The same of the whole process. */
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

/** Sends requests through the front door, and asks the sandbox twice what it holds. */
export async function measureMemory(few = 10_000, many = 100_000): Promise<MemoryFigures> {
    const sandbox = fork(join(__dirname, "door.ts"), [], {
        serialization: "json",
        execArgv: [...process.execArgv, "--expose-gc"],
    });
    try {
        const ready = (await reply(sandbox)) as Ready;
        const request = `GET http://${ready.host}/ HTTP/1.1\r\nHost: ${ready.host}\r\nAuthorization: Bearer ${ready.token}\r\n\r\n`;
        const send = async (requests: number): Promise<void> => {
            const options = { connections: CONNECTIONS, milliseconds: LONGEST, requests };
            await load({ ...options, open: plain(ready.port), request });
        };
        const held = async (requests: number): Promise<Memory> => {
            const answered = reply(sandbox);
            sandbox.send("memory");
            const { heapUsed, rss } = (await answered) as NodeJS.MemoryUsage;
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
    }
}

function reply(child: ChildProcess): Promise<unknown> {
    return new Promise((resolve, reject) => {
        child.once("message", resolve);
        child.once("exit", (code) => reject(new Error(`the sandbox ended with exit code ${String(code)}`)));
    });
}
