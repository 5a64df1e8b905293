import { type IncomingMessage, request as forward, type ServerResponse } from "node:http";
import { passOn, refuseOrBreakOff } from "../break-off";
import { withoutHops } from "../headers";

const UPGRADE = { connection: "Upgrade", upgrade: "websocket" };

/**
 * Asks a program for a WebSocket. If it takes the upgrade, both ends of the connection are joined; if it does not, its answer is
 * passed on. https://cloud.google.com/run/docs/triggering/websockets
 */
export function passUpgrade(request: IncomingMessage, response: ServerResponse, port: number): void {
    const headers = { ...withoutHops(request.headers), ...UPGRADE };
    const upstream = forward({ host: "127.0.0.1", port, agent: false, path: request.url, headers });
    upstream
        .on("upgrade", (answer, inner, head) => {
            const { socket } = response;
            if (!socket || socket.destroyed) {
                inner.destroy();
                return;
            }
            response.writeHead(101, { ...withoutHops(answer.headers), ...UPGRADE });
            response.flushHeaders();
            inner.unshift(head);
            inner.on("error", () => socket.destroy()).on("close", () => socket.destroySoon());
            socket.on("close", () => inner.destroy());
            socket.pipe(inner).pipe(socket);
        })
        .on("response", (answer) => passOn(answer, request, response))
        .on("error", () => refuseOrBreakOff(request, response));
    response.on("close", () => upstream.destroy());
    upstream.end();
}
