import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";

const hops = ["connection", "keep-alive", "transfer-encoding", "upgrade"];

/** Without the pseudo-headers of HTTP/2, and the headers that belong to one connection. */
export function withoutHops(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
    return Object.fromEntries(
        Object.entries(headers).filter(([name]) => !name.startsWith(":") && !hops.includes(name)),
    );
}
