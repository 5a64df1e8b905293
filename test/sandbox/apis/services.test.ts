import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { crc32c } from "../../../sandbox/apis/framework/crc32c";
import type { Signal } from "../../../sandbox/cloud";
import { owner, testCloud, type TestCloud } from "../support/cloud";

type Body = Record<string, unknown>;

const STRANGER = { kind: "user", email: "stranger@example.com" } as const;
const PLACE = "projects/demo/locations/europe-west1";
const base64 = (text: string): string => Buffer.from(text).toString("base64");

describe("the admin APIs", () => {
    let cloud: TestCloud;
    let signals: Signal[];
    beforeEach(() => {
        cloud = testCloud();
        signals = [];
        // Events for Eventarc come with every change.
        cloud.signals.on((signal) => {
            if (signal.kind !== "event") {
                signals.push(signal);
            }
        });
    });
    afterEach(() => cloud.close());

    const call = (method: string, url: string, body?: unknown): Promise<Body> =>
        cloud.call(owner, method, `https://${url}`, body);
    const status = (method: string, url: string, body?: unknown, as: typeof owner = owner): Promise<number> =>
        cloud.status(as, method, `https://${url}`, body);

    describe("of Secret Manager", () => {
        const SECRETS = "secretmanager.googleapis.com/v1/projects/demo/secrets";
        beforeEach(() => call("POST", `${SECRETS}?secretId=key`, { replication: { automatic: {} } }));
        const add = (text: string): Promise<Body> =>
            call("POST", `${SECRETS}/key:addVersion`, { payload: { data: base64(text) } });

        it("give the newest version that is enabled, with its checksum", async () => {
            const first = await add("hunter1");
            assert.equal(first.name, "projects/100000000001/secrets/key/versions/1");
            await add("hunter2");
            const latest = await call("GET", `${SECRETS}/key/versions/latest:access`);
            assert.deepEqual(latest.payload, {
                data: base64("hunter2"),
                dataCrc32c: String(crc32c(Buffer.from("hunter2"))),
            });
            await call("POST", `${SECRETS}/key/versions/2:disable`, {});
            const older = await call("GET", `${SECRETS}/key/versions/latest:access`);
            assert.equal(older.name, "projects/100000000001/secrets/key/versions/1");
        });

        it("refuse a version that is disabled, destroyed or not there, and a wrong checksum", async () => {
            await add("hunter2");
            await call("POST", `${SECRETS}/key/versions/1:disable`, {});
            assert.equal(await status("GET", `${SECRETS}/key/versions/1:access`), 400);
            await call("POST", `${SECRETS}/key/versions/1:enable`, {});
            assert.equal(await status("GET", `${SECRETS}/key/versions/1:access`), 200);
            await call("POST", `${SECRETS}/key/versions/1:destroy`, {});
            assert.equal(await status("POST", `${SECRETS}/key/versions/1:enable`, {}), 400);
            assert.equal(await status("GET", `${SECRETS}/key/versions/9:access`), 404);
            const wrong = { payload: { data: base64("x"), dataCrc32c: "1" } };
            assert.equal(await status("POST", `${SECRETS}/key:addVersion`, wrong), 400);
        });

        it("give a secret to who may read it, and to nobody else", async () => {
            await add("hunter2");
            const url = `${SECRETS}/key/versions/1:access`;
            assert.equal(await status("GET", url, undefined, STRANGER), 403);
            const bindings = [{ role: "roles/secretmanager.secretAccessor", members: ["user:stranger@example.com"] }];
            await call("POST", `${SECRETS}/key:setIamPolicy`, { policy: { bindings } });
            assert.equal(await status("GET", url, undefined, STRANGER), 200);
        });

        it("forget a secret with all its versions", async () => {
            await add("hunter2");
            await call("DELETE", `${SECRETS}/key`);
            assert.equal(await status("GET", `${SECRETS}/key`), 404);
            await call("POST", `${SECRETS}?secretId=key`, { replication: { automatic: {} } });
            assert.equal(await status("GET", `${SECRETS}/key/versions/1:access`), 404);
            assert.equal(JSON.stringify(cloud.store.snapshot()).includes(base64("hunter2")), false);
        });
    });

    describe("of Pub/Sub", () => {
        const PUBSUB = "pubsub.googleapis.com/v1/projects/demo";
        beforeEach(async () => {
            await call("PUT", `${PUBSUB}/topics/tee`, { labels: { a: "b" } });
            await call("PUT", `${PUBSUB}/subscriptions/sub`, {
                topic: "projects/demo/topics/tee",
                ackDeadlineSeconds: 20,
            });
        });
        const pull = async (): Promise<{ ackId: string; message: Body; deliveryAttempt?: number }[]> =>
            ((await call("POST", `${PUBSUB}/subscriptions/sub:pull`, { maxMessages: 10 })).receivedMessages ??
                []) as Awaited<ReturnType<typeof pull>>;

        it("deliver a message again until it is acknowledged", async () => {
            const { messageIds } = await call("POST", `${PUBSUB}/topics/tee:publish`, {
                messages: [{ data: base64("hi") }],
            });
            const [first] = await pull();
            assert.deepEqual([first?.message.data, [first?.message.messageId]], [base64("hi"), messageIds]);
            assert.deepEqual(await pull(), []);
            cloud.clock.advance(21_000);
            const [again] = await pull();
            assert.deepEqual([again?.message.data, again?.deliveryAttempt], [base64("hi"), undefined]);
            await call("POST", `${PUBSUB}/subscriptions/sub:acknowledge`, { ackIds: [again?.ackId] });
            cloud.clock.advance(60_000);
            assert.deepEqual(await pull(), []);
        });

        it("hand a message back at once where the deadline is set to 0", async () => {
            await call("POST", `${PUBSUB}/topics/tee:publish`, { messages: [{ attributes: { a: "b" } }] });
            const ackIds = (await pull()).map(({ ackId }) => ackId);
            await call("POST", `${PUBSUB}/subscriptions/sub:modifyAckDeadline`, { ackIds, ackDeadlineSeconds: 0 });
            assert.equal((await pull()).length, 1);
        });

        it("tell the sender of each subscription that has a message", async () => {
            signals.length = 0;
            await call("POST", `${PUBSUB}/topics/tee:publish`, { messages: [{ data: base64("hi") }] });
            assert.deepEqual(signals, [{ kind: "subscription", name: "projects/demo/subscriptions/sub" }]);
        });

        it("refuse an empty message, a topic that is not there, and a push address that is not https", async () => {
            assert.equal(await status("POST", `${PUBSUB}/topics/tee:publish`, { messages: [{}] }), 400);
            assert.equal(await status("POST", `${PUBSUB}/topics/none:publish`, { messages: [{ data: "aGk=" }] }), 404);
            assert.equal(
                await status("PUT", `${PUBSUB}/subscriptions/xxx`, { topic: "projects/demo/topics/none" }),
                404,
            );
            const pushConfig = { pushEndpoint: "http://x.example/" };
            const plain = { topic: "projects/demo/topics/tee", pushConfig };
            assert.equal(await status("PUT", `${PUBSUB}/subscriptions/xxx`, plain), 400);
            assert.equal(await status("PUT", `${PUBSUB}/topics/tee`, {}), 409);
        });

        it("grant on a topic and on a subscription, each by its own permissions", async () => {
            const policy = { bindings: [{ role: "roles/pubsub.publisher", members: ["user:stranger@example.com"] }] };
            const publish = `${PUBSUB}/topics/tee:publish`;
            const body = { messages: [{ data: "aGk=" }] };
            assert.equal(await status("POST", publish, body, STRANGER), 403);
            await call("POST", `${PUBSUB}/topics/tee:setIamPolicy`, { policy });
            assert.equal(await status("POST", publish, body, STRANGER), 200);
            assert.equal(await status("POST", `${PUBSUB}/subscriptions/sub:pull`, { maxMessages: 1 }, STRANGER), 403);
            assert.equal(await status("GET", `${PUBSUB}/subscriptions/sub:getIamPolicy`, undefined, STRANGER), 403);
            assert.equal(await status("GET", `${PUBSUB}/subscriptions/sub:getIamPolicy`), 200);
        });

        it("leave the subscriptions of a deleted topic without one", async () => {
            await call("DELETE", `${PUBSUB}/topics/tee`);
            assert.equal((await call("GET", `${PUBSUB}/subscriptions/sub`)).topic, "_deleted-topic_");
        });
    });

    describe("of Tasks and Scheduler", () => {
        const QUEUES = `cloudtasks.googleapis.com/v2/${PLACE}/queues`;
        const JOBS = `cloudscheduler.googleapis.com/v1/${PLACE}/jobs`;
        const url = "https://orders.example/reserve";

        it("keep a task and tell the sender, until it is deleted", async () => {
            await call("POST", QUEUES, { name: `${PLACE}/queues/q`, retryConfig: { maxAttempts: 3 } });
            const queue = await call("GET", `${QUEUES}/q`);
            assert.deepEqual([queue.state, (queue.retryConfig as Body).maxAttempts], ["RUNNING", 3]);
            const task = await call("POST", `${QUEUES}/q/tasks`, { task: { httpRequest: { url } } });
            assert.deepEqual(signals.at(-1), { kind: "task", name: task.name });
            assert.equal(((await call("GET", `${QUEUES}/q/tasks`)).tasks as unknown[]).length, 1);
            await call("DELETE", `cloudtasks.googleapis.com/v2/${String(task.name)}`);
            assert.equal(await status("GET", `cloudtasks.googleapis.com/v2/${String(task.name)}`), 404);
        });

        it("pause, resume and purge a queue", async () => {
            await call("POST", QUEUES, { name: `${PLACE}/queues/q` });
            assert.equal((await call("POST", `${QUEUES}/q:pause`, {})).state, "PAUSED");
            assert.equal((await call("POST", `${QUEUES}/q:resume`, {})).state, "RUNNING");
            await call("POST", `${QUEUES}/q/tasks`, { task: { httpRequest: { url } } });
            await call("POST", `${QUEUES}/q:purge`, {});
            assert.deepEqual(await call("GET", `${QUEUES}/q/tasks`), {});
            assert.equal(await status("POST", `${QUEUES}/none/tasks`, { task: { httpRequest: { url } } }), 404);
        });

        it("refuse an access token for a host that is not Google's", async () => {
            await cloud.account("caller");
            const oauthToken = { serviceAccountEmail: "caller@demo.iam.gserviceaccount.com" };
            const job = (uri: string): Body => ({
                name: `${PLACE}/jobs/j`,
                schedule: "0 * * * *",
                httpTarget: { uri, oauthToken },
            });
            assert.equal(await status("POST", JOBS, job("https://orders.example/")), 400);
            assert.equal(await status("POST", JOBS, job("https://googleapis.com.evil.example/")), 400);
            assert.equal(await status("POST", JOBS, job("https://run.googleapis.com/v2/x")), 200);
        });

        it("keep a job paused through an update, and run it when asked", async () => {
            const job = { name: `${PLACE}/jobs/j`, schedule: "0 * * * *", httpTarget: { uri: url } };
            assert.equal((await call("POST", JOBS, job)).state, "ENABLED");
            await call("POST", `${JOBS}/j:pause`, {});
            const updated = await call("PATCH", `${JOBS}/j`, { ...job, schedule: "5 * * * *" });
            assert.deepEqual([updated.state, updated.schedule], ["PAUSED", "5 * * * *"]);
            await call("POST", `${JOBS}/j:run`, {});
            assert.deepEqual(signals.filter(({ kind }) => kind === "job").at(-1), {
                kind: "job",
                name: job.name,
                now: true,
            });
            assert.equal(await status("POST", JOBS, { ...job, name: `${PLACE}/jobs/k`, timeZone: "Mars/Base" }), 400);
            assert.equal(await status("POST", JOBS, { name: `${PLACE}/jobs/k`, schedule: "0 * * * *" }), 400);
        });
    });

    describe("of Cloud Storage", () => {
        const B = "storage.googleapis.com/storage/v1/b";
        const UPLOAD = "storage.googleapis.com/upload/storage/v1/b/box/o";
        beforeEach(() => call("POST", `${B}?project=demo`, { name: "box", location: "EU" }));

        it("keep an object's bytes and checksums, sent alone or with metadata", async () => {
            const made = await call("POST", `${UPLOAD}?uploadType=media&name=a/b.txt`, "hello");
            assert.deepEqual(
                [made.size, made.md5Hash, made.crc32c],
                ["5", createHash("md5").update("hello").digest("base64"), "mnG7TA=="],
            );
            assert.equal((await call("GET", `${B}/box/o/a%2Fb.txt`)).name, "a/b.txt");
            const media = await cloud.apis.request("GET", `https://${B}/box/o/a%2Fb.txt?alt=media`, {
                principal: owner,
            });
            assert.deepEqual([media?.status, media?.body], [200, "hello"]);
            const parts = `--x\r\ncontent-type: application/json\r\n\r\n{"name":"two"}\r\n--x\r\ncontent-type: text/plain\r\n\r\nbytes\r\n--x--`;
            const headers = { "content-type": "multipart/related; boundary=x" };
            const two = { principal: owner, body: parts, headers };
            const sent = await cloud.apis.request("POST", `https://${UPLOAD}?uploadType=multipart`, two);
            const stored = sent?.body as Body | undefined;
            assert.deepEqual([stored?.name, stored?.contentType], ["two", "text/plain"]);
            assert.equal(((await call("GET", `${B}/box/o?prefix=t`)).items as unknown[]).length, 1);
        });

        it("do not delete a bucket that is not empty, nor make one twice", async () => {
            await call("POST", `${UPLOAD}?uploadType=media&name=o`, "x");
            assert.equal(await status("DELETE", `${B}/box`), 409);
            assert.equal(await status("POST", `${B}?project=demo`, { name: "box" }), 409);
            assert.equal(await status("DELETE", `${B}/box/o/o`), 204);
            assert.equal(await status("DELETE", `${B}/box`), 204);
            assert.equal(await status("GET", `${B}/box`), 404);
        });

        it("give an object to who may read the bucket, and to nobody else", async () => {
            await call("POST", `${UPLOAD}?uploadType=media&name=o`, "x");
            assert.equal(await status("GET", `${B}/box/o/o`, undefined, STRANGER), 403);
            const bindings = [{ role: "roles/storage.objectViewer", members: ["user:stranger@example.com"] }];
            await call("PUT", `${B}/box/iam`, { kind: "storage#policy", bindings });
            assert.equal(await status("GET", `${B}/box/o/o`, undefined, STRANGER), 200);
            assert.equal(await status("DELETE", `${B}/box/o/o`, undefined, STRANGER), 403);
        });
    });

    describe("of functions, triggers and the rest", () => {
        it("deploy a Cloud Run service beneath a function, which goes with it", async () => {
            await cloud.account("caller");
            const url = `cloudfunctions.googleapis.com/v2beta/${PLACE}/functions`;
            await call("POST", `${url}?functionId=My_fn`, {
                buildConfig: { runtime: "nodejs22", source: { storageSource: { bucket: "b", object: "o" } } },
                serviceConfig: {
                    serviceAccountEmail: "caller@demo.iam.gserviceaccount.com",
                    ingressSettings: "ALLOW_INTERNAL_ONLY",
                },
            });
            const made = await call("GET", `${url}/My_fn`);
            const beneath = `run.googleapis.com/v2/${PLACE}/services/my-fn`;
            const service = await call("GET", beneath);
            assert.equal((made.serviceConfig as Body).uri, service.uri);
            assert.equal(made.url, "https://europe-west1-demo.cloudfunctions.net/My_fn");
            assert.equal(service.ingress, "INGRESS_TRAFFIC_INTERNAL_ONLY");
            await call("DELETE", `${url}/My_fn`);
            assert.equal(await status("GET", beneath), 404);
        });

        it("list what is enabled as the provider asks for it", async () => {
            const url = "serviceusage.googleapis.com/v1/projects/demo/services";
            const list = `${url}?filter=state:ENABLED&pageSize=200&fields=services/name,nextPageToken`;
            const run = { name: "projects/100000000001/services/run.googleapis.com" };
            const names = async (): Promise<string> => JSON.stringify((await call("GET", list)).services);
            assert.ok((await names()).includes(JSON.stringify(run)));
            await call("POST", `${url}/run.googleapis.com:disable`, {});
            assert.ok(!(await names()).includes(JSON.stringify(run)));
            await call("POST", `${url}:batchEnable`, { serviceIds: ["run.googleapis.com"] });
            assert.ok((await names()).includes(JSON.stringify(run)));
            const identity = await call(
                "POST",
                "serviceusage.googleapis.com/v1beta1/projects/demo/services/pubsub.googleapis.com:generateServiceIdentity",
            );
            assert.equal(
                (identity.response as Body).email,
                "service-100000000001@gcp-sa-pubsub.iam.gserviceaccount.com",
            );
        });

        it("write log entries for who may, and find them by a filter", async () => {
            const write = "logging.googleapis.com/v2/entries:write";
            const entries = [
                { logName: "projects/demo/logs/app", severity: "ERROR", textPayload: "broken" },
                { logName: "projects/demo/logs/app", severity: "INFO", textPayload: "fine" },
            ];
            assert.equal(await status("POST", write, { entries }, STRANGER), 403);
            assert.equal(await status("POST", write, { entries }), 200);
            const found = await call("POST", "logging.googleapis.com/v2/entries:list", {
                resourceNames: ["projects/demo"],
                filter: 'severity>=WARNING AND logName="projects/demo/logs/app"',
            });
            assert.deepEqual(
                (found.entries as Body[]).map(({ textPayload }) => textPayload),
                ["broken"],
            );
            assert.equal(await status("POST", write, { entries: [{ textPayload: "x" }] }), 400);
        });

        it("list the logs that have entries, page by page, and delete one of them", async () => {
            const names = ["b%2Fc", "a"].map((id) => `projects/demo/logs/${id}`);
            const [slash = "", plain = ""] = names;
            const entries = [...names, ...names].map((logName) => ({ logName, textPayload: "x" }));
            await call("POST", "logging.googleapis.com/v2/entries:write", { entries });
            const url = "logging.googleapis.com/v2/projects/demo/logs";
            assert.equal(await status("GET", url, undefined, STRANGER), 403);
            assert.deepEqual(await call("GET", url), { logNames: [plain, slash] });
            const first = await call("GET", `${url}?pageSize=1`);
            assert.deepEqual(first.logNames, [plain]);
            const { logNames } = await call("GET", `${url}?pageSize=1&pageToken=${String(first.nextPageToken)}`);
            assert.deepEqual(logNames, [slash]);
            const one = `logging.googleapis.com/v2/${plain}`;
            assert.equal(await status("DELETE", one, undefined, STRANGER), 403);
            assert.equal(await status("DELETE", one), 200);
            assert.equal(await status("DELETE", one), 404);
            const activity = "projects/demo/logs/cloudaudit.googleapis.com%2Factivity";
            assert.deepEqual(await call("GET", url), { logNames: [slash, activity] });
        });

        it("set who passes IAP, each level by its own permission", async () => {
            const url = "iap.googleapis.com/v1/projects/demo/iap_web/compute/services/web";
            const policy = { bindings: [{ role: "roles/iap.httpsResourceAccessor", members: ["user:a@example.com"] }] };
            assert.equal(await status("POST", `${url}:setIamPolicy`, { policy }, STRANGER), 403);
            await call("POST", `${url}:setIamPolicy`, { policy });
            assert.deepEqual((await call("POST", `${url}:getIamPolicy`, {})).bindings, policy.bindings);
            assert.equal(await status("POST", "iap.googleapis.com/v1/projects/demo/web:getIamPolicy", {}), 400);
            const settings = { accessSettings: { allowedDomainsSettings: { enable: true } } };
            const name = "projects/demo/iap_web/compute/services/web";
            await call("PATCH", `${url}:iapSettings?updateMask=iapSettings.accessSettings`, { name, ...settings });
            assert.deepEqual(await call("GET", `${url}:iapSettings`), { name, ...settings });
        });

        for (const on of ["iap_web", "iap_web/compute", "iap_web/compute/services/web"]) {
            it(`let whoever passes IAP by a grant on ${on} pass at a service beneath it`, async () => {
                const passes = (): boolean =>
                    cloud.iam.evaluate({
                        principal: STRANGER,
                        permission: "iap.webServiceVersions.accessViaIAP",
                        resource: "//iap.googleapis.com/projects/demo/iap_web/compute/services/web",
                    }).allowed;
                assert.equal(passes(), false);
                const members = ["user:stranger@example.com"];
                const policy = { bindings: [{ role: "roles/iap.httpsResourceAccessor", members }] };
                await call("POST", `iap.googleapis.com/v1/projects/demo/${on}:setIamPolicy`, { policy });
                assert.equal(passes(), true);
            });
        }

        it("keep repositories and triggers, with a subscription beneath a trigger", async () => {
            const repositories = `artifactregistry.googleapis.com/v1/${PLACE}/repositories`;
            await call("POST", `${repositories}?repository_id=apps`, { format: "DOCKER" });
            await call("PATCH", `${repositories}/apps?updateMask=description`, { description: "images" });
            assert.equal((await call("GET", `${repositories}/apps`)).description, "images");
            const triggers = `eventarc.googleapis.com/v1/${PLACE}/triggers`;
            await call("POST", `${triggers}?triggerId=t`, {
                name: `${PLACE}/triggers/t`,
                eventFilters: [{ attribute: "type", value: "google.cloud.pubsub.topic.v1.messagePublished" }],
                destination: { workflow: `${PLACE}/workflows/w` },
            });
            const { transport } = await call("GET", `${triggers}/t`);
            const { topic, subscription } = (transport as { pubsub: { topic: string; subscription: string } }).pubsub;
            const bound = await call("GET", `pubsub.googleapis.com/v1/${subscription}`);
            assert.equal(bound.topic, topic);
            await call("DELETE", `${triggers}/t`);
            assert.equal(await status("GET", `pubsub.googleapis.com/v1/${subscription}`), 404);
        });

        it("list their regions, and know none that Google has not", async () => {
            const url = "workflows.googleapis.com/v1/projects/demo/locations";
            const { locations } = await call("GET", `${url}?pageSize=1`);
            assert.equal((locations as Body[]).length, 1);
            assert.equal((await call("GET", `${url}/europe-west1`)).locationId, "europe-west1");
            assert.equal(await status("GET", `${url}/moon-base1`), 404);
        });

        it("say which methods exist, and what each asks for", () => {
            const list = cloud.apis.list();
            const create = list.find(({ name }) => name === "google.cloud.run.v2.Services.CreateService");
            assert.deepEqual(create, {
                host: "run.googleapis.com",
                name: "google.cloud.run.v2.Services.CreateService",
                implemented: true,
                permission: "run.services.create",
            });
            const tasks = list.find(({ name }) => name === "google.cloud.run.v2.Tasks.ListTasks");
            assert.equal(tasks?.implemented, false);
        });
    });
});
