import type { IncomingMessage } from "node:http";

/** The token of a request, and the header that it came in; or why there is none that can be looked at. */
export type Bearer =
    | { kind: "none" }
    | { kind: "malformed"; reason: string }
    | { kind: "token"; header: "authorization" | "x-serverless-authorization"; token: string };

/**
 * The token that Cloud Run looks at: `X-Serverless-Authorization` where there is one, so that `Authorization` stays the
 * service's own. https://cloud.google.com/run/docs/authenticating/service-to-service
 */
export function bearerOf(request: IncomingMessage): Bearer {
    const header =
        request.headers["x-serverless-authorization"] === undefined ? "authorization" : "x-serverless-authorization";
    const value = request.headers[header];
    if (value === undefined) {
        return { kind: "none" };
    }
    if (count(request.rawHeaders, header) > 1) {
        return { kind: "malformed", reason: `the request has more than one ${header} header` };
    }
    const [scheme = "", token = "", more] = String(value).split(" ");
    if (scheme.toLowerCase() !== "bearer" || token === "" || more !== undefined) {
        return { kind: "malformed", reason: `the ${header} header is not "Bearer" and a token` };
    }
    return { kind: "token", header, token };
}

/** Node keeps the first of repeated headers and drops the rest, so a request with two may hide one of them. */
function count(rawHeaders: string[], name: string): number {
    let found = 0;
    for (let i = 0; i < rawHeaders.length; i += 2) {
        if (rawHeaders[i]?.toLowerCase() === name) {
            found++;
        }
    }
    return found;
}

const removed = "SIGNATURE_REMOVED_BY_GOOGLE";

/**
 * Takes the signature away before the request goes on: the service can read who called, but cannot use the token to call others.
 * https://cloud.google.com/run/docs/troubleshooting#signature-removed
 */
export function removeSignature(request: IncomingMessage, bearer: Bearer & { kind: "token" }): void {
    const value = `Bearer ${bearer.token.slice(0, bearer.token.lastIndexOf(".") + 1)}${removed}`;
    request.headers[bearer.header] = value;
    const { rawHeaders } = request;
    for (let i = 0; i < rawHeaders.length; i += 2) {
        if (rawHeaders[i]?.toLowerCase() === bearer.header) {
            rawHeaders[i + 1] = value;
        }
    }
}
