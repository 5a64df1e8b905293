import { type IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Connection } from "./connection";
import { type FromThread, type Outbox, type Part, type Piece, type RequestHead, Taken, Window } from "./messages";

/** Headers in the three forms that Node's requests have. */
function formsOf(headers: IncomingHttpHeaders): Pick<IncomingMessage, "headers" | "headersDistinct" | "rawHeaders"> {
    const headersDistinct: NodeJS.Dict<string[]> = {};
    const rawHeaders: string[] = [];
    for (const [name, value = ""] of Object.entries(headers)) {
        const values = [value].flat();
        headersDistinct[name] = values;
        values.forEach((one) => rawHeaders.push(name, one));
    }
    return { headers, headersDistinct, rawHeaders };
}

/** A request and its answer as a handler sees them. They are Node's own classes for HTTP/1.1, as on Cloud Run. */
export class Exchange {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    private readonly connection: Connection;
    private readonly window = new Window();
    private readonly taken: Taken;
    /** How many pieces of the request wait in its buffer. */
    private held = 0;
    private over = false;
    private part: Part | undefined;
    /** When that part was added. */
    private turn = -1;

    /** @param ended called once, when the exchange is over */
    constructor(
        private readonly id: number,
        { method, url, headers, remoteAddress, hasBody }: RequestHead,
        private readonly outbox: Outbox<FromThread>,
        private readonly ended: () => void,
    ) {
        this.connection = new Connection(remoteAddress, {
            head: (head) => this.add({ head }),
            piece: (piece, done) => {
                this.add({ piece });
                this.window.sent(done);
            },
        });
        // The event "close" tells that the client has gone, so no listener for errors is needed.
        this.connection.on("error", () => undefined);
        this.taken = new Taken((count) => outbox.add({ kind: "taken", id, count }));
        const socket = this.connection as unknown as Socket;
        this.request = Object.assign(new IncomingMessage(socket), {
            ...{ method, url, httpVersion: "1.1", httpVersionMajor: 1, httpVersionMinor: 1 },
            ...formsOf(headers),
        });
        // These are set on the object itself, because frameworks replace the prototype.
        this.request._read = () => this.release();
        if (!hasBody) {
            this.endRequest();
        }
        this.response = new ServerResponse(this.request);
        Object.defineProperties(this.response, {
            // The side that has the client's connection decides how the body is delimited there.
            chunkedEncoding: { get: () => false, set: () => undefined },
            writableNeedDrain: { get: () => this.connection.writableNeedDrain },
        });
        this.connection.on("drain", () => this.response.emit("drain"));
        this.response.assignSocket(socket);
        this.response.once("finish", () => this.finish(socket));
        this.response.once("close", () => this.leave());
    }

    /** A piece of the request's body has come. */
    addPiece(piece: Piece): void {
        const bytes = piece instanceof Uint8Array ? Buffer.from(piece.buffer) : Buffer.from(piece.text, piece.encoding);
        if (this.request.push(bytes)) {
            this.taken.add();
        } else {
            this.held++;
        }
    }

    private release(): void {
        for (; this.held > 0; this.held--) {
            this.taken.add();
        }
    }

    /** The request's body has come to its end. */
    endRequest(): void {
        this.request.complete = true;
        this.request.push(null);
    }

    /** The client has gone. */
    abort(): void {
        this.over = true;
        if (!this.request.readableEnded) {
            this.request.destroy(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
        }
        this.connection.destroy();
        this.ended();
    }

    /** The reader has taken pieces of the answer. */
    onTaken(count: number): void {
        this.window.taken(count);
    }

    /** Adds to the part that is sent next, so that most answers need only one message. */
    private add(more: Part): void {
        if (this.part && this.turn === this.outbox.turn && !(more.piece && this.part.piece)) {
            Object.assign(this.part, more);
            return;
        }
        const part = { kind: "part" as const, id: this.id, ...more };
        this.part = part;
        this.turn = this.outbox.turn;
        this.outbox.add(part);
    }

    /** Does what Node's server does when an answer has been written. */
    private finish(socket: Socket): void {
        this.leave({ last: true });
        this.response.detachSocket(socket);
        process.nextTick(() => {
            this.response.destroyed = true;
            this.response.emit("close");
        });
    }

    private leave(last?: Part): void {
        if (this.over) {
            return;
        }
        this.over = true;
        if (last) {
            this.add(last);
        } else {
            this.outbox.add({ kind: "abort", id: this.id });
        }
        this.ended();
    }
}
