import { strict as assert } from "node:assert";
import { arrived, email, location, until, Scene, type Arrived } from "./scene";

describe("Eventarc", () => {
    let scene: Scene;
    beforeEach(async () => {
        scene = await Scene.start();
    });
    afterEach(() => scene.close());

    const triggers = `https://eventarc.googleapis.com/v1/${location}/triggers`;
    const filters = [{ attribute: "type", value: "google.cloud.pubsub.topic.v1.messagePublished" }];
    const publish = async (name: string) => {
        const { transport } = await scene.call("GET", `${triggers}/${name}`);
        const { topic } = (transport as { pubsub: { topic: string } }).pubsub;
        await scene.call("POST", `https://pubsub.googleapis.com/v1/${topic}:publish`, {
            messages: [{ data: "aGVsbG8=" }],
        });
    };

    it("delivers a published message to a service as a CloudEvent", async () => {
        await scene.call("POST", `${triggers}?triggerId=orders`, {
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
    async function onEvents(attributes: Record<string, string>, mayReceive = true): Promise<void> {
        if (mayReceive) {
            scene.grantOnProject("roles/eventarc.eventReceiver", `serviceAccount:${email}`);
        }
        await scene.letStoragePublish();
        await scene.call("POST", `https://eventarc.googleapis.com/v1/${location}/triggers?triggerId=events`, {
            name: `${location}/triggers/events`,
            eventFilters: Object.entries(attributes).map(([attribute, value]) => ({ attribute, value })),
            destination: { cloudRun: { service: "orders", region: "europe-west1" } },
            serviceAccount: email,
        });
    }
    const bucket = (name: string) =>
        scene.call("POST", "https://storage.googleapis.com/storage/v1/b?project=demo", { name });
    const put = (name: string) =>
        scene.call(
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

    it("takes no trigger by an account that may not have events, and one that waits for messages", async () => {
        await assert.rejects(
            onEvents({ type: finalized, bucket: "inbox-2" }, false),
            /403 .*Permission \\"eventarc\.events\.receiveEvent\\" denied on \\"caller@/,
        );
        await onEvents({ type: "google.cloud.pubsub.topic.v1.messagePublished" }, false);
    });

    it("tells nothing by an account that may not have events any more, until it may again", async () => {
        await onEvents({ type: finalized, bucket: "inbox-2" });
        scene.revokeOnProject("roles/eventarc.eventReceiver");
        await bucket("inbox-2");
        await put("inbox-2");
        const denied = () =>
            scene.denials().filter(({ permission }) => permission === "eventarc.events.receiveEvent").length;
        await until(() => denied() > 0);
        assert.equal(arrived.length, 0);
        scene.grantOnProject("roles/eventarc.eventReceiver", `serviceAccount:${email}`);
        scene.sandbox.cloud.clock.advance(10_000);
        await until(() => arrived.length > 0);
    });

    it("tells of a change that the audit log has", async () => {
        const methodName = "google.cloud.secretmanager.v1.SecretManagerService.CreateSecret";
        const serviceName = "secretmanager.googleapis.com";
        await onEvents({ type: "google.cloud.audit.log.v1.written", serviceName, methodName });
        const secrets = `https://${serviceName}/v1/projects/demo/secrets`;
        await scene.call("POST", `${secrets}?secretId=seen`, { replication: { automatic: {} } });
        await scene.call("DELETE", `${secrets}/seen`);
        await until(() => arrived.length > 0);
        assert.equal(arrived.length, 1);
        const { protoPayload } = JSON.parse(arrived[0]?.body ?? "") as { protoPayload: Record<string, unknown> };
        assert.equal(protoPayload.methodName, methodName);
        assert.deepEqual(protoPayload.authenticationInfo, { principalEmail: "owner@example.com" });
    });

    it("executes a workflow with the event, if the trigger's account may", async () => {
        const workflow = `${location}/workflows/on-event`;
        await scene.call("POST", `https://workflows.googleapis.com/v1/${location}/workflows?workflowId=on-event`, {
            sourceContents:
                "main:\n  params: [event]\n  steps:\n    - done:\n        return: ${event.data.message.data}",
            serviceAccount: email,
        });
        await scene.call("POST", `${triggers}?triggerId=run`, {
            eventFilters: filters,
            serviceAccount: email,
            destination: { workflow },
        });
        const executions = `https://workflowexecutions.googleapis.com/v1/${workflow}/executions?view=FULL`;
        await publish("run");
        await until(() => scene.denials().some(({ permission }) => permission === "workflows.executions.create"));
        assert.deepEqual(await scene.call("GET", executions), {});
        const policy = scene.sandbox.cloud.iam.getPolicy("//cloudresourcemanager.googleapis.com/projects/demo");
        scene.sandbox.cloud.iam.setPolicy("//cloudresourcemanager.googleapis.com/projects/demo", {
            ...policy,
            bindings: [
                ...(policy.bindings ?? []),
                { role: "roles/workflows.invoker", members: [`serviceAccount:${email}`] },
            ],
        });
        await publish("run");
        await until(async () => JSON.stringify(await scene.call("GET", executions)).includes("SUCCEEDED"));
    });
});
