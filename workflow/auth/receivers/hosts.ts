import { kinds, kindWithin, otherUniverse, universeOf } from "./kinds";
import type { TargetKind } from "../types";

/** What a URL says about who receives a request. The URL is parsed for it; no part of its text is searched for. */
export interface Address {
    scheme: "https" | "http";
    /** Lower case, without port and final dot. */
    host: string;
    /** What kind of receiver has this host. IAP is not among them, because no host shows that it is there. */
    kind: Exclude<TargetKind, "iap">;
    /** Of a Google API: its name, such as `sheets`, as far as the host shows it. */
    api?: string;
    /** The universe other than the workflow's that has this host; then the kind is `external`. */
    otherUniverse?: string;
    /** What an ID token for this receiver names: the origin; for functions up to the name. Absent if no URL shows it. */
    audience?: string;
    /** Whether the URL says more than the audience: a path or a query. */
    beyondAudience: boolean;
}

/** `user:password@host:port` that all URL parsers read alike. */
const unambiguous = /^([!-$&-?A-[\]-~]*@)?([a-z0-9._-]+|\[[a-f0-9:.]+\])(:\d*)?$/i;

/**
 * Parses a URL and finds out what kind of receiver it has, for a workflow in that universe.
 * `undefined` if URL parsers disagree about the host or there is none: a host of anything but ASCII letters, digits,
 * `.`, `-` and `_`, a second `@`, backslashes, blanks and percent signs, a scheme other than `http` and `https`.
 */
export function parseAddress(text: string, universeDomain?: string): Address | undefined {
    const match = /^(https?):\/\/([^/?#]+)/i.exec(text);
    const authority = match?.[2];
    if (authority === undefined || !unambiguous.test(authority) || !URL.canParse(text)) {
        return undefined;
    }
    const url = new URL(text);
    const universe = universeOf(universeDomain);
    const host = url.hostname.replace(/\.$/, "");
    const kind = kindWithin(host, universe) ?? "external";
    const other = kind === "external" ? otherUniverse(host, universe) : undefined;
    const scheme = url.protocol === "https:" ? "https" : "http";
    const origin = `https://${kind === "run" ? withoutTag(host) : host}${kind === "external" && url.port !== "" ? `:${url.port}` : ""}`;
    const name = kind === "function" ? /^\/+([^/]+)/.exec(url.pathname)?.[1] : undefined;
    const rest = name === undefined ? url.pathname.slice(1) : url.pathname.slice(name.length + 1).replace(/^\/$/, "");
    return {
        scheme,
        host,
        kind,
        ...(kind === "google-api" && { api: apiOf(host, universe.domain) }),
        ...(other !== undefined && { otherUniverse: other }),
        ...(kinds[kind].namedBy === undefined && { audience: name === undefined ? origin : `${origin}/${name}` }),
        beyondAudience: rest !== "" || url.search !== "",
    };
}

/**
 * A revision's tag, `TAG---SERVICE-…`, is part of the URL but not of the audience.
 * https://cloud.google.com/run/docs/authenticating/service-to-service
 */
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

/** Endpoints of Google that take no bearer token: they hand tokens out, describe the others, or give public keys. */
export function needsNoCredential(api: string, url: string): boolean {
    const path = /^https:\/\/[^/]+(\/.*)/i.exec(url)?.[1] ?? "";
    return (
        /^(oauth2|sts)$/.test(api) ||
        /^\/(\$discovery|discovery)\//.test(path) ||
        (api === "www" && /^\/(oauth2\/v\d\/certs|robot\/v1\/metadata\/|service_accounts\/v1\/)/.test(path))
    );
}

/**
 * The name of the API that a Google host is of: `sheets` of `sheets.googleapis.com` and `sheets.mtls.googleapis.com`,
 * `pubsub` of `us-east1-pubsub.googleapis.com` and `pubsub.us-east1.rep.googleapis.com`
 * (https://docs.cloud.google.com/docs/security/compliance/endpoints), `storage` of `storage-mine.p.googleapis.com`
 * (https://docs.cloud.google.com/vpc/docs/about-accessing-google-apis-endpoints) and `bucket.storage.googleapis.com`.
 */
function apiOf(host: string, universeDomain: string): string {
    const name = host.slice(0, -universeDomain.length - 1);
    const regional = /^([^.]+)\.[^.]+(\.p)?\.rep$/.exec(name)?.[1];
    const private_ = /^([^.]+)-[^.-]+\.p$/.exec(name)?.[1];
    const label =
        regional ??
        private_ ??
        name
            .replace(/\.mtls$/, "")
            .split(".")
            .at(-1) ??
        "";
    return label.replace(/^([a-z]+-[a-z]+\d+|us|eu|\*|content)-/, "");
}
