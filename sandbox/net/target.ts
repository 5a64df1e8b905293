import type { IncomingMessage } from "node:http";

/** A host name as services are found by it: lower case, without the port that goes without saying. */
export function normalHost(authority: string): string {
    return authority.toLowerCase().replace(/:(443|80)$/, "");
}

/**
 * Settles which host a request is for, and leaves it in `host` with a path in `url`. HTTP has three places that name a
 * host; a request in which they differ is meant to be seen as one thing by one reader and as another by the next.
 * https://datatracker.ietf.org/doc/html/rfc9112#section-3.2
 * @returns what is wrong with the request; undefined where nothing is
 */
export function settleTarget(request: IncomingMessage): string | undefined {
    const { headers, rawHeaders } = request;
    const named = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === "host");
    if (named.length > 1) {
        return "the request has more than one Host header";
    }
    // HTTP/2 has the host in a pseudo-header; handlers need not know.
    const authority = headers[":authority"];
    const hosts = [...named, ...(typeof authority === "string" ? [authority] : [])];
    const url = request.url ?? "/";
    if (/^https?:\/\//i.test(url) && URL.canParse(url)) {
        const target = new URL(url);
        hosts.push(target.host);
        request.url = target.pathname + target.search;
    } else if (!url.startsWith("/") && url !== "*") {
        return "the request's target is no path";
    }
    const [host = "", ...rest] = hosts.map(normalHost);
    if (rest.some((other) => other !== host)) {
        return "the request names more than one host";
    }
    headers.host = host;
    return undefined;
}
