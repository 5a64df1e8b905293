import { type IncomingMessage, type Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/**
 * Gives requests for a WebSocket to the same handlers as all others, with an answer that is written to the connection itself. So a
 * front door decides on them as on any request, and who is let in goes on with the connection. Google's front end knows no other
 * upgrade, so a request for one (such as `h2c`, which Java's client sends with each first request) is served as if it asked for none.
 * https://cloud.google.com/run/docs/triggering/websockets
 */
export function takeUpgrades(server: Server): void {
    const latest = new WeakMap<Socket, ServerResponse>();
    for (const event of ["request", "checkContinue"]) {
        server.on(event, ({ socket }: IncomingMessage, response: ServerResponse) => void latest.set(socket, response));
    }
    const serve = (request: IncomingMessage, socket: Socket, head: Buffer): void => {
        if (socket.destroyed) {
            return;
        }
        if (!asksForWebSocket(request)) {
            serveWithoutUpgrade(server, request, socket, head);
            return;
        }
        socket.unshift(head);
        const response = new ServerResponse(request);
        response.shouldKeepAlive = false;
        try {
            response.assignSocket(socket);
        } catch {
            // Node itself is still answering something on this connection, such as an expectation that it does not know.
            socket.destroy();
            return;
        }
        response.on("finish", () => socket.end());
        server.emit("request", request, response);
    };
    server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
        socket.on("error", () => socket.destroy());
        const before = latest.get(socket);
        if (before === undefined || before.writableFinished) {
            serve(request, socket, head);
        } else {
            // A client may send its next request before it has read the answer to the one before.
            before.once("close", () => serve(request, socket, head));
        }
    });
}

/** Has the server read the request again, without what asks for an upgrade. */
function serveWithoutUpgrade(server: Server, request: IncomingMessage, socket: Socket, head: Buffer): void {
    const { method = "GET", url = "/", httpVersion, rawHeaders } = request;
    const lines = [`${method} ${url} HTTP/${httpVersion}`];
    for (let i = 0; i < rawHeaders.length; i += 2) {
        const [name = "", value = ""] = rawHeaders.slice(i, i + 2);
        if (!/^(upgrade|http2-settings)$/i.test(name)) {
            lines.push(`${name}: ${/^connection$/i.test(name) ? withoutUpgrade(value) : value}`);
        }
    }
    // Node reads headers as Latin-1.
    socket.unshift(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]));
    server.emit("connection", socket);
}

const withoutUpgrade = (options: string): string =>
    options
        .split(",")
        .filter((option) => !/^\s*(upgrade|http2-settings)\s*$/i.test(option))
        .join(",");

/**
 * Whether a request asks to speak WebSocket from now on. It is one exactly if the parser of HTTP/1.1 takes it for one: the header
 * `Upgrade` alone changes nothing. https://datatracker.ietf.org/doc/html/rfc6455#section-4.1
 */
export function asksForWebSocket({ method, httpVersionMajor, headers }: IncomingMessage): boolean {
    const connection = (headers.connection ?? "").toLowerCase();
    return (
        method === "GET" &&
        httpVersionMajor === 1 &&
        headers.upgrade?.toLowerCase() === "websocket" &&
        connection.split(",").some((option) => option.trim() === "upgrade")
    );
}
