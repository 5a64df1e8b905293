import { matches } from "./url-map-match";
import type { MappedRequest, PathMatcher, Redirect, RouteAction, UrlMap, Way } from "./url-map-types";

/** What a rule of any kind says of the requests that it takes. */
interface Outcome {
    service?: string;
    urlRedirect?: Redirect;
    routeAction?: RouteAction;
    /** The part of the path that the rule matched. */
    prefix: string;
}

/**
 * Where a URL map sends a request: the rule for the host, then that for the path, then the defaults.
 * @returns undefined if the map sends it nowhere
 * @see https://cloud.google.com/load-balancing/docs/url-map-concepts
 */
export function wayOf(map: UrlMap, request: MappedRequest): Way | undefined {
    const matcher = map.pathMatchers?.find(({ name }) => name === matcherName(map, request.host));
    const found = (matcher && outcomeOf(matcher, request)) ?? defaultOf(map);
    return found && wayTo(found, request);
}

/** The path matcher of a host: that of the whole name, then of the longest pattern, then of all hosts. */
function matcherName({ hostRules = [] }: UrlMap, host: string): string | undefined {
    const candidates = hostRules.flatMap(({ hosts = [], pathMatcher }) =>
        hosts.filter((pattern) => takesHost(pattern, host)).map((pattern) => ({ pattern, pathMatcher })),
    );
    const rank = (pattern: string): number => (pattern.startsWith("*") ? pattern.length - 1000 : pattern.length);
    return candidates.sort((a, b) => rank(b.pattern) - rank(a.pattern))[0]?.pathMatcher;
}

/** Whether a pattern of a host rule, such as `*.example.com` or `*`, takes a host. */
export function takesHost(pattern: string, host: string): boolean {
    const wanted = pattern.toLowerCase().replace(/:\d+$/, "");
    return wanted === "*" || wanted === host || (wanted.startsWith("*") && host.endsWith(wanted.slice(1)));
}

function defaultOf(of: UrlMap | PathMatcher): Outcome | undefined {
    const { defaultService: service, defaultUrlRedirect: urlRedirect, defaultRouteAction: routeAction } = of;
    return outcome({ service, urlRedirect, routeAction }, "/");
}

function outcome(found: { [Key in keyof Outcome]?: Outcome[Key] | undefined }, prefix: string): Outcome | undefined {
    const { service, urlRedirect, routeAction } = found;
    return service === undefined && urlRedirect === undefined && routeAction === undefined
        ? undefined
        : {
              ...(service !== undefined && { service }),
              ...(urlRedirect && { urlRedirect }),
              ...(routeAction && { routeAction }),
              prefix,
          };
}

function outcomeOf(matcher: PathMatcher, request: MappedRequest): Outcome | undefined {
    const byPriority = [...(matcher.routeRules ?? [])].sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
    for (const rule of byPriority) {
        const match = (rule.matchRules ?? []).find((one) => matches(one, request));
        if (match) {
            return outcome(rule, match.fullPathMatch ?? match.prefixMatch ?? "/");
        }
    }
    const longest = (matcher.pathRules ?? [])
        .flatMap((rule) => (rule.paths ?? []).map((pattern) => ({ rule, pattern })))
        .filter(({ pattern }) => takesPath(pattern, request.path))
        .sort((a, b) => b.pattern.length - a.pattern.length)[0];
    const found = longest && outcome(longest.rule, longest.pattern.replace(/\*$/, ""));
    return found ?? defaultOf(matcher);
}

/** `/shop/*` takes `/shop/` and all below it, and not `/shop`; another path takes itself. */
function takesPath(pattern: string, path: string): boolean {
    return pattern.endsWith("/*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

const STATUS: Record<string, number> = {
    MOVED_PERMANENTLY_DEFAULT: 301,
    FOUND: 302,
    SEE_OTHER: 303,
    TEMPORARY_REDIRECT: 307,
    PERMANENT_REDIRECT: 308,
};

function wayTo({ service, urlRedirect, routeAction, prefix }: Outcome, request: MappedRequest): Way | undefined {
    if (urlRedirect) {
        const { httpsRedirect, hostRedirect, pathRedirect, prefixRedirect, stripQuery, redirectResponseCode } =
            urlRedirect;
        const scheme = httpsRedirect || request.isHttps ? "https" : "http";
        const path = pathRedirect || replaced(request.path, prefix, prefixRedirect || undefined);
        return {
            kind: "redirect",
            status: STATUS[redirectResponseCode ?? "MOVED_PERMANENTLY_DEFAULT"] ?? 301,
            location: `${scheme}://${hostRedirect || request.host}${path}${stripQuery ? "" : request.query}`,
        };
    }
    if (service === undefined) {
        return undefined;
    }
    const { hostRewrite, pathPrefixRewrite } = routeAction?.urlRewrite ?? {};
    return {
        kind: "service",
        service,
        ...(hostRewrite !== undefined && { host: hostRewrite }),
        path: replaced(request.path, prefix, pathPrefixRewrite),
    };
}

function replaced(path: string, prefix: string, by: string | undefined): string {
    return by === undefined ? path : `${by}${path.startsWith(prefix) ? path.slice(prefix.length) : path}`;
}
