import { url as inspectorUrl } from "node:inspector";
import { join } from "node:path";
import { inspect } from "node:util";
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from "node:worker_threads";
import { messageOf } from "../../../errors";
import { newMark, signalMarked } from "../mark";
import { endWithThisProcess } from "../reaper";
import { type Batch, type FromThread, PacedOutbox, type ThreadData, type ToThread, unpacked } from "./messages";

/** How often a thread that has work is asked whether it still runs, in milliseconds. */
const LOOK_MILLISECONDS = 100;
/** How long a module may take to be loaded. */
const LOADING_SECONDS = 60;
/** If a thread has not answered for so many milliseconds, growth of the process's memory is put down to it. */
const LATE_MILLISECONDS = 200;

const EXTENSION = __filename.slice(-3);
/** If the package runs from its sources, a thread must first load what runs TypeScript, because it shares no module with this thread. */
const COMPILER = EXTENSION === ".ts" ? [join(__dirname, "../../../scripts/register.cjs")] : [];
const LOADED = [...COMPILER, join(__dirname, `main${EXTENSION}`)];
const START = `for (const path of ${JSON.stringify(LOADED)}) require(path);`;

export interface ThreadOptions extends Omit<ThreadData, "port"> {
    /** Its whole environment. */
    env: Record<string, string>;
    /** How much memory it may use in its heap, and as much again outside of its heap, in MiB. */
    memoryMegabytes: number;
    /** How long it may block its thread before it is ended, in seconds. */
    stuckSeconds: number;
    /** Is called with each message that it sends. */
    receive: (message: FromThread) => void;
    /** Called once, when it has ended, with the reason. */
    ended: (reason: string) => void;
}

/** The thread of one handler. It is watched as long as it has work. */
export class Thread {
    readonly send: (message: ToThread) => void;
    private readonly worker: Worker;
    private readonly port: MessagePort;
    private readonly outbox: PacedOutbox<ToThread>;
    private readonly mark = newMark();
    private forget: (() => void) | undefined;
    private watch: NodeJS.Timeout | undefined;
    /** When the thread last answered. */
    private seen = Date.now();
    /** Whether it has not answered the last question yet. */
    private asked = false;
    /** What this process had in memory when the thread last answered in time. */
    private seenBytes = 0;
    private ready = false;
    private reason: string | undefined;

    constructor(private readonly options: ThreadOptions) {
        const { env, memoryMegabytes, path, proxy, ca } = options;
        const { port1, port2: port } = new MessageChannel();
        this.port = port1;
        this.worker = new Worker(START, {
            eval: true,
            env: { ...env, ...this.mark.variables },
            workerData: { path, proxy, ca, port } satisfies ThreadData,
            transferList: [port],
            resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
            name: path,
        });
        this.outbox = new PacedOutbox<ToThread>(port1);
        this.send = this.outbox.add;
        port1.on("message", (batch: Batch) => this.open(batch));
        this.worker
            .on("error", (error: unknown) => {
                // A handler can throw anything, null too.
                const { code } = (error ?? {}) as { code?: unknown };
                this.reason ??=
                    code === "ERR_WORKER_OUT_OF_MEMORY"
                        ? this.outOfMemory()
                        : `ended by an error that nothing caught: ${stackOf(error)}`;
            })
            .on("exit", (code) => this.exited(code));
    }

    /**
     * Watches the thread as long as `busy` says that it has work, and as long as it does not answer: a request may have ended by
     * its timeout while the thread is still blocked.
     */
    watchWhile(busy: () => boolean): void {
        if (this.watch) {
            return;
        }
        this.seen = Date.now();
        this.seenBytes = process.memoryUsage.rss();
        this.watch = setInterval(() => {
            if (busy() || this.asked) {
                this.look();
            } else {
                clearInterval(this.watch);
                this.watch = undefined;
            }
        }, LOOK_MILLISECONDS).unref();
    }

    /** Ends the thread, whatever it does. @param reason why the handler ended: "ran out of memory" */
    async end(reason: string): Promise<void> {
        this.reason ??= reason;
        await this.worker.terminate();
    }

    private open(batch: Batch): void {
        let messages: FromThread[];
        try {
            messages = unpacked<FromThread>(batch);
        } catch (error) {
            void this.end(`changed what Node itself needs: ${messageOf(error)}`);
            return;
        }
        this.receive(messages);
    }

    private receive(messages: FromThread[]): void {
        this.seen = Date.now();
        this.asked = false;
        this.outbox.answered();
        for (const message of messages) {
            this.ready ||= message.kind === "ready";
            if (message.kind === "starts") {
                this.forget ??= endWithThisProcess({ mark: this.mark.mark });
            }
            if (message.kind === "pong" && message.bytes > this.options.memoryMegabytes * 2 ** 20) {
                void this.end(this.outOfMemory());
            }
            this.options.receive(message);
        }
    }

    private look(): void {
        // With a debugger, a thread may stand still for as long as its user wants.
        if (inspectorUrl() !== undefined) {
            return;
        }
        const late = Date.now() - this.seen;
        const seconds = this.ready ? this.options.stuckSeconds : LOADING_SECONDS;
        if (late > seconds * 1000) {
            const what = this.ready ? "blocked its thread for" : "was not loaded within";
            void this.end(`${what} ${seconds} s, so it was ended`);
            return;
        }
        const bytes = process.memoryUsage.rss();
        if (late <= LATE_MILLISECONDS) {
            this.seenBytes = bytes;
        } else if (bytes - this.seenBytes > this.options.memoryMegabytes * 2 ** 20) {
            void this.end(this.outOfMemory());
            return;
        }
        this.asked = true;
        this.send({ kind: "ping" });
    }

    private outOfMemory(): string {
        return `ran out of memory, of which its service has ${this.options.memoryMegabytes} MiB`;
    }

    private exited(code: number): void {
        clearInterval(this.watch);
        // What it sent last may not have arrived yet.
        for (let last = receiveMessageOnPort(this.port); last; last = receiveMessageOnPort(this.port)) {
            this.open(last.message as Batch);
        }
        this.port.close();
        if (this.forget) {
            signalMarked(this.mark.mark, "SIGKILL");
            this.forget();
        }
        this.options.ended(this.reason ?? `ended with exit code ${code}`);
    }
}

function stackOf(error: unknown): string {
    return error instanceof Error ? (error.stack ?? messageOf(error)) : inspect(error);
}
