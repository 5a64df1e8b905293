import type { IncomingMessage, ServerResponse } from "node:http";
import { constants, type ServerHttp2Stream } from "node:http2";
import { refuse } from "../ingress";
import { withoutHops } from "./headers";

/**
 * Breaks off an answer that has begun, so that its client knows that the answer is incomplete. Over HTTP/1.1 it ends the
 * connection, over HTTP/2 it ends the stream with an error code.
 */
export function breakOff(response: ServerResponse): void {
    const { stream } = response as { stream?: ServerHttp2Stream };
    if (stream) {
        stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    } else {
        response.destroy();
    }
}

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
