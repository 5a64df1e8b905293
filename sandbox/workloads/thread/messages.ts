import type { IncomingHttpHeaders } from "node:http";
import type { MessagePort } from "node:worker_threads";

/** The data with which the thread of a handler is started. */
export interface ThreadData {
    /** The handler's module. */
    path: string;
    proxy: string;
    ca: string;
    /** By which both threads talk. The handler cannot get at it. */
    port: MessagePort;
}

/** A request without its body. */
export interface RequestHead {
    method: string;
    url: string;
    headers: IncomingHttpHeaders;
    remoteAddress: string;
    hasBody: boolean;
}

/** An answer without its body. */
export interface ResponseHead {
    status: number;
    reason: string;
    headers: Record<string, string | string[]>;
}

/** A piece of a body. */
export type Piece = Uint8Array | { text: string; encoding: BufferEncoding };

/** A part of an answer: all that is there at one moment. */
export interface Part {
    head?: ResponseHead;
    piece?: Piece;
    /** Nothing follows. */
    last?: true;
}

/** A message to the thread. `id` identifies an exchange; `taken` counts pieces that the reader has taken. */
export type ToThread =
    | { kind: "request"; id: number; head: RequestHead }
    | { kind: "piece"; id: number; piece: Piece }
    | { kind: "end"; id: number }
    | { kind: "abort"; id: number }
    | { kind: "taken"; id: number; count: number }
    | { kind: "ping" };

/** A message from the thread. */
export type FromThread =
    | { kind: "ready" }
    /** The thread takes no more requests, because it is about to end. */
    | { kind: "ending" }
    /** The module cannot be loaded, or exports no handler. */
    | { kind: "broken"; reason: string }
    | ({ kind: "part"; id: number } & Part)
    | { kind: "abort"; id: number }
    /** The handler has thrown an error at a request. */
    | { kind: "threw"; id: number; stack: string }
    | { kind: "taken"; id: number; count: number }
    /** The handler starts a process. */
    | { kind: "starts" }
    | { kind: "print"; stream: "stdout" | "stderr"; text: string }
    /** `bytes` is the memory that the thread holds outside of its heap. */
    | { kind: "pong"; bytes: number };

/** How many pieces of a body may be sent before the reader has taken the first. */
const WINDOW = 16;

/** Messages in the form in which they are sent. Text is many times faster than objects. Bytes are moved, not copied. */
export interface Batch {
    /** JSON in which a number stands for the bytes at this position of `bytes`. */
    messages: string;
    bytes: Uint8Array[];
}

export function packed(messages: readonly object[]): Batch {
    const bytes: Uint8Array[] = [];
    const replace = (_key: string, value: unknown): unknown =>
        value instanceof Uint8Array ? bytes.push(value) - 1 : value;
    return { messages: JSON.stringify(messages, replace), bytes };
}

export function unpacked<Message extends object>({ messages, bytes }: Batch): Message[] {
    const found = JSON.parse(messages) as (Message & { piece?: unknown })[];
    if (bytes.length > 0) {
        for (const message of found) {
            if (typeof message.piece === "number") {
                message.piece = bytes[message.piece];
            }
        }
    }
    return found;
}

/** Sends messages in batches: all messages of one turn of the event loop are sent at once. */
export class Outbox<Message extends object> {
    private waiting: Message[] = [];
    protected scheduled = false;
    /** How many batches were sent. As long as this stays the same, a message that was added can still be changed. */
    turn = 0;

    constructor(private readonly port: Pick<MessagePort, "postMessage">) {}

    readonly add = (message: Message): void => {
        this.waiting.push(message);
        this.schedule();
    };

    /** Sends a batch at the end of this turn, even if it is empty. */
    schedule(): void {
        if (!this.scheduled) {
            this.scheduled = true;
            setImmediate(() => this.send());
        }
    }

    /** Sends the batch now. */
    flush(): void {
        this.send();
    }

    protected send(): void {
        this.scheduled = false;
        this.turn++;
        const batch = packed(this.waiting);
        this.waiting = [];
        this.port.postMessage(
            batch,
            batch.bytes.map(({ buffer }) => buffer as ArrayBuffer),
        );
    }
}

/**
 * An outbox that sends a batch only when the batch before is answered. So batches grow with the load, because waking a
 * thread costs more than handling a request.
 */
export class PacedOutbox<Message extends object> extends Outbox<Message> {
    private unanswered = false;
    private held = false;

    /** The other side has taken the last batch. */
    answered(): void {
        this.unanswered = false;
        if (this.held) {
            this.held = false;
            this.schedule();
        }
    }

    protected override send(): void {
        if (this.unanswered) {
            this.scheduled = false;
            this.held = true;
            return;
        }
        this.unanswered = true;
        super.send();
    }
}

/** A copy with memory of its own, so that it can be moved to another thread. Node's small buffers share their memory. */
export function pieceOf(chunk: Uint8Array | string, encoding: BufferEncoding): Piece {
    return typeof chunk === "string" ? { text: chunk, encoding } : new Uint8Array(chunk);
}

/** The window of one direction of an exchange. It makes a sender wait if the receiver is slower. */
export class Window {
    private underWay = 0;
    private waiting: (() => void) | undefined;

    /** Counts a piece. `goOn` is called when the next may follow, and at once if there is room. */
    sent(goOn: () => void): void {
        if (++this.underWay < WINDOW) {
            goOn();
        } else {
            this.waiting = goOn;
        }
    }

    taken(count: number): void {
        this.underWay -= count;
        const { waiting } = this;
        this.waiting = undefined;
        waiting?.();
    }
}

/** The receiver's end of a {@link Window}. It tells the sender how many pieces were taken, several at once. */
export class Taken {
    private count = 0;

    constructor(private readonly report: (count: number) => void) {}

    add(): void {
        if (++this.count >= WINDOW / 2) {
            this.report(this.count);
            this.count = 0;
        }
    }
}
