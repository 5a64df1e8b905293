import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Duplex, PassThrough } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { createRequire } from "node:module";
import { createHttp } from "../../../credentials";
import { bridge, startProxy, type Proxy } from "../../../cli/proxy";

interface Client {
    once(event: string, listener: (...args: never[]) => void): this;
    on(event: string, listener: (...args: never[]) => void): this;
    send(data: string | Buffer): void;
    close(): void;
}
/** The part of the package `ws` that is used here. It brings no types. */
const { WebSocket, WebSocketServer } = createRequire(__filename)("ws") as {
    WebSocket: new (url: string, options: object) => Client;
    WebSocketServer: new (options: object) => {
        handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, done: (client: Client) => void): void;
    };
};

const clock = createRequire(__filename)("undici/lib/util/timers.js") as { tick: (milliseconds: number) => void };

interface Seen {
    method: string;
    url: string;
    headers: IncomingMessage["headers"];
    body: string;
}

describe("gcp-invoke proxy", () => {
    const http = createHttp({ env: {} });
    let server: Server;
    let target: URL;
    let proxy: Proxy;
    let seen: Seen[];
    let minted = 0;
    const token = (): Promise<string> => Promise.resolve(`token-${++minted}`);
    before(async () => {
        server = createServer((incoming, response) => {
            void textOf(incoming).then((body) => {
                const { method = "", url = "", headers } = incoming;
                seen.push({ method, url, headers, body });
                if (url === "/redirect") {
                    response.writeHead(302, { location: "https://elsewhere.example.com/" }).end();
                } else if (url === "/late") {
                    server.once("more", () => response.end("late"));
                } else if (url === "/refused") {
                    response.writeHead(403).end();
                } else if (url === "/events") {
                    response.writeHead(200, { "content-type": "text/event-stream" });
                    response.flushHeaders();
                    server.once("more", () => response.end("data: more\n\n"));
                } else {
                    response.writeHead(201, { "set-cookie": ["a=1", "b=2"] }).end(`got ${body.length}`);
                }
            });
        });
        const sockets = new WebSocketServer({ noServer: true });
        server.on("upgrade", (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
            const { url = "", headers } = incoming;
            seen.push({ method: "upgrade", url, headers, body: "" });
            if (url === "/refused") {
                socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
                return;
            }
            sockets.handleUpgrade(incoming, socket, head, (client) => {
                client.on("message", (data: Buffer) => client.send(data));
            });
        });
        server.listen(0, "127.0.0.1");
        await once(server, "listening");
        target = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
        proxy = await startProxy(target, http, token, 0);
    });
    beforeEach(() => (seen = []));
    after(async () => {
        await proxy.close();
        await http.close();
        server.closeAllConnections();
        server.close();
    });

    async function ask(path: string, headers: Record<string, string> = {}, body?: string): Promise<IncomingMessage> {
        const options = { host: "127.0.0.1", port: proxy.port, path, method: body === undefined ? "GET" : "POST" };
        const asked = request({ ...options, headers });
        asked.end(body);
        const [answer] = (await once(asked, "response")) as [IncomingMessage];
        return answer;
    }

    it("sends each request on with a token of its own, and hands back what comes", async () => {
        for (const size of [0, 1, 300_000]) {
            const answer = await ask("/a?b=c", { "x-own": "1" }, "x".repeat(size));
            assert.deepEqual([answer.statusCode, await textOf(answer)], [201, `got ${size}`]);
            assert.deepEqual(answer.headers["set-cookie"], ["a=1", "b=2"]);
        }
        assert.equal(new Set(seen.map(({ headers }) => headers.authorization)).size, 3);
        assert.ok(seen.every(({ url, headers }) => url === "/a?b=c" && headers["x-own"] === "1"));
    });

    it("leaves a client's own Authorization as it is, and uses the header that Cloud Run checks first", async () => {
        await textOf(await ask("/", { authorization: "Bearer own", "x-serverless-authorization": "Bearer forged" }));
        assert.equal(seen[0]?.headers.authorization, "Bearer own");
        assert.match(String(seen[0].headers["x-serverless-authorization"]), /^Bearer token-\d+$/);
    });

    it("follows no redirect, which would take the token elsewhere", async () => {
        const answer = await ask("/redirect");
        assert.deepEqual([answer.statusCode, answer.headers.location], [302, "https://elsewhere.example.com/"]);
    });

    it("sends a path that looks like another host to the target all the same", async () => {
        await textOf(await ask("//elsewhere.example.com/x"));
        assert.equal(seen[0]?.url, "//elsewhere.example.com/x");
    });

    it("hands on events as they come", async () => {
        const answer = await ask("/events");
        assert.equal(answer.statusCode, 200);
        server.emit("more");
        assert.equal(await textOf(answer), "data: more\n\n");
    });

    it("waits for answers and events as long as the target does, which may be an hour", async () => {
        const later = ask("/late").then(textOf);
        const events = await ask("/events");
        while (seen.length < 2) {
            await new Promise((resolve) => setImmediate(resolve));
        }
        // The clock of the client library, which ends what is silent for 5 minutes.
        for (let i = 0; i < 3; i++) {
            clock.tick(3_600_000);
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        server.emit("more");
        assert.equal(await textOf(events), "data: more\n\n");
        assert.equal(await later, "late");
    });

    it("refuses web pages, and other names of this machine, without asking for a token", async () => {
        const before = minted;
        for (const headers of [
            { host: `evil.example.com:${proxy.port}` },
            { host: "127.0.0.1" },
            { host: `127.0.0.1:${proxy.port}`, origin: "https://evil.example.com" },
            { host: `127.0.0.1:${proxy.port}`, origin: "null" },
            { host: `127.0.0.1:${proxy.port}`, "sec-fetch-site": "cross-site" },
            { host: `127.0.0.1:${proxy.port}`, "sec-fetch-site": "same-site" },
        ]) {
            assert.equal((await ask("/", headers)).statusCode, 403, JSON.stringify(headers));
        }
        assert.deepEqual([seen.length, minted], [0, before]);
        const own = `127.0.0.1:${proxy.port}`;
        assert.equal((await ask("/", { host: own, origin: `http://${own}` })).statusCode, 201);
        for (const site of ["none", "same-origin"]) {
            assert.equal((await ask("/", { host: own, "sec-fetch-site": site })).statusCode, 201);
        }
        assert.equal((await ask("/", { host: `localhost:${proxy.port}` })).statusCode, 201);
    });

    /** What comes of a WebSocket: what it echoes, or the status of its refusal. */
    function open(path: string, headers: Record<string, string> = {}): Promise<string> {
        const client = new WebSocket(`ws://127.0.0.1:${proxy.port}${path}`, { headers });
        return new Promise((resolve) => {
            client.once("error", (error: Error) => resolve(error.message));
            client.once("open", () => client.send("x".repeat(100_000)));
            client.once("message", (data: Buffer) => {
                client.close();
                resolve(`echoed ${data.length}`);
            });
        });
    }

    it("opens a WebSocket with a token of its own, and carries what comes both ways", async () => {
        assert.equal(await open("/socket?b=c"), "echoed 100000");
        assert.equal(await open("/socket", { authorization: "Bearer own" }), "echoed 100000");
        const [first, second] = seen;
        assert.equal(first?.url, "/socket?b=c");
        assert.match(String(first.headers.authorization), /^Bearer token-\d+$/);
        assert.equal(second?.headers.authorization, "Bearer own");
        assert.match(String(second.headers["x-serverless-authorization"]), /^Bearer token-\d+$/);
    });

    it("hands back how the target refuses a WebSocket", async () => {
        assert.equal(await open("/refused"), "Unexpected server response: 403");
    });

    it("opens no WebSocket for web pages, and asks for no token", async () => {
        const before = minted;
        for (const headers of [
            { origin: "https://evil.example.com" },
            { "sec-fetch-site": "cross-site" },
            { host: "x.example" },
        ]) {
            assert.equal(await open("/socket", headers as Record<string, string>), "Unexpected server response: 403");
        }
        assert.deepEqual([seen.length, minted], [0, before]);
    });

    it("serves a request for another upgrade, with its body, as if it asked for none", async () => {
        const headers = { connection: "Upgrade, HTTP2-Settings", upgrade: "h2c", "http2-settings": "AAMAAABkAAQAAP__" };
        const answer = await ask("/a", headers, "four");
        assert.deepEqual([answer.statusCode, await textOf(answer)], [201, "got 4"]);
    });

    it("listens on loopback only", async () => {
        assert.equal((await ask("/")).socket.remoteAddress, "127.0.0.1");
    });
});

describe("gcp-invoke proxy --stdio", () => {
    const http = createHttp({ env: {} });
    after(() => http.close());

    /** Sends messages to a server that answers as `respond` says, and returns what the client and the server got. */
    async function talk(
        lines: string[],
        respond: (message: { id?: number; method?: string }) => { status?: number; type?: string; body?: string },
    ) {
        const seen: Seen[] = [];
        const server = createServer((incoming, response) => {
            void textOf(incoming).then((body) => {
                const { method = "", url = "", headers } = incoming;
                seen.push({ method, url, headers, body });
                const message = (body === "" ? {} : JSON.parse(body)) as { id?: number; method?: string };
                const { status = 200, type = "application/json", body: text = "" } = respond(message);
                response.writeHead(method === "GET" ? 405 : status, { "content-type": type, "mcp-session-id": "s-1" });
                response.end(text);
            });
        });
        server.listen(0, "127.0.0.1");
        await once(server, "listening");
        const target = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
        const input = new PassThrough();
        input.end(lines.map((line) => `${line}\n`).join(""));
        let printed = "";
        let said = "";
        let minted = 0;
        await bridge({
            ...{ target, http, input, token: () => Promise.resolve(`t-${++minted}`) },
            out: { write: (text) => (printed += text) },
            log: { write: (text) => (said += text) },
        });
        server.closeAllConnections();
        server.close();
        const messages = printed.split("\n").filter((line) => line !== "");
        return { seen, said, printed: messages.map((line) => JSON.parse(line) as Record<string, unknown>) };
    }
    const line = (message: object): string => JSON.stringify({ jsonrpc: "2.0", ...message });
    const begin = line({ id: 1, method: "initialize", params: {} });
    const list = line({ id: 2, method: "tools/list" });
    const begun = { jsonrpc: "2.0", id: 1, result: { protocolVersion: "2025-06-18" } };
    const tools = { jsonrpc: "2.0", id: 2, result: { tools: [] } };

    for (const [name, write] of [
        ["JSON", (answer: object) => ({ body: JSON.stringify(answer) })],
        [
            "events",
            (answer: object) => ({
                type: "text/event-stream",
                body: `: hi\r\n\r\nevent: message\r\ndata: {"jsonrpc":"2.0","method":"notifications/x"}\r\n\r\ndata:${JSON.stringify(answer)}\r\n\r\n`,
            }),
        ],
    ] as const) {
        it(`hands on messages and answers by ${name}, in one session, with a token each, and ends the session`, async () => {
            const { seen, printed } = await talk([begin, list], ({ method }) =>
                method === undefined ? {} : write(method === "initialize" ? begun : tools),
            );
            assert.deepEqual(
                printed.filter(({ id }) => id !== undefined),
                [begun, tools],
            );
            assert.deepEqual(
                seen.map(({ method, headers }) => [method, headers["mcp-session-id"], headers["mcp-protocol-version"]]),
                [
                    ["POST", undefined, undefined],
                    ["POST", "s-1", "2025-06-18"],
                    ["DELETE", "s-1", "2025-06-18"],
                ],
            );
            assert.deepEqual(new Set(seen.map(({ headers }) => headers.authorization)).size, 3);
        });
    }

    it("answers a request with an error that says why, where the door refuses it, and a notification with nothing", async () => {
        for (const [status, why] of [
            [401, /--audience/],
            [403, /roles\/run\.invoker/],
            [404, /not served/],
            [500, /refused/],
        ] as const) {
            const { printed, said } = await talk([begin, line({ method: "notifications/initialized" })], () => ({
                status,
            }));
            assert.deepEqual(
                printed.map(({ id }) => id),
                [1],
            );
            assert.match(JSON.stringify(printed[0]?.["error"]), why);
            assert.match(said, why);
            assert.doesNotMatch(JSON.stringify(printed) + said, /t-\d/);
        }
    });

    it("answers a line that is no JSON with an error, and goes on", async () => {
        const { printed } = await talk(["{", begin], () => ({ body: JSON.stringify(begun) }));
        assert.deepEqual(
            printed.map(({ id }) => id),
            [null, 1],
        );
    });
});
