import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as requestHttp, type IncomingMessage } from "node:http";
import { connect as connectHttp2, type IncomingHttpHeaders } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { TLSSocket } from "node:tls";
import { Sandbox } from "../../../sandbox";
import { enter } from "../../support/enter";
import { tunnelTo } from "../support/over";

const services = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
const MOST = 32 * 2 ** 20;

/** Answers with the length of the body, or with as many bytes as the path says: with their length, or in chunks. */
const HANDLER = `module.exports = (request, response) => {
    const [, way, size] = request.url.split("/");
    if (way === "length") {
        response.end(Buffer.alloc(Number(size), 120));
    } else if (way === "chunks") {
        for (let sent = 0; sent < Number(size); sent += 2 ** 20) response.write(Buffer.alloc(2 ** 20, 120));
        response.end();
    } else if (way === "none") {
        response.writeHead(304, { "content-length": size }).end();
    } else {
        let length = 0;
        request.on("data", (part) => (length += part.length)).on("end", () => response.end(String(length)));
    }
};
`;
const PROGRAM = `require("node:http").createServer(require("./handler.cjs")).listen(process.env.PORT, "127.0.0.1");\n`;
const H2C = `require("node:http2").createServer(require("./handler.cjs")).listen(process.env.PORT, "127.0.0.1");\n`;

interface Answer {
    status: number;
    headers: IncomingHttpHeaders;
    /** The body, or its length where it is long. */
    body: string | number;
}

