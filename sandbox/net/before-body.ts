import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

const TOO_LARGE = "HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
const MALFORMED = "HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n";
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
    server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
        // Each further part that comes is an error too.
        if (socket.writableEnded) {
            return;
        }
        if (socket.writable) {
            socket.end(error.code === "HPE_HEADER_OVERFLOW" ? TOO_LARGE : MALFORMED);
        }
        setTimeout(() => socket.destroy(), READING_MILLISECONDS).unref();
    });
}
