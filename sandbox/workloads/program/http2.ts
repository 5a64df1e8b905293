import type { IncomingMessage, ServerResponse } from "node:http";
import {
    type ClientHttp2Session,
    type ClientHttp2Stream,
    connect,
    constants,
    type IncomingHttpHeaders,
    type ServerHttp2Stream,
} from "node:http2";
import { breakOff } from "../../cloud";
import { refuseOrBreakOff } from "../break-off";
import { hasBody, withoutHops } from "../headers";

/** The connection to a program that speaks HTTP/2 without TLS (h2c), as Cloud Run does where the container's port is named so. */
export class Http2Program {
    private session: ClientHttp2Session | undefined;

    /**
     * Passes a request on, with both bodies as they come, and the trailers at their ends.
     * @param lost is called if the program gives no answer
     */
    pass(request: IncomingMessage, response: ServerResponse, port: number, lost: () => void): void {
        const body = hasBody(request);
        const stream = this.open(port).request(headersOf(request), { endStream: !body, waitForTrailers: body });
        if (body) {
            request.pipe(stream);
            stream.on("wantTrailers", () => stream.sendTrailers(request.trailers));
        }
        answer(stream, request, response, lost);
        response.on("close", () => stream.close(constants.NGHTTP2_CANCEL));
    }

    close(): void {
        this.session?.destroy();
    }

    private open(port: number): ClientHttp2Session {
        if (this.session === undefined || this.session.closed || this.session.destroyed) {
            this.session = connect(`http://127.0.0.1:${port}`);
            // Each request reports its own error.
            this.session.on("error", () => undefined);
            this.session.on("goaway", () => (this.session = undefined));
        }
        return this.session;
    }
}

function headersOf(request: IncomingMessage): IncomingHttpHeaders {
    const { host = "", ...rest } = withoutHops(request.headers);
    return {
        ...rest,
        // gRPC asks for it: a proxy that drops it may drop trailers too.
        ...(/\btrailers\b/.test(String(request.headers.te)) && { te: "trailers" }),
        ":method": request.method ?? "GET",
        ":path": request.url ?? "/",
        ":scheme": "http",
        ":authority": host,
    };
}

function answer(stream: ClientHttp2Stream, request: IncomingMessage, response: ServerResponse, lost: () => void): void {
    let trailers: IncomingHttpHeaders = {};
    stream.on("trailers", (given: IncomingHttpHeaders) => (trailers = given));
    stream.on("response", (headers, flags) => {
        try {
            response.statusCode = Number(headers[":status"]);
            for (const [name, value] of Object.entries(withoutHops(headers))) {
                response.setHeader(name, value ?? "");
            }
            if ((flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0) {
                // An error of gRPC has no body. Its client reads the status only from headers that end the stream.
                response.end();
                return;
            }
            // Without this, an answer whose first part comes late would seem not to have begun.
            response.flushHeaders();
        } catch {
            stream.close(constants.NGHTTP2_CANCEL);
            refuseOrBreakOff(request, response);
            return;
        }
        stream.pipe(response, { end: false });
        stream.on("end", () => {
            if (stream.rstCode === constants.NGHTTP2_NO_ERROR) {
                response.addTrailers(trailers);
                response.end();
            }
        });
    });
    stream.on("error", () => undefined);
    stream.on("close", () => {
        if (response.writableEnded || response.destroyed) {
            return;
        }
        const code = stream.rstCode;
        const { stream: outer } = response as { stream?: ServerHttp2Stream };
        if (!response.headersSent) {
            lost();
        } else if (outer && code !== constants.NGHTTP2_NO_ERROR) {
            outer.close(code);
        } else {
            breakOff(response);
        }
    });
}
