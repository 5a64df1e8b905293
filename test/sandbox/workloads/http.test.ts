import { strict as assert } from "node:assert";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect as connectHttp2, type IncomingHttpHeaders } from "node:http2";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { Sandbox } from "../../../sandbox";

const root = join(__dirname, "../../..");
const services = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";

/** What a handler may do with Node's objects, by the path that is asked for. */
const HANDLER = `
const { IncomingMessage, ServerResponse } = require("node:http");
const { createHash } = require("node:crypto");
module.exports = {
    classes: (request, response) => response.end(JSON.stringify([request instanceof IncomingMessage, response instanceof ServerResponse, request.httpVersion, Object.keys(request.headers).some((name) => name.startsWith(":")), request.rawHeaders.length, request.headersDistinct.host])),
    chained: (request, response) => response.setHeader("content-type", "application/json").end('{"status": "reserved"}'),
    implicit: (request, response) => { response.statusCode = 201; response.write("one "); response.end("two"); },
    reason: (request, response) => response.writeHead(299, "Odd", { "X-Case": "Kept" }).end(),
    cookies: (request, response) => response.setHeader("set-cookie", ["a=1", "b=2"]).end(),
    empty: (request, response) => response.writeHead(204).end(),
    chunked: (request, response) => { response.writeHead(200, { "transfer-encoding": "chunked", connection: "close" }); response.write("in "); setTimeout(() => response.end("chunks"), 5); },
    latin1: (request, response) => response.end("caf\\u00e9", "latin1"),
    early: (request, response) => { response.writeContinue(); response.writeEarlyHints({ link: "</a>; rel=preload" }); response.end("after hints"); },
    twice: (request, response) => { response.end("once"); response.end("again"); },
    echo: (request, response) => request.pipe(response),
    hash: async (request, response) => { const hash = createHash("sha256"); for await (const part of request) hash.update(part); response.end(hash.digest("hex")); },
    large: async (request, response) => { for (let i = 0; i < 64; i++) if (!response.write(Buffer.alloc(65536, i))) await new Promise((go) => response.once("drain", go)); response.end(); },
    prototypes: (request, response) => { Object.setPrototypeOf(request, Object.create(IncomingMessage.prototype)); Object.setPrototypeOf(response, Object.create(ServerResponse.prototype)); request.on("data", () => {}).on("end", () => response.end("own prototypes")); },
    unread: (request, response) => response.end("not read"),
    closes: (request, response) => { request.on("aborted", () => console.log("request aborted")); response.on("close", () => console.log("response closed")); response.write("begun"); },
    finishes: (request, response) => { response.on("finish", () => console.log("finished")).on("close", () => console.log("closed")); response.end(); },
    destroys: (request, response) => response.destroy(),
    breaks: (request, response) => { response.write("begun"); setTimeout(() => response.destroy(), 5); },
    answersAndThrows: (request, response) => { response.end("answered"); throw new Error("after the answer"); },
    header: (request, response) => { response.setHeader("bad", "a\\nb"); },
};
module.exports = Object.assign((request, response) => module.exports[request.url.slice(1).split("?")[0]](request, response), module.exports);
`;

interface Answer {
    status: number;
    reason?: string;
    headers: IncomingHttpHeaders;
    body: Buffer;
}
interface Asked {
    method?: string;
    body?: Buffer;
    headers?: Record<string, string>;
}