/** https://docs.cloud.google.com/run/quotas */
describe("the sizes of bodies that Cloud Run passes on", function () {
    this.timeout(120_000);
    let sandbox: Sandbox;
    let leave: () => void;
    let folder: string;
    const hosts = new Map<string, string>();
    const silent = process.stderr.write.bind(process.stderr);
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "limits-"));
        const files = { "handler.cjs": HANDLER, "program.cjs": PROGRAM, "h2c.cjs": H2C };
        Object.entries(files).forEach(([name, text]) => writeFileSync(join(folder, name), text));
        writeFileSync(
            join(folder, "sandbox.yaml"),
            "services:\n  - { image: handler, handler: ./handler.cjs }\n" +
                ["program", "h2c"].map((id) => `  - { image: ${id}, command: [node, ${id}.cjs] }\n`).join("") +
                'functions:\n  - { function: "*", handler: ./handler.cjs }\n',
        );
        process.stderr.write = () => true;
        sandbox = await Sandbox.start({ mapping: join(folder, "sandbox.yaml") });
        leave = enter(sandbox);
        for (const id of ["handler", "program", "h2c"]) {
            const ports = [{ name: id === "h2c" ? "h2c" : "http1", containerPort: 8080 }];
            const template = { containers: [{ image: id, ports, resources: { limits: { memory: "1Gi" } } }] };
            await sandbox.request("POST", `${services}?serviceId=${id}`, { body: { template } });
            const policy = { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] };
            await sandbox.request("POST", `${services}/${id}:setIamPolicy`, { body: { policy } });
            const made = await sandbox.request("GET", `${services}/${id}`);
            hosts.set(id, new URL((made.body as { uri: string }).uri).host);
        }
        const functions = "https://cloudfunctions.googleapis.com/v1/projects/demo/locations/europe-west1/functions";
        const name = "projects/demo/locations/europe-west1/functions/first";
        const source = { runtime: "nodejs22", entryPoint: "answer", sourceArchiveUrl: "gs://b/o" };
        await sandbox.request("POST", functions, { body: { name, ...source, httpsTrigger: {} } });
        const policy = { bindings: [{ role: "roles/cloudfunctions.invoker", members: ["allUsers"] }] };
        await sandbox.request("POST", `${functions}/first:setIamPolicy`, { body: { policy } });
        hosts.set("first", "europe-west1-demo.cloudfunctions.net");
    });
    after(async () => {
        leave();
        await sandbox.close();
        process.stderr.write = silent;
        rmSync(folder, { recursive: true });
    });

    interface Asked {
        path?: string;
        method?: string;
        /** How many bytes of a body are sent, and whether their number is told before. */
        sent?: number;
        announced?: boolean;
    }
    // Large buffers have the garbage collector look through all that the test files before have loaded.
    const piece = Buffer.alloc(2 ** 20, 97);
    const bytes = (size: number): Readable =>
        Readable.from(
            (function* () {
                for (let left = size; left > 0; left -= piece.length) {
                    yield piece.subarray(0, left);
                }
            })(),
        );
    async function ask1(host: string, asked: Asked, socket: TLSSocket): Promise<Answer> {
        const { path = "/", sent, announced, method = sent === undefined ? "GET" : "POST" } = asked;
        const headers = { host, ...(announced && { "content-length": sent }) };
        const ask = requestHttp({ createConnection: () => socket, path, method, headers });
        const answered = once(ask, "response") as Promise<[IncomingMessage]>;
        ask.on("error", () => undefined);
        bytes(sent ?? 0)
            .on("error", () => undefined)
            .pipe(ask);
        const [answer] = await answered;
        return { status: answer.statusCode ?? 0, headers: answer.headers, body: await bodyOf(answer) };
    }
    async function ask2(host: string, asked: Asked, socket: TLSSocket): Promise<Answer> {
        const { path = "/", sent, announced, method = sent === undefined ? "GET" : "POST" } = asked;
        const session = connectHttp2(`https://${host}`, { createConnection: () => socket });
        const stream = session.request(
            { ":path": path, ":method": method, ...(announced && { "content-length": sent }) },
            { endStream: sent === undefined },
        );
        stream.on("error", () => undefined);
        if (sent !== undefined) {
            bytes(sent)
                .on("error", () => undefined)
                .pipe(stream);
        }
        const [headers] = (await once(stream, "response")) as [IncomingHttpHeaders];
        const answer = { status: Number(headers[":status"]), headers, body: await bodyOf(stream) };
        session.destroy();
        return answer;
    }
    async function bodyOf(stream: Readable): Promise<string | number> {
        let start = Buffer.alloc(0);
        let length = 0;
        for await (const part of stream as AsyncIterable<Buffer>) {
            start = start.length > 1000 ? start : Buffer.concat([start, part]);
            length += part.length;
        }
        return length > 1000 ? length : start.toString();
    }

    for (const protocol of ["http/1.1", "h2"] as const) {
        const ask = async (id: string, asked: Asked): Promise<Answer> => {
            const host = hosts.get(id) ?? "";
            const socket = await tunnelTo(sandbox.network, host, protocol);
            try {
                return await (protocol === "h2" ? ask2 : ask1)(host, asked, socket);
            } finally {
                socket.destroy();
            }
        };

        for (const id of ["handler", "program"]) {
            // What is as large as it may be takes its time, so that each way to read and to write it comes once.
            const whole = (id === "handler") === (protocol === "h2");
            for (const announced of [true, false]) {
                it(`takes 32 MiB and no more, from ${announced ? "a length" : "chunks"} to a ${id} over ${protocol}`, async () => {
                    if (whole) {
                        assert.equal((await ask(id, { sent: MOST, announced })).body, String(MOST));
                    }
                    const { status, body } = await ask(id, { sent: MOST + 1, announced });
                    assert.equal(status, 413);
                    assert.match(String(body), /<title>413 Request Entity Too Large<\/title>/);
                    // The next one is served as if nothing had been.
                    assert.equal((await ask(id, { sent: 3, announced })).body, "3");
                });
            }

            it(`gives 32 MiB that say their length, and more in chunks, from a ${id} over ${protocol}`, async () => {
                if (whole) {
                    assert.equal((await ask(id, { path: `/length/${MOST}` })).body, MOST);
                    assert.equal((await ask(id, { path: `/chunks/${MOST + 1}` })).body, MOST + 2 ** 20);
                }
                const { status, headers, body } = await ask(id, { path: `/length/${MOST + 1}` });
                assert.deepEqual([status, headers["content-length"], body], [500, "0", ""]);
                assert.equal((await ask(id, { path: `/length/${MOST + 1}`, method: "HEAD" })).status, 200);
                assert.equal((await ask(id, { path: `/none/${MOST + 1}` })).status, 304);
                assert.equal((await ask(id, { path: "/length/3" })).body, "xxx");
            });
        }

        it(`is 10 MiB for a function of the first generation, over ${protocol}`, async () => {
            const most = 10 * 2 ** 20;
            assert.equal((await ask("first", { path: "/first", sent: most })).body, String(most));
            assert.equal((await ask("first", { path: "/first", sent: most + 1 })).status, 413);
            assert.equal((await ask("first", { path: `/first/length/${most}` })).body, most);
            assert.equal((await ask("first", { path: `/first/length/${most + 1}` })).status, 500);
        });

        it(`has no limit where the container speaks HTTP/2, over ${protocol}`, async () => {
            const asked = protocol === "h2" ? { sent: MOST + 1 } : { path: `/length/${MOST + 1}` };
            assert.equal(Number((await ask("h2c", asked)).body), MOST + 1);
        });
    }

    it("gives a client that reads late all of an answer, and warns of nothing", async () => {
        const warnings: Error[] = [];
        const note = (warning: Error): void => void warnings.push(warning);
        process.on("warning", note);
        const host = hosts.get("handler") ?? "";
        const socket = await tunnelTo(sandbox.network, host, "h2");
        const session = connectHttp2(`https://${host}`, { createConnection: () => socket });
        const stream = session.request({ ":path": `/chunks/${MOST}` });
        await once(stream, "response");
        // The longer it waits, the more pieces wait for it.
        await sleep(500);
        assert.equal(await bodyOf(stream), MOST);
        session.destroy();
        process.off("warning", note);
        assert.deepEqual(warnings.map(String), []);
    });

    it("answers the next request on the connection whose body was too large", async () => {
        const host = hosts.get("program") ?? "";
        for (const announced of [true, false]) {
            const socket = await tunnelTo(sandbox.network, host, "http/1.1");
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
            const framing = announced ? `content-length: ${MOST + 1}` : "transfer-encoding: chunked";
            socket.write(`POST / HTTP/1.1\r\nhost: ${host}\r\n${framing}\r\n\r\n`);
            if (announced) {
                socket.write(Buffer.alloc(MOST + 1, 97));
            } else {
                socket.write(`${(MOST + 1).toString(16)}\r\n`);
                socket.write(Buffer.alloc(MOST + 1, 97));
                socket.write("\r\n0\r\n\r\n");
            }
            socket.write(`POST / HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 2\r\nconnection: close\r\n\r\nab`);
            await once(socket, "close");
            assert.deepEqual(statuses, ["413", "200"]);
        }
    });
});
