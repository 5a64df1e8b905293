import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { createServer as createSocketServer, isIP, type Socket } from "node:net";
import { dirname } from "node:path";
import type { Duplex } from "node:stream";
import { makePrivateFolder, writePrivateFile } from "../../common";
import { takeUpgrades } from "../../common/upgrades";
import { ENDPOINT_HEADER, endpointTarget } from "../client";
import { messageOf } from "../../errors";
import { type HostHandler, type Hosts, type Origin } from "../cloud";
import { answerBeforeBody } from "./before-body";
import { createAuthority, GOOGLE_DOMAINS } from "./authority";
import { isGoogle, refusal, refuseAsGoogle, refuseTunnel, withoutCertificate } from "./refusals";
import { createProxyCredentials } from "./credentials";
import { listen } from "./listen";
import { normalHost, settleTarget } from "./target";
import { createTlsEnds, withCertificate } from "./tls";

/** The network of the sandbox: an HTTPS forward proxy on loopback that answers for the hosts that it serves. */
export interface Network {
    readonly port: number;
    /** `http://127.0.0.1:PORT`, for `HTTPS_PROXY`. Its clients count as coming from outside. */
    readonly url: string;
    /** The root certificate in PEM, for clients that must trust the sandbox. */
    readonly caPem: string;
    /** The proxy's address for a Google sender or a workload. It holds a secret; never log it. */
    readonly proxyFor: (origin: Origin) => string;
    /** Stops listening and drops every connection. */
    close(): Promise<void>;
}

interface NetworkOptions {
    hosts: Hosts;
    /** The file to which the root certificate is written, with mode 0600. @default - it is not written */
    caFile?: string;
    /** The port on 127.0.0.1. @default - a free one */
    port?: number;
    /**
     * Another address of this machine to listen on: `0.0.0.0` and `::` stand for all. Everybody who reaches the address can
     * use the sandbox. @default - it listens on loopback only
     */
    listenBeyondLoopback?: string;
    /** Domains for which certificates may be made, in addition to Google's. */
    declaredHosts?: readonly string[];
}

const OUTSIDE: Origin = { kind: "outside" };
const LOOPBACK = "127.0.0.1";
/** The headers of a request: as many as Google's load balancers take [K]. Node's own limit is a quarter of it. */
const maxHeaderSize = 64 * 1024;

/**
 * Starts the proxy. It takes CONNECT, and is itself the other end of TLS (HTTP/2 and HTTP/1.1, by ALPN), and it takes plain
 * HTTP. A host that nothing serves is refused and recorded, so nothing leaves the machine.
 * @throws Error if the port is taken, or this machine has no such address
 */
