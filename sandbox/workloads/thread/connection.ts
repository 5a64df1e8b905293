import { Duplex } from "node:stream";
import { isHop } from "../headers";
import { type Piece, pieceOf, type ResponseHead } from "./messages";

const END_OF_HEAD = "\r\n\r\n";

/** Takes the data that is written to a connection. */
export interface Receiver {
    head(head: ResponseHead): void;
    /** @param done is called when the next piece may follow */
    piece(piece: Piece, done: () => void): void;
}

/**
 * The connection that a handler's request and answer seem to have. What Node writes to it is split into head and body again.
 * The prototypes of request and answer stay unchanged, because frameworks replace them by their own.
 */
export class Connection extends Duplex {
    readonly remoteFamily = "IPv4";
    readonly remotePort = 443;
    readonly localAddress = "127.0.0.1";
    readonly localPort = 8080;
    private seen = false;

    constructor(
        readonly remoteAddress: string,
        private readonly receiver: Receiver,
    ) {
        super({ decodeStrings: false });
    }

    override _read(): void {
        // The request's body goes to the request itself.
    }

    override _write(chunk: Uint8Array | string, encoding: BufferEncoding, done: () => void): void {
        const rest = this.seen ? chunk : this.afterHead(String(chunk));
        if (rest.length === 0) {
            done();
        } else {
            this.receiver.piece(pieceOf(rest, encoding), done);
        }
    }

    /** Node writes a head as one text. If the body is a text too, its beginning follows in the same text. */
    private afterHead(text: string): string {
        const end = text.indexOf(END_OF_HEAD);
        const rest = text.slice(end + END_OF_HEAD.length);
        const head = headOf(text.slice(0, end));
        // "100 Continue" and "103 Early Hints" are for a client that is connected directly.
        if (head.status < 200) {
            return rest === "" ? rest : this.afterHead(rest);
        }
        this.seen = true;
        this.receiver.head(head);
        return rest;
    }

    address(): object {
        return { address: this.localAddress, family: this.remoteFamily, port: this.localPort };
    }
    setTimeout(): this {
        return this;
    }
    setKeepAlive(): this {
        return this;
    }
    setNoDelay(): this {
        return this;
    }
    ref(): this {
        return this;
    }
    unref(): this {
        return this;
    }
}

function headOf(text: string): ResponseHead {
    const [first = "", ...lines] = text.split("\r\n");
    const headers: ResponseHead["headers"] = {};
    for (const line of lines) {
        const colon = line.indexOf(":");
        const name = line.slice(0, colon).toLowerCase();
        if (isHop(name)) {
            continue;
        }
        const value = line.slice(colon + 2);
        const before = headers[name];
        headers[name] = before === undefined ? value : [before, value].flat();
    }
    return { status: Number(first.slice(9, 12)), reason: first.slice(13), headers };
}
