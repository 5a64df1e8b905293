import type { Printers } from "../logs";
import type { Workload } from "../workload";
import { Answer } from "./answer";
import type { FromThread, ThreadData } from "./messages";
import { Thread } from "./thread";

export interface HandlerOptions extends Omit<ThreadData, "port"> {
    /** The place in `sandbox.yaml` that names it, for messages. */
    at: string;
    /** The whole environment of the handler. */
    env: Record<string, string>;
    /** How much memory it may use, in MiB. */
    memoryMegabytes: number;
    /** How long it may block its thread, in seconds. */
    stuckSeconds: number;
    /** Is called with all that it prints, and with the reason why it ended. */
    print: Printers;
    /** Is called when it has started, or with the reason why it cannot start. */
    started?: (problem?: string) => void;
}

/**
 * A module that answers in a thread of its own, with its own environment and its own modules. The first request starts it.
 * An error that nothing catches, `process.exit`, an endless loop or too much memory ends this thread alone: its requests are
 * answered with 503, the log says why, and the next request starts it again.
 */
export function handlerWorkload(options: HandlerOptions): Workload {
    let current: RunningHandler | undefined;
    const running = (): RunningHandler => (current = current?.over === false ? current : new RunningHandler(options));
    return {
        answer: (request, response) => running().answer(request, response),
        start: () => void running(),
        close: () => current?.close() ?? Promise.resolve(),
    };
}

/** A thread and the requests that it has not answered. */
class RunningHandler {
    /** Whether the next request needs another thread. */
    over = false;
    private closed = false;
    private ready = false;
    private readonly thread: Thread;
    private readonly answers = new Map<number, Answer>();
    private lastId = 0;

    constructor(private readonly options: HandlerOptions) {
        this.thread = new Thread({
            ...options,
            receive: (message) => this.receive(message),
            ended: (reason) => this.ended(reason),
        });
    }

    answer: Workload["answer"] = (request, response) => {
        const id = ++this.lastId;
        const { send } = this.thread;
        const done = (): void => void this.answers.delete(id);
        const broke = (stack: string): void => this.threw(stack);
        this.answers.set(id, new Answer({ id, request, response, send, broke, done }));
        this.thread.watchWhile(() => this.answers.size > 0);
    };

    async close(): Promise<void> {
        this.over = true;
        this.closed = true;
        await this.thread.end("was ended");
    }

    private receive(message: FromThread): void {
        switch (message.kind) {
            case "print":
                this.options.print[message.stream](message.text);
                break;
            case "broken":
                void this.thread.end(message.reason);
                break;
            case "ending":
                // Its open requests are answered when it has ended. The next ones go to another thread.
                this.over = true;
                break;
            case "ready":
                this.ready = true;
                this.options.started?.();
                break;
            case "pong":
            case "starts":
                break;
            case "threw":
                this.threw(message.stack);
                this.answers.get(message.id)?.receive(message);
                break;
            default:
                this.answers.get(message.id)?.receive(message);
        }
    }

    private threw(stack: string): void {
        this.options.print.stderr(`${this.options.path}: ${stack}\n`);
    }

    private ended(reason: string): void {
        Object.values(this.options.print).forEach((print) => print.end());
        // A handler without work ends only because the sandbox closes it, so there is nothing to report.
        if (!this.closed || this.answers.size > 0) {
            this.options.print.stderr(`${this.options.at}: the handler ${this.options.path} ${reason}\n`);
        }
        if (!this.closed && !this.ready) {
            this.options.started?.(`the handler ${this.options.path} ${reason}`);
        }
        this.over = true;
        for (const answer of this.answers.values()) {
            answer.fail(503);
        }
    }
}
