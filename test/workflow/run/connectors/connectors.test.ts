import * as assert from "node:assert/strict";
import { runWorkflow, type Stub, type StubRequest } from "../../../../workflow";

async function call(name: string, args: string, api: Stub) {
    const source = `- a: {call: ${name}, args: ${args}, result: r}\n- b: {return: '\${r}'}\n`;
    return runWorkflow(source, { http: api });
}
const seen = ({ method, url, body, auth }: StubRequest) => ({ method, url, body, auth });
const CLOUD = { type: "OAuth2", scopes: ["https://www.googleapis.com/auth/cloud-platform"] };

describe("connectors", () => {
    it("put path, query and body where the API wants them, with an access token", async () => {
        const { calls, result } = await call(
            "googleapis.pubsub.v1.projects.topics.publish",
            "{topic: projects/p/topics/t, body: {messages: [{data: eA==}]}}",
            () => ({ body: { messageIds: ["1"] } }),
        );
        assert.deepEqual(calls.map(seen), [
            {
                method: "POST",
                url: "https://pubsub.googleapis.com/v1/projects/p/topics/t:publish",
                body: { messages: [{ data: "eA==" }] },
                auth: CLOUD,
            },
        ]);
        assert.equal(calls[0]?.connector, "googleapis.pubsub.v1.projects.topics.publish");
        assert.deepEqual(result, { messageIds: ["1"] });
    });

    it("take nested maps and query for query parameters, and leave encoded object names as they are", async () => {
        const { calls } = await call(
            "googleapis.firestore.v1.projects.databases.documents.get",
            "{name: projects/p/databases/(default)/documents/c/d, mask: {fieldPaths: [a, b]}, query: {readTime: x}}",
            () => ({}),
        );
        assert.equal(
            calls[0]?.url,
            "https://firestore.googleapis.com/v1/projects/p/databases/(default)/documents/c/d?mask.fieldPaths=a&mask.fieldPaths=b&readTime=x",
        );
        const storage = await call(
            "googleapis.storage.v1.objects.get",
            "{bucket: b, object: a%2Fb, alt: media}",
            () => ({ body: "text" }),
        );
        assert.equal(storage.calls[0]?.url, "https://storage.googleapis.com/storage/v1/b/b/o/a%2Fb?alt=media");
        assert.equal(storage.result, "text");
    });

    it("leave out arguments that are null, as a loop over pages hands in its first page's token", async () => {
        const { calls } = await call(
            "googleapis.bigquery.v2.jobs.getQueryResults",
            "{projectId: p, jobId: j, maxResults: 10, pageToken: null}",
            () => ({}),
        );
        assert.equal(calls[0]?.url, "https://bigquery.googleapis.com/bigquery/v2/projects/p/queries/j?maxResults=10");
    });

    it("upload text to Cloud Storage", async () => {
        const { calls } = await call(
            "googleapis.storage.v1.objects.insert",
            "{bucket: b, name: n, body: hello}",
            () => ({}),
        );
        assert.deepEqual(
            [calls[0]?.url, calls[0]?.body],
            ["https://storage.googleapis.com/upload/storage/v1/b/b/o?name=n&uploadType=media", "hello"],
        );
    });

    it("go to a regional host, and take the scopes that are asked for", async () => {
        const { calls } = await call(
            "googleapis.run.v1.namespaces.services.get",
            "{name: namespaces/p/services/s, location: europe-west1, connector_params: {scopes: 'a,b'}}",
            () => ({}),
        );
        assert.equal(
            calls[0]?.url,
            "https://europe-west1-run.googleapis.com/apis/serving.knative.dev/v1/namespaces/p/services/s",
        );
        assert.deepEqual(calls[0].auth, { type: "OAuth2", scopes: ["a", "b"] });
    });

    it("poll a long-running operation until it is done", async () => {
        let looks = 0;
        const { calls, result } = await call(
            "googleapis.run.v2.projects.locations.services.delete",
            "{name: projects/p/locations/l/services/s}",
            ({ method }) => ({
                body: { name: "projects/p/locations/l/operations/o", done: method === "GET" && ++looks === 3 },
            }),
        );
        assert.deepEqual(
            calls.map(({ method, path }) => `${method} ${path}`),
            [
                "DELETE /v2/projects/p/locations/l/services/s",
                ...Array<string>(3).fill("GET /v2/projects/p/locations/l/operations/o"),
            ],
        );
        assert.deepEqual(result, { name: "projects/p/locations/l/operations/o", done: true });
    });

    it("return the operation at once with skip_polling", async () => {
        const { calls, result } = await call(
            "googleapis.run.v2.projects.locations.services.delete",
            "{name: projects/p/locations/l/services/s, connector_params: {skip_polling: true}}",
            () => ({ body: { name: "o", done: false } }),
        );
        assert.equal(calls.length, 1);
        assert.deepEqual(result, { name: "o", done: false });
    });

    it("poll Compute Engine by status on the host that was called", async () => {
        const { calls } = await call(
            "googleapis.compute.v1.instances.stop",
            "{project: p, zone: z, instance: i}",
            ({ method }) => ({
                body: {
                    status: method === "GET" ? "DONE" : "RUNNING",
                    selfLink: "https://www.googleapis.com/compute/v1/projects/p/zones/z/operations/o",
                },
            }),
        );
        assert.equal(calls[1]?.url, "https://compute.googleapis.com/compute/v1/projects/p/zones/z/operations/o");
    });

    it("poll a BigQuery job, and raise OperationError where it failed", async () => {
        const job = (state: string, more = {}) => ({
            body: { jobReference: { projectId: "p", jobId: "j", location: "EU" }, status: { state, ...more } },
        });
        const { calls, state, error } = await call(
            "googleapis.bigquery.v2.jobs.insert",
            "{projectId: p, body: {}}",
            ({ method }) =>
                method === "GET" ? job("DONE", { errorResult: { message: "no such table" } }) : job("RUNNING"),
        );
        assert.equal(calls[1]?.url, "https://bigquery.googleapis.com/bigquery/v2/projects/p/jobs/j?location=EU");
        assert.equal(state, "FAILED");
        const payload = JSON.parse(error?.payload ?? "") as { tags: string[]; message: string };
        assert.deepEqual(payload.tags, ["OperationError"]);
        assert.match(payload.message, /no such table/);
    });

    it("give up polling at the timeout", async () => {
        const { error } = await call(
            "googleapis.run.v2.projects.locations.services.delete",
            "{name: projects/p/locations/l/services/s, connector_params: {timeout: 10, polling_policy: {initial_delay: 3, multiplier: 1, max_delay: 3}}}",
            () => ({ body: { name: "o", done: false } }),
        );
        assert.match(error?.payload ?? "", /TimeoutError/);
    });

    it("retry GET on 502 and others only on 503", async () => {
        const count = async (name: string, args: string, status: number): Promise<number> =>
            (await call(name, args, () => ({ status }))).calls.length;
        const get = "googleapis.pubsub.v1.projects.topics.get";
        assert.deepEqual(
            [
                await count(get, "{topic: projects/p/topics/t}", 502),
                await count(get, "{topic: projects/p/topics/t}", 500),
                await count(
                    "googleapis.pubsub.v1.projects.topics.publish",
                    "{topic: projects/p/topics/t, body: {}}",
                    502,
                ),
                await count(
                    "googleapis.pubsub.v1.projects.topics.publish",
                    "{topic: projects/p/topics/t, body: {}}",
                    503,
                ),
            ],
            [6, 1, 1, 6],
        );
    });

    it("read and write secrets as text, by call and in an expression", async () => {
        const api: Stub = ({ method, body }) =>
            method === "GET" ? { body: { payload: { data: Buffer.from("s€cret").toString("base64") } } } : { body };
        const secrets = "googleapis.secretmanager.v1.projects.secrets";
        const read = await call(`${secrets}.versions.accessString`, "{secret_id: s, version: 2, project_id: q}", api);
        assert.deepEqual([read.result, read.calls[0]?.path], ["s€cret", "/v1/projects/q/secrets/s/versions/2:access"]);
        const write = await call(`${secrets}.addVersionString`, "{secret_id: s, data: x}", api);
        assert.deepEqual(
            [write.result, write.calls[0]?.path],
            [{ payload: { data: "eA==" } }, "/v1/projects/project/secrets/s:addVersion"],
        );
        const { result } = await runWorkflow(
            `- a: {return: '\${"<" + ${secrets}.versions.accessString("s", "latest", "q") + ">"}'}\n`,
            { http: api },
        );
        assert.equal(result, "<s€cret>");
    });

    it("run another workflow and return its result, or raise its error", async () => {
        const run = "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.run";
        const api =
            (end: object): Stub =>
            ({ method }) => ({ body: { name: "projects/p/x", ...(method === "GET" ? end : { state: "ACTIVE" }) } });
        const good = await call(
            run,
            "{workflow_id: w, argument: {n: 1}}",
            api({ state: "SUCCEEDED", result: '{"ok":true}' }),
        );
        assert.deepEqual(good.result, { ok: true });
        assert.deepEqual(good.calls[0]?.body, { argument: '{"n":1}' });
        const bad = await call(run, "{workflow_id: w}", api({ state: "FAILED", error: { context: "boom" } }));
        assert.match(bad.error?.payload ?? "", /boom.*OperationError/);
    });

    it("run a workflow for each argument by experimental.executions.map, all at once, results in order", async () => {
        const started: unknown[] = [];
        const api: Stub = ({ method, path, body }) => {
            if (method === "POST") {
                started.push((body as { argument: string }).argument);
                return { body: { name: `projects/p/${started.length}`, state: "ACTIVE" } };
            }
            const number = Number(path.split("/").at(-1));
            const argument = JSON.parse(String(started[number - 1])) as number;
            return {
                body:
                    argument < 0
                        ? { state: "FAILED", error: { context: "negative" } }
                        : { state: "SUCCEEDED", result: String(argument * 2) },
            };
        };
        const map = (list: string) => call("experimental.executions.map", `{workflow_id: w, arguments: ${list}}`, api);
        assert.deepEqual((await map("[1, 2, 3]")).result, [2, 4, 6]);
        assert.deepEqual(started, ["1", "2", "3"]);
        assert.deepEqual((await map("[]")).result, []);
        assert.match((await map("[1, -2, 3]")).error?.payload ?? "", /negative.*"tags":\["ExecutionError"\]/);
        started.length = 0;
        const one = await call("experimental.executions.run", "{workflow_id: w, argument: 21, location: l}", api);
        assert.equal(one.result, 42);
        assert.match(one.calls[0]?.path ?? "", /locations\/l\/workflows\/w\/executions$/);
        const late = await call("experimental.executions.run", "{workflow_id: w, timeout: 5}", ({ method }) => ({
            body: { name: "projects/p/x", state: method === "GET" ? "QUEUED" : "ACTIVE" },
        }));
        assert.match(late.error?.payload ?? "", /within 5 seconds.*TimeoutError/);
    });
});
