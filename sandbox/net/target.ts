import type { IncomingMessage } from "node:http";

/** A host name in the form in which services are registered: in lower case, and without the default port. */
export function normalHost(authority: string): string {
    return authority.toLowerCase().replace(/:(443|80)$/, "");
}

/**
 * Finds out which host a request is for, and leaves it in `host`, with the path in `url`. HTTP has three places that name a
 * host. A request in which they differ tries to look different to different readers, so it is refused.
 * https://datatracker.ietf.org/doc/html/rfc9112#section-3.2
 * @returns what is wrong with the request; undefined if nothing is wrong
 */
export function settleTarget(request: IncomingMessage): string | undefined {
    const { headers, rawHeaders } = request;
    const named = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === "host");
    if (named.length > 1) {
        return "the request has more than one Host header";
    }
    // HTTP/2 has the host in a pseudo-header. Handlers do not have to know that.
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
