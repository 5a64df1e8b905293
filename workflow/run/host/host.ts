import { InvokeError } from "../../../errors";

/**
 * What a run needs of the world, and all it needs. The interpreter computes; a host waits, calls and mints.
 * The sandbox, the command line and unit tests each bring their own.
 */
export interface Host {
    /** Milliseconds since 1970, by the host's clock. */
    now(): number;
    sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
    /** Sends one HTTP request. Throws a {@link HostError} where no answer came. An error status is an answer. */
    http(request: HttpCall, signal: AbortSignal): Promise<HttpAnswer>;
    log(entry: LogEntry): void;
    /** Makes an endpoint that a callback can be sent to. */
    createCallback(method: string): Promise<Callback>;
    uuid(): string;
}

export interface HttpCall {
    method: string;
    /** Absolute, with its query. */
    url: string;
    headers: Record<string, string>;
    body?: Uint8Array;
    timeoutSeconds: number;
    /** The credential that the step asks for. The host mints it as the workflow's service account and sets the header. */
    auth?: Auth;
    /** The connector's name where the call is one, such as `googleapis.run.v2.projects.locations.services.get`. */
    connector?: string;
    caCertificate?: string;
    privateServiceName?: string;
}

export type Auth = { type: "OIDC"; audience: string } | { type: "OAuth2"; scopes: string[] };

export interface HttpAnswer {
    status: number;
    /** Names in any case: the workflow sees the canonical one (`Content-Type`). Values of a repeated header joined by commas. */
    headers: Record<string, string>;
    body: Uint8Array;
}

/** `content-type` → `Content-Type`, as a workflow sees the names of headers [K]. */
export function canonicalHeader(name: string): string {
    return name.toLowerCase().replace(/(^|-)[a-z]/g, (each) => each.toUpperCase());
}

export interface LogEntry {
    severity: string;
    payload: { text: string } | { json: unknown };
    step: string;
    routine: string;
}

export interface Callback {
    url: string;
    /** Resolves with the next request that arrives; throws a {@link HostError} `TimeoutError`. */
    next(timeoutMilliseconds: number, signal: AbortSignal): Promise<CallbackRequest>;
}

export interface CallbackRequest {
    method: string;
    url: string;
    headers: Record<string, string>;
    query: Record<string, string>;
    body: unknown;
    receivedAt: number;
}

/** A failure of the world. The tag is the one that the workflow sees in `e.tags`. */
export class HostError extends InvokeError {
    readonly code = "workflow-host";

    constructor(
        readonly tag: "AuthError" | "ConnectionError" | "ConnectionFailedError" | "TimeoutError" | "SystemError",
        message: string,
    ) {
        super(message);
    }
}
