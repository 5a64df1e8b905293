import type { ServerResponse } from "node:http";
import { constants, type ServerHttp2Stream } from "node:http2";

/**
 * Ends an answer that has begun such that its client knows that it is not whole: over HTTP/1.1 the connection ends, over
 * HTTP/2 the stream does, with a code that says so.
 */
export function breakOff(response: ServerResponse): void {
    const { stream } = response as { stream?: ServerHttp2Stream };
    if (stream) {
        stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    } else {
        response.destroy();
    }
}
