import type { IncomingMessage } from "node:http";
import type { Sessions } from "./sessions";

/** The cookie of a session. */
export const COOKIE = "gcp-invoke-console";

/** The header that no form and no page of another origin can send without asking first, which is refused. */
export const HEADER = "x-gcp-invoke-console";

/** What all answers say: nothing is loaded but from here, nobody frames the page, nothing is kept. */
export const HEADERS = {
    "content-security-policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
} as const;

/**
 * Why a request is refused because of where it comes from, or undefined. A name that was made to point here (DNS rebinding) shows
 * in `Host`, and another page shows in `Origin` and `Sec-Fetch-Site`.
 * @param own the host and port of the console
 */
export function refusedOrigin({ method = "GET", headers }: IncomingMessage, own: string): string | undefined {
    const { host, origin, "sec-fetch-site": site } = headers;
    if (host !== own) {
        return `the console answers at ${own} only`;
    }
    if (origin !== undefined && origin !== `http://${own}`) {
        return "requests of other pages are not served";
    }
    // A link in a terminal or a bookmark is no page. Nothing but the page itself may be opened so.
    if (site !== undefined && site !== "same-origin" && !(site === "none" && method === "GET")) {
        return "requests of other pages are not served";
    }
    if (method !== "GET" && (origin === undefined || headers[HEADER] === undefined)) {
        return "a request that changes something comes from the page of the console only";
    }
    return undefined;
}

/** Whether a request has the cookie of a session. */
export function hasSession({ headers: { cookie = "" } }: IncomingMessage, sessions: Sessions): boolean {
    const values = cookie.split(/;\s*/).filter((each) => each.startsWith(`${COOKIE}=`));
    return values.some((each) => sessions.has(each.slice(COOKIE.length + 1)));
}
