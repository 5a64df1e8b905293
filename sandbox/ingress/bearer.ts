import type { IncomingMessage } from "node:http";
import { FOR_THE_DOOR, isRepeated, setHeader } from "./headers";

/** The token of a request and the header that it came in, or the reason why there is no token that can be read. */
export type Bearer =
    | { kind: "none" }
    | { kind: "malformed"; reason: string }
    | { kind: "token"; header: "authorization" | "x-serverless-authorization"; token: string };

/**
 * The token that Cloud Run checks: that of `X-Serverless-Authorization` if the request has it, so that the service can use
 * `Authorization` itself. https://cloud.google.com/run/docs/authenticating/service-to-service
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
 * Removes the signature before the service gets the request. So the service can read who called it, but cannot use the token
 * itself.
 * https://cloud.google.com/run/docs/troubleshooting#signature-removed
 */
export function removeSignature(request: IncomingMessage, bearer: Bearer & { kind: "token" }): void {
    const unsigned = bearer.token.slice(0, bearer.token.lastIndexOf(".") + 1);
    setHeader(request, bearer.header, `Bearer ${unsigned}${removed}`);
}
