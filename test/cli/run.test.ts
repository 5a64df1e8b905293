import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../cli/commands/run";

describe("gcp-invoke run", () => {
    let folder: string;
    let server: Server;
    let origin: string;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "run-"));
        server = createServer((request, response) => {
            response.writeHead(request.url === "/ok" ? 200 : 404, { "content-type": "application/json" });
            response.end(JSON.stringify({ agent: request.headers["user-agent"] }));
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(() => {
        server.close();
        rmSync(folder, { recursive: true });
    });

    async function ran(source: string, flags: { argument?: string; env?: string[]; trace?: boolean } = {}) {
        const file = join(folder, "w.yaml");
        writeFileSync(file, source);
        const out: string[] = [];
        const log: string[] = [];
        const code = await run(
            file,
            { env: [], ...flags },
            { write: (text: string) => out.push(text) },
            { write: (text: string) => log.push(text) },
        );
        return { code, out: out.join(""), log: log.join("") };
    }
    const source =
        "main:\n  params: [a]\n  steps:\n    - get: {call: http.get, args: {url: '${sys.get_env(\"URL\") + a.path}'}, result: r}\n    - end_: {return: '${r.body.agent}'}\n";

    it("runs against the real network and prints the result", async () => {
        const { code, out } = await ran(source, { argument: '{"path": "/ok"}', env: [`URL=${origin}`] });
        assert.equal(code, 0);
        assert.equal(out, '"GoogleCloudWorkflows; (+https://cloud.google.com/workflows/docs)"\n');
    });

    it("ends with 1 and the context of the failure", async () => {
        const { code, out, log } = await ran(source, { argument: '{"path": "/no"}', env: [`URL=${origin}`] });
        assert.deepEqual([code, out], [1, ""]);
        assert.match(log, /FAILED: HTTP server responded with error code 404\nin step "get", routine "main", line: 4/);
    });

    it("sets the variables of Workflows that this machine knows, unless --env gives another value", async () => {
        const read = (name: string) => `- a: {return: '\${sys.get_env("GOOGLE_CLOUD_${name}")}'}\n`;
        assert.equal((await ran(read("WORKFLOW_ID"))).out, '"w"\n');
        assert.equal((await ran(read("WORKFLOW_ID"), { env: ["GOOGLE_CLOUD_WORKFLOW_ID=x"] })).out, '"x"\n');
        assert.equal((await ran(read("LOCATION"))).out, "null\n");
    });

    it("refuses by name what a single machine cannot do, and no `except` hides that", async () => {
        await assert.rejects(
            ran(
                "- a:\n    try: {call: events.create_callback_endpoint, result: c}\n    except: {as: e, steps: [{b: {return: 1}}]}\n",
            ),
            /gcp-invoke run cannot receive callbacks/,
        );
    });

    it("traces every step", async () => {
        const { log } = await ran("main:\n  steps:\n    - a: {call: sub}\nsub:\n  steps:\n    - b: {raise: oops}\n", {
            trace: true,
        });
        assert.deepEqual(log.split("\n").slice(0, 4), [
            "    1 → main.a (sub, line 3)",
            "    2   → sub.b (raise, line 6)",
            "    2   ✗ sub.b (raise, line 6): oops",
            "    1 ✗ main.a (sub, line 3): oops",
        ]);
    });

    it("names file, line and column of a problem that a deploy would refuse", async () => {
        await assert.rejects(ran("- a: {return: '${x}'}\n"), /w\.yaml:1:18: error: .*symbol 'x'/);
    });

    it("refuses an argument that is no JSON, and an environment variable without a value", async () => {
        await assert.rejects(ran(source, { argument: "{" }), /--argument must be JSON/);
        await assert.rejects(ran(source, { env: ["URL"] }), /--env must be NAME=value, got "URL"/);
    });
});
