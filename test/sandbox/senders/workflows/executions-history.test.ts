import { strict as assert } from "node:assert";
import { logEntries } from "../../../../sandbox/apis/observability/logging";
import { registerSenders, type Senders } from "../../../../sandbox/senders";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

const parent = "projects/demo/locations/europe-west1/workflows/fulfil";
const api = "https://workflowexecutions.googleapis.com/v1";
const eve = { kind: "user", email: "eve@example.com" } as const;
type Body = Record<string, unknown>;

const SOURCE = `main:
  params: [a]
  steps:
    - l:
        for:
          value: v
          in: [1, 2]
          steps:
            - s: {call: sub, args: {n: '\${v}'}, result: r}
    - done: {return: '\${a}'}
sub:
  params: [n]
  steps:
    - t: {assign: [twice: '\${n * 2}']}
    - u: {return: '\${twice}'}
`;

describe("what executions went through", () => {
    let cloud: TestCloud;
    let senders: Senders;
    const post = (path: string, body: Body = {}): Promise<Body> => cloud.call(owner, "POST", `${api}/${path}`, body);
    const get = (path: string): Promise<Body> => cloud.call(owner, "GET", `${api}/${path}`);
    async function ended({ name }: Body): Promise<Body> {
        for (;;) {
            const execution = await get(String(name));
            if (execution["state"] !== "ACTIVE") {
                return execution;
            }
            await new Promise((resolve) => setImmediate(resolve));
        }
    }
    const run = async (body: Body = {}): Promise<Body> => ended(await post(`${parent}/executions`, body));
    const entries = async ({ name }: Body, query = ""): Promise<Body[]> =>
        ((await get(`${String(name)}/stepEntries${query}`))["stepEntries"] ?? []) as Body[];

    before(async () => {
        cloud = testCloud();
        senders = registerSenders(cloud);
        await cloud.account("fulfil");
        const where = `https://workflows.googleapis.com/v1/${parent.replace("/fulfil", "")}?workflowId=fulfil`;
        const serviceAccount = "fulfil@demo.iam.gserviceaccount.com";
        await cloud.call(owner, "POST", where, { sourceContents: SOURCE, serviceAccount });
    });
    after(async () => {
        await senders.close();
        cloud.close();
    });

    it("is told with who called whom, what came before and after, and the turns of loops", async () => {
        const all = await entries(await run());
        assert.deepEqual(
            all.map(({ entryId, step, navigationInfo, stepEntryMetadata }) => [
                entryId,
                step,
                navigationInfo,
                stepEntryMetadata,
            ]),
            [
                ["1", "l", { next: "8", children: ["2", "5"] }, undefined],
                ["2", "s", { parent: "1", next: "5", children: ["3", "4"] }, turn(1)],
                ["3", "t", { parent: "2", next: "4" }, undefined],
                ["4", "u", { parent: "2", previous: "3" }, undefined],
                ["5", "s", { parent: "1", previous: "2", children: ["6", "7"] }, turn(2)],
                ["6", "t", { parent: "5", next: "7" }, undefined],
                ["7", "u", { parent: "5", previous: "6" }, undefined],
                ["8", "done", { previous: "1" }, undefined],
            ],
        );
        assert.ok(all.every((entry) => !("variableData" in entry)));
    });
    const turn = (number: number): Body => ({
        progressType: "PROGRESS_TYPE_FOR",
        progressNumber: String(number),
        expectedIteration: "2",
    });

    it("holds the values that steps set where the history is to be detailed", async () => {
        const execution = await run({ executionHistoryLevel: "EXECUTION_HISTORY_DETAILED" });
        assert.equal(execution["executionHistoryLevel"], "EXECUTION_HISTORY_DETAILED");
        const values = (await entries(execution)).map(({ step, variableData }) => [
            step,
            (variableData as { variables: Body }).variables,
        ]);
        assert.deepEqual(
            values.filter(([, variables]) => Object.keys(variables as Body).length > 0),
            [
                ["s", { r: 2 }],
                ["t", { twice: 2 }],
                ["s", { r: 4 }],
                ["t", { twice: 4 }],
            ],
        );
        await assert.rejects(run({ executionHistoryLevel: "ALL" }), /400|EXECUTION_HISTORY_DETAILED/);
    });

    it("is filtered by the entry around, and comes in pages", async () => {
        const execution = await run();
        const steps = (found: Body[]) => found.map(({ step }) => step);
        assert.deepEqual(steps(await entries(execution, '?filter=parent="5"')), ["t", "u"]);
        assert.deepEqual(steps(await entries(execution, "?orderBy=entryId desc&pageSize=2")), ["done", "u"]);
        const { nextPageToken } = await get(`${String(execution["name"])}/stepEntries?pageSize=6`);
        assert.deepEqual(steps(await entries(execution, `?pageSize=6&pageToken=${String(nextPageToken)}`)), [
            "u",
            "done",
        ]);
    });

    it("is exported with its execution, and forgotten when that is asked for", async () => {
        const execution = await run({ argument: '{"x":1}' });
        const { data } = await get(`${String(execution["name"])}:exportData`);
        const exported = JSON.parse(String(data)) as { execution: Body; stepEntries: Body[] };
        assert.equal(exported.execution["argument"], '{"x":1}');
        assert.equal(exported.stepEntries.length, 8);
        await post(`${String(execution["name"])}:deleteExecutionHistory`);
        assert.deepEqual(await entries(execution), []);
        assert.equal((await get(String(execution["name"])))["state"], "SUCCEEDED");
        assert.equal(await cloud.status(eve, "GET", `${api}/${String(execution["name"])}:exportData`), 403);
        const forget = `${api}/${String(execution["name"])}:deleteExecutionHistory`;
        assert.equal(await cloud.status(eve, "POST", forget), 403);
    });

    it("begins with a message of Pub/Sub too, as who may start executions", async () => {
        const path = `${parent}:triggerPubsubExecution`;
        const message = { messageId: "7", data: "eA==", publishTime: "2026-01-31T12:00:00Z" };
        const body = {
            message,
            subscription: "projects/demo/subscriptions/sub",
            GCPCloudEventsMode: "CE_PUBSUB_BINDING",
        };
        const { argument } = await ended(await post(path, body));
        const event = JSON.parse(String(argument)) as Body;
        assert.deepEqual(
            [event["id"], event["type"], event["time"], event["data"]],
            [
                "7",
                "google.cloud.pubsub.topic.v1.messagePublished",
                "2026-01-31T12:00:00Z",
                { message, subscription: "projects/demo/subscriptions/sub" },
            ],
        );
        assert.equal(await cloud.status(eve, "POST", `${api}/${path}`, body), 403);
        assert.equal(await cloud.status(owner, "POST", `${api}/${path}`, { message }), 400);
    });

    it("is logged at its start and at its end", async () => {
        const before = logEntries(cloud).length;
        const { name, createTime, startTime } = await run({ argument: "7" });
        assert.equal(createTime, startTime);
        const own = logEntries(cloud)
            .slice(before)
            .map(({ logName, severity, jsonPayload, labels }) => {
                const { state, start, success } = jsonPayload as Body;
                return { log: String(logName).replace(/^.*\//, ""), severity, state, start, success, labels };
            });
        const log = "workflows.googleapis.com%2Fexecutions_system";
        const labels = own[0]?.labels as Body;
        assert.equal(labels["workflows.googleapis.com/execution_id"], String(name).split("/").at(-1));
        assert.deepEqual(own, [
            { log, severity: "INFO", state: "ACTIVE", start: { argument: "7" }, success: undefined, labels },
            { log, severity: "INFO", state: "SUCCEEDED", start: undefined, success: { result: "7" }, labels },
        ]);
    });
});
