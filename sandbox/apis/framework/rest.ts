import type { IncomingHttpHeaders } from "node:http";
import {
    type Access,
    ApiError,
    type Cloud,
    type Origin,
    type Principal,
    RouteAnswer,
    type ApiDefinition,
    type HttpBinding,
    type Json,
    type Route,
    type RouteRequest,
} from "../../cloud";
import { auditOf } from "./audit";
import { checkAlt, jsonAnswer, parseBody, select, type RestAnswer } from "./bodies";
import { admit, type Arrival, authenticate } from "./access";
import { httpBindings } from "./descriptors";
import { apiOf, regionOf } from "./enabled";
import { endpoints, invoke, type Endpoint } from "./endpoint";
import { errorBody, statusFor, toApiError, unimplemented } from "./errors";
import { decoded, parse, print } from "./messages";
import { projectId } from "../../iam";
import { paramsWithProjectIds } from "./requests";
import { compilePath, type PathMatch, type PathTemplate } from "./paths";
import { bindQuery, checkParameters, methodOf, setPath } from "./query";

interface RestRequest {
    method: string;
    url: URL;
    headers: IncomingHttpHeaders;
    /** Reads the body, when it is known that its sender may send one. @throws ApiError if it is larger than `limit` */
    readBody(limit: number): Promise<Buffer>;
    origin: Origin;
    /** Set for calls in process, which carry no token. */
    principal?: Principal;
}

/** In bytes. More than the largest upload that Google accepts in one request for what the sandbox serves. */
const LARGEST_BODY = 128 * 1024 * 1024;
/** In bytes: how much a caller without credentials may send, for example to get a token. */
const LARGEST_PUBLIC_BODY = 1024 * 1024;

/** What answers a verb and a path: a binding of a proto method, or a plain route. */
interface Entry {
    verb: string;
    template: PathTemplate;
    /** Whether it answers a request with these parameters. @default always */
    applies?(query: URLSearchParams): boolean;
    name: string;
    /**
     * Refuses a caller before its body is read, so that an unknown caller cannot make the sandbox hold a large one.
     * @returns how many bytes the body may have
     */
    admitBody(request: RestRequest, arrival: Arrival, match: PathMatch): number;
    answer(match: PathMatch, request: RestRequest & { body: Buffer }, arrival: Arrival): Promise<RestAnswer>;
}

/** The REST side of a host: its definitions' HTTP bindings and plain routes. */
export interface Rest {
    add(definition: ApiDefinition): void;
    /** Never rejects. A failure becomes an error answer. */
    answer(request: RestRequest): Promise<RestAnswer>;
}

export function createRest(cloud: Cloud): Rest {
    let entries: Entry[] = [];

    return {
        add(definition) {
            const bound = endpoints(definition).flatMap((endpoint) =>
                (endpoint.method?.http ?? httpBindings(endpoint.descriptor))
                    .flatMap((binding) => inVersions(binding, definition.versions))
                    .map((binding) => bindingEntry(endpoint, binding)),
            );
            const routes = (definition.routes ?? []).map((route) => routeEntry(route, definition.scopes ?? []));
            entries = [...entries, ...routes, ...bound].sort(
                (a, b) => Number(b.template.custom) - Number(a.template.custom),
            );
        },
        async answer(request) {
            const { url } = request;
            const method = methodOf(request.method, url.searchParams, request.headers);
            const { revision } = cloud.store;
            try {
                for (const entry of entries) {
                    const match = entry.verb === method ? entry.template.match(url.pathname) : undefined;
                    if (!match || entry.applies?.(url.searchParams) === false) {
                        continue;
                    }
                    const arrival = {
                        cloud,
                        host: apiOf(url.hostname),
                        region: regionOf(url.hostname),
                        method: entry.name,
                        origin: request.origin,
                        headers: request.headers,
                        request: `${method} ${url.origin}${url.pathname}`,
                        principal: request.principal,
                    };
                    const limit = entry.admitBody(request, arrival, match);
                    const sent = await request.readBody(limit);
                    // An upload by the XML API of Cloud Storage says by this header what it stores.
                    const stored =
                        url.hostname === "storage.googleapis.com" && !/^\/(upload\/)?storage\//.test(url.pathname);
                    const body = stored ? sent : decoded(sent, request.headers["content-encoding"], limit);
                    const answer = await entry.answer(match, { ...request, body }, arrival);
                    cloud.store.commit(revision);
                    return answer;
                }
                throw new ApiError(
                    "NOT_FOUND",
                    `the sandbox serves no ${method} ${url.origin}${url.pathname}; \`gcp-invoke sandbox apis ${url.hostname}\` lists what it serves`,
                );
            } catch (error) {
                const failure = toApiError(error);
                return jsonAnswer(statusFor(failure.status, request.headers), errorBody(failure));
            }
        },
    };
}

