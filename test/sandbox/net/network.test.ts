import assert from "node:assert/strict";
import { connect as connectHttp2 } from "node:http2";
import { request as httpRequest } from "node:http";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetch, ProxyAgent } from "undici";
import type { Hosts, Origin } from "../../../sandbox/cloud";
import { createHosts, startNetwork, type Network } from "../../../sandbox/net";

const GOOGLE: Origin = { kind: "google", service: "workflows", project: "demo" };

describe("the sandbox's network", () => {
    let hosts: Hosts;
    let network: Network;
    let folder: string;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "net-"));
        hosts = createHosts();
        hosts.serve("*.run.app", (request, response, origin) => {
            response.setHeader("content-type", "application/json");
            response.end(
                JSON.stringify({ host: request.headers.host, http: request.httpVersion, url: request.url, origin }),
            );
        });
        hosts.serve("broken.run.app", () => {
            throw new Error("a slip");
        });
        hosts.serve("evil.example", (_request, response) => response.end("reached"));
        network = await startNetwork({ hosts, caFile: join(folder, "ca.pem") });
    });
    after(async () => {
        await network.close();
        rmSync(folder, { recursive: true });
    });

    async function ask(url: string, options: { proxy?: string; h2?: boolean } = {}): Promise<unknown> {
        const dispatcher = new ProxyAgent({
            uri: options.proxy ?? network.url,
            requestTls: { ca: network.caPem, allowH2: options.h2 ?? false },
        });
        try {
            return await (await fetch(url, { dispatcher })).json();
        } finally {
            await dispatcher.close();
        }
    }

    it("answers for a host that is served, with a certificate that its root vouches for", async () => {
        assert.deepEqual(await ask("https://orders-abc-ew.a.run.app/reserve?x=1"), {
            host: "orders-abc-ew.a.run.app",
            http: "1.1",
            url: "/reserve?x=1",
            origin: { kind: "outside" },
        });
    });

    it("speaks HTTP/2 to whoever asks for it", async () => {
        assert.deepEqual(await overHttp2(await tunnel("orders.run.app:443")), {
            host: "orders.run.app",
            http: "2.0",
            url: "/x",
            origin: { kind: "outside" },
        });
    });

    it("knows an internal sender by its proxy credentials, over a tunnel and over plain HTTP", async () => {
        const proxy = network.proxyFor(GOOGLE);
        assert.equal(proxy, network.proxyFor(GOOGLE));
        const secure = (await ask("https://orders.run.app/", { proxy })) as { origin: Origin };
        assert.deepEqual(secure.origin, GOOGLE);
        const plain = (await ask("http://orders.run.app/", { proxy })) as { origin: Origin; host: string };
        assert.deepEqual([plain.origin, plain.host], [GOOGLE, "orders.run.app"]);
        const absolute = await proxied("http://orders.run.app/y?z", proxy);
        assert.deepEqual((JSON.parse(absolute.body) as { origin: Origin; url: string }).url, "/y?z");
    });

    it("knows an internal sender over HTTP/2 too", async () => {
        const { username, password } = new URL(network.proxyFor(GOOGLE));
        const socket = await tunnel("orders.run.app:443", `${username}:${password}`);
        const { origin } = await overHttp2(socket);
        assert.deepEqual(origin, GOOGLE);
    });

    it("answers 500 where a handler slips, and goes on", async () => {
        const { status, body } = await proxied("http://broken.run.app/", network.url);
        assert.deepEqual([status, body], [500, "internal error of the sandbox: a slip\n"]);
        assert.equal((await proxied("http://orders.run.app/", network.url)).status, 200);
    });

    it("turns away credentials that are not its own", async () => {
        await assert.rejects(
            ask("https://orders.run.app/", { proxy: `http://google:guess@127.0.0.1:${network.port}` }),
        );
        const { status } = await proxied("http://orders.run.app/", `http://google:guess@127.0.0.1:${network.port}`);
        assert.equal(status, 407);
    });

    it("refuses an unknown host by name and lists it", async () => {
        await assert.rejects(ask("https://elsewhere.example/"));
        const { status, body } = await proxied("http://elsewhere.example/", network.url);
        assert.equal(status, 403);
        assert.match(body, /does not serve elsewhere\.example/);
        assert.deepEqual(hosts.refused(), [{ host: "elsewhere.example", count: 2 }]);
    });

    it("makes certificates that no client accepts for a host outside its domains", async () => {
        await assert.rejects(ask("https://evil.example/"), (error: Error) => {
            assert.match((error.cause as Error).message, /permitted subtree violation/);
            return true;
        });
        // Its twin without TLS is reached: it is the certificate that stops the client.
        assert.equal((await proxied("http://evil.example/", network.url)).body, "reached");
    });

    it("writes the root for its owner only, and no private key", () => {
        const file = join(folder, "ca.pem");
        assert.equal(statSync(file).mode & 0o777, 0o600);
        const pem = readFileSync(file, "utf8");
        assert.equal(pem.match(/BEGIN CERTIFICATE/g)?.length, 1);
        assert.doesNotMatch(pem, /PRIVATE KEY/);
    });

    it("says which port is taken", async () => {
        await assert.rejects(
            startNetwork({ hosts, port: network.port }),
            new RegExp(`port ${network.port} on 127\\.0\\.0\\.1 is taken`),
        );
    });

    it("listens no more after it was closed", async () => {
        const other = await startNetwork({ hosts });
        await other.close();
        await assert.rejects(
            new Promise((resolve, reject) =>
                connect(other.port, "127.0.0.1").on("connect", resolve).on("error", reject),
            ),
            /ECONNREFUSED/,
        );
    });

    async function overHttp2(socket: Socket): Promise<{ origin: Origin }> {
        const servername = "orders.run.app";
        const secure = connectTls({ socket, servername, ca: network.caPem, ALPNProtocols: ["h2"] });
        const session = connectHttp2(`https://${servername}`, { createConnection: () => secure });
        const stream = session.request({ ":path": "/x" });
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(chunk as Buffer);
        session.close();
        return JSON.parse(Buffer.concat(chunks).toString()) as { origin: Origin };
    }

    function tunnel(path: string, credentials?: string): Promise<Socket> {
        const headers: Record<string, string> = {};
        if (credentials) headers["proxy-authorization"] = `Basic ${Buffer.from(credentials).toString("base64")}`;
        return new Promise((resolve, reject) => {
            httpRequest({ port: network.port, host: "127.0.0.1", method: "CONNECT", path, headers })
                .on("connect", (_response, socket) => resolve(socket))
                .on("error", reject)
                .end();
        });
    }

    function proxied(url: string, proxy: string): Promise<{ status: number; body: string }> {
        const { port, username, password } = new URL(proxy);
        const headers: Record<string, string> = { host: new URL(url).host };
        if (username)
            headers["proxy-authorization"] = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
        return new Promise((resolve, reject) => {
            httpRequest({ host: "127.0.0.1", port, path: url, headers }, (response) => {
                let body = "";
                response.on("data", (chunk: Buffer) => (body += chunk.toString()));
                response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
            })
                .on("error", reject)
                .end();
        });
    }
});
