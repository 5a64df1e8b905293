import { defined } from "../../../common";
import { canonicalHeader, type Auth, type HttpAnswer, type HttpCall } from "./host";
import { fromJson, fromPlain, toJson, toPlain } from "../values";
import { InvokeError } from "../../../errors";

/** A call that a workflow made, as a stub and an assertion see it. */
export interface StubRequest {
    method: string;
    url: string;
    /** Without scheme and port. */
    host: string;
    path: string;
    /** By its name each parameter; one that comes more than once has a list. */
    query: Record<string, string | string[]>;
    /** Names as the workflow wrote them. */
    headers: Record<string, string>;
    /** Decoded if it is JSON, otherwise as text; undefined if there is none. */
    body: unknown;
    /** The credential that the step asks for. */
    auth?: Auth;
    /** The name of the connector, if the call is one. */
    connector?: string;
}

/** The answer of a stub. The default of the body is JSON `{}`. */
export interface StubResponse {
    /** @default - 200 */
    status?: number;
    headers?: Record<string, string>;
    /** Text stays text, bytes stay bytes, everything else is sent as JSON. */
    body?: unknown;
}

/** Answers the calls to a host. It may throw a `HostError`, as a network that fails. */
export type Stub = (request: StubRequest) => StubResponse | undefined | Promise<StubResponse | undefined>;

/** A call to a host for which there is no stub. It is no error of the workflow, so no `except` catches it. */
export class MissingStubError extends InvokeError {
    readonly code = "missing-stub";

    constructor(request: StubRequest, known: readonly string[]) {
        const have = known.length === 0 ? "there are none" : `there are stubs for ${known.join(", ")}`;
        super(
            `no stub answers ${request.method} ${request.url}${request.connector === undefined ? "" : ` (${request.connector})`}: ` +
                `${have}; add one for "${request.host}" to http or apis`,
        );
    }
}

export function toStubRequest({ method, url, headers, body, auth, connector }: HttpCall): StubRequest {
    const { hostname, pathname, searchParams } = new URL(url);
    return {
        method,
        url,
        host: hostname,
        path: pathname,
        query: Object.fromEntries(
            Array.from(new Set(searchParams.keys()), (name) => {
                const values = searchParams.getAll(name);
                return [name, values.length === 1 && values[0] !== undefined ? values[0] : values];
            }),
        ),
        headers,
        body: body && decode(Buffer.from(body).toString("utf8")),
        ...defined({ auth, connector }),
    };
}

function decode(text: string): unknown {
    try {
        return toPlain(fromJson(text));
    } catch {
        return text;
    }
}

export function toAnswer({ status = 200, headers = {}, body = {} }: StubResponse): HttpAnswer {
    const bytes = body instanceof Uint8Array;
    const type =
        typeof body === "string"
            ? "text/plain; charset=utf-8"
            : bytes
              ? "application/octet-stream"
              : "application/json";
    const named = Object.entries(headers).map(([name, value]) => [canonicalHeader(name), value]);
    return {
        status,
        headers: { "Content-Type": type, ...(Object.fromEntries(named) as Record<string, string>) },
        body: bytes ? body : Buffer.from(typeof body === "string" ? body : toJson(fromPlain(body))),
    };
}
