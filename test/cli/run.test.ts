import * as assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, type RunFlags } from "../../cli/commands/run";
import { runWorkflow } from "../../workflow";
import { json, World } from "../workflow/run/world";

/** Runs the test in a module's text, with a test runner that only calls it. */
async function runSaved(module: string, folder: string): Promise<void> {
    const places: Readonly<Record<string, string>> = {
        "node:test": join(folder, "runner.cjs"),
        "pulumi-gcp-invoke/workflow": join(__dirname, "../../workflow"),
    };
    writeFileSync(join(folder, "runner.cjs"), "module.exports = (_, test) => { module.exports.test = test; };\n");
    const text = module
        .replace(
            /^import (.*) from "(.*)";$/gm,
            (_, names: string, from: string) => `const ${names} = require(${JSON.stringify(places[from] ?? from)});`,
        )
        .replace("globalThis.it ?? ", "")
        .replace("import.meta.url", '"file://" + __filename');
    const file = join(folder, `saved-${text.length}.cjs`);
    writeFileSync(file, text);
    const load = createRequire(file);
    load(file);
    await (load("./runner.cjs") as { test: () => Promise<void> }).test();
}

const withoutTimes = (log: string): string[] => log.replace(/\d+ ms/g, "N ms").split("\n");

describe("gcp-invoke run", () => {
    let folder: string;
    let server: Server;
    let origin: string;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "run-"));
        server = createServer((request, response) => {
            if (request.url === "/bytes") {
                response.writeHead(200, { "content-type": "application/octet-stream" });
                response.end(Buffer.from([0, 255, 254]));
                return;
            }
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

    async function ran(
        source: string,
        flags: Partial<RunFlags> = {},
        options: NonNullable<Parameters<typeof run>[4]> = {},
    ) {
        const file = join(folder, "w.yaml");
        writeFileSync(file, source);
        const out: string[] = [];
        const log: string[] = [];
        const code = await run(
            file,
            { env: [], ...flags },
            { write: (text: string) => out.push(text) },
            { write: (text: string) => log.push(text) },
            options,
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

    const unreachable = {
        private_service_name: "projects/demo/locations/l/namespaces/n/services/s",
        ca_certificate: `\${base64.decode("MAA=")}`,
    };
    for (const [argument, value] of Object.entries(unreachable)) {
        const given = JSON.stringify(value);
        const called = `- a: {call: http.post, args: {url: "https://erp.example.com/in?token=t0p", ${argument}: ${given}}, result: r}\n- b: {return: '\${r.body}'}\n`;

        it(`refuses a call with ${argument}, names the call without its query, and says what to do`, async () => {
            const caught = called.replace(
                /- a: (.*)/,
                "- a:\n    try: $1\n    except: {as: e, steps: [{c: {return: 1}}]}",
            );
            for (const each of [called, caught]) {
                await assert.rejects(ran(each), (error: Error & { fix?: string }) => {
                    assert.match(error.message, /^POST https:\/\/erp\.example\.com\/in (goes|trusts)/);
                    assert.match(error.fix ?? "", /sandbox up.*--replay.*runWorkflow/);
                    assert.doesNotMatch(`${error.message}${error.fix ?? ""}`, /t0p/);
                    return true;
                });
            }
        });

        it(`answers a call with ${argument} from a recording, and as a test does`, async () => {
            const answer = { status: 200, headers: { "content-type": "text/plain" }, text: "in" };
            const url = "https://erp.example.com/in?token=t0p";
            const recording = { version: 1, argument: "null", env: {}, startedAt: 0, answers: [], uuids: [] };
            const file = join(folder, `${argument}.json`);
            const answers = [{ method: "POST", url, at: 1, answer }];
            writeFileSync(file, JSON.stringify({ ...recording, answers }));
            assert.equal((await ran(called, { replay: file })).out, '"in"\n');
            const ended = await runWorkflow(called, { http: () => ({ ...answer, body: answer.text }) });
            assert.equal(ended.state === "SUCCEEDED" && ended.result, "in");
            writeFileSync(file, JSON.stringify(recording));
            await assert.rejects(ran(called, { replay: file }), /the recording has no more answer/);
        });
    }

    it("traces every step", async () => {
        const { log } = await ran("main:\n  steps:\n    - a: {call: sub}\nsub:\n  steps:\n    - b: {raise: oops}\n", {
            trace: true,
        });
        assert.deepEqual(withoutTimes(log).slice(0, 8), [
            "    1 → main.a (sub, line 3)",
            "        call sub null",
            "    2   → sub.b (raise, line 6)",
            "    2   ✗ sub.b (raise, line 6): oops",
            "          N ms",
            "          error after N ms: oops",
            "    1 ✗ main.a (sub, line 3): oops",
            "        N ms",
        ]);
    });

    it("traces variables before and after, calls without credentials, answers, iterations and retries", async () => {
        const secret = `eyJ${"a".repeat(30)}.b.c`;
        const { log } = await ran(
            [
                "- a: {assign: [{x: 1}]}",
                "- b: {for: {value: v, in: [7], steps: [{c: {assign: [{x: '${x + v}'}]}}]}}",
                `- d: {call: http.get, args: {url: ${origin}/ok, headers: {Authorization: Bearer ${secret}, X-Mine: '${secret}'}}, result: r}`,
                `- e:\n    try: {call: http.get, args: {url: ${origin}/no}}\n    retry: {predicate: '\${retry.always}', max_retries: 1, backoff: {initial_delay: 0, max_delay: 1, multiplier: 1}}\n    except: {as: e}`,
                `- f: {assign: [{encoded: '\${base64.encode(text.encode("${secret}"))}'}]}`,
                `- g: {call: sys.log, args: {text: 'sent ${secret}', severity: INFO}}`,
            ].join("\n"),
            { trace: true },
        );
        const lines = withoutTimes(log);
        assert.deepEqual(lines.slice(0, 9), [
            "    1 → main.a (assign, line 1)",
            "    1 ✓ main.a (assign, line 1)",
            "        x = 1, before not set",
            "        N ms",
            "    2 → main.b (for, line 2)",
            "    3 → main.c (assign, line 2, for 1 of 1)",
            "    3 ✓ main.c (assign, line 2, for 1 of 1)",
            "        x = 8, before 1",
            "        N ms",
        ]);
        assert.match(log, /call http\.get \{"headers":\{"Authorization":"\[redacted\]","X-Mine":"\[token\]"\}/);
        assert.match(log, /answer after \d+ ms: \{"body":\{"agent":/);
        assert.equal(log.match(/error after \d+ ms: HTTP server responded with error code 404/g)?.length, 2);
        assert.match(log, /\[INFO\] g: sent \[token\]/);
        assert.doesNotMatch(
            log,
            new RegExp(`eyJ|${Buffer.from(secret).toString("base64")}`),
            "a token is in the trace",
        );
    });

    it("stops before the steps that --break names, shows what they see, and goes on as it is told", async () => {
        const steps =
            "- a: {assign: [{x: 1}]}\n- b: {assign: [{y: '${x + 1}'}]}\n- c: {assign: [{z: 3}]}\n- d: {return: '${y}'}\n";
        const asked: string[] = [];
        const answers = (...given: string[]) => ({
            ask: (question: string) => {
                asked.push(question);
                return Promise.resolve(given.shift() ?? "c");
            },
        });
        const stopped = await ran(steps, { break: ["b", "main.d"] }, answers("c", "c"));
        assert.deepEqual(stopped.log.match(/before main\.\w/g), ["before main.b", "before main.d"]);
        assert.match(stopped.log, /before main\.b, line 2\n {2}x = 1\n/);
        assert.deepEqual([stopped.code, stopped.out, asked.length], [0, "2\n", 2]);
        assert.deepEqual((await ran(steps, { step: true }, answers("", "s", "c"))).log.match(/before main\.\w/g), [
            "before main.a",
            "before main.b",
            "before main.c",
        ]);
        const ended = await ran(steps, { break: ["b"] }, answers("q"));
        assert.deepEqual([ended.code, ended.out], [1, ""]);
        assert.match(ended.log, /CANCELLED/);
    });

    it("refuses a step for --break that there is not, and names those that there are", async () => {
        const steps = "- a: {try: {steps: [{b: {assign: [{x: 1}]}}]}, except: {steps: [{c: {return: 1}}]}}\n";
        await assert.rejects(ran(steps, { break: ["z"] }), /--break z.*no such step.*main\.a, main\.b, main\.c/);
        assert.equal((await ran(steps, { break: ["c"] })).code, 0);
    });

    it("replays a recorded run without a network, with its argument, environment, answers, times and identifiers", async () => {
        const recording = join(folder, "recording.json");
        const recorded = [
            "main:",
            "  params: [a]",
            "  steps:",
            "    - init: {assign: [{tag: none}]}",
            "    - one: {call: http.get, args: {url: '${sys.get_env(\"URL\") + a.path}'}, result: r}",
            "    - two: {try: {call: http.get, args: {url: 'http://127.0.0.1:1/x'}}, except: {as: e, steps: [{g: {assign: [{tag: '${e.tags[0]}'}]}}]}}",
            '    - bytes: {call: http.get, args: {url: \'${sys.get_env("URL") + "/bytes"}\'}, result: b}',
            "    - end_: {return: ['${r.body.agent}', '${tag}', '${base64.encode(b.body)}', '${uuid.generate()}', '${sys.now()}']}",
        ].join("\n");
        const first = await ran(recorded, { argument: '{"path": "/ok"}', env: [`URL=${origin}`], record: recording });
        assert.equal(first.code, 0, first.log);
        assert.equal(statSync(recording).mode & 0o777, 0o600);
        const again = await ran(recorded, { replay: recording });
        const [now, before] = [again, first].map(({ out }) => JSON.parse(out) as unknown[]);
        assert.deepEqual(now?.slice(0, 4), before?.slice(0, 4));
        assert.ok(Number(now?.[4]) <= Number(before?.[4]));
        await assert.rejects(
            ran(recorded, { replay: recording, argument: '{"path": "/other"}' }),
            /the recording has no more answer for GET .*\/other.*it has answers for GET /,
        );
        await assert.rejects(ran(recorded, { replay: join(folder, "w.yaml") }), /w\.yaml is no recording of a run/);
    });

    it("saves a failed run as a test, which passes with its answers and fails with others", async () => {
        const test = join(folder, "saved.test.mjs");
        const failing = `- a: {call: http.get, args: {url: ${origin}/no}}\n`;
        assert.equal((await ran(failing, { saveTest: test })).code, 1);
        const text = readFileSync(test, "utf8");
        await runSaved(text, folder);
        await assert.rejects(runSaved(text.replace('"status": 404', '"status": 5000'), folder));
    });

    it("keeps no token in a recording or a saved test", async () => {
        const token = `eyJ${"a".repeat(30)}.b.c`;
        const files = { record: join(folder, "r.json"), saveTest: join(folder, "t.cjs") };
        const host = new World(() => json({ token, secret: "x" }));
        await ran(
            "- a: {call: http.get, args: {url: 'https://x.example/'}, result: r}\n- b: {return: '${r.body.token}'}\n",
            files,
            {
                host,
            },
        );
        for (const file of Object.values(files)) {
            assert.ok(!readFileSync(file, "utf8").includes("eyJ"), file);
        }
    });

    it("names file, line and column of a problem that a deploy would refuse", async () => {
        await assert.rejects(ran("- a: {return: '${x}'}\n"), /w\.yaml:1:18: error: .*symbol 'x'/);
    });

    it("refuses an argument that is no JSON, and an environment variable without a value", async () => {
        await assert.rejects(ran(source, { argument: "{" }), /--argument must be JSON/);
        await assert.rejects(ran(source, { env: ["URL"] }), /--env must be NAME=value, got "URL"/);
    });
});
