import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Http } from "../../credentials";
import { type Dispatcher, EnvHttpProxyAgent } from "undici";
import { redact } from "../../common/redact";
import { asksForWebSocket, takeUpgrades } from "../../common/upgrades";
import { messageOf } from "../../errors";
import { UserError } from "../errors";
import { refuseHttp2 } from "./http2";
import { sendOn, withToken } from "./send";
import { joinWebSocket } from "./web-socket";

const LOOPBACK = "127.0.0.1";

/** Headers that belong to one connection, and those that only a front door may write or that say what fetch has changed. */
const NOT_SENT_ON =
    /^(host|connection|keep-alive|proxy-.*|te|transfer-encoding|upgrade|http2-settings|expect|accept-encoding|content-length|x-serverless-authorization|origin|sec-websocket-.*)$/;
const NOT_HANDED_BACK = /^(connection|keep-alive|transfer-encoding|content-encoding|content-length)$/;

/** What listens on loopback, and sends what it gets to one receiver. */
export interface Proxy {
    port: number;
    close(): Promise<void>;
}

/**
 * Listens on loopback only. Web pages can reach loopback too, so a request must name this address as its host, and must not come
 * from a page of another origin.
 * @param log where it says that a client speaks what it cannot send on
 * @throws UserError if the port is taken
 */
export async function startProxy(
    target: URL,
    http: Http,
    token: () => Promise<string>,
    port: number,
    log: Writable = process.stderr,
): Promise<Proxy> {
    const dispatcher = new EnvHttpProxyAgent();
    const server = createServer((request, response) => {
        const wrong = refusalOf(request, portOf(server));
        if (wrong !== undefined) {
            answerText(response, 403, wrong);
            return;
        }
        pass(request, response, { target, http, token, dispatcher }).catch((error: unknown) => {
            if (response.headersSent) {
                response.destroy();
            } else {
                answerText(response, 502, redact(messageOf(error)));
            }
        });
    });
    takeUpgrades(server);
    const instead = `call ${target.origin} itself, with the metadata "authorization: Bearer TOKEN" and a token of gcp-invoke token ${target.origin}`;
    refuseHttp2(server, `this proxy speaks HTTP/1.1, and gRPC needs HTTP/2; ${instead}`, log);
    const sockets = new Set<Socket>();
    server.on("connection", (socket: Socket) => {
        sockets.add(socket);
        socket.on("close", () => sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) => {
            const taken = new UserError(`port ${port} is taken by another program`, { fix: "choose another --port" });
            reject(error.code === "EADDRINUSE" ? taken : error);
        });
        server.listen(port, LOOPBACK, resolve);
    });
    return {
        port: portOf(server),
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                sockets.forEach((socket) => socket.destroy());
                void dispatcher.destroy();
            }),
    };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

function refusalOf({ headers }: IncomingMessage, port: number): string | undefined {
    const own = [`${LOOPBACK}:${port}`, `localhost:${port}`];
    if (!own.includes(headers.host ?? "")) {
        return `this proxy answers for ${own.join(" and ")} only`;
    }
    // A page's image or link has no origin. Browsers say of each request what kind of page it comes from:
    // https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
    const site = headers["sec-fetch-site"] ?? "none";
    const fromOther = headers.origin !== undefined && !own.some((host) => headers.origin === `http://${host}`);
    if (fromOther || (site !== "none" && site !== "same-origin")) {
        return "this proxy does not answer pages of other origins";
    }
    return undefined;
}

/** What a request is sent on to, and by what. */
interface Onward {
    target: URL;
    http: Http;
    token: () => Promise<string>;
    /** Opens WebSockets, through the proxy that the environment names. */
    dispatcher: Dispatcher;
}

async function pass(
    request: IncomingMessage,
    response: ServerResponse,
    { target, http, token, dispatcher }: Onward,
): Promise<void> {
    const path = request.url ?? "/";
    if (!path.startsWith("/")) {
        answerText(response, 400, "the request's target is no path");
        return;
    }
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const { method = "GET", headers } = request;
    const hasBody = headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";
    // A path that begins with two slashes would name another host if it were resolved.
    const url = new URL(target.origin + path);
    const sent = Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) =>
            value === undefined || NOT_SENT_ON.test(name) ? [] : [[name, [value].flat().join(", ")]],
        ),
    );
    if (
        asksForWebSocket(request) &&
        (await joinWebSocket(request, response, { url, headers: await withToken(sent, token), dispatcher }))
    ) {
        return;
    }
    // Undici hands back no answer of a receiver that opens none, so it is asked for again, without the upgrade.
    const answer = await sendOn(http, token, {
        ...{ method, url, signal: gone.signal, headers: sent },
        ...(hasBody && { body: Readable.toWeb(request) as ReadableStream<Uint8Array> }),
    });
    for (const [name, value] of answer.headers) {
        if (!NOT_HANDED_BACK.test(name) && name !== "set-cookie") {
            response.setHeader(name, value);
        }
    }
    response.setHeader("set-cookie", answer.headers.getSetCookie());
    response.writeHead(answer.status);
    response.flushHeaders();
    if (answer.body === null) {
        response.end();
        return;
    }
    await pipeline(Readable.fromWeb(answer.body), response);
}

function answerText(response: ServerResponse, status: number, text: string): void {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}
