import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiDefinition } from "./apis/framework/define";
import type { Decisions, Iam, Principal } from "./iam/types";
import type { Signals } from "./signals";
import type { Tokens } from "./tokens/types";

export { ApiError, type Status } from "./errors";
export type * from "./iam/types";
export type { CloudEvent, LogEntry, Signal, Signals } from "./signals";
export type * from "./tokens/types";

/**
 * The sandbox's Google Cloud, as its parts see one another. One object a sandbox; several in a process share nothing.
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
    /** What the admin APIs tell the senders. */
    readonly signals: Signals;
    /** Whether it is ordered that no token of an account can be had at the moment. @default - never */
    refusesMinting?: (email: string) => boolean;
}

export interface CloudSettings {
    /** The project that the sandbox starts with; others exist as soon as they are named in a request by its owner. */
    project: string;
    projectNumber: string;
    /** The principal that deploys unless another is chosen, such as `user:owner@example.com`. Has `roles/owner`. */
    owner: string;
    /** Hosts of external APIs and custom domains, from `sandbox.yaml`. */
    declaredHosts: string[];
    /** Backend services that Identity-Aware Proxy guards, from `sandbox.yaml`: all that there are. @default - any */
    backendServices?: string[];
}

/** Time in the sandbox. Everything that waits or expires uses it; tests move it. */
export interface Clock {
    /** Milliseconds since 1970. */
    now(): number;
    sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
    /** Calls back once the clock has reached `at`. Returns what cancels it. */
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
}

/** Where a request came from, as the network sees it: decides ingress. */
export type Origin =
    /** `account`: the service account that a client acts as, by its unique ID; only the metadata server asks for it. */
    | { kind: "outside"; account?: string }
    | { kind: "google"; service: string; project: string }
    /** `account`: whom it runs as. */
    | { kind: "workload"; project: string; resource: string; vpc: boolean; account?: string };

/** Answers for a host name. `origin` was settled when the connection was made. */
export type HostHandler = (request: IncomingMessage, response: ServerResponse, origin: Origin) => void;

/** Host names and who answers for them. An unknown host is refused, named, and listed. */
export interface Hosts {
    /** `*.run.app` or a whole name. The longest match wins. */
    serve(pattern: string, handler: HostHandler): void;
    find(host: string): HostHandler | undefined;
    refused(): { host: string; count: number }[];
    recordRefused(host: string): void;
}

/** A call from within the process: no network, no token, a principal that the sandbox vouches for. */
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
    /** What it enforces; undefined where any authenticated caller may, or the method decides itself. */
    permission?: string;
}

/** All APIs of a sandbox, by host. */
export interface Apis {
    /** Adds a definition; several may share a host. */
    serve(definition: ApiDefinition): void;
    /** Calls an API in process. `url` is absolute. Undefined where no API has the host. */
    request(
        method: string,
        url: string,
        options: InProcessRequest,
    ): Promise<{ status: number; headers: Record<string, string>; body: unknown }> | undefined;
    list(): ApiMethod[];
    /** Sentences on what rests on unverified facts, by host. */
    unverified(): { host: string; note: string }[];
}
