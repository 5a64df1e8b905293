import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** The answers to what cannot be read as a request, by the error of Node's parser. All others are 400. */
const BROKEN: Record<string, string> = {
    HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
    ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};
/** How long a client may take to read why its connection ends. */
const READING_MILLISECONDS = 2000;

/**
 * Answers before a body comes where it can. A client that asks first (`Expect: 100-continue`) sends its body only if a front door lets
 * it in, and one whose headers are too large reads the answer while it still sends them.
 */
export function answerBeforeBody(
    server: Server,
    answer: (request: IncomingMessage, response: ServerResponse) => void,
): void {
    server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
        // A body that is not asked for may come nevertheless, and must not be read as the next request.
        response.shouldKeepAlive = false;
        answer(request, response);
        if (!response.headersSent) {
            response.shouldKeepAlive = true;
            response.writeContinue();
        }
    });
    const latest = new WeakMap<Duplex, ServerResponse>();
    for (const event of ["request", "checkContinue"]) {
        server.on(event, ({ socket }: IncomingMessage, response: ServerResponse) => void latest.set(socket, response));
    }
    server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
        // Each further part that comes is an error too.
        if (socket.writableEnded) {
            return;
        }
        const response = latest.get(socket);
        if (!socket.writable || (response?.headersSent === true && !response.writableFinished)) {
            // What was written now would be read as a part of the answer that has begun.
            socket.destroy();
            return;
        }
        const status = BROKEN[error.code ?? ""] ?? "400 Bad Request";
        socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
        setTimeout(() => socket.destroy(), READING_MILLISECONDS).unref();
    });
}
