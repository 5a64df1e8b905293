import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { redact, redactJson } from "../../credentials";
import { messageOf } from "../../errors";
import { type ControlClient, readJson } from "../../sandbox/light";
import { UserError } from "../errors";
import type { StateFolder } from "../sandbox";
import { COOKIE, hasSession, HEADERS, refusedOrigin } from "./access";
import { readAssets } from "./assets";
import { ConsoleData } from "./data";
import { follow } from "./events";
import { secret, Sessions } from "./sessions";

/** The console of one sandbox, listening. */
export interface Console {
    /** The link that opens it, once. */
    readonly link: string;
    close(): Promise<void>;
}

/** The largest body of a request. */
const BODY_BYTES = 100_000;

/** What the page may ask the control API to do, as it is. */
const PASSED_ON = /^(POST \/v1\/(clock|propagation|explain|grants|faults)|DELETE \/v1\/(grants|faults))$/;

/**
 * Serves the console on a port of its own on 127.0.0.1. Everything is below a path that nobody can guess, so that the cookie is
 * sent to no other port of this machine: browsers do not tell ports apart for cookies.
 */
export async function startConsole(client: ControlClient, folder: StateFolder): Promise<Console> {
    const assets = readAssets();
    const sessions = new Sessions();
    const data = new ConsoleData(client, folder);
    const base = `/${secret(12)}/`;
    let own = "";
    const server = createServer((request, response) => {
        answer(request, response).catch((error: unknown) => {
            sendJson(response, 400, { error: redact(messageOf(error)) });
        });
    });

    async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { method = "GET", url = "/" } = request;
        const refused = refusedOrigin(request, own);
        if (refused !== undefined) {
            sendJson(response, 403, { error: refused });
            return;
        }
        const { pathname, searchParams } = new URL(url, `http://${own}`);
        const path = pathname.startsWith(base) ? pathname.slice(base.length) : undefined;
        const asset = method === "GET" && path !== undefined ? assets.get(path) : undefined;
        if (asset) {
            response.writeHead(200, { ...HEADERS, "content-type": asset.type }).end(asset.content);
        } else if (path === "session" && method === "POST") {
            openSession(String((await changeIn(request)).code), response);
        } else if (path === undefined) {
            sendJson(response, 404, { error: "the console is at the link that the command printed" });
        } else if (!hasSession(request, sessions)) {
            sendJson(response, 401, {
                error: "this link was used already; `gcp-invoke sandbox console` prints a new one",
            });
        } else if (method === "GET" && path === "api/events") {
            response.writeHead(200, { ...HEADERS, "content-type": "text/event-stream" });
            await follow(data, response);
        } else {
            sendJson(response, 200, await api(`${method} /${path}`, searchParams, request));
        }
    }

    function openSession(code: string, response: ServerResponse): void {
        const session = sessions.exchange(code);
        if (session === undefined) {
            sendJson(response, 401, {
                error: "this link was used already; `gcp-invoke sandbox console` prints a new one",
            });
            return;
        }
        const cookie = `${COOKIE}=${session}; Path=${base}; HttpOnly; SameSite=Strict`;
        response.writeHead(204, { ...HEADERS, "set-cookie": cookie }).end();
    }

    async function api(name: string, query: URLSearchParams, request: IncomingMessage): Promise<unknown> {
        const id = query.get("id") ?? "";
        switch (name) {
            case "GET /api/overview":
                return data.overview(query.get("stack") ?? undefined);
            case "GET /api/execution":
                return data.execution(id);
            case "POST /api/repeat":
                return data.repeat(String((await changeIn(request)).id));
        }
        const [method = "", path = ""] = name.replace("/api/", "/v1/").split(" ");
        if (!PASSED_ON.test(`${method} ${path}`)) {
            throw new UserError(`the console has no ${name}`);
        }
        return client.call(method as "POST" | "DELETE", path, await changeIn(request));
    }

    await new Promise<void>((resolve, reject) => {
        server.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
    own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
        link: `http://${own}${base}#${sessions.invitation}`,
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}

/** What looks like a token leaves with no answer, whoever wrote it. */
function sendJson(response: ServerResponse, status: number, body: unknown): void {
    if (!response.headersSent) {
        response.writeHead(status, { ...HEADERS, "content-type": "application/json" });
    }
    response.end(JSON.stringify(redactJson(body)));
}

async function changeIn(request: IncomingMessage): Promise<Record<string, unknown>> {
    if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) {
        throw new UserError("the body is no JSON");
    }
    return await readJson(request, BODY_BYTES);
}
