import type { IncomingMessage } from "node:http";

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
