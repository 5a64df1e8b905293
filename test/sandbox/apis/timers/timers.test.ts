import assert from "node:assert/strict";
import fc from "fast-check";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

type Body = Record<string, unknown>;

const PLACE = "projects/demo/locations/europe-west1";
const QUEUES = `https://cloudtasks.googleapis.com/v2/${PLACE}/queues`;
const TASKS = `${QUEUES}/work/tasks`;
const JOBS = `https://cloudscheduler.googleapis.com/v1/${PLACE}/jobs`;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const url = "https://example.com/";
const body = Buffer.from("hello").toString("base64");

describe("a task of Cloud Tasks", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = testCloud();
        await cloud.call(owner, "POST", QUEUES, { name: `${PLACE}/queues/work` });
    });
    afterEach(() => cloud.close());

    const named = (id: string, more: Body = {}) => ({
        task: { name: `${PLACE}/queues/work/tasks/${id}`, httpRequest: { url }, ...more },
    });
    const statusOf = (request: Body) => cloud.status(owner, "POST", TASKS, request);

    it("leaves its name in use for an hour, however it went", async () => {
        const ways: Record<string, () => Promise<unknown>> = {
            deleted: () => cloud.call(owner, "DELETE", `${TASKS}/deleted`),
            purged: () => cloud.call(owner, "POST", `${QUEUES}/work:purge`, {}),
            "1234567890123456789": () => cloud.call(owner, "DELETE", `${TASKS}/1234567890123456789`),
        };
        for (const [id, end] of Object.entries(ways)) {
            await cloud.call(owner, "POST", TASKS, named(id));
            await assert.rejects(cloud.call(owner, "POST", TASKS, named(id)), /409.*already exists/, id);
            await end();
            await assert.rejects(cloud.call(owner, "POST", TASKS, named(id)), /409.*existed too recently/, id);
            assert.equal(await statusOf(named(`${id}-other`)), 200, "another name is free");
            cloud.clock.advance(HOUR + 1000);
            assert.equal(await statusOf(named(id)), 200, "it is free again");
            await cloud.call(owner, "POST", `${QUEUES}/work:purge`, {});
            cloud.clock.advance(HOUR + 1000);
        }
        // What is over is not kept for ever.
        await cloud.call(owner, "POST", TASKS, named("last"));
        await cloud.call(owner, "DELETE", `${TASKS}/last`);
        assert.deepEqual(
            cloud.store.list("cloudtasks.used").map(([name]) => name.replace(/^.*\//, "")),
            ["last"],
        );
    });

    it("keeps no names that the server gave", async () => {
        const { name } = await cloud.call(owner, "POST", TASKS, { task: { httpRequest: { url } } });
        await cloud.call(owner, "DELETE", `${TASKS}/${String(name).replace(/^.*\//, "")}`);
        assert.equal(cloud.store.list("cloudtasks.used").length, 0);
    });

    it("is due within 30 days, and is no larger than 1 MB", async () => {
        const dueIn = (time: number) =>
            named(`t${time}`, { scheduleTime: new Date(cloud.clock.now() + time).toISOString() });
        assert.deepEqual([await statusOf(dueIn(29 * DAY)), await statusOf(dueIn(31 * DAY))], [200, 400]);
        const sized = (bytes: number) =>
            named(`s${bytes}`, { httpRequest: { url, body: Buffer.alloc(bytes, "a").toString("base64") } });
        assert.deepEqual([await statusOf(sized(700_000)), await statusOf(sized(900_000))], [200, 400]);
    });
});

describe("a request that Cloud Tasks or Cloud Scheduler sends", () => {
    it("has a body only with a method that can have one", async () => {
        const cloud = testCloud();
        try {
            await cloud.call(owner, "POST", QUEUES, { name: `${PLACE}/queues/work` });
            const methods = ["POST", "PUT", "PATCH", "GET", "HEAD", "DELETE", "OPTIONS", undefined] as const;
            let count = 0;
            await fc.assert(
                fc.asyncProperty(fc.constantFrom(...methods), fc.boolean(), async (httpMethod, hasBody) => {
                    const more = { ...(httpMethod && { httpMethod }), ...(hasBody && { body }) };
                    const task = { task: { httpRequest: { url, ...more } } };
                    const id = `j${++count}`;
                    const job = {
                        name: `${PLACE}/jobs/${id}`,
                        schedule: "0 0 1 1 *",
                        httpTarget: { uri: url, ...more },
                    };
                    const takes = !hasBody || ["POST", "PUT", "PATCH", undefined].includes(httpMethod);
                    assert.deepEqual(
                        [await cloud.status(owner, "POST", TASKS, task), await cloud.status(owner, "POST", JOBS, job)],
                        takes ? [200, 200] : [400, 400],
                    );
                }),
            );
        } finally {
            cloud.close();
        }
    });
});
