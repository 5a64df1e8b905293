import assert from "node:assert/strict";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

const PLACE = "projects/demo/locations/europe-west1";
const stranger = { kind: "user", email: "stranger@example.com" } as const;

/** Changes of several products, each with the method that the log names. */
const CHANGES: [method: string, verb: string, url: string, body?: object][] = [
    ["google.pubsub.v1.Publisher.CreateTopic", "PUT", "https://pubsub.googleapis.com/v1/projects/demo/topics/news", {}],
    [
        "google.cloud.run.v2.Services.CreateService",
        "POST",
        `https://run.googleapis.com/v2/${PLACE}/services?serviceId=shop`,
        { template: { containers: [{ image: "a/b" }] } },
    ],
    [
        "google.cloud.run.v2.Services.SetIamPolicy",
        "POST",
        `https://run.googleapis.com/v2/${PLACE}/services/shop:setIamPolicy`,
        { policy: { bindings: [] } },
    ],
    [
        "google.cloud.tasks.v2.CloudTasks.CreateQueue",
        "POST",
        `https://cloudtasks.googleapis.com/v2/${PLACE}/queues`,
        { name: `${PLACE}/queues/work` },
    ],
    ["google.cloud.run.v2.Services.DeleteService", "DELETE", `https://run.googleapis.com/v2/${PLACE}/services/shop`],
];

describe("the audit log", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = testCloud();
    });
    afterEach(() => cloud.close());

    const read = async (filter: string): Promise<{ protoPayload: Record<string, unknown>; severity: string }[]> => {
        const url = "https://logging.googleapis.com/v2/entries:list";
        const { entries = [] } = await cloud.call(owner, "POST", url, { resourceNames: ["projects/demo"], filter });
        return entries as { protoPayload: Record<string, unknown>; severity: string }[];
    };
    const DENIED = 'logName:"cloudaudit.googleapis.com" AND protoPayload.status.code=7';

    it("has each change that was refused, with who wanted it and what was missing, and none that was allowed", async () => {
        for (const [method, verb, url, body] of CHANGES) {
            assert.equal(await cloud.status(stranger, verb, url, body), 403, method);
            assert.equal(await cloud.status(owner, verb, url, body), 200, method);
        }
        const entries = await read(DENIED);
        assert.deepEqual(
            entries.map(({ protoPayload }) => protoPayload.methodName),
            CHANGES.map(([method]) => method),
        );
        for (const { protoPayload, severity } of entries) {
            const [first] = protoPayload.authorizationInfo as Record<string, unknown>[];
            assert.equal(severity, "ERROR");
            assert.deepEqual(protoPayload.authenticationInfo, { principalEmail: "stranger@example.com" });
            assert.match(String(first?.permission), /^(pubsub|run|cloudtasks)\./);
            assert.match(String(first?.resource), /^\/\//);
        }
        assert.equal((await read(`${DENIED} AND protoPayload.methodName:"CreateTopic"`)).length, 1);
    });

    it("has no reads, and no other errors", async () => {
        const topic = "https://pubsub.googleapis.com/v1/projects/demo/topics/none";
        assert.equal(await cloud.status(stranger, "GET", topic), 403);
        assert.equal(await cloud.status(owner, "GET", topic), 404);
        assert.equal(
            await cloud.status(owner, "PUT", "https://pubsub.googleapis.com/v1/projects/demo/topics/a%20b", {}),
            400,
        );
        assert.deepEqual(await read(DENIED), []);
    });
});
