import assert from "node:assert/strict";
import { once } from "node:events";
import { request as requestHttp, type IncomingMessage } from "node:http";
import { connect as connectHttp2, type IncomingHttpHeaders } from "node:http2";
import { text as textOf } from "node:stream/consumers";
import { tunnelTo } from "../../support/over";
import { serve, type Served } from "./served";
import { WebSocket } from "./web-socket";

describe("events from a server", () => {
    let served: Served;
    before(async () => {
        served = await serve(["web", "events"]);
    });
    after(() => served.close());

    for (const [id, protocol] of [
        ["web", "http/1.1"],
        ["web", "h2"],
        ["events", "http/1.1"],
        ["events", "h2"],
    ] as const) {
        it(`come one by one, from ${id === "web" ? "a program" : "a handler"} over ${protocol}`, async () => {
            const events = await openEvents(id, protocol, "granted");
            assert.deepEqual([events.status, events.type], [200, "text/event-stream"]);
            // The answer has begun before there is any event, and each event is read before the next one is sent.
            for (let i = 0; i < 3; i++) {
                const next = events.next();
                await more(id);
                assert.match(await next, /^data: more/);
            }
            events.close();
        });

        it(`are refused without a grant, for ${id} over ${protocol}`, async () => {
            const events = await openEvents(id, protocol, "no grant");
            assert.equal(events.status, 403);
            events.close();
        });
    }

    async function more(id: string): Promise<void> {
        if (id === "events") {
            const socket = await tunnelTo(served.sandbox.network, served.host("events"), "http/1.1");
            const ask = requestHttp({
                ...{ createConnection: () => socket, path: "/more" },
                headers: { host: served.host("events"), ...served.header("events", "granted") },
            });
            ask.end();
            const [answer] = (await once(ask, "response")) as [IncomingMessage];
            assert.equal(await textOf(answer), "sent");
            socket.destroy();
            return;
        }
        const socket = await tunnelTo(served.sandbox.network, served.host("web"), "http/1.1");
        const client = new WebSocket(`wss://${served.host("web")}/`, {
            ...{ createConnection: () => socket, headers: served.header("web", "granted") },
        });
        await new Promise<void>((resolve) => client.once("open", () => resolve()));
        client.send("more");
        client.close();
    }

    async function openEvents(id: string, protocol: "http/1.1" | "h2", caller: string) {
        const host = served.host(id);
        const socket = await tunnelTo(served.sandbox.network, host, protocol);
        if (protocol === "h2") {
            const session = connectHttp2(`https://${host}`, { createConnection: () => socket });
            const stream = session.request({ ":path": "/events", ...served.header(id, caller) });
            const [given] = (await once(stream, "response")) as [IncomingHttpHeaders];
            return {
                ...{ status: Number(given[":status"]), type: given["content-type"] },
                next: async () => String((await once(stream, "data"))[0]),
                close: () => session.destroy(),
            };
        }
        const headers = { host, ...served.header(id, caller) };
        const ask = requestHttp({ createConnection: () => socket, path: "/events", headers });
        ask.on("error", () => undefined).end();
        const [answer] = (await once(ask, "response")) as [IncomingMessage];
        return {
            ...{ status: answer.statusCode, type: answer.headers["content-type"] },
            next: async () => String((await once(answer, "data"))[0]),
            close: () => socket.destroy(),
        };
    }
});
