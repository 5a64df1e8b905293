import * as assert from "node:assert/strict";
import { HostError, MissingStubError, runWorkflow, WorkflowSourceError } from "../../workflow";

const CALL = `
main:
  params: [args]
  steps:
    - reserve:
        call: http.post
        args:
          url: \${sys.get_env("ORDERS_URL") + "/reserve"}
          body: {order: "\${args.order}"}
          auth: {type: OIDC, audience: "\${sys.get_env("ORDERS_URL")}"}
        result: answer
    - done: {return: "\${answer.body.status}"}
`.replace(/"\$\{(.*?)\}"/g, (_, inner: string) => `'\${${inner}}'`);

describe("runWorkflow", () => {
    it("answers calls by stubs and keeps them with their auth", async () => {
        const { state, result, calls } = await runWorkflow(CALL, {
            argument: { order: 7 },
            env: { ORDERS_URL: "https://orders.example.com" },
            http: { "orders.example.com": ({ body }) => ({ body: { status: body } }) },
        });
        assert.equal(state, "SUCCEEDED");
        assert.deepEqual(result, { order: 7 });
        assert.deepEqual(
            calls.map(({ method, path, auth }) => [method, path, auth]),
            [["POST", "/reserve", { type: "OIDC", audience: "https://orders.example.com" }]],
        );
    });

    it("fails by name at a call without a stub, which except does not catch", async () => {
        await assert.rejects(
            runWorkflow(
                "- a:\n    try: {call: http.get, args: {url: 'https://x.example/y'}}\n    except: {steps: [{b: {return: 1}}]}\n",
                {
                    http: { "other.example": () => ({}) },
                },
            ),
            (error) =>
                error instanceof MissingStubError && /GET https:\/\/x.example\/y.*other\.example/.test(error.message),
        );
    });

    it("lets a stub fail like a network", async () => {
        const { result } = await runWorkflow(
            "- a:\n    try: {call: http.get, args: {url: 'https://x.example/y'}}\n    except: {as: e, steps: [{b: {return: '${e.tags}'}}]}\n",
            {
                http: () => {
                    throw new HostError("ConnectionFailedError", "refused");
                },
            },
        );
        assert.deepEqual(result, ["ConnectionFailedError"]);
    });

    it("waits in no time, in the order of its clock", async () => {
        const { result } = await runWorkflow(
            "- i: {assign: [o: [], t: '${sys.now()}']}\n- p:\n    parallel:\n      shared: [o]\n      for:\n        value: v\n        in: [3, 1, 2]\n        steps:\n          - s: {call: sys.sleep, args: {seconds: '${v * 3600}'}}\n          - c: {call: http.get, args: {url: 'https://x.example/'}}\n          - a: {assign: [o: '${list.concat(o, v)}']}\n- r: {return: ['${o}', '${sys.now() - t}']}\n",
            { http: () => ({}) },
        );
        assert.deepEqual(result, [[1, 2, 3], 10800]);
    });

    it("hands a callback in, or lets it time out", async () => {
        const source =
            "- a: {call: events.create_callback_endpoint, args: {http_callback_method: POST}, result: c}\n- b:\n    try: {call: events.await_callback, args: {callback: '${c}', timeout: 60}, result: r}\n    except: {as: e, steps: [{x: {return: '${e.tags}'}}]}\n- d: {return: '${r.http_request.body}'}\n";
        assert.deepEqual((await runWorkflow(source, { callback: () => ({ body: { ok: true } }) })).result, {
            ok: true,
        });
        assert.deepEqual((await runWorkflow(source)).result, ["TimeoutError"]);
    });

    it("keeps log entries with severity and step", async () => {
        const { logs } = await runWorkflow(
            "- a: {call: sys.log, args: ['${null}', ERROR, '${\"no\" + 1}']}\n- b: {call: sys.log, args: {data: {x: 1}}}\n",
        );
        assert.deepEqual(logs, [
            { severity: "ERROR", payload: { text: "no1" }, step: "a", routine: "main" },
            { severity: "DEFAULT", payload: { json: { x: 1 } }, step: "b", routine: "main" },
        ]);
    });

    it("refuses a source that would not deploy, with every problem and its place", async () => {
        await assert.rejects(
            runWorkflow("- a: {return: '${x}'}\n- b: {next: c}\n", { file: "w.yaml" }),
            (error) =>
                error instanceof WorkflowSourceError &&
                /^w\.yaml:1:18: .*'x'.*\nw\.yaml:2:13: .*'c'/.test(error.message),
        );
    });

    it("shows headers in canonical case, whatever a stub writes, and reads the body by them", async () => {
        const { result } = await runWorkflow(
            "- a: {call: http.get, args: {url: 'https://x.example.com'}, result: r}\n- b: {return: '${r}'}\n",
            { http: () => ({ headers: { "content-type": "text/csv", "x-ROW-count": "1" }, body: "a,b" }) },
        );
        assert.deepEqual(result, {
            body: "a,b",
            code: 200,
            headers: { "Content-Type": "text/csv", "X-Row-Count": "1" },
        });
    });

    it("logs maps as JSON unless they are given as text, and everything else as text", async () => {
        const log = (args: string, index: number) => `- l${index}: {call: sys.log, args: ${args}}\n`;
        const { logs } = await runWorkflow(
            ["{data: {a: 1}}", "{text: {a: 1, b: 2}}", "{data: [1, x]}"].map(log).join(""),
        );
        assert.deepEqual(
            logs.map(({ payload }) => payload),
            [{ json: { a: 1 } }, { text: '{"a":1,"b":2}' }, { text: '[1,"x"]' }],
        );
    });

    it("knows no 30th of February", async () => {
        const parse = (day: string) => runWorkflow(`- a: {return: '\${time.parse("${day}T00:00:00Z")}'}\n`);
        assert.equal((await parse("2024-02-29")).state, "SUCCEEDED");
        for (const day of ["2023-02-29", "2024-02-30", "2024-04-31", "2024-13-01"]) {
            assert.match((await parse(day)).error?.payload ?? "", /ValueError/, day);
        }
    });
});
