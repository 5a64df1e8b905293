import { strict as assert } from "node:assert";
import { hour, location, Scene } from "./scene";

const tasks = `https://cloudtasks.googleapis.com/v2/${location}/queues`;
const jobs = `https://cloudscheduler.googleapis.com/v1/${location}/jobs`;

/** Requests that an API may take, and that HTTP does not. */
const HEADERS: Record<string, string>[] = [
    { "bad name": "x" },
    { x: "a\r\nb" },
    { "x\u0000": "x" },
    { "content-length": "5", "transfer-encoding": "chunked" },
    { host: "elsewhere.example" },
];
const URLS = [
    "http://[",
    "not a url",
    "https://",
    "https://x.a.run.app:99999/",
    "https://%/",
    "https://x.a.run.app/\u00e9 \n",
];

describe("a request that cannot be sent", function () {
    this.timeout(60_000);
    let scene: Scene;
    const uncaught: unknown[] = [];
    const note = (reason: unknown): void => void uncaught.push(reason);
    before(async () => {
        process.on("unhandledRejection", note);
        scene = await Scene.start();
    });
    after(async () => {
        process.off("unhandledRejection", note);
        await scene.close();
    });

    it("is an attempt that failed, and ends no sandbox: of queues, jobs and subscriptions", async () => {
        const { sandbox, url } = scene;
        await sandbox.request("POST", tasks, { body: { name: `${location}/queues/orders` } });
        await scene.call("PUT", "https://pubsub.googleapis.com/v1/projects/demo/topics/tee", {});
        const requests = [
            ...HEADERS.map((headers) => ({ url: `${url}/x`, headers })),
            ...URLS.map((odd) => ({ url: odd, headers: {} })),
        ];
        const failed: string[] = [];
        for (const [at, { url: to, headers }] of requests.entries()) {
            // Each may also refuse it: then nothing is sent.
            await sandbox.request("POST", `${tasks}/orders/tasks`, {
                body: { task: { httpRequest: { url: to, headers } } },
            });
            const name = `${location}/jobs/job-${at}`;
            const job = { name, schedule: "0 * * * *", httpTarget: { uri: to, headers } };
            const { status } = await sandbox.request("POST", jobs, { body: job });
            if (status === 200) {
                await scene.call("POST", `${jobs}/job-${at}:run`, {});
                failed.push(name);
            }
            const push = { topic: "projects/demo/topics/tee", pushConfig: { pushEndpoint: to } };
            await sandbox.request("PUT", `https://pubsub.googleapis.com/v1/projects/demo/subscriptions/s-${at}`, {
                body: push,
            });
        }
        const messages = [{ data: "aGVsbG8=", attributes: { "a\nb": "c\r\nd", plain: "e\u0000" } }];
        await sandbox.request("POST", "https://pubsub.googleapis.com/v1/projects/demo/topics/tee:publish", {
            body: { messages },
        });
        sandbox.cloud.clock.advance(hour);
        for (const name of failed) {
            while (
                (await scene.call("GET", `https://cloudscheduler.googleapis.com/v1/${name}`))["lastAttemptTime"] ===
                undefined
            ) {
                await new Promise((resolve) => setTimeout(resolve, 5));
            }
        }
        assert.ok(failed.length >= 3);
        assert.deepEqual(uncaught, []);
    });
});
