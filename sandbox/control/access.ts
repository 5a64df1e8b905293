import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/**
 * Why a request to the control API is refused, or undefined if it is allowed. The token is in a file that only its
 * owner can read. A page in a browser must get nowhere even if it learnt the port: it sends an `Origin`, and a name of
 * its own that was made to point here (DNS rebinding) shows in `Host`.
 */
export function refusal(request: IncomingMessage, token: string): string | undefined {
    const { host = "", origin, authorization = "" } = request.headers;
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) {
        return `host ${host} is not this machine`;
    }
    if (origin !== undefined) {
        return "requests of web pages are not served";
    }
    const given = Buffer.from(authorization.replace(/^Bearer /, ""));
    const wanted = Buffer.from(token);
    const equal = given.length === wanted.length && timingSafeEqual(given, wanted);
    return equal ? undefined : "the token is missing or not this sandbox's; it is in control.json of the state folder";
}
