import type { Cloud, Json } from "../../cloud";
import { invalidArgument, isObject } from "../framework";
import { checkedLink, invalidField, keyOf, linkOf } from "./links";
import { wayOf } from "./url-map-route";
import type { UrlMap } from "./url-map-types";
import type { Wanted } from "./wanted";

/** The fields of a URL map that name where requests go. */
const SERVICES = /^(default)?service$/i;

/** https://cloud.google.com/load-balancing/docs/url-map-concepts */
export function checkUrlMap(resource: Json, { call: { cloud }, project, region }: Wanted): Json {
    const map = withLinks(cloud, project, resource, "") as Json & UrlMap;
    const { defaultService, defaultUrlRedirect, defaultRouteAction, hostRules = [], pathMatchers = [] } = map;
    if (!defaultService && !defaultUrlRedirect && !defaultRouteAction) {
        throw invalidField("defaultService", "", "A URL map needs a default service or a default redirect.");
    }
    hostRules.forEach(({ hosts = [], pathMatcher = "" }, i) => {
        if (!pathMatchers.some(({ name }) => name === pathMatcher)) {
            const field = `hostRules[${i}].pathMatcher`;
            throw invalidField(field, pathMatcher, "The URL map has no path matcher of this name.");
        }
        const wrong = hosts.find((host) => !HOST.test(host));
        if (wrong !== undefined) {
            throw invalidField(`hostRules[${i}].hosts`, wrong, "It must be a host name, * or begin with *. or *-.");
        }
    });
    pathMatchers
        .flatMap(({ pathRules = [] }) => pathRules)
        .forEach(({ paths = [] }) => {
            const wrong = paths.find((path) => !/^\/([^*?#]*\/)?(\*|[^*?#]*)$/.test(path));
            if (wrong !== undefined) {
                throw invalidField(
                    "pathMatchers.pathRules.paths",
                    wrong,
                    "It must begin with /, and * is allowed after the last / alone.",
                );
            }
        });
    checkTests(cloud, project, map);
    return { ...map, ...(region !== undefined && { region: linkOf(`projects/${project}/regions/${region}`) }) };
}

const HOST = /^(\*|\*?[-.]?([a-z\d_]([a-z\d_-]*[a-z\d_])?\.)*[a-z\d_]([a-z\d_-]*[a-z\d_])?)(:\d+)?$/i;

/** The map with the links of all services that it names. */
function withLinks(cloud: Cloud, project: string, value: unknown, path: string): unknown {
    if (Array.isArray(value)) {
        return value.map((item, i) => withLinks(cloud, project, item, `${path}[${i}]`));
    }
    if (!isObject(value)) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => {
            const at = path === "" ? key : `${path}.${key}`;
            return [
                key,
                SERVICES.test(key) && inner !== ""
                    ? checkedLink(cloud, project, at, inner)
                    : withLinks(cloud, project, inner, at),
            ];
        }),
    );
}

/** The tests that a map brings along must hold before it is kept. */
function checkTests(cloud: Cloud, project: string, map: UrlMap): void {
    for (const { host = "", path = "", service, expectedOutputUrl, expectedRedirectResponseCode } of map.tests ?? []) {
        const [name = "", query] = path.split("?");
        const request = { isHttps: false, host, path: name, query: query ? `?${query}` : "", headers: {} };
        const way = wayOf(map, request);
        const found = way === undefined ? "nothing" : way.kind === "redirect" ? way.location : way.service;
        const expected = service !== undefined ? linkOf(keyOf(service, project, cloud) ?? service) : expectedOutputUrl;
        const isStatus =
            expectedRedirectResponseCode === undefined ||
            (way?.kind === "redirect" && way.status === expectedRedirectResponseCode);
        const isRight =
            way?.kind === "service" && expectedOutputUrl !== undefined && service === undefined
                ? false
                : expected === undefined || found === expected;
        if (!isRight || !isStatus) {
            throw invalidArgument(
                `Invalid value for field 'resource.tests': the test of ${host}${path} expects ${expected ?? String(expectedRedirectResponseCode)}, and the map leads to ${found}`,
                "tests",
            );
        }
    }
}
