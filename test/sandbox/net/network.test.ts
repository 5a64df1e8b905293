import assert from "node:assert/strict";
import { once } from "node:events";
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
import { skip } from "../../support/skip";

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

    it("answers for an API that it does not serve as Google does, so that clients end with a sentence", async () => {
        const answer = (await ask("https://bigquery.googleapis.com/bigquery/v2/projects")) as {
            error: Record<string, unknown>;
        };
        assert.deepEqual([answer.error.code, answer.error.status], [400, "FAILED_PRECONDITION"]);
        assert.match(String(answer.error.message), /does not serve bigquery\.googleapis\.com/);
        const socket = await tunnel("bigquery.googleapis.com:443");
        const secure = connectTls({
            socket,
            servername: "bigquery.googleapis.com",
            ca: network.caPem,
            ALPNProtocols: ["h2"],
        });
        const session = connectHttp2("https://bigquery.googleapis.com", { createConnection: () => secure });
        const stream = session.request({ ":method": "POST", ":path": "/a.B/C", "content-type": "application/grpc" });
        const [headers] = (await once(stream, "response")) as [Record<string, string>];
        assert.equal(headers["grpc-status"], "12");
        assert.match(decodeURI(String(headers["grpc-message"])), /does not serve bigquery\.googleapis\.com/);
        session.destroy();
        assert.deepEqual(hosts.refused().at(-1), { host: "bigquery.googleapis.com", count: 2 });
    });

    it("makes certificates that no client accepts for a host outside its domains", async () => {
        const socket = await tunnel("run.googleapis.com:443");
        const secure = connectTls({ socket, servername: "evil.example", ca: network.caPem });
        const [error] = (await once(secure, "error")) as [Error];
        assert.match(error.message, /permitted subtree violation/);
        // A client that asks for the host itself learns what to do.
        await assert.rejects(ask("https://evil.example/"), (failure: Error) => {
            assert.match((failure.cause as Error).message, /cancelled|403/);
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
        for await (const chunk of stream) {
            chunks.push(chunk as Buffer);
        }
        session.close();
        return JSON.parse(Buffer.concat(chunks).toString()) as { origin: Origin };
    }

    function tunnel(path: string, credentials?: string): Promise<Socket> {
        const headers: Record<string, string> = {};
        if (credentials) {
            headers["proxy-authorization"] = `Basic ${Buffer.from(credentials).toString("base64")}`;
        }
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
        if (username) {
            headers["proxy-authorization"] = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
        }
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

describe("the addresses that the sandbox listens on", function () {
    /** Of Linux's loopback, every address of which is there; nobody but this machine reaches it. */
    const other = "127.0.0.2";
    const hosts = createHosts();
    hosts.serve("*.run.app", (_request, response, origin) => response.end(JSON.stringify(origin)));
    let network: Network | undefined;
    before(function () {
        if (process.platform !== "linux") {
            skip(this, "only Linux has more than one address of loopback by itself");
        }
    });
    afterEach(() => network?.close());

    /** What a client is answered that comes to this address. */
    function ask(address: string, { port, proxyFor }: Network, origin?: Origin): Promise<string> {
        const { username, password } = new URL(origin ? proxyFor(origin) : "http://x");
        const credentials = Buffer.from(`${username}:${password}`).toString("base64");
        const headers = { host: "a.run.app", ...(origin && { "proxy-authorization": `Basic ${credentials}` }) };
        return new Promise((resolve) => {
            httpRequest({ host: address, port, path: "http://a.run.app/", headers, agent: false }, (response) => {
                response.setEncoding("utf8").on("data", resolve);
            })
                .on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""))
                .end();
        });
    }

    it("are loopback alone", async () => {
        network = await startNetwork({ hosts });
        assert.equal(await ask("127.0.0.1", network), '{"kind":"outside"}');
        assert.equal(await ask(other, network), "ECONNREFUSED");
    });

    for (const beyond of ["0.0.0.0", "::", other]) {
        it(`are loopback and more where that is asked for: ${beyond}`, async function () {
            try {
                network = await startNetwork({ hosts, listenBeyondLoopback: beyond });
            } catch (error) {
                if (beyond === "::") {
                    skip(this, "this machine has no IPv6");
                }
                throw error;
            }
            for (const address of ["127.0.0.1", other]) {
                assert.equal(await ask(address, network), '{"kind":"outside"}');
                assert.match(await ask(address, network, GOOGLE), /"service":"workflows"/);
            }
        });
    }

    it("are the machine's own: another is refused by name, and nothing listens then", async () => {
        const start = startNetwork({ hosts, listenBeyondLoopback: "192.0.2.1" });
        await assert.rejects(start, /this machine has no address 192\.0\.2\.1 to listen on; it has 127\.0\.0\.1/);
    });

    it("tell who is who by more than a port, which two clients may have in common", async () => {
        network = await startNetwork({ hosts, listenBeyondLoopback: other });
        const { port, proxyFor } = network;
        const { username, password } = new URL(proxyFor(GOOGLE));
        const credentials = `Proxy-Authorization: Basic ${Buffer.from(`${username}:${password}`).toString("base64")}\r\n`;
        const tunnel = async (address: string, from: number, header: string): Promise<Socket> => {
            const socket = connect({ host: address, port, localAddress: "127.0.0.1", localPort: from });
            await once(socket, "connect");
            socket.write(`CONNECT a.run.app:80 HTTP/1.1\r\nHost: a.run.app:80\r\n${header}\r\n`);
            await once(socket, "data");
            return socket;
        };
        const inside = await tunnel("127.0.0.1", 0, credentials);
        const outside = await tunnel(other, inside.localPort ?? 0, "");
        assert.equal(outside.localPort, inside.localPort);
        const origin = async (socket: Socket): Promise<string> => {
            socket.write("GET / HTTP/1.1\r\nHost: a.run.app\r\nConnection: close\r\n\r\n");
            let text = "";
            for await (const chunk of socket) {
                text += String(chunk);
            }
            return text;
        };
        assert.match(await origin(outside), /\{"kind":"outside"\}/);
        assert.match(await origin(inside), /"service":"workflows"/);
    });
});
