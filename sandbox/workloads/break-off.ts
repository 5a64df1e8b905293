import type { ClientRequest, IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { breakOff } from "../cloud";
import { refuse } from "../ingress";
import { withoutHops } from "./headers";

/**
 * Passes the answer of a program or a host on. If it is one that the client's HTTP does not allow, such as a status of 99 or
 * 999, the client gets 503.
 */
export function passOn(answer: IncomingMessage, request: IncomingMessage, response: ServerResponse): void {
    try {
        response.writeHead(answer.statusCode ?? 502, withoutHops(answer.headers));
        // The first part of the body may come much later: an event, for example.
        response.flushHeaders();
    } catch {
        answer.destroy();
        refuseOrBreakOff(request, response);
        return;
    }
    // Without a listener, an answer that breaks off would leave the client waiting.
    answer
        .on("error", () => undefined)
        .on("close", () => {
            if (!answer.complete) {
                breakOff(response);
            }
        });
    answer.pipe(response);
}

/** Ends a request to a program or a host that answers 101, although nobody asked for another protocol. */
export function refuseUpgrade(upstream: ClientRequest, request: IncomingMessage, response: ServerResponse): void {
    upstream.on("upgrade", (_answer, socket: Socket) => {
        socket.destroy();
        refuseOrBreakOff(request, response);
    });
}

/** Answers with 503, or breaks off an answer that has begun. */
export function refuseOrBreakOff(request: IncomingMessage, response: ServerResponse): void {
    try {
        if (!response.headersSent) {
            refuse(request, response, 503);
            return;
        }
    } catch {
        // A header that was set before cannot be sent.
    }
    breakOff(response);
}
