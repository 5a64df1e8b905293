import { ApiError, type Call, type Cloud, type Json, type Route, type RouteRequest } from "../../cloud";
import { checkId, checkServed, etagOf, isObject, message, page, parse, print } from "../framework";
import type { Kind } from "./kinds";
import { backendServiceId, collectionOf, idOf, linkOf, missing, partsOf, textIn } from "./links";
import { checkRegionName, done } from "./operations";

/** Where a resource can be, and its path there. */
const PLACES = { global: "global", region: "regions/{region}" };
const PROJECT = "/compute/{version}/projects/{project}";

/** The methods of one kind of resource, the same as those of all others of Compute Engine. */
export function routesOf(kind: Kind): Route[] {
    return [...(["global", "region"] as const).flatMap((scope) => scopeRoutes(kind, scope)), aggregated(kind)];
}

function scopeRoutes(kind: Kind, scope: "global" | "region"): Route[] {
    const name = kind.permissions[scope];
    if (name === undefined) {
        return [];
    }
    const collection = `${PROJECT}/${PLACES[scope]}/${kind.segment}`;
    // The methods of proxies that are in no region have no place in their paths.
    const setters = kind.segment.startsWith("target") && scope === "global" ? `${PROJECT}/${kind.segment}` : collection;
    const route = (verb: Route["verb"], path: string, method: string, handle: Route["handle"]): Route => ({
        verb,
        path,
        permission: `compute.${name}.${method}`,
        resource: ["list", "create"].includes(method) ? projectOf : (request) => keyOf(kind, request),
        ...(verb !== "GET" && { parameters: ["requestId"] }),
        handle,
    });
    const change = (verb: "PATCH" | "PUT"): Route =>
        route(verb, `${collection}/{name}`, "update", (request, call) => {
            const current = found(kind, request, call.cloud);
            const wanted = bodyOf(kind, request.json);
            const whole = verb === "PATCH" ? merged(current, wanted) : wanted;
            // Rules are changed one by one.
            const kept = kind.actions === undefined ? whole : { ...whole, rules: current.rules };
            return store(kind, request, call, kept, current, "update");
        });
    return [
        {
            ...route("GET", collection, "list", (request, call) => listed(kind, request, call)),
            parameters: ["maxResults", "pageToken", "returnPartialSuccess"],
        },
        route("POST", collection, "create", (request, call) =>
            store(kind, request, call, bodyOf(kind, request.json), undefined, "insert"),
        ),
        route("GET", `${collection}/{name}`, "get", (request, call) =>
            shown(kind, found(kind, request, call.cloud), call),
        ),
        route("DELETE", `${collection}/{name}`, "delete", (request, call) => remove(kind, request, call)),
        ...(kind.changes ? [change("PATCH"), change("PUT")] : []),
        ...Object.entries(kind.setters ?? {}).map(([method, field]) =>
            route("POST", `${setters}/{name}/${method}`, method, (request, call) => {
                const current = found(kind, request, call.cloud);
                return store(kind, request, call, { ...current, [field]: request.json[field] }, current, method);
            }),
        ),
        ...Object.entries(kind.actions ?? {}).map(([method, act]) => ({
            ...route("POST", `${collection}/{name}/${method}`, "update", (request, call) => {
                const changed = act(request);
                const current = found(kind, request, call.cloud);
                return store(kind, request, call, changed(current), current, method);
            }),
            parameters: ["priority", "requestId"],
        })),
    ];
}

const projectOf = ({ params: { project = "" } }: RouteRequest): string => `projects/${project}`;

/** `projects/P/global/urlMaps/M`. @param name - that of the path by default */
function keyOf({ segment }: Kind, { params }: RouteRequest, name = params.name ?? ""): string {
    const { project = "", region } = params;
    const place = region === undefined ? "global" : `regions/${region}`;
    return `projects/${project}/${place}/${segment}/${name}`;
}

function found(kind: Kind, request: RouteRequest, cloud: Cloud): Json {
    const key = keyOf(kind, request);
    const resource = cloud.store.get(collectionOf(kind.segment), key);
    if (resource === undefined) {
        throw missing(key);
    }
    return resource as Json;
}

/** The resource of a request, without what only Google writes. @throws ApiError for a field that is unknown or not served */
function bodyOf({ message: type, segment }: Kind, json: Json): Json {
    const descriptor = message(type);
    const {
        id: _,
        kind: __,
        selfLink: ___,
        creationTimestamp: ____,
        ...wanted
    } = print(descriptor, parse(descriptor, json));
    checkServed(`compute.${segment}`, descriptor, wanted, "resource.");
    return wanted;
}

const NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

