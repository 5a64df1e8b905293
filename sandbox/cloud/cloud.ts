import type { Hosts, Origin } from "./hosts";
import type { Decisions, Iam, Principal } from "./iam";
import type { HttpBinding, Json, RouteAnswer, RouteRequest } from "./message";
import type { Signals } from "./signals";
import type { Tokens } from "./tokens";

/**
 * The sandbox's Google Cloud, as its parts see one another. Each sandbox has one; several in a process share nothing.
 * `createCloud` (sandbox/create.ts) puts it together.
 */
export interface Cloud {
    readonly settings: CloudSettings;
    readonly clock: Clock;
    readonly store: Store;
    readonly iam: Iam;
    readonly tokens: Tokens;
    readonly decisions: Decisions;
    readonly hosts: Hosts;
    /** The APIs by host: where definitions are added, and called in process. */
    readonly apis: Apis;
    /** Signals from the admin APIs to the senders. */
    readonly signals: Signals;
    /** Whether a fault refuses tokens of an account at the moment. @default - never */
    refusesMinting?: (email: string) => boolean;
}

/** The project and the owner of a sandbox's cloud. */
export interface CloudSettings {
    /** The project that the sandbox starts with. */
    project: string;
    /** The other projects that exist. @default - any, as soon as a request of the owner names it */
    projects?: string[];
    /** The number of the first project, as Google gives each project one. @default - 123456789012 */
    projectNumber: string;
    /** The principal that deploys unless another is chosen, such as `user:owner@example.com`. Has `roles/owner`. */
    owner: string;
    /** Hosts of external APIs and custom domains, from `sandbox.yaml`. */
    declaredHosts: string[];
    /** Regions that are newer than this version, from `sandbox.yaml`. @default - none */
    regions?: string[];
    /** Runtimes of functions that are newer than this version, from `sandbox.yaml`. @default - none */
    runtimes?: string[];
    /** Backend services that Identity-Aware Proxy guards, from `sandbox.yaml`: all that there are. @default - any */
    backendServices?: string[];
}

/** Time in the sandbox. Everything that waits or expires uses it; tests move it. */
export interface Clock {
    /** Milliseconds since 1970. */
    now(): number;
    sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
    /** Calls back once the clock has reached `at`. @returns a function that cancels it */
    at(at: number, callback: () => void): () => void;
    /** Moves the clock forward; due timers fire in order. */
    advance(milliseconds: number): void;
}

/** Everything that survives a restart. Values are JSON. Never holds a token. */
export interface Store {
    get(collection: string, name: string): unknown;
    put(collection: string, name: string, value: unknown): void;
    delete(collection: string, name: string): boolean;
    /** Entries whose name starts with `prefix`, in the order of their names. */
    list(collection: string, prefix?: string): [name: string, value: unknown][];
    /** How many changes were made: two equal numbers say that nothing was changed between. */
    readonly revision: number;
    /**
     * Writes what was changed, before an answer is sent that says so.
     * @param since the revision when the request came
     * @throws StoreError if it cannot be written, and something was changed since then
     */
    commit(since: number): void;
}

/** A call from within the process: without a network and a token, by a principal that the caller names. */
export interface InProcessRequest {
    body?: unknown;
    principal: Principal;
    headers?: Record<string, string>;
}

/** One method that the sandbox knows of, for `gcp-invoke sandbox apis`. */
export interface ApiMethod {
    host: string;
    name: string;
    implemented: boolean;
    /** The permission that it checks; undefined if every authenticated caller may call it, or the method decides itself. */
    permission?: string;
}

/** All APIs of a sandbox, by host. */
export interface Apis {
    /** Adds a definition; several may share a host. */
    serve(definition: ApiDefinition): void;
    /** Calls an API in process. `url` is absolute. Undefined if no API has the host. */
    request(
        method: string,
        url: string,
        options: InProcessRequest,
    ): Promise<{ status: number; headers: Record<string, string>; body: unknown }> | undefined;
    list(): ApiMethod[];
    /** Sentences on what no documentation confirms, by host. */
    unverified(): { host: string; note: string }[];
    /** The fields of requests that are refused by their names, because no handler reads them. */
    refused(): { host: string; field: string }[];
}

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
    /** The same call once a public method knows by another proof than a token who calls, as audit logs then say. */
    identified(principal: Principal): Call;
}

