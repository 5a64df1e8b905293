import type { ServerResponse } from "node:http";
import { constants, type ServerHttp2Stream } from "node:http2";

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
 * Ends an answer that takes longer than it may: by another answer, or, if it has begun, by breaking it off.
 * @param late answers in its place
 */
export function endAfter(response: ServerResponse, seconds: number, late: () => void): void {
    const timer = setTimeout(() => (response.headersSent ? breakOff(response) : late()), seconds * 1000);
    response.once("close", () => clearTimeout(timer));
}
