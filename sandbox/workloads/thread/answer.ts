import type { IncomingMessage, ServerResponse } from "node:http";
import { refuse } from "../../ingress";
import { breakOff } from "../break-off";
import { hasBody, headersInside } from "../headers";
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
    private over = false;

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
        response.on("close", () => {
            this.sendWhileOpen({ kind: "abort", id });
            this.finish();
        });
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

    private write({ head, piece, last }: Part): void {
        if (head && !this.writeHead(head)) {
            return;
        }
        const { response } = this.options;
        const [bytes, encoding] =
            piece instanceof Uint8Array ? [piece, "utf8" as const] : [piece?.text, piece?.encoding ?? "utf8"];
        if (last) {
            this.finish();
            response.end(bytes, encoding);
        } else if (bytes !== undefined && !response.write(bytes, encoding)) {
            response.once("drain", () => this.taken.add());
        } else if (bytes !== undefined) {
            this.taken.add();
        }
    }

    /** Answers with an error. If the answer has already begun, breaks it off. */
    fail(status: 500 | 503): void {
        if (this.over) {
            return;
        }
        this.finish();
        const { request, response } = this.options;
        if (response.headersSent) {
            breakOff(response);
        } else if (status === 503) {
            refuse(request, response, status);
        } else {
            // If the code itself throws, its own server answers, and not Google's front end.
            response.writeHead(500, { "content-type": "text/plain; charset=utf-8" }).end("Internal Server Error\n");
        }
    }

    private writeHead({ status, reason, headers }: ResponseHead): boolean {
        const { request, response } = this.options;
        try {
            // HTTP/2 has no reason phrase.
            if (request.httpVersionMajor === 1) {
                response.writeHead(status, reason, headers);
            } else {
                response.writeHead(status, headers);
            }
            return true;
        } catch (error) {
            this.options.broke(String(error));
            this.fail(500);
            return false;
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
