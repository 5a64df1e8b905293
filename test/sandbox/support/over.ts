import { request } from "node:http";
import { connect as connectHttp2, type IncomingHttpHeaders } from "node:http2";
import { connect, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { Network } from "../../../sandbox/net";

export const PROTOCOLS = ["http/1.1", "h2"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** A request with headers as a flat list, so that a name can come twice and in any spelling. */
export interface Asked {
    url: string;
    method?: string;
    headers?: [name: string, value: string][];
    /** What is sent of a body. The request does not end after it: its sender waits for an answer. */
    endless?: Buffer;
}

export interface Answered {
    status: number;
    body: string;
    /** Of gRPC, where there is one. */
    grpcStatus: string | undefined;
}

/** Asks through the proxy and its TLS, as any client does. */
export async function ask(network: Network, protocol: Protocol, asked: Asked): Promise<Answered> {
    const socket = await tunnelTo(network, new URL(asked.url).host, protocol);
    try {
        return await (protocol === "h2" ? askHttp2(socket, asked) : askHttp1(socket, asked));
    } finally {
        socket.destroy();
    }
}

export async function tunnelTo({ port, caPem }: Network, host: string, protocol: Protocol): Promise<TLSSocket> {
    const socket = await new Promise<Socket>((resolve, reject) => {
        const opened = connect(port, "127.0.0.1", () => opened.write(`CONNECT ${host}:443 HTTP/1.1\r\n\r\n`));
        opened.once("data", () => resolve(opened));
        opened.once("error", reject);
    });
    return new Promise((resolve, reject) => {
        const options = { socket, servername: host, ca: caPem, ALPNProtocols: [protocol] };
        const secure = connectTls(options, () => resolve(secure));
        secure.once("error", reject);
    });
}

function askHttp1(socket: TLSSocket, { url, method = "GET", headers = [], endless }: Asked): Promise<Answered> {
    const { host, origin } = new URL(url);
    return new Promise((resolve, reject) => {
        const all = [["host", host], ...headers, ...(endless ? [["transfer-encoding", "chunked"]] : [])];
        const outgoing = request(
            { createConnection: () => socket, method, path: url.slice(origin.length) || "/", headers: all.flat() },
            (incoming) => {
                let body = "";
                incoming.setEncoding("utf8").on("data", (part: string) => (body += part));
                incoming.on("end", () => {
                    const grpcStatus = String(incoming.headers["grpc-status"] ?? incoming.trailers["grpc-status"]);
                    resolve({ status: incoming.statusCode ?? 0, body, grpcStatus });
                });
            },
        );
        outgoing.on("error", reject);
        if (endless) {
            outgoing.write(endless);
        } else {
            outgoing.end();
        }
    });
}

function askHttp2(socket: TLSSocket, { url, method = "GET", headers = [], endless }: Asked): Promise<Answered> {
    const { host, origin } = new URL(url);
    const client = connectHttp2(origin, { createConnection: () => socket, strictSingleValueFields: false } as object);
    return new Promise<Answered>((resolve, reject) => {
        client.on("error", reject);
        const named: Record<string, string | string[]> = {};
        for (const [name, value] of headers) {
            const lower = name.toLowerCase();
            named[lower] = [...[named[lower] ?? []].flat(), value];
        }
        const pseudo = { ":method": method, ":path": url.slice(origin.length) || "/", ":authority": host };
        const stream = client.request({ ...named, ...pseudo }, { endStream: endless === undefined });
        let body = "";
        let status = 0;
        let grpcStatus: string | undefined;
        stream.on("response", (answer) => {
            status = Number(answer[":status"]);
            grpcStatus = answer["grpc-status"]?.toString();
        });
        stream.on("trailers", (trailers: IncomingHttpHeaders) => {
            grpcStatus = trailers["grpc-status"]?.toString();
        });
        stream.setEncoding("utf8").on("data", (part: string) => (body += part));
        stream.on("end", () => resolve({ status, body, grpcStatus }));
        stream.on("error", reject).on("close", () => reject(new Error("the stream was closed before its end")));
        if (endless) {
            stream.write(endless);
        }
    }).finally(() => client.destroy());
}
