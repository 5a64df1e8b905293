import type { Message } from "../framework";

export type UrlMap = Message<"google.cloud.compute.v1.UrlMap">;
export type PathMatcher = Message<"google.cloud.compute.v1.PathMatcher">;
export type RouteAction = Message<"google.cloud.compute.v1.HttpRouteAction">;
export type Redirect = Message<"google.cloud.compute.v1.HttpRedirectAction">;
export type RouteMatch = Message<"google.cloud.compute.v1.HttpRouteRuleMatch">;

/** A request as a URL map looks at it. */
export interface MappedRequest {
    isHttps: boolean;
    /** In lower case, without a port. */
    host: string;
    /** Without the query. */
    path: string;
    /** With its question mark; empty if there is none. */
    query: string;
    /** By their names in lower case. */
    headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Where a URL map sends a request. */
export type Way =
    | { kind: "service"; service: string; host?: string; path: string }
    | { kind: "redirect"; status: number; location: string };
