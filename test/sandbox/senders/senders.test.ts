import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Sandbox } from "../../../sandbox";
import { backlogOf } from "../../../sandbox/apis/pubsub-backlog";
import { nextRun } from "../../../sandbox/senders/cron";

interface Arrived {
    method: string;
    path: string;
    headers: Record<string, string>;
    body: string;
}
const handler = join(__dirname, "../workloads/fixtures/recorder.js");
const { arrived, answers } = createRequire(__filename)(handler) as { arrived: Arrived[]; answers: number[] };
const location = "projects/demo/locations/europe-west1";
const email = "caller@demo.iam.gserviceaccount.com";
const hour = 3_600_000;

describe("senders", () => {
    let folder: string;
    let sandbox: Sandbox;
    let url: string;

    beforeEach(async () => {
        arrived.length = 0;
        answers.length = 0;
        folder = mkdtempSync(join(tmpdir(), "senders-"));
        const mapping = join(folder, "sandbox.yaml");
        writeFileSync(mapping, `services:\n  - image: "*"\n    handler: ${handler}\n`);
        sandbox = await Sandbox.start({ project: "demo", mapping });
        await call("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", { accountId: "caller" });
        const services = `https://run.googleapis.com/v2/${location}/services`;
        const template = { containers: [{ image: "example/orders:1" }] };
        await call("POST", `${services}?serviceId=orders`, { template, ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" });
        url = String((await call("GET", `${services}/orders`)).uri);
        await grant(`serviceAccount:${email}`);
    });
    afterEach(async () => {
        await sandbox.close();
        rmSync(folder, { recursive: true });
    });

    async function call(method: string, to: string, body?: unknown): Promise<Record<string, unknown>> {
        const answer = await sandbox.request(method, to, { body });
        if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
        return answer.body as Record<string, unknown>;
    }
    const grant = (...members: string[]) =>
        call("POST", `https://run.googleapis.com/v2/${location}/services/orders:setIamPolicy`, {
            policy: { bindings: members.length === 0 ? [] : [{ role: "roles/run.invoker", members }] },
        });
    /** Waits until something holds: what senders do goes on by itself. */
    async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
        while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const takeAgentsRoles = () =>
        sandbox.cloud.iam.setPolicy("//cloudresourcemanager.googleapis.com/projects/demo", {
            bindings: [{ role: "roles/owner", members: ["user:owner@example.com"] }],
        });
    const denials = () => sandbox.cloud.decisions.list().filter(({ allowed }) => !allowed);

    describe("Cloud Scheduler", () => {
        const job = `https://cloudscheduler.googleapis.com/v1/${location}/jobs/nightly`;
        const make = (more: object = {}) =>
            call("POST", job.replace("/nightly", ""), {
                name: `${location}/jobs/nightly`,
                schedule: "0 * * * *",
                httpTarget: {
                    uri: `${url}/close`,
                    headers: { "x-own": "1" },
                    body: Buffer.from("{}").toString("base64"),
                    oidcToken: { serviceAccountEmail: email, audience: url },
                },
                ...more,
            });
        const status = async () => (await call("GET", job)).status as { code?: number } | undefined;

        it("runs a job when the sandbox's clock reaches its time, with its account's token", async () => {
            await make();
            assert.equal(arrived.length, 0);
            sandbox.cloud.clock.advance(hour);
            await until(() => arrived.length === 1);
            const [request] = arrived;
            assert.equal(request?.method, "POST");
            assert.equal(request.path, "/close");
            assert.equal(request.body, "{}");
            assert.equal(request.headers["user-agent"], "Google-Cloud-Scheduler");
            assert.equal(request.headers["x-cloudscheduler"], "true");
            assert.equal(request.headers["x-cloudscheduler-jobname"], "nightly");
            assert.equal(request.headers["x-own"], "1");
            assert.match(request.headers.authorization ?? "", /SIGNATURE_REMOVED_BY_GOOGLE$/);
            sandbox.cloud.clock.advance(hour);
            await until(() => arrived.length === 2);
        });

        it("runs a job at once when it is told to, and never while it is paused", async () => {
            await make();
            await call("POST", `${job}:run`, {});
            await until(() => arrived.length === 1);
            await call("POST", `${job}:pause`, {});
            sandbox.cloud.clock.advance(3 * hour);
            await call("POST", `${job}:resume`, {});
            sandbox.cloud.clock.advance(hour);
            await until(() => arrived.length === 2);
        });

        it("tells in the job's status what came of it", async () => {
            await make();
            await grant();
            await call("POST", `${job}:run`, {});
            await until(async () => (await status())?.code === 7);
            assert.equal(arrived.length, 0);
            await grant(`serviceAccount:${email}`);
            await call("POST", `${job}:run`, {});
            await until(async () => (await status())?.code === undefined);
            assert.equal(arrived.length, 1);
        });

        it("sends nothing once its agent has lost its role", async () => {
            await make();
            takeAgentsRoles();
            await call("POST", `${job}:run`, {});
            await until(async () => (await status())?.code === 16);
            assert.equal(arrived.length, 0);
            assert.match(denials().at(-1)?.principal ?? "", /gcp-sa-cloudscheduler/);
        });

        it("tries again as often as the job says, by the sandbox's clock", async () => {
            await make({ retryConfig: { retryCount: 1, minBackoffDuration: "30s" } });
            answers.push(500, 500, 500);
            await call("POST", `${job}:run`, {});
            await until(async () => (await status())?.code === 13);
            sandbox.cloud.clock.advance(30_000);
            await until(() => arrived.length === 2);
        });

        it("reads Unix cron in the job's time zone", () => {
            const from = Date.parse("2026-03-28T12:00:00Z");
            const at = (schedule: string, zone = "UTC") => new Date(nextRun(schedule, zone, from) ?? 0).toISOString();
            assert.equal(at("30 6 * * *"), "2026-03-29T06:30:00.000Z");
            assert.equal(at("30 6 * * *", "Europe/Berlin"), "2026-03-29T04:30:00.000Z", "summer time has begun");
            assert.equal(at("0 0 1 * *"), "2026-04-01T00:00:00.000Z");
            assert.throws(() => at("every 5 minutes"));
        });

        it("refuses a schedule that it cannot read when the job is made", async () => {
            await assert.rejects(make({ schedule: "every 5 minutes" }), /400.*every 5 minutes/);
            await assert.rejects(make({ schedule: "61 * * * *" }), /400/);
        });
    });

    describe("Cloud Tasks", () => {
        const queue = `https://cloudtasks.googleapis.com/v2/${location}/queues/orders`;
        const make = (more: object = {}) =>
            call("POST", queue.replace("/orders", ""), { name: `${location}/queues/orders`, ...more });
        const add = (more: object = {}) =>
            call("POST", `${queue}/tasks`, {
                task: {
                    httpRequest: { url: `${url}/task`, oidcToken: { serviceAccountEmail: email, audience: url } },
                    ...more,
                },
            });
        const left = async () =>
            ((await call("GET", `${queue}/tasks`)).tasks as { dispatchCount?: number }[] | undefined) ?? [];

        it("sends a task at once, or when it is due, and forgets it once it is taken", async () => {
            await make();
            await add();
            await until(() => arrived.length === 1);
            assert.equal(arrived[0]?.headers["x-cloudtasks-queuename"], "orders");
            assert.equal(arrived[0].headers["x-cloudtasks-taskretrycount"], "0");
            await until(async () => (await left()).length === 0);
            await add({ scheduleTime: new Date(sandbox.cloud.clock.now() + hour).toISOString() });
            assert.equal((await left()).length, 1);
            sandbox.cloud.clock.advance(hour);
            await until(() => arrived.length === 2);
        });

        it("tries again until it is taken, and gives up after so many attempts", async () => {
            await make({ retryConfig: { maxAttempts: 3, minBackoff: "10s", maxBackoff: "10s" } });
            answers.push(503, 503, 503, 503);
            await add();
            for (const count of [1, 2]) {
                await until(() => arrived.length === count);
                await until(async () => (await left())[0]?.dispatchCount === count);
                sandbox.cloud.clock.advance(10_000);
                await until(() => arrived.length > count);
            }
            await until(async () => (await left()).length === 0);
            assert.equal(arrived.length, 3);
            assert.equal(arrived[1]?.headers["x-cloudtasks-taskpreviousresponse"], "503");
        });

        it("keeps tasks while the queue is paused", async () => {
            await make();
            await call("POST", `${queue}:pause`, {});
            await add();
            sandbox.cloud.clock.advance(hour);
            assert.equal((await left()).length, 1);
            await call("POST", `${queue}:resume`, {});
            await until(() => arrived.length === 1);
        });

        it("reaches nobody without the grant, or once its agent has lost its role", async () => {
            await make({ retryConfig: { maxAttempts: 1 } });
            await grant();
            await add();
            await until(async () => (await left()).length === 0);
            assert.match(denials().at(-1)?.reason ?? "", /grant roles\/run\.invoker/);
            await grant(`serviceAccount:${email}`);
            takeAgentsRoles();
            await add();
            await until(async () => (await left()).length === 0);
            assert.match(denials().at(-1)?.principal ?? "", /gcp-sa-cloudtasks/);
            assert.equal(arrived.length, 0);
        });
    });

    describe("Pub/Sub", () => {
        const pubsub = "https://pubsub.googleapis.com/v1/projects/demo";
        const subscribe = async (more: object = {}, push: object = {}) => {
            await call("PUT", `${pubsub}/topics/orders`, {});
            await call("PUT", `${pubsub}/subscriptions/push`, {
                topic: "projects/demo/topics/orders",
                pushConfig: {
                    pushEndpoint: `${url}/push`,
                    oidcToken: { serviceAccountEmail: email, audience: url },
                    ...push,
                },
                ...more,
            });
        };
        const publish = (topic = "orders") =>
            call("POST", `${pubsub}/topics/${topic}:publish`, {
                messages: [{ data: Buffer.from("hello").toString("base64"), attributes: { kind: "test" } }],
            });

        it("pushes a message in its wrapper, with its account's token, once", async () => {
            await subscribe();
            const { messageIds } = await publish();
            await until(() => arrived.length === 1);
            const body = JSON.parse(arrived[0]?.body ?? "") as {
                message: Record<string, unknown>;
                subscription: string;
            };
            assert.equal(body.subscription, "projects/demo/subscriptions/push");
            assert.equal(Buffer.from(String(body.message.data), "base64").toString(), "hello");
            assert.deepEqual(body.message.attributes, { kind: "test" });
            assert.deepEqual([body.message.messageId], messageIds);
            sandbox.cloud.clock.advance(hour);
            await new Promise((resolve) => setTimeout(resolve, 20));
            assert.equal(arrived.length, 1);
        });

        it("pushes the bare data, with metadata in headers, where it is told to", async () => {
            await subscribe({}, { noWrapper: { writeMetadata: true } });
            await publish();
            await until(() => arrived.length === 1);
            assert.equal(arrived[0]?.body, "hello");
            assert.equal(arrived[0].headers["x-goog-pubsub-subscription-name"], "projects/demo/subscriptions/push");
        });

        it("pushes again what is not acknowledged, and buries it where its agent may", async () => {
            await call("PUT", `${pubsub}/topics/dead`, {});
            await call("PUT", `${pubsub}/subscriptions/dead`, { topic: "projects/demo/topics/dead" });
            await call("POST", `${pubsub}/topics/dead:setIamPolicy`, {
                policy: {
                    bindings: [
                        {
                            role: "roles/pubsub.publisher",
                            members: ["serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com"],
                        },
                    ],
                },
            });
            const deadLetterPolicy = { deadLetterTopic: "projects/demo/topics/dead", maxDeliveryAttempts: 5 };
            await subscribe({ deadLetterPolicy });
            answers.push(500, 500, 500, 500, 500, 500);
            await publish();
            for (let count = 1; count < 5; count++) {
                await until(() => arrived.length === count);
                // Handed back, to be had again after a while.
                await until(() => Number.isFinite(backlogOf(sandbox.cloud).nextAt("projects/demo/subscriptions/push")));
                sandbox.cloud.clock.advance(60_000);
            }
            await until(async () => {
                const pulled = await call("POST", `${pubsub}/subscriptions/dead:pull`, { maxMessages: 1 });
                return pulled.receivedMessages !== undefined;
            });
            assert.equal(arrived.length, 5);
            assert.match(arrived[4]?.body ?? "", /"deliveryAttempt":5/);
        });

        it("reaches nobody without the grant", async () => {
            await subscribe();
            await grant();
            await publish();
            await until(() => denials().some(({ permission }) => permission === "run.routes.invoke"));
            assert.equal(arrived.length, 0);
        });
    });

    describe("Eventarc", () => {
        const triggers = `https://eventarc.googleapis.com/v1/${location}/triggers`;
        const filters = [{ attribute: "type", value: "google.cloud.pubsub.topic.v1.messagePublished" }];
        const publish = async (name: string) => {
            const { transport } = await call("GET", `${triggers}/${name}`);
            const { topic } = (transport as { pubsub: { topic: string } }).pubsub;
            await call("POST", `https://pubsub.googleapis.com/v1/${topic}:publish`, {
                messages: [{ data: "aGVsbG8=" }],
            });
        };

        it("delivers a published message to a service as a CloudEvent", async () => {
            await call("POST", `${triggers}?triggerId=orders`, {
                eventFilters: filters,
                serviceAccount: email,
                destination: { cloudRun: { service: "orders", region: "europe-west1", path: "/event" } },
            });
            await publish("orders");
            await until(() => arrived.length === 1);
            assert.equal(arrived[0]?.path, "/event");
            assert.equal(arrived[0].headers["ce-type"], "google.cloud.pubsub.topic.v1.messagePublished");
            assert.match(arrived[0].body, /aGVsbG8=/);
        });

        /** A trigger of the events of a type, by an account that may have events unless it is told not to. */
        async function onEvents(filters: Record<string, string>, mayReceive = true): Promise<void> {
            const project = "//cloudresourcemanager.googleapis.com/projects/demo";
            const policy = sandbox.cloud.iam.getPolicy(project);
            const receiver = { role: "roles/eventarc.eventReceiver", members: [`serviceAccount:${email}`] };
            if (mayReceive)
                sandbox.cloud.iam.setPolicy(project, { ...policy, bindings: [...(policy.bindings ?? []), receiver] });
            await call("POST", `https://eventarc.googleapis.com/v1/${location}/triggers?triggerId=events`, {
                name: `${location}/triggers/events`,
                eventFilters: Object.entries(filters).map(([attribute, value]) => ({ attribute, value })),
                destination: { cloudRun: { service: "orders", region: "europe-west1" } },
                serviceAccount: email,
            });
        }
        const bucket = (name: string) =>
            call("POST", "https://storage.googleapis.com/storage/v1/b?project=demo", { name });
        const put = (name: string) =>
            call(
                "POST",
                `https://storage.googleapis.com/upload/storage/v1/b/${name}/o?uploadType=media&name=a.txt`,
                {},
            );
        const finalized = "google.cloud.storage.object.v1.finalized";

        it("tells a service of an object that was stored, in the bucket that the trigger names and no other", async () => {
            await onEvents({ type: finalized, bucket: "inbox-1" });
            for (const name of ["other-1", "inbox-1"]) {
                await bucket(name);
                await put(name);
            }
            await until(() => arrived.length > 0);
            assert.equal(arrived.length, 1);
            const [{ headers, body }] = arrived as [Arrived];
            assert.equal(headers["ce-type"], finalized);
            assert.equal(headers["ce-subject"], "objects/a.txt");
            assert.equal(headers["ce-source"], "//storage.googleapis.com/projects/_/buckets/inbox-1");
            assert.equal((JSON.parse(body) as { name: string }).name, "a.txt");
        });

        it("tells nothing by an account that may not have events, until it may", async () => {
            await onEvents({ type: finalized, bucket: "inbox-2" }, false);
            await bucket("inbox-2");
            await put("inbox-2");
            const denied = () =>
                denials().filter(({ permission }) => permission === "eventarc.events.receiveEvent").length;
            await until(() => denied() > 0);
            assert.equal(arrived.length, 0);
            const project = "//cloudresourcemanager.googleapis.com/projects/demo";
            const policy = sandbox.cloud.iam.getPolicy(project);
            const receiver = { role: "roles/eventarc.eventReceiver", members: [`serviceAccount:${email}`] };
            sandbox.cloud.iam.setPolicy(project, { ...policy, bindings: [...(policy.bindings ?? []), receiver] });
            sandbox.cloud.clock.advance(10_000);
            await until(() => arrived.length > 0);
        });

        it("tells of a change that the audit log has", async () => {
            const methodName = "google.cloud.secretmanager.v1.SecretManagerService.CreateSecret";
            const serviceName = "secretmanager.googleapis.com";
            await onEvents({ type: "google.cloud.audit.log.v1.written", serviceName, methodName });
            const secrets = `https://${serviceName}/v1/projects/demo/secrets`;
            await call("POST", `${secrets}?secretId=seen`, { replication: { automatic: {} } });
            await call("DELETE", `${secrets}/seen`);
            await until(() => arrived.length > 0);
            assert.equal(arrived.length, 1);
            const { protoPayload } = JSON.parse(arrived[0]?.body ?? "") as { protoPayload: Record<string, unknown> };
            assert.equal(protoPayload.methodName, methodName);
            assert.deepEqual(protoPayload.authenticationInfo, { principalEmail: "owner@example.com" });
        });

        it("executes a workflow with the event, if the trigger's account may", async () => {
            const workflow = `${location}/workflows/on-event`;
            await call("POST", `https://workflows.googleapis.com/v1/${location}/workflows?workflowId=on-event`, {
                sourceContents:
                    "main:\n  params: [event]\n  steps:\n    - done:\n        return: ${event.data.message.data}",
                serviceAccount: email,
            });
            await call("POST", `${triggers}?triggerId=run`, {
                eventFilters: filters,
                serviceAccount: email,
                destination: { workflow },
            });
            const executions = `https://workflowexecutions.googleapis.com/v1/${workflow}/executions?view=FULL`;
            await publish("run");
            await until(() => denials().some(({ permission }) => permission === "workflows.executions.create"));
            assert.deepEqual(await call("GET", executions), {});
            const policy = sandbox.cloud.iam.getPolicy("//cloudresourcemanager.googleapis.com/projects/demo");
            sandbox.cloud.iam.setPolicy("//cloudresourcemanager.googleapis.com/projects/demo", {
                ...policy,
                bindings: [
                    ...(policy.bindings ?? []),
                    { role: "roles/workflows.invoker", members: [`serviceAccount:${email}`] },
                ],
            });
            await publish("run");
            await until(async () => JSON.stringify(await call("GET", executions)).includes("SUCCEEDED"));
        });
    });
});
