import type { IncomingMessage } from "node:http";
import { FOR_THE_DOOR, isRepeated, setHeader } from "./headers";

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
    const header = request.headers[FOR_THE_DOOR] === undefined ? "authorization" : FOR_THE_DOOR;
    const value = request.headers[header];
    if (value === undefined) {
        return { kind: "none" };
    }
    if (isRepeated(request, header)) {
        return { kind: "malformed", reason: `the request has more than one ${header} header` };
    }
    const [scheme = "", token = "", more] = String(value).split(" ");
    if (scheme.toLowerCase() !== "bearer" || token === "" || more !== undefined) {
        return { kind: "malformed", reason: `the ${header} header is not "Bearer" and a token` };
    }
    return { kind: "token", header, token };
}

const removed = "SIGNATURE_REMOVED_BY_GOOGLE";

/**
 * Takes the signature away before the request goes on: the service can read who called, but cannot use the token to call others.
 * https://cloud.google.com/run/docs/troubleshooting#signature-removed
 */
export function removeSignature(request: IncomingMessage, bearer: Bearer & { kind: "token" }): void {
    const unsigned = bearer.token.slice(0, bearer.token.lastIndexOf(".") + 1);
    setHeader(request, bearer.header, `Bearer ${unsigned}${removed}`);
}
