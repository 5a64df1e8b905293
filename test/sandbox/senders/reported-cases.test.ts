import { strict as assert } from "node:assert";
import { email, location, until, Scene } from "./scene";

const JOBS = `https://cloudscheduler.googleapis.com/v1/${location}/jobs`;
const QUEUES = `https://cloudtasks.googleapis.com/v2/${location}/queues`;
const RUN = "https://run.googleapis.com";

describe("what people reported of Google's senders", () => {
    let scene: Scene;
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    beforeEach(async () => {
        scene = await Scene.start();
    });
    afterEach(() => {
        AbortSignal.timeout = timeout;
        return scene.close();
    });

    /** The code in a job's status once it was tried; 0 if that went well. */
    async function tried(id: string, httpTarget: object): Promise<number> {
        const name = `${location}/jobs/${id}`;
        await scene.call("POST", JOBS, { name, schedule: "0 0 1 1 *", httpTarget });
        await scene.call("POST", `${JOBS}/${id}:run`, {});
        const job = () => scene.call("GET", `${JOBS}/${id}`);
        await until(async () => (await job()).status !== undefined);
        return ((await job()).status as { code?: number }).code ?? 0;
    }

    it("is DEADLINE_EXCEEDED for a receiver that takes too long, and nothing for one that answers", async () => {
        const oidcToken = { serviceAccountEmail: email };
        assert.equal(await tried("quick", { uri: scene.url, oidcToken }), 0);
        await scene.call("POST", QUEUES, { name: `${location}/queues/slow`, retryConfig: { maxAttempts: 2 } });
        // The shortest deadline is 15 seconds, for which no test waits.
        AbortSignal.timeout = () => AbortSignal.abort();
        assert.equal(await tried("slow", { uri: scene.url, oidcToken }), 4);
        const task = { name: `${location}/queues/slow/tasks/one`, httpRequest: { url: scene.url, oidcToken } };
        await scene.call("POST", `${QUEUES}/slow/tasks`, { task });
        const last = async () =>
            (await scene.call("GET", `${QUEUES}/slow/tasks/one?responseView=FULL`)).lastAttempt as
                | { responseStatus?: { code?: number } }
                | undefined;
        await until(async () => (await last())?.responseStatus !== undefined);
        assert.equal((await last())?.responseStatus?.code, 4);
    });

    it("executes a job of Cloud Run by either version of its API, with an access token and with no ID token", async () => {
        const template = { template: { containers: [{ image: "example/batch:1" }] } };
        await scene.call("POST", `${RUN}/v2/${location}/jobs?jobId=batch`, { template });
        const second = `${RUN}/v2/${location}/jobs/batch:run`;
        const first =
            "https://europe-west1-run.googleapis.com/apis/run.googleapis.com/v1/namespaces/demo/jobs/batch:run";
        const oauth = { oauthToken: { serviceAccountEmail: email } };
        const oidc = { oidcToken: { serviceAccountEmail: email } };
        assert.equal(await tried("nobody", { uri: second, ...oauth }), 7);
        scene.grantOnProject("roles/run.invoker", `serviceAccount:${email}`);
        for (const [id, uri] of Object.entries({ first, second })) {
            assert.equal(await tried(`${id}-oauth`, { uri, ...oauth }), 0, uri);
            assert.equal(await tried(`${id}-oidc`, { uri, ...oidc }), 16, uri);
        }
        const { executions } = await scene.call("GET", `${RUN}/v2/${location}/jobs/batch/executions`);
        assert.equal((executions as unknown[]).length, 2);
    });
});
