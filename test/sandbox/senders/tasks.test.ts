import { strict as assert } from "node:assert";
import { answers, arrived, email, hour, location, until, Scene } from "./scene";

describe("Cloud Tasks", () => {
    let scene: Scene;
    beforeEach(async () => {
        scene = await Scene.start();
    });
    afterEach(() => scene.close());

    const queue = `https://cloudtasks.googleapis.com/v2/${location}/queues/orders`;
    const make = (more: object = {}) =>
        scene.call("POST", queue.replace("/orders", ""), { name: `${location}/queues/orders`, ...more });
    const add = (more: object = {}) =>
        scene.call("POST", `${queue}/tasks`, {
            task: {
                httpRequest: {
                    url: `${scene.url}/task`,
                    oidcToken: { serviceAccountEmail: email, audience: scene.url },
                },
                ...more,
            },
        });
    const left = async () =>
        ((await scene.call("GET", `${queue}/tasks`)).tasks as { dispatchCount?: number }[] | undefined) ?? [];

    it("sends a task at once, or when it is due, and forgets it once it is taken", async () => {
        await make();
        await add();
        await until(() => arrived.length === 1);
        assert.equal(arrived[0]?.headers["x-cloudtasks-queuename"], "orders");
        assert.equal(arrived[0].headers["x-cloudtasks-taskretrycount"], "0");
        await until(async () => (await left()).length === 0);
        await add({ scheduleTime: new Date(scene.sandbox.cloud.clock.now() + hour).toISOString() });
        assert.equal((await left()).length, 1);
        scene.sandbox.cloud.clock.advance(hour);
        await until(() => arrived.length === 2);
    });

    it("tries again until it is taken, and gives up after so many attempts", async () => {
        await make({ retryConfig: { maxAttempts: 3, minBackoff: "10s", maxBackoff: "10s" } });
        answers.push(503, 503, 503, 503);
        await add();
        for (const count of [1, 2]) {
            await until(() => arrived.length === count);
            await until(async () => (await left())[0]?.dispatchCount === count);
            scene.sandbox.cloud.clock.advance(10_000);
            await until(() => arrived.length > count);
        }
        await until(async () => (await left()).length === 0);
        assert.equal(arrived.length, 3);
        assert.equal(arrived[1]?.headers["x-cloudtasks-taskpreviousresponse"], "503");
    });

    it("keeps tasks while the queue is paused", async () => {
        await make();
        await scene.call("POST", `${queue}:pause`, {});
        await add();
        scene.sandbox.cloud.clock.advance(hour);
        assert.equal((await left()).length, 1);
        await scene.call("POST", `${queue}:resume`, {});
        await until(() => arrived.length === 1);
    });

    it("sends a burst at once, and what is left at the queue's rate by the sandbox's clock", async () => {
        // So slow that none is due because this machine is slow.
        await make({ rateLimits: { maxDispatchesPerSecond: 0.001 } });
        for (let i = 0; i < 13; i++) {
            await add();
        }
        await until(() => arrived.length === 10);
        // Nothing more may come.
        await new Promise((resolve) => setTimeout(resolve, 20));
        assert.equal(arrived.length, 10, "no more than the burst");
        for (const count of [11, 12, 13]) {
            scene.sandbox.cloud.clock.advance(1_000_000);
            await until(() => arrived.length === count);
        }
    });

    it("has no more under way than the queue lets", async () => {
        await make({ rateLimits: { maxConcurrentDispatches: 1 } });
        for (let i = 0; i < 5; i++) {
            await add();
        }
        await until(() => arrived.length === 5);
        await until(async () => (await left()).length === 0);
    });

    it("goes on after so many attempts until the time for it is over too", async () => {
        const retryConfig = { maxAttempts: 1, maxRetryDuration: "60s", minBackoff: "50s", maxBackoff: "50s" };
        await make({ retryConfig });
        answers.push(503, 503, 503, 503);
        await add();
        for (const count of [1, 2]) {
            await until(() => arrived.length === count);
            await until(async () => (await left())[0]?.dispatchCount === count);
            scene.sandbox.cloud.clock.advance(50_000);
        }
        await until(async () => (await left()).length === 0);
        assert.equal(arrived.length, 3);
    });

    it("refuses limits and deadlines that Google does", async () => {
        await assert.rejects(make({ rateLimits: { maxDispatchesPerSecond: 501 } }), /400/);
        await make();
        await assert.rejects(add({ dispatchDeadline: "5s" }), /400.*between 15s and 1800s/);
        await add({ dispatchDeadline: "15s" });
    });

    it("reaches nobody without the grant, or once its agent has lost its role", async () => {
        await make({ retryConfig: { maxAttempts: 1 } });
        await scene.grant();
        await add();
        await until(async () => (await left()).length === 0);
        assert.match(scene.denials().at(-1)?.reason ?? "", /grant roles\/run\.invoker/);
        await scene.grant(`serviceAccount:${email}`);
        scene.takeAgentsRoles();
        await add();
        await until(async () => (await left()).length === 0);
        assert.match(scene.denials().at(-1)?.principal ?? "", /gcp-sa-cloudtasks/);
        assert.equal(arrived.length, 0);
    });
});