describe("what a handler sees of HTTP", () => {
    let folder: string;
    let sandbox: Sandbox;
    const write = process.stderr.write.bind(process.stderr);

    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "http-"));
        writeFileSync(join(folder, "handler.cjs"), HANDLER);
        const [, readme = ""] =
            /```js orders\.js\n([\s\S]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8")) ?? [];
        writeFileSync(join(folder, "readme.js"), readme);
        const rules = [...handlers(), ["handler", join(folder, "handler.cjs")], ["readme", join(folder, "readme.js")]];
        writeFileSync(
            join(folder, "sandbox.yaml"),
            `services:\n${rules.map(([id = "", path = ""]) => `  - { image: "${id}", handler: "${path}" }\n`).join("")}`,
        );
        process.stderr.write = () => true;
        sandbox = await Sandbox.start({ mapping: join(folder, "sandbox.yaml") });
        for (const [id = ""] of rules) {
            await sandbox.request("POST", `${services}?serviceId=${id}`, {
                body: { template: { containers: [{ image: id }] } },
            });
            const policy = { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] };
            await sandbox.request("POST", `${services}/${id}:setIamPolicy`, { body: { policy } });
        }
    });
    after(async () => {
        await sandbox.close();
        process.stderr.write = write;
        rmSync(folder, { recursive: true });
    });

    async function tunnel(id: string, protocol: string): Promise<{ socket: TLSSocket; origin: string }> {
        const { body } = await sandbox.request("GET", `${services}/${id}`);
        const { host, origin } = new URL((body as { uri: string }).uri);
        const { port, caPem: ca } = sandbox.network;
        const raw = await new Promise<Duplex>((resolve, reject) =>
            request({ host: "127.0.0.1", port, method: "CONNECT", path: `${host}:443`, agent: false })
                .on("connect", (_answer, opened: Duplex) => resolve(opened))
                .on("error", reject)
                .end(),
        );
        const socket = connectTls({ socket: raw, servername: host, ca, ALPNProtocols: [protocol] });
        await new Promise((resolve, reject) => socket.once("secureConnect", resolve).once("error", reject));
        return { socket, origin };
    }
    const clients: Record<string, (id: string, path: string, asked?: Asked) => Promise<Answer>> = {
        async "HTTP/1.1"(id, path, { method = "GET", body, headers = {} } = {}) {
            const { socket, origin } = await tunnel(id, "http/1.1");
            return new Promise((resolve, reject) => {
                const length = body ? { "content-length": String(body.length) } : {};
                const named = { host: new URL(origin).host, ...length, ...headers };
                const options = { createConnection: () => socket, method, path, headers: named };
                request(options, (incoming) => {
                    const parts: Buffer[] = [];
                    incoming.on("data", (part: Buffer) => parts.push(part)).on("error", reject);
                    incoming.on("end", () => {
                        socket.destroy();
                        const { statusCode: status = 0, statusMessage: reason = "" } = incoming;
                        resolve({ status, reason, headers: incoming.headers, body: Buffer.concat(parts) });
                    });
                })
                    .on("error", reject)
                    .end(body);
            });
        },
        async "HTTP/2"(id, path, { method = "GET", body, headers = {} } = {}) {
            const { socket, origin } = await tunnel(id, "h2");
            const session = connectHttp2(origin, { createConnection: () => socket });
            return new Promise((resolve, reject) => {
                session.on("error", reject);
                const stream = session.request(
                    { ":method": method, ":path": path, ...headers },
                    { endStream: body === undefined },
                );
                let answered: IncomingHttpHeaders = {};
                const parts: Buffer[] = [];
                stream.on("response", (given) => (answered = given)).on("error", reject);
                stream.on("data", (part: Buffer) => parts.push(part));
                stream.on("end", () => {
                    session.destroy();
                    const { ":status": status, ...rest } = answered;
                    resolve({ status: Number(status), headers: rest, body: Buffer.concat(parts) });
                });
                if (body) {
                    stream.end(body);
                }
            });
        },
    };

    for (const [version, ask] of Object.entries(clients)) {
        const text = async (path: string, asked?: Asked): Promise<string> =>
            (await ask("handler", path, asked)).body.toString();
        describe(`where its client speaks ${version}`, () => {
            it("is the README's handler answering, and that of every example", async () => {
                const { status, headers, body } = await ask("readme", "/reserve", {
                    method: "POST",
                    body: Buffer.from("{}"),
                });
                assert.deepEqual(
                    [status, headers["content-type"], JSON.parse(body.toString())],
                    [200, "application/json", { status: "reserved" }],
                );
                for (const [id = ""] of handlers()) {
                    const answer = await ask(id, "/reserve", { method: "POST", body: Buffer.from('{"order": 7}') });
                    assert.ok(answer.status < 500, `${id}: ${answer.status} ${answer.body.toString()}`);
                }
            });

            it("are Node's own classes, in HTTP/1.1 and without HTTP/2's headers", async () => {
                const [isRequest, isResponse, http, pseudo, raw, host] = JSON.parse(
                    await text("/classes"),
                ) as unknown[];
                assert.deepEqual([isRequest, isResponse, http, pseudo], [true, true, "1.1", false]);
                assert.ok(Number(raw) > 0 && Array.isArray(host));
            });

            it("are answers as they are written: chained, implicit, with cookies, without a body, in chunks", async () => {
                assert.equal(await text("/chained"), '{"status": "reserved"}');
                const implicit = await ask("handler", "/implicit");
                assert.deepEqual([implicit.status, implicit.body.toString()], [201, "one two"]);
                assert.deepEqual((await ask("handler", "/cookies")).headers["set-cookie"], ["a=1", "b=2"]);
                assert.equal((await ask("handler", "/empty")).status, 204);
                assert.equal(await text("/chunked"), "in chunks");
                assert.equal(await text("/early"), "after hints");
                assert.equal(await text("/twice"), "once");
                assert.equal((await ask("handler", "/latin1")).body.toString("latin1"), "caf\u00e9");
                const odd = await ask("handler", "/reason");
                assert.deepEqual([odd.status, odd.headers["x-case"]], [299, "Kept"]);
                assert.equal((await ask("handler", "/chained", { method: "HEAD" })).body.length, 0);
            });

            it("are bodies of any size, both ways", async () => {
                for (const size of [0, 1, 65_536, 3_000_000]) {
                    const body = randomBytes(size);
                    for (const method of ["POST", "DELETE"]) {
                        const hash = createHash("sha256").update(body).digest("hex");
                        assert.equal(await text("/hash", { method, body }), hash, `${method} ${size}`);
                    }
                    assert.ok((await ask("handler", "/echo", { method: "PUT", body })).body.equals(body), `${size}`);
                }
                const large = (await ask("handler", "/large")).body;
                assert.equal(large.length, 64 * 65_536);
                assert.equal(large[large.length - 1], 63);
            });

            it("let frameworks put their own prototypes in, and leave a body unread", async () => {
                assert.equal(await text("/prototypes", { method: "POST", body: Buffer.from("x") }), "own prototypes");
                assert.equal(await text("/unread", { method: "POST", body: Buffer.alloc(200_000) }), "not read");
            });

            it("tell of the end, and of a client that goes before it", async () => {
                const printed = (line: string): number =>
                    sandbox.logs("handler").filter((one) => one.text === line).length;
                const before = [printed("finished"), printed("closed"), printed("response closed")] as const;
                await ask("handler", "/finishes");
                const { socket, origin } = await tunnel("handler", "http/1.1");
                socket.write(`GET /closes HTTP/1.1\r\nhost: ${new URL(origin).host}\r\n\r\n`);
                await new Promise((resolve) => socket.once("data", resolve));
                socket.destroy();
                while (printed("response closed") === before[2]) {
                    await new Promise((resolve) => setTimeout(resolve, 5));
                }
                assert.deepEqual([printed("finished"), printed("closed")], [before[0] + 1, before[1] + 1]);
            });

            it("are answered with 500 where the handler throws or goes, and broken off where an answer has begun", async () => {
                assert.equal((await ask("handler", "/header")).status, 500);
                assert.equal((await ask("handler", "/destroys")).status, 500);
                assert.equal(await text("/answersAndThrows"), "answered");
                assert.ok(sandbox.logs("handler").some((line) => line.text.includes("after the answer")));
                await assert.rejects(ask("handler", "/breaks"));
            });
        });
    }
});

/** The handlers of all examples, by a name. */
function handlers(): [id: string, path: string][] {
    const examples = join(root, "examples");
    const files = readdirSync(examples, { recursive: true, encoding: "utf8" });
    return files
        .filter((file) => /(^|[\\/])(handler|crm|rates|index)\.js$/.test(file) && !file.includes("node_modules"))
        .map((file, i) => [`example-${i}`, join(examples, file)]);
}
