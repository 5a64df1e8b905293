import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect as connectHttp2 } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Sandbox } from "../../../sandbox";
import { until } from "../senders/scene";
import { tunnelTo } from "../support/over";

const services = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
/** Answers at `/early` without having read the body, and elsewhere with its length. */
const HANDLER = `module.exports = (request, response) => {
    if (request.url === "/early") {
        response.end("early");
        return;
    }
    if (request.url === "/begun") {
        response.write("early");
        return;
    }
    let length = 0;
    request.on("data", (part) => (length += part.length)).on("end", () => response.end("length " + length));
};
`;

describe("what is answered before a body has come", function () {
    this.timeout(60_000);
    let sandbox: Sandbox;
    let folder: string;
    const hosts = new Map<string, string>();
    const silent = process.stderr.write.bind(process.stderr);
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "before-body-"));
        writeFileSync(join(folder, "handler.cjs"), HANDLER);
        const program = `require("node:http").createServer(require("./handler.cjs")).listen(process.env.PORT, "127.0.0.1");`;
        writeFileSync(join(folder, "program.cjs"), program);
        writeFileSync(
            join(folder, "sandbox.yaml"),
            "services:\n  - { image: handler, handler: ./handler.cjs }\n  - { image: program, command: [node, program.cjs] }\n",
        );
        process.stderr.write = () => true;
        sandbox = await Sandbox.start({ mapping: join(folder, "sandbox.yaml") });
        for (const id of ["handler", "program", "closed"]) {
            const template = { containers: [{ image: id }] };
            await sandbox.request("POST", `${services}?serviceId=${id}`, { body: { template } });
            const members = id === "closed" ? ["user:ann@example.com"] : ["allUsers"];
            const policy = { bindings: [{ role: "roles/run.invoker", members }] };
            await sandbox.request("POST", `${services}/${id}:setIamPolicy`, { body: { policy } });
            const made = await sandbox.request("GET", `${services}/${id}`);
            hosts.set(id, new URL((made.body as { uri: string }).uri).host);
        }
    });
    after(async () => {
        await sandbox.close();
        process.stderr.write = silent;
        rmSync(folder, { recursive: true });
    });

    /** A connection on which text is sent by hand, and the lines that tell what came of it. */
    async function open(id: string) {
        const host = hosts.get(id) ?? "";
        const socket = await tunnelTo(sandbox.network, host, "http/1.1");
        let text = "";
        socket.on("data", (data: Buffer) => (text += data.toString("latin1"))).on("error", () => undefined);
        const said = (): string[] => text.match(/HTTP\/1\.1 \d+|early|length \d+/g) ?? [];
        const send = (first: string, ...lines: string[]): void =>
            void socket.write([`${first} HTTP/1.1`, `host: ${host}`, ...lines, "", ""].join("\r\n"));
        return { socket, said, send };
    }

    for (const id of ["handler", "program"]) {
        it(`a client that asks whether to send is told to, where a ${id} lets it in`, async () => {
            const { socket, said, send } = await open(id);
            send("POST /", "expect: 100-continue", "content-length: 3");
            await until(() => said().length === 1);
            assert.deepEqual(said(), ["HTTP/1.1 100"]);
            socket.write("abc");
            await until(() => said().length === 3);
            send("GET /", "connection: close");
            await once(socket, "close");
            assert.deepEqual(said(), ["HTTP/1.1 100", "HTTP/1.1 200", "length 3", "HTTP/1.1 200", "length 0"]);
        });

        it(`the next request is answered after one whose body a ${id} has not read`, async () => {
            const { socket, said, send } = await open(id);
            const size = 6_000_000;
            send("POST /early", `content-length: ${size}`);
            socket.write(Buffer.alloc(size, 97));
            send("GET /", "connection: close");
            await once(socket, "close");
            assert.deepEqual(said(), ["HTTP/1.1 200", "early", "HTTP/1.1 200", "length 0"]);
        });
    }

    it("a client that asks whether to send is refused at once, where it is not let in, and its body is no request", async () => {
        const { socket, said, send } = await open("closed");
        send("POST /", "expect: 100-continue", "content-length: 300");
        await until(() => said().length === 1);
        send("GET /");
        await Promise.race([once(socket, "close"), sleep(5000)]);
        assert.deepEqual(said(), ["HTTP/1.1 403"]);
    });

    for (const [id, informed, status] of [
        ["closed", [], 403],
        ["handler", [100], 200],
    ] as const) {
        it(`is the same over HTTP/2: ${status}`, async () => {
            const host = hosts.get(id) ?? "";
            const socket = await tunnelTo(sandbox.network, host, "h2");
            const session = connectHttp2(`https://${host}`, { createConnection: () => socket });
            const stream = session.request({ ":method": "POST", ":path": "/", expect: "100-continue" });
            const got: number[] = [];
            stream.on("headers", (headers) => got.push(Number(headers[":status"])));
            stream.on("continue", () => stream.end("abc"));
            const [headers] = (await once(stream, "response")) as [{ ":status": number }];
            assert.deepEqual([got.slice(0, 1), headers[":status"]], [informed, status]);
            session.destroy();
        });
    }

    it("a refusal over HTTP/2 resets no stream whose body the client still sends", async () => {
        const host = hosts.get("closed") ?? "";
        for (const path of ["/", "https://no-service.run.app/"]) {
            const to = path === "/" ? host : new URL(path).host;
            const socket = await tunnelTo(sandbox.network, to, "h2");
            const session = connectHttp2(`https://${to}`, { createConnection: () => socket });
            const stream = session.request({ ":method": "POST", ":path": "/", "content-type": "application/grpc" });
            stream.write("a");
            const [headers] = (await once(stream, "response")) as [{ ":status": number }];
            await once(stream.resume(), "end");
            // A ping comes back after all that the sandbox has sent before it.
            await new Promise<void>((resolve) => session.ping(() => resolve()));
            await new Promise<void>((resolve) => session.ping(() => resolve()));
            assert.deepEqual([headers[":status"], stream.closed], [to === host ? 403 : 404, false]);
            stream.end("b");
            await once(stream, "close");
            assert.equal(stream.rstCode, 0);
            session.destroy();
        }
    });

    it("what is no request ends an answer that has begun, and writes nothing into it", async () => {
        for (const broken of ["\0 broken\r\n\r\n", `GET / HTTP/1.1\r\nx: ${"x".repeat(100_000)}\r\n\r\n`]) {
            const { socket, said, send } = await open("handler");
            send("GET /begun");
            await until(() => said().length === 2);
            socket.write(broken);
            await once(socket, "close");
            assert.deepEqual(said(), ["HTTP/1.1 200", "early"]);
        }
    });

    const SOCKET = [
        "connection: upgrade",
        "upgrade: websocket",
        "sec-websocket-version: 13",
        "sec-websocket-key: eA==",
    ];
    const OTHER = ["connection: upgrade", "upgrade: h2c"];
    for (const upgrade of [SOCKET, OTHER]) {
        for (const first of [
            ["GET /begun"],
            ["POST /begun", "expect: 100-continue", "content-length: 0"],
            ["POST /begun", "expect: something", "content-length: 0"],
            ["GET /"],
        ] as const) {
            const name = `${upgrade[1] ?? ""} after ${first.slice(0, 2).join(", ")}`;
            it(`an upgrade that is asked for before the answer to the last request ends nothing: ${name}`, async () => {
                const { socket, said, send } = await open("handler");
                const [line, ...headers] = first;
                send(line, ...headers);
                send("GET /", ...upgrade);
                send("GET /begun");
                await until(() => said().length > 0 || socket.destroyed);
                if (line === "GET /") {
                    await until(() => said().length >= 4);
                    assert.deepEqual(said().slice(0, 4), ["HTTP/1.1 200", "length 0", "HTTP/1.1 200", "length 0"]);
                }
                socket.destroy();
                const next = await open("handler");
                next.send("GET /", "connection: close");
                await once(next.socket, "close");
                assert.deepEqual(next.said(), ["HTTP/1.1 200", "length 0"]);
            });
        }
    }

    it("headers that are too large are answered with 431, and not by the end of the connection alone", async () => {
        const { socket, said, send } = await open("handler");
        send("GET /", `x-large: ${"x".repeat(200_000)}`);
        await once(socket, "close");
        assert.deepEqual(said(), ["HTTP/1.1 431"]);
    });
});
