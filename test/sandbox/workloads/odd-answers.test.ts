import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Sandbox } from "../../../sandbox";
import { ask, PROTOCOLS, type Asked, type Protocol } from "../support/over";

const services = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
const handler = join(__dirname, "fixtures/odd-answers.cjs");
const { names } = createRequire(__filename)(handler) as { names: string[] };

/** A program that answers with the bytes that its path holds, as they are. */
const SERVER = `require("node:net").createServer((socket) => {
    socket.on("error", () => undefined).on("data", (data) => {
        const [, path] = data.toString("latin1").split(" ");
        if (path === "/open") {
            socket.write("HTTP/1.1 101 Switching Protocols\\r\\nconnection: upgrade\\r\\nupgrade: websocket\\r\\n\\r\\n");
            return;
        }
        socket.end(path.startsWith("/raw/") ? Buffer.from(path.slice(5), "hex") : "HTTP/1.1 200 OK\\r\\ncontent-length: 4\\r\\n\\r\\nfine");
    });
}).listen(process.env.PORT);`;

const status = fc.constantFrom("000", "099", "100", "101", "103", "199", "204", "304", "600", "999", "9999", "abc", "");
const header = fc.constantFrom(
    ...[
        "content-length: 1",
        "content-length: -1",
        "content-length: x",
        "transfer-encoding: chunked",
        "x: \u00e9",
        ":status: 200",
    ],
    ...[
        "connection: upgrade",
        "upgrade: h2c",
        "set-cookie: a",
        "keep-alive: x",
        "X Y: 1",
        "http2-settings: x",
        "te: gzip",
    ],
);
const answers = fc.sample(
    fc
        .tuple(
            fc.constantFrom("HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "ODD"),
            status,
            fc.array(header, { maxLength: 4 }),
            fc.string(),
        )
        .map(([version, code, headers, body]) => [`${version} ${code} Odd`, ...headers, "", body].join("\r\n")),
    { numRuns: 40, seed: 21 },
);

describe("an answer that HTTP does not allow", function () {
    this.timeout(180_000);
    let folder: string;
    let sandbox: Sandbox;
    let remote: Server;
    const write = process.stderr.write.bind(process.stderr);

    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "odd-answers-"));
        writeFileSync(join(folder, "server.cjs"), SERVER);
        remote = createServer((socket: Socket) => {
            socket
                .on("error", () => undefined)
                .on("data", (data) => {
                    const path = data.toString("latin1").split(" ")[1] ?? "";
                    const fine = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfine";
                    socket.end(path.startsWith("/raw/") ? Buffer.from(path.slice(5), "hex") : fine);
                });
        });
        await new Promise<void>((resolve) => remote.listen(0, "127.0.0.1", resolve));
        writeFileSync(
            join(folder, "sandbox.yaml"),
            `services:
  - { image: "*/handler:*", handler: "${handler}" }
  - { image: "*/command:*", command: [node, server.cjs] }
hosts:
  - { host: api.example.com, forward: "http://127.0.0.1:${(remote.address() as AddressInfo).port}" }
`,
        );
        process.stderr.write = () => true;
        sandbox = await Sandbox.start({ mapping: join(folder, "sandbox.yaml") });
        for (const id of ["handler", "command"]) {
            const template = { containers: [{ image: `a/${id}:1` }] };
            await sandbox.request("POST", `${services}?serviceId=${id}`, { body: { template } });
            const policy = { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] };
            await sandbox.request("POST", `${services}/${id}:setIamPolicy`, { body: { policy } });
        }
    });
    after(async () => {
        await sandbox.close();
        process.stderr.write = write;
        remote.close();
        rmSync(folder, { recursive: true });
    });

    async function urlOf(kind: string): Promise<string> {
        const { body } = await sandbox.request("GET", `${services}/${kind}`);
        return kind === "host" ? "https://api.example.com" : (body as { uri: string }).uri;
    }

    /** Whatever comes of a request, the next one is answered: nothing that is uncaught has ended the sandbox. */
    async function survives(kind: string, protocol: Protocol, asked: Partial<Asked> & { path: string }): Promise<void> {
        const url = await urlOf(kind);
        const { path, ...rest } = asked;
        const outcome = await ask(sandbox.network, protocol, { url: url + path, ...rest }).then(
            ({ status: code }) => code,
            (error: unknown) => String(error),
        );
        const next = await ask(sandbox.network, protocol, { url: `${url}/` });
        assert.deepEqual([next.status, next.body], [200, "fine"], `${path} over ${protocol}: ${outcome}`);
    }

    for (const protocol of PROTOCOLS) {
        it(`ends no sandbox, where it is that of a handler: over ${protocol}`, async () => {
            for (const name of names) {
                await survives("handler", protocol, { path: `/${name}` });
            }
        });

        for (const kind of ["command", "host"]) {
            it(`ends no sandbox, where it is that of a ${kind}: over ${protocol}`, async () => {
                for (const answer of answers) {
                    await survives(kind, protocol, { path: `/raw/${Buffer.from(answer, "latin1").toString("hex")}` });
                }
            });
        }
    }

    for (const protocol of PROTOCOLS) {
        it(`is answered at once where it is an upgrade for which nobody asked: over ${protocol}`, async () => {
            const url = await urlOf("command");
            assert.equal((await ask(sandbox.network, protocol, { url: `${url}/open` })).status, 503);
        });
    }

    it("ends no sandbox either, where it is a request that only HTTP/2 allows", async () => {
        const odd: (Partial<Asked> & { path: string })[] = [
            ...["/a b", "/\u00e9", "/\t", "//", "/%", "/%00", "/a#b", "/?", "/\\", "/{}"].map((path) => ({ path })),
            ...["FOO BAR", "G\u00e9T", "", "get", "M-SEARCH", "TRACE"].map((method) => ({ path: "/x", method })),
            { path: "/x", headers: [["x-odd", "\u00e9\u00ff"]] },
            { path: "/x", headers: [["x(odd)", "1"]] },
            { path: "/x", headers: [["content-length", "x"]] },
            {
                path: "/x",
                headers: [
                    ["cookie", "a=1"],
                    ["cookie", "b=2"],
                ],
            },
            { path: "/x", headers: [["expect", "100-continue"]] },
        ];
        for (const kind of ["handler", "command", "host"]) {
            for (const one of odd) {
                await survives(kind, "h2", one);
            }
        }
    });
});
