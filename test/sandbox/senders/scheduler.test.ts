import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { registerSenders } from "../../../sandbox/senders";
import { nextRun } from "../../../sandbox/schedule/cron";
import { owner, testCloud } from "../support/cloud";
import { answers, arrived, email, hour, location, until, Scene } from "./scene";

describe("Cloud Scheduler", () => {
    let scene: Scene;
    beforeEach(async () => {
        scene = await Scene.start();
    });
    afterEach(() => scene.close());

    const job = `https://cloudscheduler.googleapis.com/v1/${location}/jobs/nightly`;
    /** Each hour, and half an hour from now, so that a test that waits for something else does not meet it. */
    const hourly = (): string => `${(new Date(scene.sandbox.cloud.clock.now()).getUTCMinutes() + 30) % 60} * * * *`;
    const make = (more: object = {}) =>
        scene.call("POST", job.replace("/nightly", ""), {
            name: `${location}/jobs/nightly`,
            schedule: hourly(),
            httpTarget: {
                uri: `${scene.url}/close`,
                headers: {
                    "x-own": "1",
                    Host: "elsewhere.example.com",
                    "X-Google-Own": "1",
                    "x-appengine-cron": "true",
                },
                body: Buffer.from("{}").toString("base64"),
                oidcToken: { serviceAccountEmail: email, audience: scene.url },
            },
            ...more,
        });
    const status = async () => (await scene.call("GET", job)).status as { code?: number } | undefined;

    it("runs a job when the sandbox's clock reaches its time, with its account's token", async () => {
        await make();
        assert.equal(arrived.length, 0);
        scene.sandbox.cloud.clock.advance(hour);
        await until(() => arrived.length === 1);
        const [request] = arrived;
        assert.equal(request?.method, "POST");
        assert.equal(request.path, "/close");
        assert.equal(request.body, "{}");
        assert.equal(request.headers["user-agent"], "Google-Cloud-Scheduler");
        assert.equal(request.headers["x-cloudscheduler"], "true");
        assert.equal(request.headers["x-cloudscheduler-jobname"], "nightly");
        assert.equal(request.headers["x-own"], "1");
        assert.notEqual(request.headers.host, "elsewhere.example.com");
        assert.deepEqual(
            [request.headers["x-google-own"], request.headers["x-appengine-cron"]],
            [undefined, undefined],
        );
        assert.match(request.headers.authorization ?? "", /SIGNATURE_REMOVED_BY_GOOGLE$/);
        scene.sandbox.cloud.clock.advance(hour);
        await until(() => arrived.length === 2);
    });

    it("calls a path with the default audience, which is the URL with the path", async () => {
        const oidcToken = { serviceAccountEmail: email };
        await make({ httpTarget: { uri: `${scene.url}/cron`, oidcToken } });
        await scene.call("POST", `${job}:run`, {});
        await until(() => arrived.length === 1);
        await scene.call("PATCH", `${job}?updateMask=httpTarget`, {
            name: `${location}/jobs/nightly`,
            httpTarget: { uri: `${scene.url}/cron?mode=full`, oidcToken },
        });
        await scene.call("POST", `${job}:run`, {});
        await until(async () => (await status())?.code === 16);
        assert.equal(arrived.length, 1);
    });

    it("runs a job at once when it is told to, and never while it is paused", async () => {
        await make();
        await scene.call("POST", `${job}:run`, {});
        await until(() => arrived.length === 1);
        await scene.call("POST", `${job}:pause`, {});
        scene.sandbox.cloud.clock.advance(3 * hour);
        await scene.call("POST", `${job}:resume`, {});
        scene.sandbox.cloud.clock.advance(hour);
        await until(() => arrived.length === 2);
    });

    it("tells in the job's status what came of it", async () => {
        await make();
        await scene.grant();
        await scene.call("POST", `${job}:run`, {});
        await until(async () => (await status())?.code === 7);
        assert.equal(arrived.length, 0);
        await scene.grant(`serviceAccount:${email}`);
        await scene.call("POST", `${job}:run`, {});
        await until(async () => (await status())?.code === undefined);
        assert.equal(arrived.length, 1);
    });

    it("sends nothing once its agent has lost its role", async () => {
        await make();
        scene.takeAgentsRoles();
        await scene.call("POST", `${job}:run`, {});
        await until(async () => (await status())?.code === 16);
        assert.equal(arrived.length, 0);
        assert.match(scene.denials().at(-1)?.principal ?? "", /gcp-sa-cloudscheduler/);
    });

    it("tries again as often as the job says, by the sandbox's clock", async () => {
        await make({ retryConfig: { retryCount: 1, minBackoffDuration: "30s" } });
        answers.push(500, 500, 500);
        await scene.call("POST", `${job}:run`, {});
        await until(async () => (await status())?.code === 13);
        scene.sandbox.cloud.clock.advance(30_000);
        await until(() => arrived.length === 2);
    });

    it("goes on trying until both the number of retries and their time are over", async () => {
        const retryConfig = { retryCount: 1, minBackoffDuration: "30s", maxRetryDuration: "100s", maxDoublings: 0 };
        await make({ retryConfig });
        answers.push(500, 500, 500, 500);
        const { clock } = scene.sandbox.cloud;
        let begun = clock.now();
        await scene.call("POST", `${job}:run`, {});
        for (const count of [1, 2, 3]) {
            // The wait for the next attempt has begun once the result of this one is written.
            await until(async () => {
                const { status: code, lastAttemptTime } = await scene.call("GET", job);
                return code !== undefined && Date.parse(String(lastAttemptTime)) >= begun;
            });
            assert.equal(arrived.length, count);
            begun = clock.now() + 30_000;
            clock.advance(60_000);
        }
        assert.equal(arrived.length, 3);
    });

    it("refuses deadlines and numbers of retries that Google does", async () => {
        await assert.rejects(make({ attemptDeadline: "5s" }), /400.*between 15s and 1800s/);
        await assert.rejects(make({ retryConfig: { retryCount: 6 } }), /400.*0 to 5/);
        await make({ attemptDeadline: "1800s", retryConfig: { retryCount: 5 } });
    });

    it("reads Unix cron in the job's time zone", () => {
        const from = Date.parse("2026-03-28T12:00:00Z");
        const at = (schedule: string, zone = "UTC") => new Date(nextRun(schedule, zone, from) ?? 0).toISOString();
        assert.equal(at("30 6 * * *"), "2026-03-29T06:30:00.000Z");
        assert.equal(at("30 6 * * *", "Europe/Berlin"), "2026-03-29T04:30:00.000Z", "summer time has begun");
        assert.equal(at("0 0 1 * *"), "2026-04-01T00:00:00.000Z");
    });

    it("runs by App Engine's words, again and again", async () => {
        await make({ schedule: "every 5 minutes" });
        for (const count of [1, 2]) {
            scene.sandbox.cloud.clock.advance(5 * 60_000);
            await until(() => arrived.length === count);
        }
    });

    it("refuses a schedule that it cannot read when the job is made", async () => {
        await assert.rejects(
            make({ schedule: "every 5 parsecs" }),
            /400.*Schedule or time zone is invalid.*every 5 parsecs/,
        );
        await assert.rejects(make({ timeZone: "Mars/Olympus" }), /400.*Schedule or time zone is invalid.*Mars/);
        await assert.rejects(make({ schedule: "61 * * * *" }), /400/);
    });
});

describe("Cloud Scheduler after a restart of the sandbox", () => {
    it("goes on with an interval from where it was", async () => {
        const folder = mkdtempSync(join(tmpdir(), "scheduler-"));
        const url = `https://cloudscheduler.googleapis.com/v1/${location}/jobs`;
        const planned: unknown[] = [];
        for (const first of [true, false]) {
            const cloud = testCloud(join(folder, "sandbox.json"));
            const senders = registerSenders(cloud);
            if (first) {
                const job = {
                    name: `${location}/jobs/often`,
                    schedule: "every 2 hours",
                    pubsubTarget: { topicName: "projects/demo/topics/tee", data: "e30=" },
                };
                await cloud.call(owner, "POST", url, job);
                cloud.clock.advance(hour);
            }
            planned.push((await cloud.call(owner, "GET", `${url}/often`)).scheduleTime);
            await senders.close();
            cloud.close();
        }
        rmSync(folder, { recursive: true });
        assert.match(String(planned[0]), /^\d{4}-/);
        assert.equal(planned[1], planned[0]);
    });
});
