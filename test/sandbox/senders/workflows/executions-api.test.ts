import { strict as assert } from "node:assert";
import { logEntries } from "../../../../sandbox/apis/observability/logging";
import { registerSenders, type Senders } from "../../../../sandbox/senders";
import { Executions } from "../../../../sandbox/senders/workflows/executions";
import { workflowResources } from "../../../../sandbox/apis/workflows/workflows";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

const parent = "projects/demo/locations/europe-west1/workflows/fulfil";
const api = "https://workflowexecutions.googleapis.com/v1";
const eve = { kind: "user", email: "eve@example.com" } as const;
type Body = Record<string, unknown>;

describe("the API of executions", () => {
    let cloud: TestCloud;
    let senders: Senders;

    beforeEach(async () => {
        cloud = testCloud();
        senders = registerSenders(cloud);
        await cloud.account("fulfil");
    });
    afterEach(async () => {
        await senders.close();
        cloud.close();
    });

    const deploy = (sourceContents: string, more: Body = {}): Promise<Body> =>
        cloud.call(
            owner,
            "POST",
            `https://workflows.googleapis.com/v1/${parent.replace("/fulfil", "")}?workflowId=fulfil`,
            { sourceContents, serviceAccount: "fulfil@demo.iam.gserviceaccount.com", ...more },
        );
    const post = (path: string, body: Body = {}): Promise<Body> => cloud.call(owner, "POST", `${api}/${path}`, body);
    const get = (path: string): Promise<Body> => cloud.call(owner, "GET", `${api}/${path}`);
    const create = (body: Body = {}): Promise<Body> => post(`${parent}/executions`, body);
    async function finished(name: unknown): Promise<Body> {
        for (;;) {
            const execution = await get(String(name));
            if (execution["state"] !== "ACTIVE" && execution["state"] !== "QUEUED") {
                return execution;
            }
            await new Promise((resolve) => setImmediate(resolve));
        }
    }
    const run = async (body: Body = {}): Promise<Body> => finished((await create(body))["name"]);
    const list = async (query = ""): Promise<Body[]> =>
        ((await get(`${parent}/executions?${query}`))["executions"] ?? []) as Body[];

    it("tells argument and result as JSON texts, in the whole view and not in the short one", async () => {
        await deploy("main: {params: [a], steps: [{done: {return: '${a.n + 1}'}}]}");
        const { name } = await create({ argument: '{"n":9007199254740993}', labels: { team: "blue" } });
        const whole = await finished(name);
        assert.equal(whole["state"], "SUCCEEDED");
        assert.equal(whole["result"], "9007199254740994");
        assert.equal(whole["argument"], '{"n":9007199254740993}');
        assert.deepEqual(whole["labels"], { team: "blue" });
        assert.deepEqual(whole["status"], { currentSteps: [{ routine: "main", step: "done" }] });
        const short = await get(`${String(name)}?view=BASIC`);
        assert.deepEqual(Object.keys(short).sort(), [
            "duration",
            "endTime",
            "name",
            "startTime",
            "state",
            "workflowRevisionId",
        ]);
        assert.deepEqual(await list(), [short]);
        assert.deepEqual(await list("view=FULL"), [whole]);
    });

    it("tells an error with payload, context and stack trace, places as texts", async () => {
        await deploy("main:\n  steps:\n  - a:\n      call: sub\nsub:\n  steps:\n  - b:\n      raise: {code: 7}\n");
        const { state, error } = await run();
        assert.equal(state, "FAILED");
        assert.deepEqual(error, {
            payload: '{"code":7}',
            context:
                'RuntimeError: {"code":7}\nin step "b", routine "sub", line: 7\nin step "a", routine "main", line: 3',
            stackTrace: {
                elements: [
                    { step: "b", routine: "sub", position: { line: "7", column: "5", length: "26" } },
                    { step: "a", routine: "main", position: { line: "3", column: "5", length: "19" } },
                ],
            },
        });
    });

    it("filters and orders lists, and gives them in pages", async () => {
        await deploy("main: {params: [a], steps: [{s: {switch: [{condition: '${a}', raise: no}]}}]}");
        const names: unknown[] = [];
        for (let index = 0; index < 6; index++) {
            const labels = { number: String(index) };
            names.push((await run({ argument: index % 2 === 0 ? "true" : "false", labels }))["name"]);
            cloud.clock.advance(60_000);
        }
        const found = async (query: string) => (await list(query)).map(({ name }) => names.indexOf(name));
        assert.deepEqual(await found(""), [5, 4, 3, 2, 1, 0]);
        assert.deepEqual(await found("orderBy=startTime"), [0, 1, 2, 3, 4, 5]);
        assert.deepEqual(await found("orderBy=state,startTime desc"), [4, 2, 0, 5, 3, 1]);
        assert.deepEqual(await found('filter=state="FAILED"'), [4, 2, 0]);
        assert.deepEqual(await found('filter=label.number="3" OR label.number="4"'), [4, 3]);
        assert.deepEqual(await found('filter=state=FAILED AND NOT (labels.number="0")'), [4, 2]);
        const third = (await get(String(names[3])))["startTime"];
        assert.deepEqual(await found(`filter=startTime>="${String(third)}"`), [5, 4, 3]);
        assert.deepEqual(await found("filter=stepName:s state=SUCCEEDED"), [5, 3, 1]);
        assert.deepEqual(await found("filter=duration<1s&pageSize=2"), [5, 4]);
        const page = await get(`${parent}/executions?pageSize=4`);
        assert.equal((page["executions"] as Body[]).length, 4);
        assert.deepEqual(await found(`pageSize=4&pageToken=${String(page["nextPageToken"])}`), [1, 0]);
        for (const wrong of ["filter=colour=red", "filter=state=", "filter=(state=FAILED", "orderBy=colour"]) {
            await assert.rejects(list(wrong), /^Error: 400.*INVALID_ARGUMENT/, wrong);
        }
    });

    it("keeps to the limits of an execution's argument and labels", async () => {
        await deploy("- a: {return: 1}");
        assert.equal((await run({ argument: JSON.stringify("x".repeat(32 * 1024 - 2)) }))["state"], "SUCCEEDED");
        await assert.rejects(create({ argument: JSON.stringify("x".repeat(32 * 1024 - 1)) }), /400.*argument/);
        await assert.rejects(create({ argument: "{" }), /400.*argument is no JSON/);
        await assert.rejects(create({ labels: { Team: "blue" } }), /400.*label Team=blue/);
        await assert.rejects(create({ colour: "red" }), /400.*colour/);
    });

    it("tells the steps of an execution to whoever may see them", async () => {
        await deploy(
            "main:\n  steps:\n  - t:\n      try:\n        call: sub\n      except: {as: e, steps: [{x: {assign: [a: 1]}}]}\n  - w: {call: sys.sleep, args: {seconds: 60}}\nsub:\n  steps:\n  - b: {raise: no}\n",
        );
        const { name } = await create();
        while ((await get(`${String(name)}/stepEntries`))["totalSize"] !== 4) {
            await new Promise((resolve) => setImmediate(resolve));
        }
        await post(`${String(name)}:cancel`);
        const { stepEntries } = await get(`${String(name)}/stepEntries`);
        assert.deepEqual(
            (stepEntries as Body[]).map((one) => [
                one["entryId"],
                one["routine"],
                one["step"],
                one["stepType"],
                one["state"],
            ]),
            [
                ["1", "main", "t", "STEP_TRY_RETRY_EXCEPT", "STATE_SUCCEEDED"],
                ["2", "sub", "b", "STEP_RAISE", "STATE_FAILED"],
                ["3", "main", "x", "STEP_ASSIGN", "STATE_SUCCEEDED"],
                ["4", "main", "w", "STEP_STD_LIB_CALL", "STATE_CANCELLED"],
            ],
        );
        assert.deepEqual((await get(`${String(name)}/stepEntries/2`))["exception"], { payload: '"no"' });
        const failed = await get(`${String(name)}/stepEntries?filter=state="STATE_FAILED"`);
        assert.equal(failed["totalSize"], 1);
        assert.equal(await cloud.status(owner, "GET", `${api}/${String(name)}/stepEntries/9`), 404);
        assert.equal(await cloud.status(eve, "GET", `${api}/${String(name)}/stepEntries`), 403);
    });

    it("logs calls at the level of the execution, or else of the workflow, and no credential", async () => {
        await deploy(
            `- a: {call: text.to_upper, args: {source: x}}
- b:
    try: {call: http.get, args: {url: "https://nobody.example/", headers: {Authorization: "Bearer hidden", Accept: "*/*"}}}
    except: {as: e, steps: [{c: {call: sys.log, args: {data: [1, 2], severity: INFO}}}]}`,
            { callLogLevel: "LOG_ERRORS_ONLY" },
        );
        const told = () => logEntries(cloud).filter(({ logName }) => !logName?.endsWith("executions_system"));
        const logged = async (body: Body) => {
            const before = told().length;
            await run(body);
            return told()
                .slice(before)
                .map(({ logName = "", severity, textPayload, jsonPayload }) => {
                    const { state, step } = (jsonPayload ?? {}) as Body;
                    return [logName.replace(/^.*\//, ""), severity, textPayload ?? `${String(step)} ${String(state)}`];
                });
        };
        const call = "workflows.googleapis.com%2Fengine_call";
        const own = ["Workflows", "INFO", "[1,2]"];
        assert.deepEqual(await logged({ callLogLevel: "LOG_NONE" }), [own]);
        assert.deepEqual(await logged({}), [[call, "ERROR", "b EXCEPTION_RAISED"], own]);
        assert.deepEqual(await logged({ callLogLevel: "LOG_ALL_CALLS" }), [
            [call, "INFO", "a BEGUN"],
            [call, "INFO", "a SUCCEEDED"],
            [call, "INFO", "b BEGUN"],
            [call, "ERROR", "b EXCEPTION_RAISED"],
            [call, "INFO", "c BEGUN"],
            own,
            [call, "INFO", "c SUCCEEDED"],
        ]);
        const all = JSON.stringify(logEntries(cloud));
        assert.ok(all.includes('"Accept":"*/*"') && !all.includes("hidden"), all);
        assert.deepEqual(told().at(-1)?.["resource"], {
            type: "workflows.googleapis.com/Workflow",
            labels: { workflow_id: "fulfil", location: "europe-west1" },
        });
    });

    it("takes callbacks of every documented method", async () => {
        await deploy(
            "main: {params: [m], steps: [{a: {call: events.create_callback_endpoint, args: {http_callback_method: '${m}'}, result: c}}, {b: {call: events.await_callback, args: {callback: '${c}'}, result: r}}, {d: {return: '${r.http_request.method}'}}]}",
        );
        for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
            const { name } = await create({ argument: JSON.stringify(method) });
            const callbacks = async () => ((await get(`${String(name)}/callbacks`))["callbacks"] ?? []) as Body[];
            while ((await callbacks())[0]?.["waiters"] !== "1") {
                await new Promise((resolve) => setImmediate(resolve));
            }
            const [{ name: endpoint } = {}] = await callbacks();
            assert.equal(await cloud.status(owner, method, `${api}/${String(endpoint)}`), 200, method);
            assert.equal((await finished(name))["result"], JSON.stringify(method));
        }
    });

    it("refuses environment variables that are too long or too many", async () => {
        const source = "- a: {return: '${sys.get_env(\"A\")}'}";
        const many = (count: number): Body =>
            Object.fromEntries(Array.from({ length: count }, (_, n) => [`V${n}`, "x"]));
        await assert.rejects(deploy(source, { userEnvVars: { A: "x".repeat(4097) } }), /400.*4096 bytes/);
        await assert.rejects(deploy(source, { userEnvVars: many(21) }), /400.*at most 20/);
        await assert.rejects(deploy(source, { userEnvVars: { GOOGLE_X: "x" } }), /400.*GOOGLE_X/);
        await deploy(source, { userEnvVars: { ...many(19), A: "x".repeat(4096) } });
        assert.equal((await run())["result"], JSON.stringify("x".repeat(4096)));
    });

    it("lists callbacks with those who wait, and takes requests as they are sent", async () => {
        await deploy(
            "- a: {call: events.create_callback_endpoint, args: {http_callback_method: PUT}, result: c}\n- b: {call: events.await_callback, args: {callback: '${c}'}, result: r}\n- d: {return: '${r.http_request}'}\n",
        );
        const { name } = await create();
        const callbacks = async () => ((await get(`${String(name)}/callbacks`))["callbacks"] ?? []) as Body[];
        while ((await callbacks())[0]?.["waiters"] !== "1") {
            await new Promise((resolve) => setImmediate(resolve));
        }
        const [{ name: endpoint, method } = {}] = await callbacks();
        assert.equal(method, "PUT");
        assert.equal(await cloud.status(owner, "POST", `${api}/${String(endpoint)}`, {}), 404);
        assert.equal(await cloud.status(eve, "PUT", `${api}/${String(endpoint)}`, {}), 403);
        const sent = await cloud.apis.request("PUT", `${api}/${String(endpoint)}?x=1`, {
            principal: owner,
            body: { n: 1 },
            headers: { "content-type": "application/json", authorization: "Bearer hidden" },
        });
        assert.equal(sent?.status, 200);
        const { result } = await finished(name);
        const { body, query, headers } = JSON.parse(String(result)) as { body: Body; query: Body; headers: Body };
        assert.deepEqual([body, query], [{ n: 1 }, { x: "1" }]);
        assert.equal(headers["Content-Type"], "application/json");
        assert.equal(headers["Authorization"], undefined);
        assert.deepEqual(await callbacks(), []);
    });

    it("queues what goes beyond the quota, in order, and refuses what goes beyond the queue", async () => {
        await deploy("- a: {call: sys.sleep, args: {seconds: 60}}");
        const executions = new Executions(cloud, () => undefined, { concurrent: 2, backlog: 2 });
        const workflow = workflowResources.get(cloud, parent);
        const names = Array.from({ length: 4 }, () => executions.start(workflow, {}).name);
        const states = () => names.map((name) => executions.get(name).state);
        assert.deepEqual(states(), ["ACTIVE", "ACTIVE", "QUEUED", "QUEUED"]);
        assert.throws(() => executions.start(workflow, {}), /Quota exceeded/);
        await executions.cancel(names[3] ?? "");
        assert.deepEqual(states(), ["ACTIVE", "ACTIVE", "QUEUED", "CANCELLED"]);
        await executions.cancel(names[0] ?? "");
        assert.deepEqual(states(), ["CANCELLED", "ACTIVE", "ACTIVE", "CANCELLED"]);
        await executions.close();
        assert.deepEqual(executions.load, { running: 0, queued: 0 });
    });

    it("keeps a bounded number of executions, the newest", async () => {
        await deploy("- a: {return: 1}");
        const workflow = workflowResources.get(cloud, parent);
        const first = await run();
        for (let round = 0; round < 21; round++) {
            for (let index = 0; index < 100; index++) {
                senders.executions.start(workflow, {});
            }
            while (senders.executions.load.running > 0) {
                await new Promise((resolve) => setImmediate(resolve));
            }
        }
        assert.equal(senders.executions.list(parent).length, 2000);
        assert.equal(await cloud.status(owner, "GET", `${api}/${String(first["name"])}`), 404);
    });
});
