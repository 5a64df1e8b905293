import assert from "node:assert/strict";
import { once } from "node:events";
import { request as requestHttp, type IncomingMessage } from "node:http";
import { connect as connectHttp2, type IncomingHttpHeaders } from "node:http2";
import { text as textOf } from "node:stream/consumers";
import { tunnelTo } from "../../support/over";
import { REFUSED, serve, type Served } from "./served";

describe("HTTP/2 end to end", () => {
    let served: Served;
    before(async () => {
        served = await serve(["http2"]);
    });
    after(() => served.close());

    async function ask2(path: string, caller: string, body?: Buffer) {
        const host = served.host("http2");
        const socket = await tunnelTo(served.sandbox.network, host, "h2");
        const session = connectHttp2(`https://${host}`, { createConnection: () => socket });
        const stream = session.request(
            { ":path": path, ":method": body ? "POST" : "GET", ...served.header("http2", caller) },
            { endStream: body === undefined },
        );
        let answered: IncomingHttpHeaders = {};
        let trailers: IncomingHttpHeaders = {};
        stream
            .on("response", (given) => (answered = given))
            .on("trailers", (given: IncomingHttpHeaders) => (trailers = given));
        stream.on("error", () => undefined);
        if (body) {
            stream.end(body);
        }
        let text = "";
        stream.on("data", (part: Buffer) => (text += part.toString()));
        await new Promise((resolve) => stream.once("close", resolve));
        session.destroy();
        return { status: answered[":status"], headers: answered, trailers, text, code: stream.rstCode };
    }

    it("carries headers, bodies of any size and trailers both ways, for a client of HTTP/2", async () => {
        for (const size of [undefined, 0, 1, 3_000_000]) {
            const body = size === undefined ? undefined : Buffer.alloc(size, 1);
            const { status: got, headers, trailers, text } = await ask2("/a?b=c", "granted", body);
            assert.deepEqual([got, headers["set-cookie"], trailers["x-trailer"]], [203, ["a=1", "b=2"], "last"]);
            assert.deepEqual(JSON.parse(text), {
                ...{ pseudo: [":method", ":path", ":scheme", ":authority"], authority: served.host("http2") },
                ...{ path: "/a?b=c", length: size ?? 0 },
            });
        }
    });

    it("is translated for a client of HTTP/1.1", async () => {
        const socket = await tunnelTo(served.sandbox.network, served.host("http2"), "http/1.1");
        const ask = requestHttp({
            ...{ createConnection: () => socket, method: "POST", path: "/a" },
            headers: { host: served.host("http2"), ...served.header("http2", "granted") },
        });
        ask.end("four");
        const [answer] = (await once(ask, "response")) as [IncomingMessage];
        const body = JSON.parse(await textOf(answer)) as { length: number };
        assert.deepEqual([answer.statusCode, body.length, answer.trailers], [203, 4, { "x-trailer": "last" }]);
        socket.destroy();
    });

    it("ends with the error code of the program where it breaks off", async () => {
        const { status: got, text, code } = await ask2("/reset", "granted");
        assert.deepEqual([got, text, code], [200, "begun", 7]);
    });

    for (const [caller, http] of REFUSED) {
        it(`is refused with ${caller} by the status ${http}`, async () => {
            const { status: got, text } = await ask2("/a", caller);
            assert.equal(got, http);
            assert.match(text, /<html>/);
        });
    }
});
