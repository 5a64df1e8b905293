import type { KeyObject } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Apis } from "./apis/framework/apis";

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

/** Something happened that a sender acts on. Names are relative resource names; the store tells what became of them. */
export type Signal =
    /** A Scheduler job was made, changed or deleted; `now`: it is to run at once, whatever its schedule. */
    | { kind: "job"; name: string; now?: boolean }
    /** A Tasks queue was made, changed, paused, resumed or deleted. */
    | { kind: "queue"; name: string }
    /** A task was made or deleted; `now`: it is to be sent at once. */
    | { kind: "task"; name: string; now?: boolean }
    /** A Pub/Sub subscription was made, changed or deleted, or has a new message waiting. */
    | { kind: "subscription"; name: string }
    /** An Eventarc trigger was made, changed or deleted. */
    | { kind: "trigger"; name: string }
    /** Something happened that triggers of Eventarc can ask for. */
    | { kind: "event"; event: CloudEvent }
    /** A function of the first generation is to be called; who does it says what came of it. */
    | {
          kind: "call";
          name: string;
          data: string;
          timeout: string | undefined;
          answer?: Promise<{ result: string } | { error: string }>;
      }
    /** Something was written to the log. */
    | { kind: "logged"; entries: readonly LogEntry[] };

/** https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry */
export type LogEntry = Record<string, unknown> & { logName?: string; timestamp?: string; severity?: string };

/** https://cloud.google.com/eventarc/docs/reference/supported-events */
export interface CloudEvent {
    /** The ID of the project that it happened in. */
    project: string;
    /** `google.cloud.storage.object.v1.finalized`. */
    type: string;
    /** What triggers can filter by beside the type: `bucket`; `serviceName`, `methodName`. */
    attributes: Record<string, string>;
    source: string;
    subject?: string;
    data: object;
}

