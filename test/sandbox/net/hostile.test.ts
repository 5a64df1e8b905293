import assert from "node:assert/strict";
import { connect as connectHttp2, constants } from "node:http2";
import { connect, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import fc from "fast-check";
import { Sandbox } from "../../../sandbox";
import { until } from "../senders/scene";

const HOST = "secretmanager.googleapis.com";
const METHOD = "/google.cloud.secretmanager.v1.SecretManagerService/CreateSecret";
/** `FUZZ_FRAMES=5000` for a night. */
const FRAMES = Number(process.env.FUZZ_FRAMES ?? 150);

describe("the network, to clients that mean no good", () => {
    let sandbox: Sandbox;
    let token: string;
    before(async () => {
        sandbox = await Sandbox.start();
        token = sandbox.cloud.tokens.mintAccessToken({ kind: "user", email: "owner@example.com" }, [
            "https://www.googleapis.com/auth/cloud-platform",
        ]);
    });
    after(() => sandbox.close());
    afterEach("serves the next as if nothing had been", async () => {
        const { status } = await sandbox.request("GET", `https://${HOST}/v1/projects/demo/secrets`);
        assert.equal(status, 200);
        assert.equal(await raw(`GET /v1/projects/demo/secrets HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`), "401");
    });

    async function tunnel(protocol: string, host = HOST): Promise<TLSSocket> {
        const socket = await new Promise<Socket>((resolve, reject) => {
            const opened = connect(sandbox.network.port, "127.0.0.1", () =>
                opened.write(`CONNECT ${host}:443 HTTP/1.1\r\nHost: ${host}:443\r\n\r\n`),
            );
            opened.once("data", () => resolve(opened));
            opened.once("error", reject);
        });
        return new Promise((resolve, reject) => {
            const options = { socket, servername: host, ca: sandbox.network.caPem, ALPNProtocols: [protocol] };
            const secure = connectTls(options, () => resolve(secure));
            secure.once("error", reject);
        });
    }

    /** The status that text written by hand is answered with; `closed` where the connection ends without. */
    async function raw(...parts: (string | Buffer)[]): Promise<string> {
        const socket = await tunnel("http/1.1");
        return new Promise((resolve) => {
            let text = "";
            socket.on("data", (data: Buffer) => {
                text += data.toString("latin1");
                const [, status] = /^HTTP\/1\.1 (\d+)/.exec(text) ?? [];
                if (status === undefined) {
                    return;
                }
                socket.destroy();
                resolve(status);
            });
            socket.on("error", () => undefined);
            socket.once("close", () => resolve("closed"));
            for (const part of parts) {
                socket.write(part);
            }
        });
    }

    const post = (length: string): string =>
        `POST /v1/projects/demo/secrets?secretId=x HTTP/1.1\r\nHost: ${HOST}\r\nAuthorization: Bearer ${token}\r\n${length}\r\n\r\n`;

    it("answers 400 to lengths that contradict one another, and takes no second request out of a body", async () => {
        const smuggled = `GET /v1/projects/demo/secrets HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`;
        assert.equal(await raw(post("Content-Length: 5\r\nTransfer-Encoding: chunked"), `0\r\n\r\n${smuggled}`), "400");
        assert.equal(await raw(post("Content-Length: 5\r\nContent-Length: 6"), "{}\r\n\r\n"), "400");
        assert.equal(await raw(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"), "0\r\n\r\n"), "400");
        assert.equal(await raw(post("Transfer-Encoding: chunked"), "zz\r\n{}\r\n0\r\n\r\n"), "400");
        assert.equal(await raw(post("Content-Length: -1")), "400");
        assert.equal(await raw("GET / HTTP/1.1\nHost: x\n\n\0\0"), "400");
        assert.equal(await raw("\x16\x03\x01garbage\r\n\r\n"), "400");
    });

    it("answers what a body is not, however deep or broken it is", async () => {
        const send = (body: string | Buffer): Promise<string> =>
            raw(post(`Content-Length: ${Buffer.byteLength(body)}`), body);
        for (const body of ["[".repeat(100_000), '{"a":'.repeat(50_000), "\u0000", '{"__proto__":{"a":1}}', "{"]) {
            assert.equal(await send(body), "400", body.slice(0, 20));
        }
        assert.equal(await send(Buffer.from([0xff, 0xfe, 0x80])), "400");
    });

    it("stops reading a body that has no end", async () => {
        const socket = await tunnel("http/1.1");
        socket.write(post("Transfer-Encoding: chunked"));
        const chunk = Buffer.concat([Buffer.from("100000\r\n"), Buffer.alloc(0x100000, 0x20), Buffer.from("\r\n")]);
        const answered = new Promise<string>((resolve) => {
            socket.once("data", (data: Buffer) => resolve(data.toString("latin1").slice(9, 12)));
            socket.on("error", () => undefined);
            socket.once("close", () => resolve("closed"));
        });
        for (let sent = 0; sent < 200 && !socket.destroyed; sent++) {
            await Promise.race([answered, new Promise<void>((resolve) => void socket.write(chunk, () => resolve()))]);
        }
        assert.match(await answered, /400|closed/);
        socket.destroy();
    });

    it("answers a body that is announced too large before it comes, and the next request on the connection", async () => {
        const host = "oauth2.googleapis.com";
        const socket = await tunnel("http/1.1", host);
        const length = 1024 * 1024 + 1;
        const statuses: string[] = [];
        let text = "";
        socket.on("data", (data: Buffer) => {
            text += data.toString("latin1");
            statuses.splice(
                0,
                Infinity,
                ...Array.from(text.matchAll(/HTTP\/1\.1 (\d+)/g), ([, status = ""]) => status),
            );
        });
        socket.write(`POST /token HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${length}\r\n\r\n`);
        await until(() => statuses.length === 1);
        socket.write(Buffer.alloc(length, 0x20));
        socket.write(`GET /nothing HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
        await until(() => statuses.length === 2 || socket.destroyed);
        assert.deepEqual(statuses, ["400", "404"]);
        socket.destroy();
    });

    it("forgets a body whose sender goes away", async () => {
        for (const part of ["", "{", '{"labels":']) {
            const socket = await tunnel("http/1.1");
            socket.write(post("Content-Length: 100") + part);
            socket.destroy();
        }
    });

    it("serves others while some send a byte now and then, and forgets them when they go", async () => {
        const slow = await Promise.all(Array.from({ length: 50 }, () => tunnel("http/1.1")));
        for (const socket of slow) {
            socket.on("error", () => undefined);
            socket.write("POST /v1/projects/demo/secrets HTTP/1.1\r\nHost: ");
        }
        const { status } = await sandbox.request("GET", `https://${HOST}/v1/projects/demo/secrets`);
        assert.equal(status, 200);
        for (const socket of slow) {
            socket.destroy();
        }
    });

    /** The gRPC status of a body, or how its stream ended; one connection for all. */
    async function grpc(
        session: ReturnType<typeof connectHttp2>,
        body: Uint8Array,
        headers: object = {},
    ): Promise<string> {
        return new Promise((resolve) => {
            const stream = session.request({
                ":method": "POST",
                ":path": METHOD,
                ":authority": HOST,
                "content-type": "application/grpc",
                te: "trailers",
                authorization: `Bearer ${token}`,
                ...headers,
            });
            let found = "";
            const look = (all: Record<string, unknown>): void => {
                const status = all["grpc-status"] ?? all[constants.HTTP2_HEADER_STATUS];
                if (typeof status === "string" || typeof status === "number") {
                    found = String(status);
                }
            };
            stream.on("response", look);
            stream.on("trailers", look);
            stream.on("error", () => undefined);
            stream.resume().on("close", () => resolve(found === "" ? "closed" : found));
            stream.end(body);
        });
    }

    it(`ends each of ${FRAMES} calls of broken gRPC frames with a status`, async () => {
        const session = connectHttp2(`https://${HOST}`, { createConnection: () => opened });
        session.on("error", () => undefined);
        const frame = fc
            .tuple(
                fc.constantFrom(0, 1, 2, 255),
                fc.oneof(fc.nat(64), fc.constantFrom(0x7fffffff, 0xffffffff)),
                fc.uint8Array({ maxLength: 64 }),
            )
            .map(([flag, length, bytes]) => {
                const prefix = Buffer.alloc(5);
                prefix.writeUInt8(flag);
                prefix.writeUInt32BE(length, 1);
                return Buffer.concat([prefix, bytes]);
            });
        const whole = fc.uint8Array({ maxLength: 64 }).map((bytes) => {
            const prefix = Buffer.alloc(5);
            prefix.writeUInt32BE(bytes.length, 1);
            return Buffer.concat([prefix, bytes]);
        });
        const statuses = new Set<string>();
        await fc.assert(
            fc.asyncProperty(fc.oneof(frame, whole, fc.uint8Array({ maxLength: 12 })), async (body) => {
                const status = await grpc(session, body);
                statuses.add(status);
                // 13 is what gRPC says to a message that is none: https://grpc.io/docs/guides/status-codes/
                assert.match(status, /^(3|8|11|12|13|400|closed)$/, `status ${status}`);
            }),
            { numRuns: FRAMES },
        );
        assert.ok(statuses.has("3") && statuses.has("13"), [...statuses].join(", "));
        const path = await grpc(session, Buffer.alloc(5), { ":path": "/no.such.Service/Method" });
        assert.match(path, /^(12|404)$/);
        session.destroy();
    });

    let opened: TLSSocket;
    beforeEach(async () => {
        opened = await tunnel("h2");
    });
    afterEach(() => opened.destroy());
});
