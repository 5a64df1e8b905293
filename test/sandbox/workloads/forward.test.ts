import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Sandbox } from "../../../sandbox";

const SECRET = "a-secret-of-the-client";
/** Where credentials are known to stand; the property below makes up others. */
const HEADERS = [
    ...["authorization", "proxy-authorization", "cookie", "x-serverless-authorization", "x-goog-api-key"],
    ...["x-goog-iap-jwt-assertion", "x-api-key", "private-token", "x-vault-token", "x-amz-security-token"],
    ...["x-auth-token", "x-access-token", "api-key", "x-github-token", "dpop", "x-csrf-token", "x-ms-client-secret"],
];
const PARAMETERS = ["access_token", "key", "token", "id_token", "X-Goog-Signature", "X-Amz-Signature", "sig", "code"];

describe("a host that sandbox.yaml forwards", () => {
    let folder: string;
    let sandbox: Sandbox;
    let real: Server;
    let seen: { headers: IncomingHttpHeaders; raw: string[]; url: string; body: string };
    const write = process.stderr.write.bind(process.stderr);

    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "forward-"));
        real = createServer((incoming, response) => {
            let body = "";
            incoming.on("data", (part: Buffer) => (body += part.toString()));
            incoming.on("end", () => {
                seen = { headers: incoming.headers, raw: incoming.rawHeaders, url: incoming.url ?? "", body };
                response.end("from the real host");
            });
        });
        await new Promise<void>((resolve) => real.listen(0, "127.0.0.1", resolve));
        const origin = `http://127.0.0.1:${(real.address() as AddressInfo).port}`;
        writeFileSync(
            join(folder, "sandbox.yaml"),
            `hosts:\n  - { host: api.example.com, forward: "${origin}", headers: [X-Request-Id], query: [page, q] }\n`,
        );
        process.stderr.write = () => true;
        sandbox = await Sandbox.start({ mapping: join(folder, "sandbox.yaml") });
    });
    after(async () => {
        await sandbox.close();
        process.stderr.write = write;
        real.close();
        rmSync(folder, { recursive: true });
    });

    function send(path: string, headers: Record<string, string> = {}, method = "GET", body = ""): Promise<string> {
        const { port } = sandbox.network;
        const options = { port, host: "127.0.0.1", path: `http://api.example.com${path}`, method, agent: false };
        return new Promise((resolve, reject) => {
            request({ ...options, headers: { host: "api.example.com", ...headers } }, (answer) => {
                let text = "";
                answer.on("data", (part: Buffer) => (text += part.toString())).on("end", () => resolve(text));
            })
                .on("error", reject)
                .end(body);
        });
    }

    it("gets method, path and body, and the headers and parameters that are named there", async () => {
        const headers = { "x-request-id": "7", "content-type": "application/json", accept: "text/plain" };
        assert.equal(await send("/v1/things?q=a%20b&page=2&q=c", headers, "POST", '{"a":1}'), "from the real host");
        assert.equal(seen.url, "/v1/things?q=a+b&page=2&q=c");
        assert.equal(seen.body, '{"a":1}');
        const { "x-request-id": id, "content-type": type, accept } = seen.headers;
        assert.deepEqual([id, type, accept], ["7", "application/json", "text/plain"]);
    });

    it("gets none of the headers and parameters in which credentials are known to stand", async () => {
        const headers = Object.fromEntries(
            HEADERS.filter((name) => !name.startsWith("proxy")).map((name) => [name, SECRET]),
        );
        await send(`/v1?page=1&${PARAMETERS.map((name) => `${name}=${SECRET}`).join("&")}`, headers);
        assert.doesNotMatch(JSON.stringify(seen), new RegExp(SECRET));
        assert.equal(seen.url, "/v1?page=1");
        const told = sandbox.logs("api.example.com").at(-1)?.text ?? "";
        assert.match(
            told,
            /^passed to http:.*: GET \/v1, without 16 headers and 8 query parameters, which sandbox\.yaml/,
        );
        assert.doesNotMatch(told, new RegExp(SECRET));
    });

    it("gets none of any other name, however it is written", async () => {
        const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/);
        const other = name.filter(
            (one) =>
                !/^(page|q|x-request-id|host|connection|expect|upgrade|te|trailer|keep-alive|proxy-.*|accept.*|content-.*|transfer-encoding)$/i.test(
                    one,
                ),
        );
        const separator = fc.constantFrom("&", "&&", "&page=1&", "&=&");
        const parameter = fc.tuple(
            fc.oneof(other, other.map(encoded), fc.constantFrom("Page", "q+", "%70age%00", "page[]")),
            separator,
        );
        const property = fc.asyncProperty(
            fc.array(other, { maxLength: 8 }),
            fc.array(parameter, { maxLength: 8 }),
            async (names, given) => {
                const headers = Object.fromEntries(names.map((one) => [one, SECRET]));
                const query = given.map(([one, before]) => `${before}${one}=${SECRET}`).join("");
                await send(`/v1?page=1${query}`, headers);
                assert.doesNotMatch(JSON.stringify(seen), new RegExp(SECRET), JSON.stringify({ names, query }));
            },
        );
        await fc.assert(property, { numRuns: 60, seed: 21 });
    });

    it("is refused where a name of headers or parameters is no text", async () => {
        for (const setting of ["headers: x-request-id", "query: [1]", "headers: { a: b }"]) {
            const file = join(folder, "wrong.yaml");
            writeFileSync(file, `hosts:\n  - { host: a.example, forward: "https://a.example", ${setting} }\n`);
            await assert.rejects(
                Sandbox.start({ mapping: file }),
                /wrong\.yaml:2:\d+: (headers|query) must be a list of names/,
            );
        }
    });
});

/** With its first letter as UTF-8 in percent signs. */
function encoded(name: string): string {
    return `%${name.charCodeAt(0).toString(16)}${name.slice(1)}`;
}
