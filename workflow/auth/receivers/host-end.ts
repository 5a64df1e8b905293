import type { Origin, Part } from "../flow";

/**
 * Takes the place of what is not known in a URL, so that the URL can be parsed, and is found again in the host. It may
 * stand anywhere in a label of a host.
 */
export const HOLE = "0hole0";

/** Who decides which host a request goes to. */
export interface Decided {
    origin: Origin;
    from: string;
}

/** The first hole that can decide about the host: one before the host has surely ended. */
export function firstUnsafe(parts: Part[]): Decided | undefined {
    let before = "";
    for (const p of parts) {
        if (p.kind === "text") {
            before += p.text;
            if (/^[a-z]+:\/\/[^/?#]*[/?#]/i.test(before)) {
                return undefined;
            }
        } else if (p.kind === "hole") {
            return { origin: p.origin, from: p.from };
        } else if (p.kind === "target" || p.kind === "service") {
            return { origin: "unknown", from: `a URL within the URL` };
        }
        before += p.kind === "text" ? "" : HOLE;
    }
    return undefined;
}

/**
 * A URL that begins with a target's audience, or the name of its private service, goes to an unknown host: neither need be an
 * address of the target.
 */
export function noAddress(p: Part): Decided | undefined {
    return p.kind === "target" && p.what !== "url"
        ? { origin: "unknown", from: `the ${p.what} of target ${p.name}, which is no address` }
        : undefined;
}

/** What follows a root URL must begin its path or its query; anything else makes another host of it. */
export function extension(rest: Part[]): Decided | undefined {
    const [next] = rest;
    switch (next?.kind) {
        case undefined:
            return undefined;
        case "text":
            return /^[/?#]/.test(next.text)
                ? undefined
                : { origin: "unknown", from: `"${next.text}" right after the host` };
        case "hole":
        case "encoded":
            return { origin: next.origin, from: next.from };
        default:
            return { origin: "unknown", from: "a value right after the host" };
    }
}
