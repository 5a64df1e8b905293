import assert from "node:assert/strict";
import { owner, testCloud, type TestCloud } from "../support/cloud";

type Body = Record<string, unknown>;

const PLACE = "projects/demo/locations/europe-west1";
const RUN = `https://run.googleapis.com/v2/${PLACE}/services`;
const ACCOUNT = "caller@demo.iam.gserviceaccount.com";

/** A client that reads a resource back and finds another value than it said would change it for ever. */
describe("what a client says of a resource", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = testCloud();
        await cloud.account("caller");
    });
    afterEach(() => cloud.close());
    const call = (method: string, url: string, body?: unknown): Promise<Body> => cloud.call(owner, method, url, body);

    const container = async (said: Body): Promise<Body> => {
        const template = { serviceAccount: ACCOUNT, containers: [{ image: "a/b", ...said }] };
        await call("POST", `${RUN}?serviceId=s`, { template });
        const read = (await call("GET", `${RUN}/s`)).template as { containers: Body[] };
        return read.containers[0]!;
    };

    it("is echoed of a container's resources, which are filled in only where nothing is said", async () => {
        assert.deepEqual((await container({ resources: { limits: { memory: "1Gi" } } })).resources, {
            limits: { memory: "1Gi" },
        });
    });

    it("is nothing of a container's resources: it reads the defaults", async () => {
        assert.deepEqual((await container({})).resources, {
            limits: { cpu: "1000m", memory: "512Mi" },
            cpuIdle: true,
            startupCpuBoost: true,
        });
    });

    it("is a port without a name: it reads the default name", async () => {
        const { ports } = await container({ ports: [{ containerPort: 9000 }] });
        assert.deepEqual(ports, [{ name: "http1", containerPort: 9000 }]);
    });

    it("is the order of environment variables, and one that is empty", async () => {
        const env = [
            { name: "Z", value: "1" },
            { name: "A", value: "" },
        ];
        assert.deepEqual((await container({ env })).env, env);
    });

    it("goes where an update without a mask does not repeat it, and stays where a mask does not name it", async () => {
        const template = { serviceAccount: ACCOUNT, containers: [{ image: "a/b" }] };
        await call("POST", `${RUN}?serviceId=s`, { template, labels: { a: "1" }, description: "d" });
        await call("PATCH", `${RUN}/s?updateMask=description`, { description: "e" });
        const masked = await call("GET", `${RUN}/s`);
        assert.deepEqual([masked.labels, masked.description], [{ a: "1" }, "e"]);
        await call("PATCH", `${RUN}/s`, { template });
        const whole = await call("GET", `${RUN}/s`);
        assert.deepEqual([whole.labels, whole.description], [undefined, undefined]);
    });

    it("is all of a job's method and retries, whose defaults are filled in only where retries are begun", async () => {
        const jobs = `https://cloudscheduler.googleapis.com/v1/${PLACE}/jobs`;
        const job = (name: string, more: Body = {}): Promise<Body> => {
            const httpTarget = { uri: "https://orders.example/" };
            const wanted = { name: `${PLACE}/jobs/${name}`, schedule: "0 * * * *", httpTarget, ...more };
            return call("POST", jobs, wanted);
        };
        const plain = await job("plain");
        assert.deepEqual([plain.retryConfig, (plain.httpTarget as Body).httpMethod], [undefined, undefined]);
        // The provider reads the headers without looking whether there are any.
        assert.deepEqual((plain.httpTarget as Body).headers, { "User-Agent": "Google-Cloud-Scheduler" });
        assert.deepEqual((await job("retried", { retryConfig: { retryCount: 2 } })).retryConfig, {
            retryCount: 2,
            maxRetryDuration: "0s",
            minBackoffDuration: "5s",
            maxBackoffDuration: "3600s",
            maxDoublings: 5,
        });
    });

    it("is cleared where a mask names it and the request lacks it, in both spellings, nested too", async () => {
        const queue = `https://cloudtasks.googleapis.com/v2/${PLACE}/queues`;
        const name = `${PLACE}/queues/q`;
        await call("POST", queue, { name, retryConfig: { maxAttempts: 3, maxRetryDuration: "5s" } });
        await call("PATCH", `${queue}/q?updateMask=retry_config.max_retry_duration`, { name });
        const { retryConfig } = await call("GET", `${queue}/q`);
        assert.deepEqual([(retryConfig as Body).maxAttempts, (retryConfig as Body).maxRetryDuration], [3, undefined]);
        await call("PATCH", `${queue}/q?updateMask=retryConfig`, { name, retryConfig: { maxAttempts: 5 } });
        assert.equal(((await call("GET", `${queue}/q`)).retryConfig as Body).maxAttempts, 5);
    });

    it("is refused of a mask that names no field", async () => {
        const template = { serviceAccount: ACCOUNT, containers: [{ image: "a/b" }] };
        await call("POST", `${RUN}?serviceId=s`, { template });
        assert.equal(await cloud.status(owner, "PATCH", `${RUN}/s?updateMask=colour`, { template }), 400);
        assert.equal(await cloud.status(owner, "PATCH", `${RUN}/s?updateMask=template.colour`, { template }), 400);
        assert.equal(
            await cloud.status(owner, "PATCH", `${RUN}/s?updateMask=template.max_instance_request_concurrency`, {
                template,
            }),
            200,
        );
    });

    it("reads of a bucket: its location in capitals, a label that was taken away gone", async () => {
        const buckets = "https://storage.googleapis.com/storage/v1/b";
        await call("POST", `${buckets}?project=demo`, {
            name: "bucket-one",
            location: "europe-west1",
            labels: { a: "1", b: "2" },
            iamConfiguration: { uniformBucketLevelAccess: { enabled: true } },
        });
        const bucket = await call("PATCH", `${buckets}/bucket-one`, {
            labels: { a: null, c: "3" },
            versioning: { enabled: true },
        });
        assert.deepEqual(
            [bucket.location, bucket.locationType, bucket.labels, bucket.versioning, bucket.projectNumber],
            ["EUROPE-WEST1", "region", { b: "2", c: "3" }, { enabled: true }, "100000000001"],
        );
        assert.deepEqual(bucket.iamConfiguration, {
            uniformBucketLevelAccess: { enabled: true },
            publicAccessPrevention: "inherited",
        });
    });

    it("reads of a secret's time to live as the time when it ends", async () => {
        const secrets = "https://secretmanager.googleapis.com/v1/projects/demo/secrets";
        const made = await call("POST", `${secrets}?secretId=s`, { replication: { automatic: {} }, ttl: "3600s" });
        assert.equal(made.ttl, undefined);
        assert.equal(Date.parse(String(made.expireTime)) - Date.parse(String(made.createTime)), 3_600_000);
    });

    it("finds no topic that an Eventarc trigger had made for itself, once the trigger is gone", async () => {
        const triggers = `https://eventarc.googleapis.com/v1/${PLACE}/triggers`;
        const trigger = {
            name: `${PLACE}/triggers/t`,
            eventFilters: [{ attribute: "type", value: "google.cloud.pubsub.topic.v1.messagePublished" }],
            destination: { cloudRun: { service: "s", region: "europe-west1" } },
        };
        await call("POST", `${triggers}?triggerId=t`, trigger);
        const list = async (): Promise<unknown> =>
            (await call("GET", "https://pubsub.googleapis.com/v1/projects/demo/topics")).topics ?? [];
        assert.equal(((await list()) as Body[]).length, 1);
        await call("DELETE", `${triggers}/t`);
        assert.deepEqual(await list(), []);
    });
});

