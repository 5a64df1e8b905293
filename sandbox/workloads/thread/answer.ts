import type { IncomingMessage, ServerResponse } from "node:http";
import { breakOff, WorkloadError } from "../../cloud";
import { refuseOrBreakOff } from "../break-off";
import { hasBody, headersInside } from "../headers";
import { refuseLargeAnswer } from "../limits";
import {
    type FromThread,
    type Part,
    pieceOf,
    type RequestHead,
    type ResponseHead,
    Taken,
    type ToThread,
    Window,
} from "./messages";

export interface AnswerOptions {
    id: number;
    request: IncomingMessage;
    response: ServerResponse;
    send: (message: ToThread) => void;
    /** Is called with the reason why an answer cannot be passed on. */
    broke: (stack: string) => void;
    /** Called once, when there is nothing more to do. */
    done: () => void;
}

/** The front door's side of an exchange with a client. It passes both bodies on, no faster than they are read. */
export class Answer {
    private readonly window = new Window();
    private readonly taken: Taken;
    /** How many pieces wait until the client has read what came before. */
    private held = 0;
    private over = false;
    /** How many bytes the head of the answer says that there are, if it does, and how many there were. */
    private announced: number | undefined;
    private written = 0;

    constructor(private readonly options: AnswerOptions) {
        const { id, request, response, send } = options;
        this.taken = new Taken((count) => send({ kind: "taken", id, count }));
        const body = hasBody(request);
        send({ kind: "request", id, head: headOf(request, body) });
        if (body) {
            request.on("data", (chunk: Buffer) => {
                request.pause();
                send({ kind: "piece", id, piece: pieceOf(chunk, "utf8") });
                this.window.sent(() => request.resume());
            });
            request.on("end", () => this.sendWhileOpen({ kind: "end", id }));
        }
        response.on("close", () => this.abort());
    }

    private abort(): void {
        this.sendWhileOpen({ kind: "abort", id: this.options.id });
        this.finish();
    }

    receive(message: FromThread & { id: number }): void {
        if (this.over) {
            return;
        }
        switch (message.kind) {
            case "part":
                this.write(message);
                break;
            case "taken":
                this.window.taken(message.count);
                break;
            default:
                this.fail(500);
        }
    }

    private write(part: Part): void {
        try {
            this.writePart(part);
        } catch (error) {
            // It is an answer that the client's HTTP does not allow.
            this.options.broke(String(error));
            this.over = false;
            this.fail(500);
        }
    }

    private writePart({ head, piece, last }: Part): void {
        if (head && refuseLargeAnswer(this.options.request, this.options.response, head.status, head.headers)) {
            this.abort();
            return;
        }
        if (head) {
            this.writeHead(head);
        }
        const { response } = this.options;
        const [bytes, encoding] =
            piece instanceof Uint8Array ? [piece, "utf8" as const] : [piece?.text, piece?.encoding ?? "utf8"];
        this.countBytes(
            typeof bytes === "string" ? Buffer.byteLength(bytes, encoding) : (bytes?.length ?? 0),
            last === true,
        );
        if (last) {
            this.finish();
            response.end(bytes, encoding);
        } else if (bytes !== undefined && !response.write(bytes, encoding)) {
            if (this.held++ === 0) {
                response.once("drain", () => {
                    for (; this.held > 0; this.held--) {
                        this.taken.add();
                    }
                });
            }
        } else if (bytes !== undefined) {
            this.taken.add();
        } else if (head) {
            // The first part of the body may come much later: an event, for example.
            response.flushHeaders();
        }
    }

    /** @throws WorkloadError if the body has another length than its header says */
    private countBytes(count: number, last: boolean): void {
        const { announced } = this;
        this.written += count;
        if (announced !== undefined && (this.written > announced || (last && this.written < announced))) {
            throw new WorkloadError(`the answer has ${this.written} bytes, and its content-length is ${announced}`, {
                fix: "leave the header out, or give the number of bytes",
            });
        }
    }

    /** Answers with an error. If the answer has already begun, breaks it off. */
    fail(status: 500 | 503): void {
        if (this.over) {
            return;
        }
        this.finish();
        const { request, response } = this.options;
        if (response.headersSent || status === 503) {
            refuseOrBreakOff(request, response);
            return;
        }
        try {
            // If the code itself throws, its own server answers, and not Google's front end.
            response.writeHead(500, { "content-type": "text/plain; charset=utf-8" }).end("Internal Server Error\n");
        } catch {
            breakOff(response);
        }
    }

    private writeHead({ status, reason, headers }: ResponseHead): void {
        const { request, response } = this.options;
        const { "content-length": length, "transfer-encoding": framing } = headers;
        if (length !== undefined && !/^\d+$/.test(String(length))) {
            throw new WorkloadError(`the answer has the content-length ${String(length)}`, {
                fix: "give one number of bytes",
            });
        }
        // Node's own strictContentLength refuses right answers on Node 20.
        const hasLength = length !== undefined && framing === undefined;
        if (hasLength && request.method !== "HEAD" && status !== 204 && status !== 304) {
            this.announced = Number(length);
        }
        // HTTP/2 has no reason phrase.
        if (request.httpVersionMajor === 1) {
            response.writeHead(status, reason, headers);
        } else {
            response.writeHead(status, headers);
        }
    }

    private sendWhileOpen(message: ToThread): void {
        if (!this.over) {
            this.options.send(message);
        }
    }

    private finish(): void {
        if (!this.over) {
            this.over = true;
            this.options.done();
        }
    }
}

function headOf(request: IncomingMessage, body: boolean): RequestHead {
    return {
        method: request.method ?? "GET",
        url: request.url ?? "/",
        headers: headersInside(request, body),
        remoteAddress: request.socket.remoteAddress ?? "127.0.0.1",
        hasBody: body,
    };
}
