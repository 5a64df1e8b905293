import type { Server } from "node:http";
import type { Duplex, Writable } from "node:stream";

/** How a client of HTTP/2 begins, such as each of gRPC. https://datatracker.ietf.org/doc/html/rfc9113#section-3.4 */
const PREFACE = "PRI * HTTP/2.0";

/** https://datatracker.ietf.org/doc/html/rfc9113#section-7 */
const HTTP_1_1_REQUIRED = 0xd;

/** Statuses of what the parser of HTTP/1.1 cannot read, as Node answers itself. */
const STATUSES: Record<string, string> = {
    HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
    HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Payload Too Large",
    ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/**
 * Tells clients of HTTP/2 in its own words that this server speaks HTTP/1.1. The first time it says so on `log` too, because most of
 * them show their user nothing but a broken connection, and try again.
 * @param why What to do instead.
 */
export function refuseHttp2(server: Server, why: string, log: Writable): void {
    let isTold = false;
    server.on("clientError", (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Duplex) => {
        if (error.rawPacket?.toString("latin1").startsWith(PREFACE) === true) {
            if (!isTold) {
                log.write(`${why}\n`);
                isTold = true;
            }
            socket.end(Buffer.concat([frame(4), frame(7, HTTP_1_1_REQUIRED, why)]));
        } else if (socket.writable && error.code !== "ECONNRESET") {
            socket.end(`HTTP/1.1 ${STATUSES[error.code ?? ""] ?? "400 Bad Request"}\r\nConnection: close\r\n\r\n`);
        } else {
            socket.destroy();
        }
    });
}

/** A frame of the connection: settings without an entry (4), or the end of the connection (7) with its reason. */
function frame(type: number, code?: number, reason = ""): Buffer {
    const payload = code === undefined ? Buffer.alloc(0) : Buffer.from([0, 0, 0, 0, 0, 0, 0, code]);
    const body = Buffer.concat([payload, Buffer.from(reason)]);
    const head = Buffer.alloc(9);
    head.writeUIntBE(body.length, 0, 3);
    head.writeUInt8(type, 3);
    return Buffer.concat([head, body]);
}
