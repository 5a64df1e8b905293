import type { IncomingHttpHeaders } from "node:http";
import type { Cloud, Origin, Principal } from "../../cloud";

/** A message in canonical proto3 JSON: camelCase names, unset fields absent, int64 as strings, bytes in base64. */
export type Json = Record<string, unknown>;

/** One call of an API method, as its handler sees it. */
export interface Call {
    readonly cloud: Cloud;
    readonly principal: Principal;
    readonly scopes: readonly string[];
    /** `run.googleapis.com`. */
    readonly host: string;
    /** `google.cloud.run.v2.Services.CreateService`, or `GET /storage/v1/b/{bucket}`. */
    readonly method: string;
    readonly origin: Origin;
    /** The sandbox's time, RFC 3339. */
    readonly time: string;
    /**
     * Checks and records a further permission; the one that the method names was checked before the handler ran.
     * @param resource relative (`projects/p/…`, of this API) or full (`//iam.googleapis.com/projects/…`)
     * @throws ApiError PERMISSION_DENIED in Google's words
     */
    authorize(permission: string, resource: string, resourceType?: string): void;
}

/** An HTTP binding beside those of the proto: `{ get: "/v1/{resource=projects/*}:getIamPolicy" }`. */
export interface HttpBinding {
    verb: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
    path: string;
    /** `*`, or the field that the body is. */
    body?: string;
}

/** Who may call: a permission on a resource; or who the handler lets. */
export interface Access<Request> {
    /** Such as `run.services.create`. Undefined where any authenticated caller may, or the handler decides. */
    permission: string | undefined;
    /**
     * The resource that the permission is checked on, relative to the API's host or full.
     * @default the request's `name`, `resource` or `parent`
     */
    resource?(request: Request, cloud: Cloud): string;
    /** Such as `run.googleapis.com/Service`, for conditions. */
    resourceType?: string;
    /** No credential is asked for, and none is looked at. */
    public?: true;
}

/** A method of a proto service, written once and served over REST and gRPC. */
export interface Method<Request extends Json = Json> extends Access<Request> {
    /** The bindings that Google serves where they are others than the proto tells: those of shared services. */
    http?: HttpBinding[];
    /** The request is validated and canonical; the answer is checked against the proto. */
    handle(request: Request, call: Call): Json | Promise<Json>;
    /**
     * Where messages flow both ways, over gRPC only: in the place of `handle`. The first request, which comes again as
     * the first of `requests`, names the resource and was authorized.
     */
    stream?(requests: AsyncIterable<Request>, call: Call, signal: AbortSignal): AsyncIterable<Json>;
}

/** A request to a plain route. */
export interface RouteRequest {
    /** The variables of the path, decoded. */
    params: Record<string, string>;
    query: URLSearchParams;
    headers: IncomingHttpHeaders;
    body: Buffer;
    /** The body as a JSON object; `{}` where there is none. */
    json: Json;
}

/** What a plain route answers that is not a JSON object with status 200. */
export class RouteAnswer {
    constructor(
        readonly status: number,
        readonly body: string | Buffer | Json,
        readonly headers: Record<string, string> = {},
    ) {}
}

/** A method of an API that has no proto. */
export interface Route extends Access<RouteRequest> {
    verb: HttpBinding["verb"] | "HEAD" | "OPTIONS";
    /** `/storage/v1/b/{bucket}/o/{object=**}`. */
    path: string;
    handle(request: RouteRequest, call: Call): Json | RouteAnswer | Promise<Json | RouteAnswer>;
}

/** Everything that one host answers. Plain data and functions: nothing of a sandbox is in it. */
export interface ApiDefinition {
    /** `run.googleapis.com`, or a pattern: `*-run.googleapis.com`. */
    host: string;
    /** By the full name of the proto service, then by method. What is not named here answers 501. */
    services?: Record<string, Record<string, Method>>;
    routes?: Route[];
    /** OAuth scopes that routes accept beside `cloud-platform`; those of services come from their protos. */
    scopes?: string[];
    /** What rests on facts that nobody verified, in a sentence each; shown by `gcp-invoke sandbox apis`. */
    unverified?: string[];
}

/** Gives a method's request its type. */
export function method<Request extends Json>(definition: Method<Request>): Method {
    return definition;
}
