import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** Headers that belong to one connection. https://datatracker.ietf.org/doc/html/rfc9110#section-7.6.1 */
const HOPS = new Set([
    "connection",
    "http2-settings",
    "keep-alive",
    "proxy-connection",
    "te",
    "transfer-encoding",
    "upgrade",
]);

export function isHop(name: string): boolean {
    return HOPS.has(name.toLowerCase());
}

/** Without the pseudo-headers of HTTP/2, and the headers that belong to one connection. */
export function withoutHops(headers: IncomingHttpHeaders): IncomingHttpHeaders {
    const rest: IncomingHttpHeaders = {};
    for (const name in headers) {
        if (!name.startsWith(":") && !HOPS.has(name)) {
            rest[name] = headers[name];
        }
    }
    return rest;
}

/** Whether a body follows. HTTP/2 says this by its frames, HTTP/1.1 by headers. */
export function hasBody(request: IncomingMessage): boolean {
    const { stream } = request as { stream?: { endAfterHeaders?: boolean } };
    if (stream) {
        return stream.endAfterHeaders !== true;
    }
    const { "transfer-encoding": encoding, "content-length": length = "0" } = request.headers;
    return encoding !== undefined || length !== "0";
}

/** The headers of a request as a program behind the front door gets them over HTTP/1.1. */
export function headersInside(request: IncomingMessage, body = hasBody(request)): IncomingHttpHeaders {
    const headers = withoutHops(request.headers);
    if (body && headers["content-length"] === undefined) {
        headers["transfer-encoding"] = "chunked";
    }
    return headers;
}

/** Whether a request is gRPC, which Cloud Run never translates to HTTP/1.1. https://cloud.google.com/run/docs/configuring/http2 */
export function isGrpc({ httpVersionMajor, headers }: IncomingMessage): boolean {
    return httpVersionMajor === 2 && /^application\/grpc(?![\w-])/.test(headers["content-type"] ?? "");
}