function store(
    kind: Kind,
    request: RouteRequest,
    call: Call,
    wanted: Json,
    current: Json | undefined,
    method: string,
): Json {
    const { cloud, time } = call;
    const name = textIn(current ?? wanted, "name") ?? "";
    checkId(name, NAME, "resource.name", "must be a match of regex '[a-z]([-a-z0-9]{0,61}[a-z0-9])?'");
    const key = keyOf(kind, request, name);
    const collection = collectionOf(kind.segment);
    if (!current && cloud.store.get(collection, key) !== undefined) {
        throw new ApiError("ALREADY_EXISTS", `The resource '${key}' already exists`);
    }
    if (
        current &&
        method === "update" &&
        wanted.fingerprint !== undefined &&
        wanted.fingerprint !== current.fingerprint
    ) {
        throw new ApiError("ABORTED", "Invalid fingerprint.");
    }
    const { project, region } = partsOf(key);
    if (region !== undefined && !current) {
        checkRegionName(region, cloud);
    }
    const checked = kind.check(wanted, { call, project, region, key, current });
    const whole: Json = {
        ...checked,
        name,
        kind: `compute#${kind.segment.replace(/ies$/, "y").replace(/(ss)?(es|s)$/, "$1")}`,
        id: current?.id ?? newId(kind, key),
        creationTimestamp: current?.creationTimestamp ?? time,
        selfLink: linkOf(key),
    };
    const fields = message(kind.message).fields.map(({ jsonName }) => jsonName);
    const print64 = Buffer.from(etagOf(whole)).toString("base64").slice(0, 11);
    cloud.store.put(collection, key, {
        ...whole,
        ...(fields.includes("fingerprint") && { fingerprint: `${print64}=` }),
        ...(fields.includes("labelFingerprint") && { labelFingerprint: `${print64}=` }),
    });
    return done(call, key, whole.id, method);
}

function newId({ segment }: Kind, key: string): string {
    const { project, region, name } = partsOf(key);
    return segment === "backendServices" ? backendServiceId(project, region, name) : idOf(key);
}

/** A change by PATCH: objects are merged at any depth, and everything else is replaced. */
function merged(current: Json, changes: Json): Json {
    return {
        ...current,
        ...Object.fromEntries(
            Object.entries(changes).map(([key, value]) => {
                const before = current[key];
                return [key, isObject(value) && isObject(before) ? merged(before, value) : value];
            }),
        ),
    };
}

function remove(kind: Kind, request: RouteRequest, call: Call): Json {
    const { cloud } = call;
    const resource = found(kind, request, cloud);
    const key = keyOf(kind, request);
    const user = userOf(cloud, key, resource);
    if (user !== undefined) {
        throw new ApiError("FAILED_PRECONDITION", `The resource '${key}' is already being used by '${user}'`);
    }
    cloud.store.delete(collectionOf(kind.segment), key);
    cloud.iam.deletePolicy(`//compute.googleapis.com/${key}`);
    return done(call, key, resource.id, "delete");
}

/** A resource that names another one, or has its address. */
function userOf(cloud: Cloud, key: string, { address }: Json): string | undefined {
    const link = JSON.stringify(linkOf(key));
    const users = [
        "backendServices",
        "urlMaps",
        "targetHttpProxies",
        "targetHttpsProxies",
        "forwardingRules",
        "subnetworks",
    ];
    return users
        .flatMap((segment) => cloud.store.list(collectionOf(segment)))
        .find(
            ([user, value]) =>
                user !== key &&
                (JSON.stringify(value).includes(link) ||
                    (address !== undefined && (value as Json).IPAddress === address)),
        )?.[0];
}

const shown = (kind: Kind, resource: Json, call: Call): Json => kind.show?.(resource, call) ?? resource;

function listed(kind: Kind, request: RouteRequest, call: Call): Json {
    const prefix = keyOf(kind, request, "");
    const all = call.cloud.store
        .list(collectionOf(kind.segment), prefix)
        .map(([, resource]) => shown(kind, resource as Json, call));
    const { query } = request;
    const pageToken = query.get("pageToken") ?? undefined;
    return {
        kind: `compute#${kind.segment}List`,
        id: prefix.slice(0, -1),
        selfLink: linkOf(prefix.slice(0, -1)),
        ...page("items", all, {
            pageSize: Number(query.get("maxResults") ?? 0),
            ...(pageToken !== undefined && { pageToken }),
        }),
    };
}

/** The resources of all places at once: gcloud lists by it. */
function aggregated(kind: Kind): Route {
    return {
        verb: "GET",
        path: `${PROJECT}/aggregated/${kind.segment}`,
        permission: `compute.${kind.permissions.region ?? kind.permissions.global ?? ""}.list`,
        parameters: ["maxResults", "includeAllScopes", "returnPartialSuccess"],
        resource: projectOf,
        handle(request, call) {
            const { project = "" } = request.params;
            const items: Record<string, Record<string, Json[]>> = {};
            for (const [key, value] of call.cloud.store.list(collectionOf(kind.segment), `projects/${project}/`)) {
                const { region } = partsOf(key);
                const place = region === undefined ? "global" : `regions/${region}`;
                ((items[place] ??= {})[kind.segment] ??= []).push(shown(kind, value as Json, call));
            }
            return {
                kind: `compute#${kind.segment}AggregatedList`,
                id: `projects/${project}/aggregated/${kind.segment}`,
                items,
            };
        },
    };
}