export async function startNetwork(options: NetworkOptions): Promise<Network> {
    const { hosts } = options;
    const credentials = createProxyCredentials();
    const authority = await createAuthority([...GOOGLE_DOMAINS, ...(options.declaredHosts ?? [])]);
    /** By the addresses of both ends of the connection. The TLS and HTTP/2 layers of a tunnel have the same addresses. */
    const origins = new Map<string, Origin>();
    const sockets = new Set<Duplex>();

    function answer(request: IncomingMessage, response: ServerResponse): void {
        const wrong = settleTarget(request);
        if (wrong !== undefined) {
            response.writeHead(400, { "content-type": "text/plain; charset=utf-8" }).end(`${wrong}\n`);
            return;
        }
        const host = hostName(request.headers.host ?? "");
        const handler = hosts.find(host);
        const origin = withCertificate(origins.get(endsOf(request.socket)) ?? OUTSIDE, request.socket);
        if (handler) {
            hand(handler, request, response, origin);
        } else {
            refuse(response, host, request.headers["content-type"]);
        }
    }

    /** Turns an unexpected error of a handler into an answer, so that it does not end the sandbox. */
    function hand(handler: HostHandler, request: IncomingMessage, response: ServerResponse, origin: Origin): void {
        response.on("error", () => response.destroy());
        try {
            handler(request, response, origin);
        } catch (error) {
            if (response.headersSent) {
                response.destroy();
                return;
            }
            const text = `internal error of the sandbox: ${messageOf(error)}\n`;
            response.writeHead(500, { "content-type": "text/plain; charset=utf-8" }).end(text);
        }
    }

    function refuse(response: ServerResponse, host: string, contentType?: string): void {
        hosts.recordRefused(host);
        if (isGoogle(host)) {
            refuseAsGoogle(response, refusal(host).trim(), contentType);
            return;
        }
        response.writeHead(403, { "content-type": "text/plain; charset=utf-8" }).end(refusal(host));
    }

    const http1 = createServer({ keepAliveTimeout: 60_000, maxHeaderSize }, answer);
    takeUpgrades(http1);
    answerBeforeBody(http1, answer);
    const http2 = createHttp2Server((request, response) => {
        // Node's HTTP/2 classes have the parts of the HTTP/1.1 classes that handlers use.
        answer(request as unknown as IncomingMessage, response as unknown as ServerResponse);
        if (response.writableEnded) {
            // Node resets a stream whose body nobody reads, and Google's gRPC in C then tells the reset and not the status.
            request.resume();
        }
    });
    answerBeforeBody(http2 as unknown as Server, answer);
    const tlsFor = createTlsEnds(authority, (socket) => {
        socket.on("error", () => socket.destroy());
        (socket.alpnProtocol === "h2" ? http2 : http1).emit("connection", socket);
    });

    const proxy = createServer({ maxHeaderSize }, (request, response) => {
        const origin = credentials.resolve(request.headers["proxy-authorization"]);
        delete request.headers["proxy-authorization"];
        if (!origin) {
            response.writeHead(407, { "proxy-authenticate": 'Basic realm="gcp-invoke sandbox"' }).end();
            return;
        }
        const endpoint = endpointTarget(request.url ?? "");
        if (endpoint) {
            request.url = `http://${endpoint.host}${endpoint.path}`;
            request.headers[ENDPOINT_HEADER] = `http://${request.headers.host ?? ""}`;
        }
        if (!URL.canParse(request.url ?? "")) {
            response
                .writeHead(400, { "content-type": "text/plain; charset=utf-8" })
                .end("this is the sandbox's proxy: set HTTPS_PROXY to it and ask for the host itself\n");
            return;
        }
        const url = new URL(request.url ?? "");
        const handler = hosts.find(url.hostname);
        request.url = url.pathname + url.search;
        const arrived = arrival(origin, url);
        const isPrivate = arrived.kind === "google" && arrived.address !== undefined;
        request.headers.host = normalHost(isPrivate ? (request.headers.host ?? "") : url.host);
        if (handler) {
            hand(handler, request, response, arrived);
        } else {
            refuse(response, url.hostname, request.headers["content-type"]);
        }
    });
    takeUpgrades(proxy);
    proxy.on("connection", (socket: Socket) => {
        sockets.add(socket);
        socket.on("close", () => sockets.delete(socket));
    });
    proxy.on("connect", (request: IncomingMessage, socket: Socket, head: Buffer) => {
        socket.on("error", () => socket.destroy());
        const origin = credentials.resolve(request.headers["proxy-authorization"]);
        const host = hostName(request.url ?? "");
        if (!origin) {
            const text = "these proxy credentials are not of this sandbox\n";
            refuseTunnel(socket, "407 Proxy Authentication Required", text);
            return;
        }
        const isPlain = (request.url ?? "").endsWith(":80");
        // A client of Google's fails with a sentence if it gets an answer, and some crash if they get no tunnel.
        if (!isGoogle(host) && !hosts.find(host)) {
            hosts.recordRefused(host);
            refuseTunnel(socket, "403 Host Not In Sandbox", refusal(host));
            return;
        }
        if (!isPlain && !isGoogle(host) && isIP(host) === 0 && !authority.covers(host)) {
            refuseTunnel(socket, "403 No Certificate", withoutCertificate(host));
            return;
        }
        const ends = endsOf(socket);
        origins.set(ends, origin);
        socket.on("close", () => origins.delete(ends));
        socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        if (head.length > 0) {
            socket.unshift(head);
        }
        // Some clients (undici) tunnel plain HTTP as well.
        (isPlain ? http1 : tlsFor(host)).emit("connection", socket);
    });

    // This comes first, so that nothing listens yet if the file cannot be written.
    if (options.caFile !== undefined) {
        makePrivateFolder(dirname(options.caFile));
        writePrivateFile(options.caFile, authority.pem);
    }
    const beyond = options.listenBeyondLoopback;
    const everywhere = beyond === "0.0.0.0" || beyond === "::";
    const port = await listen(proxy, options.port ?? 0, everywhere ? beyond : LOOPBACK);
    const other = createSocketServer((socket) => proxy.emit("connection", socket));
    if (beyond !== undefined && !everywhere) {
        await listen(other, port, beyond).catch((error: unknown) => {
            proxy.close();
            throw error;
        });
    }
    return {
        port,
        url: `http://127.0.0.1:${port}`,
        caPem: authority.pem,
        proxyFor: (origin) =>
            origin.kind === "outside" && origin.account === undefined && origin.place === undefined
                ? `http://127.0.0.1:${port}`
                : `http://${credentials.issue(origin)}@127.0.0.1:${port}`,
        close: () =>
            new Promise((resolve) => {
                other.close(() => proxy.close(() => resolve()));
                for (const socket of sockets) {
                    socket.destroy();
                }
            }),
    };
}

/** Identifies a connection. Ports alone are not unique if clients come from more than one address. */
function endsOf({ remoteAddress, remotePort, localAddress }: Socket): string {
    return `${remoteAddress ?? ""} ${remotePort ?? 0} ${localAddress ?? ""}`;
}

/** Where a request of one of Google's senders comes from, and how it asked: within the process it needs no TLS. */
function arrival(origin: Origin, { protocol, host }: URL): Origin {
    if (origin.kind !== "google") {
        return origin;
    }
    const { network } = origin;
    return { ...origin, isHttps: protocol === "https:", ...(network !== undefined && { address: host }) };
}

function hostName(authority: string): string {
    return authority.replace(/:\d+$/, "").toLowerCase();
}
