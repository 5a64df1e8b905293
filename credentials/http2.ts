import { request as requestHttp } from "node:http";
import { connect as connectHttp2, constants, type ClientHttp2Session, type IncomingHttpHeaders } from "node:http2";
import { request as requestHttps } from "node:https";
import type { Duplex } from "node:stream";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { NetworkError } from "./errors";

/** A request over HTTP/2, of which gRPC is one. */
export interface Http2Request {
    url: string;
    headers: Record<string, string>;
    bytes: Uint8Array;
    /** Further certificate authorities to trust, as PEM. */
    ca?: string;
    /** The URL of the proxy. @default - none */
    proxy?: string;
    signal: AbortSignal;
}

/** The answer, of which the trailers come after the body. */
export interface Http2Answer {
    status: number;
    headers: Record<string, string>;
    trailers: Record<string, string>;
    bytes: Buffer;
}

/**
 * Posts a request over HTTP/2 and no other version. Undici speaks HTTP/1.1 through a proxy, which does not carry gRPC.
 * @param longest how many bytes of the body are read
 * @throws Error if no answer comes: its code is the system's, or `PROXY_REFUSED`
 */
export async function postHttp2(request: Http2Request, longest: number): Promise<Http2Answer> {
    const { origin, protocol } = new URL(request.url);
    const session = connectHttp2(
        origin,
        protocol === "http:"
            ? {}
            : { createConnection: await connectionOf(request), ...(request.ca && { ca: request.ca }) },
    );
    try {
        return await exchange(session, request, longest);
    } finally {
        session.destroy();
    }
}

function exchange(session: ClientHttp2Session, request: Http2Request, longest: number): Promise<Http2Answer> {
    const { pathname, search } = new URL(request.url);
    return new Promise((resolve, reject) => {
        session.once("error", reject);
        const stream = session.request(
            {
                ...request.headers,
                [constants.HTTP2_HEADER_METHOD]: "POST",
                [constants.HTTP2_HEADER_PATH]: pathname + search,
            },
            { signal: request.signal },
        );
        let head: IncomingHttpHeaders = {};
        let trailers: IncomingHttpHeaders = {};
        const parts: Buffer[] = [];
        let size = 0;
        stream.on("response", (given) => (head = given));
        stream.on("trailers", (given: IncomingHttpHeaders) => (trailers = given));
        stream.on("data", (part: Buffer) => {
            parts.push(part);
            size += part.length;
            if (size > longest) {
                stream.close(constants.NGHTTP2_CANCEL);
            }
        });
        stream.on("error", reject);
        stream.on("close", () => {
            const { ":status": status, ...headers } = head;
            if (status === undefined) {
                reject(new NetworkError("the connection ended without an answer", "ECONNRESET"));
                return;
            }
            const bytes = Buffer.concat(parts).subarray(0, longest);
            resolve({ status: Number(status), headers: flat(headers), trailers: flat(trailers), bytes });
        });
        stream.end(request.bytes);
    });
}

const flat = (headers: IncomingHttpHeaders): Record<string, string> =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]));

/** Opens the connection, through the proxy if there is one. */
async function connectionOf(request: Http2Request): Promise<() => TLSSocket> {
    const { hostname, port } = new URL(request.url);
    const to = { host: hostname, port: Number(port) || 443 };
    const tunnel =
        request.proxy === undefined ? {} : { socket: await tunnelThrough(request.proxy, to, request.signal) };
    return () =>
        connectTls({
            ...{ ...to, ...tunnel, servername: hostname, ALPNProtocols: ["h2"] },
            ...(request.ca !== undefined && { ca: request.ca }),
        });
}

function tunnelThrough(proxy: string, to: { host: string; port: number }, signal: AbortSignal): Promise<Duplex> {
    const { protocol, hostname: host, port, username, password } = new URL(proxy);
    const target = `${to.host}:${to.port}`;
    const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString(
        "base64",
    );
    const open = protocol === "https:" ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
        open({
            ...{ host, port: port || (protocol === "https:" ? 443 : 80), method: "CONNECT", path: target, signal },
            headers: { host: target, ...(username !== "" && { "proxy-authorization": `Basic ${credentials}` }) },
        })
            .on("connect", ({ statusCode = 0 }, socket) => {
                if (statusCode === 200) {
                    resolve(socket);
                    return;
                }
                socket.destroy();
                const text = `Proxy response (${statusCode}) !== 200 when HTTP Tunneling`;
                reject(new NetworkError(text, "PROXY_REFUSED"));
            })
            .on("error", reject)
            .end();
    });
}

/** The proxy for a URL, as `HTTPS_PROXY` and `NO_PROXY` say. https://about.gitlab.com/blog/we-need-to-talk-no-proxy/ */
export function proxyFor(url: string, env: NodeJS.ProcessEnv): string | undefined {
    const { hostname, port } = new URL(url);
    const excepted = (env["no_proxy"] ?? env["NO_PROXY"] ?? "").split(/[\s,]+/).filter((entry) => entry !== "");
    const isExcepted = excepted.some((entry) => {
        const [, name = "", only] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
        const samePort = only === undefined || only === (port || "443");
        return entry === "*" || (samePort && (hostname === name || hostname.endsWith(`.${name}`)));
    });
    const proxy = env["https_proxy"] ?? env["HTTPS_PROXY"] ?? "";
    return isExcepted || proxy === "" ? undefined : proxy;
}
