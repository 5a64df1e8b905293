import type { TargetKind } from "./types";

/** What a URL says about who receives a request. Decided by parsing, never by looking for a part of the text. */
export interface Address {
    scheme: "https" | "http";
    /** Lower case, without port and final dot. */
    host: string;
    kind: Exclude<TargetKind, "iap">;
    /** What an ID token for this receiver names: the origin; for functions up to the function's name. */
    audience: string;
    /** Whether the URL says more than the audience: a path or a query. */
    beyondAudience: boolean;
}

/**
 * Parses a URL and tells what kind of receiver it has.
 * `undefined` where URL parsers disagree about the host or there is none: backslashes, blanks, percent signs and
 * letters outside ASCII in the authority, a scheme other than `http` and `https`.
 */
export function parseAddress(text: string): Address | undefined {
    const match = /^(https?):\/\/([^/?#]+)/i.exec(text);
    const authority = match?.[2];
    if (authority === undefined || !/^[!-~]+$/.test(authority) || /[\\%]/.test(authority) || !URL.canParse(text)) {
        return undefined;
    }
    const url = new URL(text);
    const host = url.hostname.replace(/\.$/, "");
    const kind = kindOfHost(host);
    const scheme = url.protocol === "https:" ? "https" : "http";
    const origin = `https://${kind === "run" ? withoutTag(host) : host}${kind === "external" && url.port !== "" ? `:${url.port}` : ""}`;
    const name = kind === "function" ? /^\/+([^/]+)/.exec(url.pathname)?.[1] : undefined;
    const rest = name === undefined ? url.pathname.slice(1) : url.pathname.slice(name.length + 1).replace(/^\/$/, "");
    return {
        scheme,
        host,
        kind,
        audience: name === undefined ? origin : `${origin}/${name}`,
        beyondAudience: rest !== "" || url.search !== "",
    };
}

/**
 * Cloud Run: https://docs.cloud.google.com/run/docs/triggering/https-request (both `SERVICE-HASH-RC.a.run.app` and
 * `SERVICE-NUMBER.REGION.run.app`); Google APIs: "any API that ends with a hostname of .googleapis.com",
 * https://docs.cloud.google.com/workflows/docs/authenticate-from-workflow.
 */
function kindOfHost(host: string): Address["kind"] {
    if (host.endsWith(".run.app")) {
        return "run";
    }
    if (host.endsWith(".cloudfunctions.net")) {
        return "function";
    }
    return host.endsWith(".googleapis.com") ? "google-api" : "external";
}

/** A revision's tag, `TAG---SERVICE-…`, is part of the URL but not of the audience [K]. */
function withoutTag(host: string): string {
    return host.replace(/^[a-z0-9-]*---/, "");
}

/**
 * Whether two run.app hosts may be of one service: a service has two, with the same name in front
 * (`orders-kwx3hs2c4a-ew.a.run.app`, `orders-1234567890.europe-west1.run.app`).
 */
export function mayBeSameService(one: string, other: string): boolean {
    return serviceName(one) === serviceName(other);
}

/** Whether a run.app host may be the service beneath a 2nd generation function, which has the function's name [K]. */
export function mayBeFunctionsService(functionUrl: string, host: string): boolean {
    const name = functionUrl.split("/")[3] ?? "";
    return serviceName(host) === name.toLowerCase().replaceAll("_", "-");
}

/** The name of the service in a run.app host. */
export function serviceName(host: string): string {
    const label = withoutTag(host).split(".")[0] ?? host;
    return host.endsWith(".a.run.app") ? label.replace(/-[a-z0-9]+-[a-z]+$/, "") : label.replace(/-\d+$/, "");
}

/** Endpoints of Google that take no bearer token: they hand tokens out, or describe the others. */
export function needsNoCredential(url: string): boolean {
    return /^https:\/\/(oauth2|sts)\.googleapis\.com\/|^https:\/\/[a-z0-9-]+\.googleapis\.com\/(\$discovery|discovery)\//i.test(
        url,
    );
}
