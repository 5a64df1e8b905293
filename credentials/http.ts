import { createSecureContext } from "node:tls";
import { EnvHttpProxyAgent, fetch as undiciFetch, request as undiciRequest } from "undici";
import { NetworkError } from "./errors";
import { postHttp2, proxyFor } from "./http2";
import { redact } from "../common/redact";
import { defined } from "../common";

/** One request. A redirect is returned as the answer and never followed, because the token must not go to another host. */
export interface HttpRequest {
    /** `GET` by default. */
    method?: string;
    url: string;
    headers?: Record<string, string>;
    body?: string;
    /** A body in bytes, which is posted over HTTP/2 and no other version, as gRPC needs it. @default - the body is a text */
    bytes?: Uint8Array;
    /** Whether so much of the answer's body is enough, so that no more of it is waited for. @default - it is read to its end */
    enough?: (body: string) => boolean;
    /** How long to wait for the whole answer, in seconds; 60 by default. */
    timeoutSeconds?: number;
    signal?: AbortSignal;
}

/** An answer that was read to its end, or to the limit of its size. */
export interface HttpResponse {
    status: number;
    /** Names in lower case; values of a repeated header joined by commas. */
    headers: Record<string, string>;
    /** At most 1 MiB of it. */
    body: string;
    /** Whether the answer is longer than that. */
    truncated?: boolean;
    /** What came after the body, over HTTP/2. */
    trailers?: Record<string, string>;
    milliseconds: number;
}

/** Sends requests through the proxy that the environment names. */
export interface Http {
    request(request: HttpRequest): Promise<HttpResponse>;
    /** The same as a `fetch`, which client libraries take. */
    readonly fetch: typeof globalThis.fetch;
    close(): Promise<void>;
}

/** How requests leave this process. */
export interface HttpOptions {
    /** The environment with `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`; `process.env` by default. */
    env?: NodeJS.ProcessEnv;
    /** Further certificate authorities to trust, as PEM. Node itself reads `NODE_EXTRA_CA_CERTS` when it starts. @default - none */
    ca?: string;
}

/** How much of an answer is read. A check compares little, and an endless body must not hold it up. */
export const maximumBodyBytes = 1024 * 1024;

/**
 * Node's own `fetch` ignores `HTTPS_PROXY` unless a flag of the process says otherwise, so the proxy is chosen here.
 * Idle connections do not keep the process alive.
 */
export function createHttp(options: HttpOptions = {}): Http {
    const env = options.env ?? process.env;
    // One context for all connections, because each reads the certificates again.
    const trust = options.ca === undefined ? undefined : { secureContext: createSecureContext({ ca: options.ca }) };
    const tls = trust === undefined ? {} : { connect: trust, requestTls: trust };
    // Undici falls back to process.env for what is absent, so what this environment lacks is given as empty.
    const dispatcher = new EnvHttpProxyAgent({
        httpProxy: env["http_proxy"] ?? env["HTTP_PROXY"] ?? "",
        httpsProxy: env["https_proxy"] ?? env["HTTPS_PROXY"] ?? "",
        noProxy: env["no_proxy"] ?? env["NO_PROXY"] ?? "",
        // Each request has a limit of its own, and one that is passed on for a client may be silent for an hour.
        ...{ headersTimeout: 0, bodyTimeout: 0 },
        ...tls,
    });
    const overHttp2 = async (
        { url, headers = {}, bytes }: HttpRequest & { bytes: Uint8Array },
        signal: AbortSignal,
        started: number,
    ): Promise<HttpResponse> => {
        const { ca } = options;
        const sent = { url, headers, bytes, signal, ...defined({ ca, proxy: proxyFor(url, env) }) };
        const { bytes: body, ...answer } = await postHttp2(sent, maximumBodyBytes);
        return { ...answer, body: body.toString("utf8"), milliseconds: performance.now() - started };
    };
    return {
        async request(request) {
            const started = performance.now();
            const seconds = request.timeoutSeconds ?? 60;
            const signals = [AbortSignal.timeout(seconds * 1000), ...(request.signal ? [request.signal] : [])];
            try {
                if (request.bytes !== undefined) {
                    return await overHttp2({ ...request, bytes: request.bytes }, AbortSignal.any(signals), started);
                }
                const answer = await undiciRequest(request.url, {
                    method: request.method ?? "GET",
                    dispatcher,
                    signal: AbortSignal.any(signals),
                    ...(request.headers && { headers: request.headers }),
                    ...(request.body !== undefined && { body: request.body }),
                });
                return {
                    status: answer.statusCode,
                    headers: Object.fromEntries(
                        Object.entries(answer.headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]),
                    ),
                    ...(await readText(answer.body, request.enough)),
                    milliseconds: performance.now() - started,
                };
            } catch (error) {
                request.signal?.throwIfAborted();
                throw networkError(error, request, seconds);
            }
        },
        // What a client library posts is an assertion or a secret: like a token it must not follow a redirect.
        fetch: ((input: string, init?: { signal?: AbortSignal }) =>
            undiciFetch(input, {
                ...init,
                signal: init?.signal ?? AbortSignal.timeout(60_000),
                redirect: "manual",
                dispatcher,
            })) as unknown as typeof globalThis.fetch,
        close: () => dispatcher.close(),
    };
}

async function readText(
    body: AsyncIterable<Buffer>,
    enough: (body: string) => boolean = () => false,
): Promise<Pick<HttpResponse, "body" | "truncated">> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maximumBodyBytes || enough(Buffer.concat(chunks).toString("utf8"))) {
            break;
        }
    }
    const text = Buffer.concat(chunks).subarray(0, maximumBodyBytes).toString("utf8");
    return { body: text, ...(size > maximumBodyBytes && { truncated: true }) };
}

function networkError(error: unknown, request: HttpRequest, seconds: number): NetworkError {
    const { name, message, code } = rootCause(error);
    const host = URL.canParse(request.url) ? new URL(request.url).host : "the address given";
    // The client tells the status of a proxy that opens no tunnel in its text only.
    const [, refused] = /^Proxy response \((4\d\d)\)/.exec(message) ?? [];
    if (refused !== undefined) {
        return new NetworkError(
            `the proxy of this machine answers ${refused} for ${host}, and lets nothing through`,
            "PROXY_REFUSED",
        );
    }
    return name === "TimeoutError"
        ? new NetworkError(`no answer from ${host} within ${seconds} s`, "TIMEOUT")
        : new NetworkError(`no answer from ${host}: ${redact(message)}`, code);
}

function rootCause(error: unknown): { name: string; message: string; code: string } {
    if (!(error instanceof Error)) {
        return { name: "Error", message: String(error), code: "UNKNOWN" };
    }
    // Node reports one failure for each address tried as an AggregateError without a message.
    const inner = error.cause ?? (error instanceof AggregateError ? (error.errors as unknown[])[0] : undefined);
    if (inner instanceof Error) {
        return rootCause(inner);
    }
    const code = (error as NodeJS.ErrnoException).code;
    return { name: error.name, message: error.message, code: typeof code === "string" ? code : "UNKNOWN" };
}