/** A binding, and the same one in other versions of its API. */
function inVersions(binding: HttpBinding, versions: ApiDefinition["versions"] = {}): HttpBinding[] {
    const [, version = "", rest = ""] = /^\/([^/]+)(\/.*)$/.exec(binding.path) ?? [];
    return [binding, ...(versions[version] ?? []).map((other) => ({ ...binding, path: `/${other}${rest}` }))];
}

function bindingEntry(endpoint: Endpoint, binding: HttpBinding): Entry {
    const { input } = endpoint.descriptor;
    const bodyField = input.fields.find((field) => field.name === binding.body)?.jsonName;
    return {
        verb: binding.verb,
        template: compilePath(binding.path),
        name: endpoint.name,
        admitBody(_request, arrival) {
            if (!endpoint.method) {
                throw unimplemented(endpoint.name);
            }
            return admitBody(arrival, endpoint.method, endpoint.scopes);
        },
        async answer(match, { url, body }, arrival) {
            checkAlt(url.searchParams);
            const sent = parseBody(body);
            const request: Json =
                binding.body === "*" ? { ...sent } : bodyField === undefined ? {} : { [bodyField]: sent };
            bindQuery(input, url.searchParams, request);
            const bound = Object.entries(match).map(([name, value]): [string[], unknown] => [
                name.split(".").map((part) => input.fields.find((f) => f.name === part)?.jsonName ?? part),
                value,
            ]);
            bound.forEach(([path, value]) => setPath(request, path, value));
            const canonical = print(input, parse(input, request));
            // A name in the path counts even if only the server sets the field (`Secret.name`).
            bound.forEach(([path, value]) => setPath(canonical, path, value));
            const answer = await invoke(endpoint, canonical, arrival);
            return jsonAnswer(200, select(answer, url.searchParams));
        },
    };
}

function routeEntry(route: Route, scopes: readonly string[]): Entry {
    return {
        verb: route.verb,
        template: compilePath(route.path),
        applies: (query) => route.applies?.({ query }) ?? true,
        name: `${route.verb} ${route.path}`,
        admitBody({ url, headers }, arrival, params) {
            if (!route.admitBody) {
                return admitBody(arrival, route, scopes);
            }
            route.admitBody({ params, query: url.searchParams, headers }, arrival.cloud);
            return LARGEST_BODY;
        },
        async answer(match, { url, headers, body }, arrival) {
            const { cloud } = arrival;
            checkParameters(route, url.searchParams);
            const project = url.searchParams.get("project");
            if (project !== null) {
                url.searchParams.set("project", projectId(project, cloud.settings, cloud.store));
            }
            const request: RouteRequest & Json = {
                params: paramsWithProjectIds(match, cloud),
                query: url.searchParams,
                headers,
                body,
                // The body is parsed only if the handler asks for JSON, because uploads and forms are not JSON.
                get json() {
                    return parseBody(body);
                },
            };
            const answer = await carriedOut(route, request, arrival, scopes);
            if (!(answer instanceof RouteAnswer)) {
                return jsonAnswer(200, select(answer, url.searchParams));
            }
            return typeof answer.body === "string" || Buffer.isBuffer(answer.body)
                ? { status: answer.status, headers: answer.headers, body: answer.body }
                : jsonAnswer(answer.status, answer.body, answer.headers);
        },
    };
}

/** Lets a request in, has the route answer it, and tells the audit logs. */
async function carriedOut(
    route: Route,
    request: RouteRequest & Json,
    arrival: Arrival,
    scopes: readonly string[],
): Promise<Json | RouteAnswer> {
    const name = route.audited ?? route.permission ?? arrival.method;
    // The project of a bucket that is deleted, or just made, is known only while it is there.
    const audit = auditOf(arrival, route, name, () => route.resource?.(request, arrival.cloud) ?? "", scopes);
    try {
        const answer = await route.handle(request, admit(arrival, route, request, scopes));
        if (!(answer instanceof RouteAnswer && answer.status >= 400)) {
            audit.allowed();
        } else if (answer.denial !== undefined) {
            audit.refused(answer.denial);
        }
        return answer;
    } catch (error) {
        audit.refused(error);
        throw error;
    }
}

function admitBody(arrival: Arrival, access: Access<never>, scopes: readonly string[]): number {
    if (access.public) {
        return LARGEST_PUBLIC_BODY;
    }
    authenticate(arrival, scopes);
    return LARGEST_BODY;
}
