import assert from "node:assert/strict";
import { once } from "node:events";
import { connect as connectHttp2, constants } from "node:http2";
import { connect } from "node:net";
import { PassThrough } from "node:stream";
import { ChannelCredentials, Client } from "@grpc/grpc-js";
import { createHttp } from "../../../credentials";
import { type Proxy, startProxy } from "../../../cli/proxy";

describe("gcp-invoke proxy, which speaks HTTP/1.1,", () => {
    const http = createHttp({ env: {} });
    let proxy: Proxy;
    let log: PassThrough;
    let minted = 0;
    beforeEach(async () => {
        log = new PassThrough();
        const token = (): Promise<string> => Promise.resolve(`token-${++minted}`);
        proxy = await startProxy(new URL("https://orders.example.com"), http, token, 0, log);
    });
    afterEach(() => proxy.close());
    after(() => http.close());
    const said = (): string => String(log.read() ?? "");
    const word =
        /^this proxy speaks HTTP\/1\.1, and gRPC needs HTTP\/2; call https:\/\/orders\.example\.com itself, .* gcp-invoke token https:\/\/orders\.example\.com$/;

    it("tells a client of HTTP/2 so, in its own words", async () => {
        const session = connectHttp2(`http://127.0.0.1:${proxy.port}`);
        session.on("error", () => undefined);
        session.request({ ":path": "/" }).on("error", () => undefined);
        const [code, , debug] = (await once(session, "goaway")) as [number, number, Buffer];
        assert.equal(code, constants.NGHTTP2_HTTP_1_1_REQUIRED);
        assert.match(debug.toString(), word);
        assert.match(said().trim(), word);
        session.destroy();
        assert.equal(minted, 0);
    });

    it("refuses a call of gRPC, and says why on its log", async () => {
        const client = new Client(`127.0.0.1:${proxy.port}`, ChannelCredentials.createInsecure());
        const same = (bytes: Buffer): Buffer => bytes;
        const error = await new Promise<{ code: number } | null>((resolve) =>
            client.makeUnaryRequest("/orders.Orders/Get", same, same, Buffer.alloc(0), (failed) => resolve(failed)),
        );
        client.close();
        // INTERNAL or UNAVAILABLE, by when the end of the connection is read.
        assert.ok([13, 14].includes(error?.code ?? 0), JSON.stringify(error));
        assert.match(said().trim(), word);
        assert.equal(minted, 0);
    });

    it("answers what is no HTTP with a status, as before, and says nothing of HTTP/2", async () => {
        const answers: [sent: string, status: RegExp][] = [
            ["nonsense\r\n\r\n", /^HTTP\/1\.1 400 /],
            [`GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx: ${"x".repeat(17_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
        ];
        for (const [sent, status] of answers) {
            const socket = connect(proxy.port, "127.0.0.1");
            // The proxy may answer before it has read everything, and then the rest is refused.
            socket.on("error", () => undefined);
            let answer = "";
            socket.on("data", (data: Buffer) => (answer += data.toString()));
            const closed = new Promise((resolve) => socket.once("close", resolve));
            socket.write(sent);
            await closed;
            assert.match(answer, status);
            assert.equal(said(), "");
        }
    });
});
