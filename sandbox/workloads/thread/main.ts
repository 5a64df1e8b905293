import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { messageOf } from "../../../errors";
import { guardNetwork } from "../../guard";
import type { WorkloadContext, WorkloadHandler } from "../workload";
import { Exchange } from "./exchange";
import { type Batch, type FromThread, Outbox, packed, type ThreadData, type ToThread, unpacked } from "./messages";

/** The code of a handler's thread: it loads the module behind the guard, and passes on to it what comes over the port. */
function main(port: NonNullable<typeof parentPort>, { path, proxy, ca }: ThreadData): void {
    const sendNow = (message: FromThread): void => port.postMessage(packed([message]));
    printThrough(sendNow);
    endAlone();
    guardNetwork(() => ({ proxy, ca }));
    const found = load(path);
    if (typeof found !== "function") {
        sendNow({ kind: "broken", reason: found });
        return;
    }
    sendNow({ kind: "ready" });
    serve(port, found, sendNow);
}

function serve(
    port: NonNullable<typeof parentPort>,
    handler: WorkloadHandler,
    sendNow: (message: FromThread) => void,
): void {
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
            const stack = error instanceof Error ? String(error.stack) : String(error);
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

/** Lets a signal that a handler sends to its own process end its thread, as it would end its container. */
function endAlone(): void {
    const kill = process.kill.bind(process);
    process.kill = (pid, signal) => {
        if (pid === process.pid && signal !== 0) {
            process.exit(1);
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

if (parentPort) {
    main(parentPort, workerData as ThreadData);
}
