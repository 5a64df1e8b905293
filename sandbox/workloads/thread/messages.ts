import type { IncomingHttpHeaders } from "node:http";
import type { MessagePort } from "node:worker_threads";

/** What the thread of a handler is started with. */
export interface ThreadData {
    /** The handler's module. */
    path: string;
    proxy: string;
    ca: string;
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

/** A part of an answer: as much of it as there is at once. */
export interface Part {
    head?: ResponseHead;
    piece?: Piece;
    /** Nothing follows. */
    last?: true;
}

/** A message to the thread. `id` identifies an exchange; `taken` counts pieces that have found their reader. */
export type ToThread =
    | { kind: "request"; id: number; head: RequestHead }
    | { kind: "piece"; id: number; piece: Piece }
    | { kind: "end"; id: number }
    | { kind: "abort"; id: number }
    | { kind: "taken"; id: number; count: number }
    | { kind: "ping" };

/** From the thread. */
export type FromThread =
    | { kind: "ready" }
    /** The thread takes no more requests: it ends. */
    | { kind: "ending" }
    /** The module cannot be loaded, or is no handler. */
    | { kind: "broken"; reason: string }
    | ({ kind: "part"; id: number } & Part)
    | { kind: "abort"; id: number }
    /** The handler threw on a request. */
    | { kind: "threw"; id: number; stack: string }
    | { kind: "taken"; id: number; count: number }
    | { kind: "print"; stream: "stdout" | "stderr"; text: string }
    /** `bytes`: what the thread holds outside of its heap. */
    | { kind: "pong"; bytes: number };

/** How many pieces of a body may be under way. */
const WINDOW = 16;

/** Messages as they cross over. Text is many times faster than objects; bytes change hands and are not copied. */
export interface Batch {
    /** JSON, in which a number stands for bytes. */
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

/** Sends messages in batches: what comes up in one turn of the event loop crosses over at once. */
export class Outbox<Message extends object> {
    private waiting: Message[] = [];
    protected scheduled = false;
    /** How many batches were sent: a message that was added in this turn can still be changed. */
    turn = 0;

    constructor(private readonly port: Pick<MessagePort, "postMessage">) {}

    readonly add = (message: Message): void => {
        this.waiting.push(message);
        this.schedule();
    };

    /** Sends at the end of this turn, also where there is nothing to say. */
    schedule(): void {
        if (!this.scheduled) {
            this.scheduled = true;
            setImmediate(() => this.send());
        }
    }

    /** Sends at once. */
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
 * An outbox that sends a batch when the one before is answered, so that batches grow with the load: to wake a thread costs
 * more than to handle a request.
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

/** With memory of its own, so that it can change hands: Node's buffers share theirs. */
export function pieceOf(chunk: Uint8Array | string, encoding: BufferEncoding): Piece {
    return typeof chunk === "string" ? { text: chunk, encoding } : new Uint8Array(chunk);
}

/** The window of one direction of an exchange: holds a sender back whose receiver cannot keep up. */
export class Window {
    private underWay = 0;
    private waiting: (() => void) | undefined;

    /** Counts a piece; `goOn` is called when the next may follow, at once where there is room. */
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

/** The other end of a {@link Window}: it confirms to the sender what was taken, several pieces at once. */
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
