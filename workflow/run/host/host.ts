import { InvokeError } from "../../../errors";

/**
 * Everything that a run needs from outside. The interpreter only computes; the host waits, sends requests and mints tokens.
 * The sandbox, the command line and unit tests each have a host of their own.
 */
export interface Host {
    /** Milliseconds since 1970, by the host's clock. */
    now(): number;
    /** Waits, and stops waiting if the signal is aborted. */
    sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
    /** Sends one HTTP request. Throws a {@link HostError} if no answer came. An error status is an answer. */
    http(request: HttpCall, signal: AbortSignal): Promise<HttpAnswer>;
    /** Takes what `sys.log` writes. */
    log(entry: LogEntry): void;
    /** Makes an endpoint for a callback. */
    createCallback(method: string): Promise<Callback>;
    /** A new identifier, for `uuid.generate`. */
    uuid(): string;
}

/** An HTTP request that a run sends. */
export interface HttpCall {
    method: string;
    /** Absolute, with its query. */
    url: string;
    headers: Record<string, string>;
    body?: Uint8Array;
    /** How long the answer may take, in seconds. */
    timeoutSeconds: number;
    /** The credential that the step asks for. The host mints it as the workflow's service account and sets the header. */
    auth?: Auth;
    /** The name of the connector, if the call is one, such as `googleapis.run.v2.projects.locations.services.get`. */
    connector?: string;
    /** A certificate, in PEM, that may have signed the receiver's: `ca_certificate`. */
    caCertificate?: string;
    /** The entry of Service Directory that the request goes to: `private_service_name`. */
    privateServiceName?: string;
}

/** The credential that a call asks for: an ID token for an audience (OIDC), or an access token with scopes (OAuth2). */
export type Auth = { type: "OIDC"; audience: string } | { type: "OAuth2"; scopes: string[] };

/** The answer to an HTTP request. */
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

/** What a run logs by `sys.log`, with the step that does it. */
export interface LogEntry {
    severity: string;
    payload: { text: string } | { json: unknown };
    step: string;
    routine: string;
}

/** An endpoint at which a run waits for requests: `events.create_callback_endpoint`. */
export interface Callback {
    url: string;
    /** Resolves with the next request that arrives; throws a {@link HostError} `TimeoutError`. */
    next(timeoutMilliseconds: number, signal: AbortSignal): Promise<CallbackRequest>;
}

/** A request that arrived at a callback's endpoint. */
export interface CallbackRequest {
    method: string;
    url: string;
    headers: Record<string, string>;
    query: Record<string, string>;
    body: unknown;
    /** Milliseconds since 1970. */
    receivedAt: number;
}

/** A request or a wait failed. The workflow sees the tag in `e.tags`. */
export class HostError extends InvokeError {
    readonly code = "workflow-host";

    constructor(
        readonly tag: "AuthError" | "ConnectionError" | "ConnectionFailedError" | "TimeoutError" | "SystemError",
        message: string,
    ) {
        super(message);
    }
}