describe("an API that is disabled", () => {
    let cloud: TestCloud;
    beforeEach(() => (cloud = testCloud()));
    afterEach(() => cloud.close());
    const SERVICES = "https://serviceusage.googleapis.com/v1/projects/demo/services";
    const TOPIC = "https://pubsub.googleapis.com/v1/projects/demo/topics/tee";

    it("refuses every call in Google's words until it is enabled again", async () => {
        await cloud.call(owner, "POST", `${SERVICES}/pubsub.googleapis.com:disable`, {});
        const answer = await cloud.apis.request("PUT", TOPIC, { principal: owner, body: {} })!;
        const { error } = answer.body as { error: { status: string; message: string; details: Body[] } };
        assert.deepEqual([answer.status, error.details[0]!.reason], [403, "SERVICE_DISABLED"]);
        assert.match(error.message, /has not been used in project 100000000001 before or it is disabled/);
        assert.equal(await cloud.status(owner, "GET", RUN), 200);
        await cloud.call(owner, "POST", `${SERVICES}/pubsub.googleapis.com:enable`, {});
        assert.equal(await cloud.status(owner, "PUT", TOPIC, {}), 200);
    });

    it("may be one that the sandbox does not serve: it is listed once it was enabled", async () => {
        const enabled = async (): Promise<boolean> => {
            const { services } = await cloud.call(owner, "GET", `${SERVICES}?filter=state:ENABLED&pageSize=200`);
            return (services as Body[]).some(({ name }) => String(name).endsWith("/translate.googleapis.com"));
        };
        assert.equal(await enabled(), false);
        await cloud.call(owner, "POST", `${SERVICES}:batchEnable`, { serviceIds: ["translate.googleapis.com"] });
        assert.equal(await enabled(), true);
        assert.equal(await cloud.status(owner, "POST", `${SERVICES}/no%20api:enable`, {}), 400);
    });

    it("is counted on another project only by who may use that one", async () => {
        const publisher = await cloud.account("publisher");
        const project = "//cloudresourcemanager.googleapis.com/projects/demo";
        const policy = cloud.iam.getPolicy(project);
        const granted = { role: "roles/pubsub.admin", members: [`serviceAccount:${publisher.email}`] };
        cloud.iam.setPolicy(project, { ...policy, bindings: [...(policy.bindings ?? []), granted] });
        const send = (quota: string) => {
            const headers = { "x-goog-user-project": quota };
            return cloud.apis.request("PUT", TOPIC, { principal: publisher, body: {}, headers })!;
        };
        const denied = await send("elsewhere");
        assert.match(JSON.stringify(denied.body), /USER_PROJECT_DENIED/);
        assert.equal((await send("demo")).status, 200);
    });
});
