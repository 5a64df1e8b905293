import { strict as assert } from "node:assert";
import { connect as connectHttp2 } from "node:http2";
import { connect, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { World, type Account } from "./world";

describe("requests that try to be two things at once", () => {
    let world: World;
    let account: Account;
    let mine: { url: string; resource: string };
    let other: { url: string; resource: string };
    let token: string;

    before(async () => {
        world = await World.start();
        account = await world.account();
        mine = await world.service();
        other = await world.service();
        world.grant(mine.resource, "roles/run.invoker", account);
        token = world.cloud.tokens.mintIdToken(account, mine.url);
    });
    after(() => world.close());

    const host = ({ url }: { url: string }): string => new URL(url).host;

    /** A tunnel to a host, as clients make it, with TLS in it. */
    async function tunnel(to: string, protocol: "http/1.1" | "h2" = "http/1.1"): Promise<TLSSocket> {
        const socket = await new Promise<Socket>((resolve, reject) => {
            const opened = connect(world.sandbox.network.port, "127.0.0.1", () =>
                opened.write(`CONNECT ${to}:443 HTTP/1.1\r\nHost: ${to}:443\r\n\r\n`),
            );
            opened.once("data", (data) => {
                if (data.toString().startsWith("HTTP/1.1 200")) {
                    resolve(opened);
                } else {
                    reject(new Error(data.toString()));
                }
            });
            opened.once("error", reject);
        });
        return new Promise((resolve, reject) => {
            const secure = connectTls(
                { socket, servername: to, ca: world.sandbox.network.caPem, ALPNProtocols: [protocol] },
                () => resolve(secure),
            );
            secure.once("error", reject);
        });
    }

    /** The status of a request written by hand. */
    async function raw(lines: string[], to = host(mine)): Promise<number> {
        const socket = await tunnel(to);
        return new Promise((resolve, reject) => {
            let text = "";
            socket.on("data", (data: Buffer) => {
                text += data.toString();
                const [, status] = /^HTTP\/1\.1 (\d+)/.exec(text) ?? [];
                if (status === undefined) {
                    return;
                }
                socket.destroy();
                resolve(Number(status));
            });
            socket.once("error", reject);
            socket.once("close", () => reject(new Error(`closed after "${text}"`)));
            socket.write([...lines, "", ""].join("\r\n"));
        });
    }
    const get = (hostHeaders: string[], path = "/", authorization = [`Authorization: Bearer ${token}`]) =>
        raw([`GET ${path} HTTP/1.1`, ...hostHeaders.map((name) => `Host: ${name}`), ...authorization]);

    it("finds a service whatever the case of its host, and with its port", async () => {
        assert.equal(await get([host(mine)]), 200);
        assert.equal(await get([host(mine).toUpperCase()]), 200);
        assert.equal(await get([`${host(mine)}:443`]), 200);
    });

    it("checks the token against the service that answers, whatever name the connection was made to", async () => {
        // The tunnel and its certificate are for `mine`.
        assert.equal(await get([host(other)]), 401);
        assert.equal(await get(["iam.googleapis.com"], "/v1/projects/demo/serviceAccounts"), 401);
    });

    it("answers 400 to two hosts", async () => {
        assert.equal(await get([host(mine), host(other)]), 400);
        assert.equal(await get([host(other), host(mine)]), 400);
    });

    it("takes a request target in absolute form for the host that it names, and refuses one that differs", async () => {
        assert.equal(await get([host(mine)], `${mine.url}/x`), 200);
        assert.equal(await get([host(mine)], `${other.url}/x`), 400);
        assert.equal(await get([host(mine)], "https://iam.googleapis.com/v1/projects/demo/serviceAccounts"), 400);
    });

    it("refuses a second credential, hidden by case, comma, tab or fold", async () => {
        const good = `Authorization: Bearer ${token}`;
        const cases: [expected: number, lines: string[]][] = [
            [200, [`authorization: bearer ${token}`]],
            [200, [`AUTHORIZATION: BEARER ${token}`]],
            [401, [good, `authorization: Bearer ${token}`]],
            [401, [`Authorization: Bearer ${token},Bearer ${token}`]],
            [401, [`Authorization: Bearer\t${token}`]],
            [401, ["Authorization: "]],
            [401, ["Authorization: Bearer "]],
            [401, ["X-Serverless-Authorization: Bearer nonsense", good]],
            [200, [`X-Serverless-Authorization: Bearer ${token}`, "Authorization: Bearer nonsense"]],
            [401, [`X-Serverless-Authorization: Bearer ${token}`, `X-Serverless-Authorization: Bearer ${token}`]],
            [400, [good, " folded: line", "Transfer-Encoding: chunked", "Content-Length: 4"]],
        ];
        for (const [expected, lines] of cases) {
            assert.equal(await get([host(mine)], "/", lines), expected, lines.join("|").replaceAll(token, "TOKEN"));
        }
    });

    it("answers 431 to a header that is too large, and serves the next", async () => {
        assert.equal(await get([host(mine)], "/", [`Authorization: Bearer ${"a".repeat(100_000)}`]), 431);
        assert.equal(await get([host(mine)], "/", [`Authorization: Bearer ${"a".repeat(10_000)}`]), 401);
        assert.equal(await get([host(mine)]), 200);
    });

    it("goes by the authority of an HTTP/2 request, and refuses a host beside it that differs", async () => {
        const socket = await tunnel(host(mine), "h2");
        const session = connectHttp2(mine.url, { createConnection: () => socket });
        const status = (headers: Record<string, string | string[]>): Promise<number> =>
            new Promise((resolve, reject) => {
                const stream = session.request({ ":path": "/", ":method": "GET", ...headers });
                stream.on("response", (answer) => resolve(Number(answer[":status"])));
                stream.on("error", reject);
                stream.resume();
                stream.end();
            });
        const authorization = `Bearer ${token}`;
        try {
            assert.equal(await status({ authorization }), 200);
            assert.equal(await status({ authorization, ":authority": `${host(mine).toUpperCase()}:443` }), 200);
            assert.equal(await status({ authorization, ":authority": host(other) }), 401);
            assert.equal(await status({ authorization, ":authority": host(mine), host: host(mine) }), 200);
            assert.equal(await status({ authorization, ":authority": host(mine), host: host(other) }), 400);
            assert.equal(await status({ authorization, ":authority": host(other), host: host(mine) }), 400);
            await assert.rejects(
                status({ authorization, ":path": "https://iam.googleapis.com/v1/x" }),
                /PROTOCOL_ERROR/,
            );
        } finally {
            session.destroy();
        }
    });
});