/** Who may call a method: callers with a permission on a resource, or those that the handler lets in. */
export interface Access<Request> {
    /** Such as `run.services.create`. Undefined if every authenticated caller may call, or the handler decides. */
    permission: string | undefined;
    /**
     * The resource that the permission is checked on, relative to the API's host or full.
     * @default the request's `name`, `resource` or `parent`
     */
    resource?(request: Request, cloud: Cloud): string;
    /** Such as `run.googleapis.com/Service`, for conditions. */
    resourceType?: string;
    /** The method needs no credential and ignores one. */
    public?: true;
    /** The permission by which audit logs know the method, if the handler checks it itself. @default `permission` */
    audits?: string;
}

/** A method of a proto service, written once and served over REST and gRPC. */
export interface Method<Request = Json> extends Access<Request> {
    /** The HTTP bindings, if Google serves others than the proto has: those of shared services. */
    http?: HttpBinding[];
    /** The handler gets names as the client wrote them, because it answers so. @default it gets them with the project's ID */
    keepsNames?: true;
    /** The request is validated and canonical; the answer is checked against the proto. */
    handle(request: Request, call: Call): Json | Promise<Json>;
    /**
     * Replaces `handle` if messages flow both ways, which gRPC alone can do. The first request, which comes again as
     * the first of `requests`, names the resource and was authorized.
     */
    stream?(requests: AsyncIterable<Request>, call: Call, signal: AbortSignal): AsyncIterable<Json>;
}

/** A method of an API that has no proto. */
export interface Route extends Access<RouteRequest> {
    verb: HttpBinding["verb"] | "HEAD" | "OPTIONS";
    /** `/storage/v1/b/{bucket}/o/{object=**}`. */
    path: string;
    /**
     * The parameters that the handler reads, and those that change nothing. A request with another one is refused by its name.
     * @default none; a public route ignores what it does not know, as OAuth says
     */
    parameters?: readonly string[] | "any";
    /** Whether an empty parameter names a part of the resource, as `?acl` does, so that it is refused as any other. */
    hasParts?: true;
    /** The method as audit logs name it. @default its permission, as Cloud Storage names methods */
    audited?: string;
    /** Whether a request of this verb and path is for this route. @default every one is */
    applies?(request: Pick<RouteRequest, "query">): boolean;
    /** Says by what comes before the body whether a caller may send one: for routes that take another proof than a token. */
    admitBody?(request: Omit<RouteRequest, "body" | "json">, cloud: Cloud): void;
    handle(request: RouteRequest, call: Call): Json | RouteAnswer | Promise<Json | RouteAnswer>;
}

/** Everything that one host answers, as data and functions without the state of a sandbox. */
export interface ApiDefinition {
    /** `run.googleapis.com`, or a pattern: `*-run.googleapis.com`. */
    host: string;
    /**
     * Other hosts that answer the same: that of mutual TLS, `sts.mtls.googleapis.com`, and those of regions, such as
     * `*-run.googleapis.com`, where a resource of another location is not.
     * @default none
     */
    otherHosts?: readonly string[];
    /** By the full name of the proto service, then by method. What is not named here answers 501. */
    services?: Record<string, Record<string, Method>>;
    /** The REST versions in which services answer the same as in those of their protos: `{ v1: ["v1beta"] }`. @default none */
    versions?: Readonly<Record<string, readonly string[]>>;
    routes?: Route[];
    /** OAuth scopes that routes accept beside `cloud-platform`; those of services come from their protos. */
    scopes?: string[];
    /** A sentence for each thing that nobody verified against Google. `gcp-invoke sandbox apis` shows them. */
    unverified?: string[];
}
