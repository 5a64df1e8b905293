import { strict as assert } from "node:assert";
import { answers, arrived, email, location, until, Scene } from "./scene";

describe("what people look at when an attempt fails", () => {
    let scene: Scene;
    beforeEach(async () => {
        scene = await Scene.start();
    });
    afterEach(() => scene.close());

    type Entry = {
        severity: string;
        jsonPayload: Record<string, unknown>;
        httpRequest?: { status: number; requestUrl?: string };
    };
    const entries = async (filter: string): Promise<Entry[]> => {
        const body = { resourceNames: ["projects/demo"], filter };
        const { entries: found = [] } = await scene.call(
            "POST",
            "https://logging.googleapis.com/v2/entries:list",
            body,
        );
        return found as Entry[];
    };

    it("are the log entries of Cloud Scheduler: when it began, and what came of it", async () => {
        const jobs = `https://cloudscheduler.googleapis.com/v1/${location}/jobs`;
        const oidcToken = { serviceAccountEmail: email };
        await scene.call("POST", jobs, {
            name: `${location}/jobs/nightly`,
            schedule: "0 * * * *",
            httpTarget: { uri: `${scene.url}/close?key=secret`, oidcToken: { ...oidcToken, audience: scene.url } },
        });
        const filter = 'resource.type="cloud_scheduler_job" AND resource.labels.job_id="nightly"';
        const run = async (count: number): Promise<Entry[]> => {
            await scene.call("POST", `${jobs}/nightly:run`, {});
            await until(async () => (await entries(filter)).length === count);
            return (await entries(filter)).slice(count - 2);
        };
        const [began, ended] = await run(2);
        assert.match(String(began?.jsonPayload["@type"]), /AttemptStarted$/);
        assert.equal(ended?.severity, "INFO");
        assert.equal(ended.jsonPayload.url, `${scene.url}/close`);
        assert.equal(ended.jsonPayload.status, undefined);
        assert.equal(ended.httpRequest?.status, 200);

        await scene.grant();
        const [, denied] = await run(4);
        assert.equal(denied?.severity, "ERROR");
        assert.equal(denied.jsonPayload.status, "PERMISSION_DENIED");
        assert.match(String(denied.jsonPayload.debugInfo), /^URL_ERROR-ERROR_AUTHENTICATION\..* = 403$/);
        assert.equal((await entries(`${filter} AND severity>=ERROR`)).length, 1);
        assert.doesNotMatch(JSON.stringify(await entries("")), /secret|eyJ|ya29/);
    });

    it("are the log entries of a queue that logs, and of no other", async () => {
        const queues = `https://cloudtasks.googleapis.com/v2/${location}/queues`;
        for (const [id, samplingRatio] of [
            ["quiet", 0],
            ["loud", 1],
        ] as const) {
            const name = `${location}/queues/${id}`;
            await scene.call("POST", queues, {
                name,
                stackdriverLoggingConfig: { samplingRatio },
                retryConfig: { maxAttempts: 1 },
            });
            answers.push(500);
            const oidcToken = { serviceAccountEmail: email, audience: scene.url };
            await scene.call("POST", `${queues}/${id}/tasks`, {
                task: { httpRequest: { url: `${scene.url}/work`, oidcToken } },
            });
            await until(async () => JSON.stringify(await scene.call("GET", `${queues}/${id}/tasks`)) === "{}");
        }
        const found = await entries('resource.type="cloud_tasks_queue"');
        assert.equal(found.length, 1);
        const { attemptResponseLog } = found[0]?.jsonPayload ?? {};
        const { status, targetAddress } = attemptResponseLog as Record<string, string>;
        assert.deepEqual([status, targetAddress], ["INTERNAL", `POST ${scene.url}/work`]);
    });

    it("are the request logs of Cloud Run, for requests that got in and those that did not", async () => {
        await scene.call("PATCH", `https://run.googleapis.com/v2/${location}/services/orders?updateMask=ingress`, {
            ingress: "INGRESS_TRAFFIC_ALL",
        });
        const job = { name: `${location}/jobs/j`, schedule: "0 * * * *" };
        const jobs = `https://cloudscheduler.googleapis.com/v1/${location}/jobs`;
        for (const [path, token] of [
            ["in", { oidcToken: { serviceAccountEmail: email } }],
            ["out", {}],
        ] as const) {
            const name = job.name + path;
            await scene.call("POST", jobs, { ...job, name, httpTarget: { uri: `${scene.url}/${path}`, ...token } });
            await scene.call("POST", `https://cloudscheduler.googleapis.com/v1/${name}:run`, {});
        }
        const filter =
            'logName="projects/demo/logs/run.googleapis.com%2Frequests" AND resource.labels.service_name="orders"';
        await until(async () => (await entries(filter)).length === 2);
        const [denied] = await entries(`${filter} AND httpRequest.status=403`);
        assert.deepEqual([denied?.severity, denied?.httpRequest?.requestUrl], ["WARNING", `${scene.url}/out`]);
        assert.match(JSON.stringify(denied), /The request was not authenticated/);
        const [allowed] = await entries(`${filter} AND httpRequest.status=200`);
        assert.deepEqual([allowed?.severity, allowed?.httpRequest?.requestUrl], ["INFO", `${scene.url}/in`]);
        assert.equal(arrived.length, 1);
    });
});
