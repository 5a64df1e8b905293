import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Http } from "../../credentials";
import { redact } from "../../common/redact";
import { messageOf } from "../../errors";
import { UserError } from "../errors";
import { sendOn } from "./send";

const LOOPBACK = "127.0.0.1";

/** Headers that belong to one connection, and those that only a front door may write or that say what fetch has changed. */
const NOT_SENT_ON =
    /^(host|connection|keep-alive|proxy-.*|te|transfer-encoding|upgrade|http2-settings|expect|accept-encoding|content-length|x-serverless-authorization|origin)$/;
const NOT_HANDED_BACK = /^(connection|keep-alive|transfer-encoding|content-encoding|content-length)$/;

/** What listens on loopback, and sends what it gets to one receiver. */
export interface Proxy {
    port: number;
    close(): Promise<void>;
}

/**
 * Listens on loopback only. Web pages can reach loopback too, so a request must name this address as its host, and must not come
 * from a page of another origin.
 * @throws UserError if the port is taken
 */
export async function startProxy(target: URL, http: Http, token: () => Promise<string>, port: number): Promise<Proxy> {
    const server = createServer((request, response) => {
        const wrong = refusalOf(request, portOf(server));
        if (wrong !== undefined) {
            answerText(response, 403, wrong);
            return;
        }
        pass(request, response, { target, http, token }).catch((error: unknown) => {
            if (response.headersSent) {
                response.destroy();
            } else {
                answerText(response, 502, redact(messageOf(error)));
            }
        });
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
                server.closeAllConnections();
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

async function pass(
    request: IncomingMessage,
    response: ServerResponse,
    { target, http, token }: { target: URL; http: Http; token: () => Promise<string> },
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
    const answer = await sendOn(http, token, {
        ...{ method, url, signal: gone.signal },
        headers: Object.fromEntries(
            Object.entries(headers).flatMap(([name, value]) =>
                value === undefined || NOT_SENT_ON.test(name) ? [] : [[name, [value].flat().join(", ")]],
            ),
        ),
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
