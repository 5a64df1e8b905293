import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAuthority } from "../../../sandbox/net/authority";
import { command } from "../../support/command";

const SECRET = "a-secret-of-the-client";
const HOST = "proxy.example.com";

describe("gcp-invoke sandbox exec --allow", () => {
    let folder = "";
    let real: Server;
    let seen: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];

    /** A real host on loopback, with a certificate of its own. */
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "exec-allow-"));
        const authority = await createAuthority([HOST]);
        const context = await authority.contextFor(HOST);
        real = createServer({ SNICallback: (_host, done) => done(null, context) }, (request, response) => {
            let body = "";
            request.on("data", (part: Buffer) => (body += part.toString()));
            request.on("end", () => {
                const { method = "", url = "", headers } = request;
                seen.push({ method, url, headers, body });
                response.end("from the real host");
            });
        });
        await new Promise<void>((resolve) => real.listen(0, "127.0.0.1", resolve));
        const { port } = real.address() as AddressInfo;
        writeFileSync(join(folder, "ca.pem"), authority.pem);
        // In place of a name server: the real host is on loopback.
        writeFileSync(
            join(folder, "resolve.cjs"),
            `const https = require("node:https");
const { readFileSync } = require("node:fs");
const { request } = https;
const ca = readFileSync(${JSON.stringify(join(folder, "ca.pem"))});
https.request = (options, ...rest) =>
    options.hostname === "${HOST}"
        ? request({ ...options, hostname: "127.0.0.1", port: ${port}, servername: "${HOST}", ca }, ...rest)
        : request(options, ...rest);
`,
        );
    });
    after(() => {
        real.close();
        rmSync(folder, { recursive: true, force: true });
    });
    beforeEach(() => {
        seen = [];
    });

    /** What a toolchain asks of its module proxy, with all that it knows. */
    const ask = (path: string, init: object): string =>
        `fetch("https://${HOST}${path}", ${JSON.stringify(init)}).then(async (answer) => console.log(answer.status, await answer.text()), () => process.exit(3))`;
    const run = (allow: string[], path: string, init: object) =>
        command(
            join(folder, "state"),
            ["sandbox", "exec", ...allow, "--", process.execPath, "--use-env-proxy", "-e", ask(path, init)],
            { cwd: folder, env: { NODE_OPTIONS: `--require=${join(folder, "resolve.cjs")}` } },
        );

    it("passes a request on without any credential", async () => {
        const names = ["authorization", "cookie", "x-goog-api-key", "private-token", "x-vault-token", "x-anything"];
        const headers = Object.fromEntries(names.map((name) => [name, SECRET]));
        const query = ["token", "access_token", "key", "X-Goog-Signature", "sig", "q"].map((one) => `${one}=${SECRET}`);
        const init = { method: "POST", headers: { ...headers, accept: "text/plain" }, body: "of the client" };
        const ended = await run(["--allow", HOST], `/mod/@v/list?${query.join("&")}`, init);
        assert.match(ended.text, /200 from the real host/);
        assert.equal(ended.code, 0);
        assert.equal(seen.length, 1);
        const [{ method, url, headers: got, body } = { method: "", url: "", headers: {}, body: "" }] = seen;
        assert.deepEqual([method, url, body], ["POST", "/mod/@v/list", "of the client"]);
        assert.equal(got.accept, "text/plain");
        assert.doesNotMatch(JSON.stringify(seen), new RegExp(SECRET));
        // Nor does the secret by which the sandbox knows its own clients leave the machine.
        assert.deepEqual(
            Object.keys(got).filter((name) => name.startsWith("proxy") || name.includes("auth")),
            [],
        );
    });

    it("passes nothing on to a host that it does not name", async () => {
        const ended = await run([], "/mod/@v/list", {});
        assert.equal(ended.code, 3);
        assert.match(ended.text, new RegExp(`refused, .*${HOST.replaceAll(".", "\\.")} \\(1\\)`));
        const other = await run(["--allow", "other.example.com"], "/mod/@v/list", {});
        assert.equal(other.code, 3);
        assert.deepEqual(seen, []);
    });
});
