import type { IncomingMessage, ServerResponse } from "node:http";
import { type Dispatcher, upgrade } from "undici";

/**
 * Asks the receiver for a WebSocket, and joins the client's connection and its own.
 * @param headers what is sent beside the headers by which a WebSocket is asked for
 * @returns whether the receiver opened it; if not, nothing has been answered
 * @throws Error if the receiver cannot be reached
 */
export async function joinWebSocket(
    { rawHeaders }: IncomingMessage,
    response: ServerResponse,
    { url, headers, dispatcher }: { url: URL; headers: Record<string, string>; dispatcher: Dispatcher },
): Promise<boolean> {
    const asked = rawHeaders.flatMap((name, i) =>
        i % 2 === 0 && /^sec-websocket-/i.test(name) ? [[name.toLowerCase(), rawHeaders[i + 1] ?? ""] as const] : [],
    );
    const opened = await upgrade(url, {
        ...{ dispatcher, method: "GET", protocol: "websocket" },
        headers: { ...headers, ...Object.fromEntries(asked) },
    }).catch((error: unknown) => {
        // Undici tells an answer of another status by this text alone.
        if (error instanceof Error && error.message === "bad upgrade") {
            return undefined;
        }
        throw error;
    });
    const { socket } = response;
    if (opened === undefined || socket === null) {
        opened?.socket.destroy();
        return false;
    }
    const inner = opened.socket;
    response.writeHead(101, { ...opened.headers, connection: "Upgrade", upgrade: "websocket" });
    response.flushHeaders();
    inner.on("error", () => socket.destroy()).on("close", () => socket.destroySoon());
    socket.on("close", () => inner.destroy());
    inner.pipe(socket).pipe(inner);
    return true;
}