export interface Signals {
    emit(signal: Signal): void;
    /** Returns what takes the listener away. */
    on(listener: (signal: Signal) => void): () => void;
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

/** Who asks. `member` is IAM's word for it. */
export type Principal =
    | { kind: "anonymous" }
    | { kind: "user"; email: string }
    | { kind: "serviceAccount"; email: string; uniqueId: string }
    /** `subject`: `principal://iam.googleapis.com/…/subject/S`; `sets`: the `principalSet://…` that it is in. */
    | { kind: "federated"; subject: string; sets?: string[] };

export interface Binding {
    role: string;
    members: string[];
    condition?: { title?: string; description?: string; expression: string };
}

export interface Policy {
    version?: number;
    bindings?: Binding[];
    etag?: string;
    auditConfigs?: unknown[];
}

export interface AccessQuery {
    principal: Principal;
    /** Such as `run.routes.invoke`. */
    permission: string;
    /** The full resource name: `//run.googleapis.com/projects/p/locations/l/services/s`. */
    resource: string;
    /** Such as `run.googleapis.com/Service`, for conditions. */
    resourceType?: string;
    /** What was asked, for the record: `POST https://…`. Never holds a token. */
    request?: string;
    /** Claims of the token that was shown, without its signature. */
    claims?: Record<string, unknown>;
}

/** One allow or deny, with the rule that made it. */
export interface Decision {
    id: number;
    time: string;
    allowed: boolean;
    /** `serviceAccount:fulfil@demo.iam.gserviceaccount.com`, `user:…`, `anonymous`. */
    principal: string;
    permission: string;
    resource: string;
    /** In words: the binding that allowed it, or which grant is missing. */
    reason: string;
    /** Which check decided: `ingress`, `token`, `iam`. */
    stage: "ingress" | "token" | "iam";
    /** The grant that would have allowed it. */
    missing?: { role: string; member: string; resource: string };
    request?: string;
    claims?: Record<string, unknown>;
}

export interface Decisions {
    record(decision: Omit<Decision, "id" | "time">): Decision;
    list(): Decision[];
    onDecision(listener: (decision: Decision) => void): () => void;
}

export interface Iam {
    /** Decides and records. */
    check(query: AccessQuery): Decision;
    /** Decides without recording, for `testIamPermissions` and `explain`. */
    evaluate(query: AccessQuery): Omit<Decision, "id" | "time">;
    getPolicy(resource: string): Policy;
    /** Throws an {@link ApiError} `ABORTED` on a stale etag, `INVALID_ARGUMENT` on unknown members and roles. */
    setPolicy(resource: string, policy: Policy, updateMask?: string): Policy;
    /** To be called before a deny policy of a project changes: the change takes as long to arrive as a grant. */
    delayDeny(project: string): void;
    /** Forgets the policy of a resource that is gone. */
    deletePolicy(resource: string): void;
    /** How long a grant takes to arrive, by the sandbox's clock; 0 by default. */
    propagationMilliseconds: number;
    /** Who is in which group. */
    readonly groups: Groups;
}

/** Google Groups, as far as policies need them. */
export interface Groups {
    list(): { group: string; members: string[] }[];
    /**
     * Says who is in a group; nobody: the group is gone.
     * @param group its email
     * @param members `user:EMAIL`, `serviceAccount:EMAIL`, `group:EMAIL`
     * @throws ApiError INVALID_ARGUMENT naming what is none of these
     */
    set(group: string, members: readonly string[]): void;
}

export interface AccessTokenInfo {
    principal: Principal;
    scopes: string[];
    expiresAt: number;
}

export interface IdTokenClaims extends Record<string, unknown> {
    iss: string;
    aud: string;
    sub: string;
    azp?: string;
    email?: string;
    email_verified?: boolean;
    iat: number;
    exp: number;
}

/** What a bearer token turned out to be, or why it is none. */
export type Verified<T> = { ok: true; value: T } | { ok: false; reason: string; claims?: Record<string, unknown> };

export interface Tokens {
    /** A Google-signed ID token of a service account (RS256). No permission is checked here: the caller's work. */
    mintIdToken(
        account: { email: string; uniqueId: string },
        audience: string,
        options?: { includeEmail?: boolean; extra?: Record<string, unknown> },
    ): string;
    mintAccessToken(principal: Principal, scopes: string[], lifetimeSeconds?: number): string;
    /** Checks signature, issuer and time; the audience is the receiver's to compare. Cached, bounded. */
    verifyIdToken(token: string): Verified<IdTokenClaims>;
    /** Access tokens of this sandbox, and self-signed JWTs used as such. `audience` is the API's `https://HOST/`. */
    verifyAccessToken(token: string, audience?: string): Verified<AccessTokenInfo>;
    /** The public keys, for `/oauth2/v3/certs` and `/oauth2/v1/certs`. */
    jwks(): { keys: Record<string, unknown>[] };
    certificates(): Promise<Record<string, string>>;
    rotate(): void;
    /** Signs any claims with the current key: ID tokens of users, of other issuers in tests. */
    sign(claims: Record<string, unknown>): string;
    /** Makes an access or refresh token good for nothing; false where it was none. */
    revoke(token: string): boolean;
    /** What a user's credentials file holds; redeemed at the token endpoint. */
    mintRefreshToken(principal: Principal): string;
    findRefreshToken(token: string): Principal | undefined;
    /** Identity-Aware Proxy's own keys (ES256): its assertions are signed with them. */
    readonly iap: {
        sign(claims: Record<string, unknown>): string;
        jwks(): { keys: Record<string, unknown>[] };
        /** PEM by key ID. */
        publicKeys(): Record<string, string>;
    };
    /** The key that Google keeps for an account, which `signJwt` and `signBlob` use. */
    systemKey(account: { email: string; uniqueId: string }): {
        id: string;
        privateKey: KeyObject;
        publicKey: KeyObject;
    };
    /** The public key of an account that a JWT names; undefined where there is none, or it is disabled or deleted. */
    accountKey(email: string, keyId: unknown): KeyObject | undefined;
    /** The keys that may have signed: the one named, or all of the account where a token names none. */
    accountKeyCandidates(email: string, keyId: unknown): KeyObject[];
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

/** Google's canonical codes. */
export type Status =
    | "OK"
    | "CANCELLED"
    | "UNKNOWN"
    | "INVALID_ARGUMENT"
    | "DEADLINE_EXCEEDED"
    | "NOT_FOUND"
    | "ALREADY_EXISTS"
    | "PERMISSION_DENIED"
    | "RESOURCE_EXHAUSTED"
    | "FAILED_PRECONDITION"
    | "ABORTED"
    | "OUT_OF_RANGE"
    | "UNIMPLEMENTED"
    | "INTERNAL"
    | "UNAVAILABLE"
    | "UNAUTHENTICATED";

/** A refusal as Google words it; served as REST error body or gRPC status. */
export class ApiError extends Error {
    constructor(
        readonly status: Status,
        message: string,
        readonly details: Record<string, unknown>[] = [],
    ) {
        super(message);
        this.name = "ApiError";
    }
}
