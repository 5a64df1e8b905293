import assert from "node:assert/strict";
import { once } from "node:events";
import { request as requestHttp, type IncomingMessage } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { tunnelTo } from "../../support/over";
import { REFUSED, serve, type Served } from "./served";
import { WebSocket, type WebSocketLike } from "./web-socket";

describe("a WebSocket", () => {
    let served: Served;
    before(async () => {
        served = await serve(["web", "http2", "events"]);
    });
    after(() => served.close());

    async function open(path: string, caller: string, id = "web"): Promise<WebSocketLike> {
        const socket = await tunnelTo(served.sandbox.network, served.host(id), "http/1.1");
        return new WebSocket(`wss://${served.host(id)}${path}`, {
            ...{ createConnection: () => socket, headers: served.header(id, caller) },
        });
    }
    const message = (socket: WebSocketLike): Promise<string> =>
        new Promise((resolve, reject) => {
            socket.once("message", (data: Buffer) => resolve(data.toString()));
            socket.once("error", reject);
        });
    const refusedWith = (socket: WebSocketLike): Promise<string> =>
        new Promise((resolve) => {
            socket.once("error", (error: Error) => resolve(error.message));
            socket.once("open", () => resolve("open"));
        });

    it("is open to a granted account, and carries messages both ways", async () => {
        const socket = await open("/", "granted");
        assert.equal(await message(socket), "SIGNATURE_REMOVED_BY_GOOGLE");
        for (const sent of ["hello", "x".repeat(200_000)]) {
            socket.send(sent);
            assert.equal(await message(socket), sent);
        }
        socket.close();
        await new Promise<void>((resolve) => socket.once("close", () => resolve()));
    });

    for (const [caller, http] of REFUSED) {
        it(`is refused with ${caller} by the status ${http}, and never opened or answered with 200`, async () => {
            assert.equal(await refusedWith(await open("/", caller)), `Unexpected server response: ${http}`);
        });
    }

    it("gets the program's own answer where the program refuses it", async () => {
        assert.equal(await refusedWith(await open("/closed", "granted")), "Unexpected server response: 409");
    });

    it("is no upgrade for a program of HTTP/2 and for a handler, which take none", async () => {
        assert.equal(await refusedWith(await open("/", "granted", "http2")), "Unexpected server response: 203");
        assert.equal(await refusedWith(await open("/more", "granted", "events")), "Unexpected server response: 200");
        assert.equal(await refusedWith(await open("/", "no grant", "events")), "Unexpected server response: 403");
    });

    it("is logged with the status 101 once it is closed", async () => {
        const socket = await open("/logged", "granted");
        await message(socket);
        socket.close();
        for (;;) {
            const { body } = await served.sandbox.request("POST", "https://logging.googleapis.com/v2/entries:list", {
                body: { resourceNames: ["projects/demo"], filter: "httpRequest.status=101", pageSize: 50 },
            });
            const { entries = [] } = body as { entries?: { httpRequest: { requestUrl: string } }[] };
            if (entries.some(({ httpRequest }) => httpRequest.requestUrl.endsWith("/logged"))) {
                return;
            }
            await new Promise((resolve) => setImmediate(resolve));
        }
    });
});

describe("a request for another upgrade", () => {
    let served: Served;
    before(async () => {
        served = await serve(["web"]);
    });
    after(() => served.close());

    const ASKED: Record<string, string>[] = [
        { connection: "Upgrade, HTTP2-Settings", upgrade: "h2c", "http2-settings": "AAMAAABkAAQAAP__" },
        { connection: "upgrade", upgrade: "something/2" },
        { connection: "keep-alive, Upgrade", upgrade: "websocket, h2c" },
        { upgrade: "websocket" },
    ];
    for (const given of ASKED) {
        it(`is served as if it asked for none: ${JSON.stringify(given)}`, async () => {
            for (const [caller, http, body] of [
                ["granted", 200, /^plain POST no upgrade$/],
                ["no grant", 403, /html/],
            ] as const) {
                const socket = await tunnelTo(served.sandbox.network, served.host("web"), "http/1.1");
                const ask = requestHttp({
                    ...{ createConnection: () => socket, method: "POST", path: "/" },
                    headers: { host: served.host("web"), ...given, ...served.header("web", caller) },
                });
                ask.end("a body that must not be taken for another request");
                const [answer] = (await once(ask, "response")) as [IncomingMessage];
                assert.equal(answer.statusCode, http);
                assert.match(await textOf(answer), body);
                socket.destroy();
            }
        });
    }
});
