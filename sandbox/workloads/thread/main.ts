import { ChildProcess } from "node:child_process";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { inspect } from "node:util";
import workers, { type MessagePort } from "node:worker_threads";
import { messageOf } from "../../../errors";
import { guardNetwork } from "../../guard";
import type { WorkloadContext, WorkloadHandler } from "../workload";
import { Exchange } from "./exchange";
import { type Batch, type FromThread, Outbox, packed, type ThreadData, type ToThread, unpacked } from "./messages";

/** The code of a handler's thread: it loads the module behind the guard, and passes on to it what comes over the port. */
function main({ path, proxy, ca, port }: ThreadData): void {
    const sendNow = (message: FromThread): void => port.postMessage(packed([message]));
    printThrough(sendNow);
    seemTheMainThread();
    endAlone(noteStarts(() => sendNow({ kind: "starts" })));
    guardNetwork(() => ({ proxy, ca }));
    const found = load(path);
    if (typeof found !== "function") {
        sendNow({ kind: "broken", reason: found });
        return;
    }
    sendNow({ kind: "ready" });
    serve(port, found, sendNow);
}

function serve(port: MessagePort, handler: WorkloadHandler, sendNow: (message: FromThread) => void): void {
    const outbox = new Outbox<FromThread>(port);
    const exchanges = new Map<number, Exchange>();
    const context: WorkloadContext = {
        env: process.env as Record<string, string>,
        fetch: globalThis.fetch,
        log: (text) => void process.stdout.write(`${text}\n`),
    };

    function receive(message: ToThread): void {
        if (message.kind === "ping") {
            const { external, arrayBuffers } = process.memoryUsage();
            sendNow({ kind: "pong", bytes: external + arrayBuffers });
            return;
        }
        const { id } = message;
        if (message.kind === "request") {
            const begun = new Exchange(id, message.head, outbox, () => exchanges.delete(id));
            exchanges.set(id, begun);
            void answer(id, begun);
            return;
        }
        const exchange = exchanges.get(id);
        switch (message.kind) {
            case "piece":
                exchange?.addPiece(message.piece);
                break;
            case "end":
                exchange?.endRequest();
                break;
            case "abort":
                exchange?.abort();
                break;
            case "taken":
                exchange?.onTaken(message.count);
        }
    }

    async function answer(id: number, { request, response }: Exchange): Promise<void> {
        try {
            await handler(request, response, context);
        } catch (error) {
            const stack = error instanceof Error ? String(error.stack) : inspect(error);
            outbox.add({ kind: "threw", id, stack });
        }
    }

    // What the handler answered before an error or `process.exit` still reaches its client.
    process.on("exit", () => {
        outbox.add({ kind: "ending" });
        outbox.flush();
    });
    port.on("message", (batch: Batch) => {
        unpacked<ToThread>(batch).forEach(receive);
        // The other side waits for an answer to each batch.
        outbox.schedule();
    });
}

/** Sends what a handler prints at once, because the streams of a thread hold it back while the thread is busy. */
function printThrough(send: (message: FromThread) => void): void {
    for (const stream of ["stdout", "stderr"] as const) {
        const write = (chunk: Uint8Array | string, ...rest: unknown[]): boolean => {
            send({ kind: "print", stream, text: typeof chunk === "string" ? chunk : Buffer.from(chunk).toString() });
            const done = rest.findLast((argument) => typeof argument === "function");
            if (done) {
                process.nextTick(done);
            }
            return true;
        };
        Object.assign(process[stream], { write });
    }
}

/** On Cloud Run a handler is in the main thread: there is nobody to whom it could send messages. */
function seemTheMainThread(): void {
    Object.assign(workers, { isMainThread: true, parentPort: null, workerData: null });
    syncBuiltinESMExports();
}

/** @returns the IDs of the processes that the handler starts from now on */
function noteStarts(note: () => void): ReadonlySet<number> {
    const own = new Set<number>();
    const prototype = ChildProcess.prototype as ChildProcess & { spawn: (options: unknown) => unknown };
    const { spawn } = prototype;
    prototype.spawn = function (options) {
        note();
        const result = Reflect.apply(spawn, this, [options]);
        if (this.pid !== undefined) {
            own.add(this.pid);
        }
        return result;
    };
    return own;
}

/**
 * Lets a signal that a handler sends to its own process, or its group, end its thread, as it would end its container. It can
 * send signals to no other process but those that it has started.
 */
function endAlone(own: ReadonlySet<number>): void {
    const kill = process.kill.bind(process);
    process.kill = (pid, signal) => {
        if ([process.pid, -process.pid, 0, -1].includes(pid) && signal !== 0) {
            process.exit(1);
        }
        if (pid !== process.pid && !own.has(Math.abs(pid))) {
            const message = `kill ${pid}: a handler can send signals only to processes that it has started`;
            throw Object.assign(new Error(message), { code: "EPERM", syscall: "kill" });
        }
        return kill(pid, signal);
    };
}

/** The handler, or the reason why its module has none. */
function load(path: string): WorkloadHandler | string {
    let loaded: unknown;
    try {
        loaded = createRequire(path)(path);
    } catch (error) {
        return `cannot be loaded: ${messageOf(error)}`;
    }
    const { default: standard, handler } = (loaded ?? {}) as { default?: unknown; handler?: unknown };
    const found = [loaded, standard, handler].find((candidate) => typeof candidate === "function");
    return found
        ? (found as WorkloadHandler)
        : "exports no function; export (request, response) => void as the default, or as handler";
}

if (!workers.isMainThread) {
    main(workers.workerData as ThreadData);
}
