import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { promisify } from "node:util";
import { createHttp, NetworkError } from "../../credentials";
import { maximumBodyBytes } from "../../credentials/http";

async function listen(server: Server): Promise<string> {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("requests", () => {
    const servers: Server[] = [];
    const serve = async (listener: RequestListener): Promise<string> => {
        const server = createServer(listener);
        servers.push(server);
        return `http://${await listen(server)}`;
    };
    afterEach(() => {
        for (const server of servers.splice(0)) {
            server.closeAllConnections();
            server.close();
        }
    });

    /** A proxy that notes what it is asked for and lets no tunnel through. */
    const proxy = async () => {
        const asked: string[] = [];
        const server = createServer((request, response) => {
            asked.push(request.url ?? "");
            response.end("by proxy");
        });
        server.on("connect", (request, socket) => {
            asked.push(request.url ?? "");
            socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
        });
        servers.push(server);
        return { url: `http://${await listen(server)}`, asked };
    };

    it("go through the proxy that the environment names, but for the hosts that it excepts", async () => {
        const { url, asked } = await proxy();
        const direct = await serve((_, response) => response.end("direct"));
        const http = createHttp({ env: { HTTPS_PROXY: url, NO_PROXY: "localhost,127.0.0.1" } });
        await assert.rejects(http.request({ url: "https://run.googleapis.com/v2" }), NetworkError);
        assert.deepEqual(asked, ["run.googleapis.com:443"]);
        assert.equal((await http.request({ url: direct })).body, "direct");
        assert.equal(asked.length, 1);
        await http.close();
    });

    it("follow no redirect, not those of client libraries either", async () => {
        let reached = 0;
        const away = await serve((_, response) => response.end(String((reached += 1))));
        const here = await serve((_, response) => response.writeHead(307, { location: away }).end());
        const http = createHttp({ env: {} });
        assert.equal((await http.request({ url: here, method: "POST", body: "secret" })).status, 307);
        const answer = await http.fetch(here, { method: "POST", body: "secret" });
        assert.deepEqual([answer.status, reached], [307, 0]);
        await http.close();
    });

    it("do not look for a proxy elsewhere than in the environment given", async () => {
        const { url, asked } = await proxy();
        const direct = await serve((_, response) => response.end("direct"));
        const before = process.env["HTTP_PROXY"];
        process.env["HTTP_PROXY"] = url;
        try {
            const http = createHttp({ env: {} });
            assert.equal((await http.request({ url: direct })).body, "direct");
            assert.deepEqual(asked, []);
            await http.close();
        } finally {
            if (before === undefined) {
                delete process.env["HTTP_PROXY"];
            } else {
                process.env["HTTP_PROXY"] = before;
            }
        }
    });

    it("do not follow redirects: a token must not travel on", async () => {
        const seen: (string | undefined)[] = [];
        const target = await serve((request, response) => {
            seen.push(request.headers.authorization);
            response.end();
        });
        const first = await serve((_, response) => response.writeHead(302, { location: target }).end());
        const http = createHttp({ env: {} });
        const answer = await http.request({ url: first, headers: { authorization: "Bearer x" } });
        assert.deepEqual([answer.status, answer.headers["location"], seen.length], [302, target, 0]);
        await http.close();
    });

    it("end with a network error that names the host, when nobody answers, drops the line or takes too long", async () => {
        const http = createHttp({ env: {} });
        const dropping = await serve((request) => request.socket.destroy());
        const slow = await serve(() => undefined);
        const code = async (url: string) => {
            const error: unknown = await http.request({ url, timeoutSeconds: 0.2 }).catch((reason: unknown) => reason);
            assert.ok(error instanceof NetworkError);
            assert.ok(error.message.includes(new URL(url).host), error.message);
            return error.code;
        };
        assert.equal(await code("http://127.0.0.1:1/"), "ECONNREFUSED");
        assert.equal(await code(slow), "TIMEOUT");
        assert.ok(["UND_ERR_SOCKET", "ECONNRESET"].includes(await code(dropping)));
        await http.close();
    });

    it("read no more of an endless body than is compared", async () => {
        const endless = await serve((_, response) => {
            const more = () => {
                while (!response.destroyed && response.write("x".repeat(65_536))) {
                    // It writes until the buffer is full.
                }
            };
            response.on("drain", more);
            more();
        });
        const http = createHttp({ env: {} });
        assert.equal((await http.request({ url: endless })).body.length, maximumBodyBytes);
        await http.close();
    });

    it("do not keep the process alive once they are answered", async () => {
        const server = await serve((_, response) => response.end("done"));
        const module = path.resolve(__dirname, "../../credentials/http.ts");
        const script = `require(${JSON.stringify(module)}).createHttp({ env: {} }).request({ url: ${JSON.stringify(server)} }).then(({ body }) => console.log(body))`;
        const register = path.resolve(__dirname, "../../scripts/register.cjs");
        const args = ["--no-experimental-strip-types", "-r", register, "-e", script];
        const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 100_000 });
        assert.equal(stdout.trim(), "done");
    });
});
