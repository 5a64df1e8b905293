import { strict as assert } from "node:assert";
import { backlogOf } from "../../../sandbox/apis";
import { answers, arrived, email, hour, location, Scene, until } from "./scene";

const functions = `https://cloudfunctions.googleapis.com/v2/${location}/functions`;
const published = "google.cloud.pubsub.topic.v1.messagePublished";
const finalized = "google.cloud.storage.object.v1.finalized";
const topic = "projects/demo/topics/orders";

describe("a function that events invoke", () => {
    let scene: Scene;
    beforeEach(async () => {
        scene = await Scene.start();
        await scene.call("PUT", `https://pubsub.googleapis.com/v1/${topic}`, {});
    });
    afterEach(() => scene.close());

    const deploy = async (eventTrigger: object): Promise<Record<string, unknown>> => {
        await scene.call("POST", `${functions}?functionId=resize`, {
            buildConfig: { runtime: "nodejs22", source: { storageSource: { bucket: "b", object: "o" } } },
            eventTrigger: { serviceAccountEmail: email, ...eventTrigger },
        });
        return (await scene.call("GET", `${functions}/resize`)).eventTrigger as Record<string, unknown>;
    };
    const invokers = (...members: string[]) =>
        scene.call("POST", `https://run.googleapis.com/v2/${location}/services/resize:setIamPolicy`, {
            policy: { bindings: [{ role: "roles/run.invoker", members }] },
        });
    const publish = () =>
        scene.call("POST", `https://pubsub.googleapis.com/v1/${topic}:publish`, { messages: [{ data: "aGk=" }] });
    const status = async (method: string, url: string, body?: unknown): Promise<number> =>
        (await scene.sandbox.request(method, url, { body })).status;

    it("has a trigger of Eventarc and a subscription of the topic, which go with it", async () => {
        const made = await deploy({ eventType: published, pubsubTopic: topic });
        assert.equal(made.retryPolicy, "RETRY_POLICY_DO_NOT_RETRY");
        const url = `https://eventarc.googleapis.com/v1/${String(made.trigger)}`;
        const trigger = (await scene.call("GET", url)) as {
            destination: object;
            transport: { pubsub: { topic: string; subscription: string } };
        };
        assert.deepEqual(trigger.destination, { cloudFunction: `${location}/functions/resize` });
        assert.equal(trigger.transport.pubsub.topic, topic);
        const subscription = `https://pubsub.googleapis.com/v1/${trigger.transport.pubsub.subscription}`;
        assert.equal(await status("GET", subscription), 200);
        await scene.call("DELETE", `${functions}/resize`);
        for (const gone of [url, subscription]) {
            assert.equal(await status("GET", gone), 404);
        }
        assert.equal(await status("GET", `https://pubsub.googleapis.com/v1/${topic}`), 200);
    });

    it("gets a message as a CloudEvent by the trigger's account, and not without its grant", async () => {
        await deploy({ eventType: published, pubsubTopic: topic });
        await publish();
        await until(() => scene.denials().some(({ permission }) => permission === "run.routes.invoke"));
        assert.equal(arrived.length, 0);
        await invokers(`serviceAccount:${email}`);
        await publish();
        await until(() => arrived.length > 0);
        assert.equal(arrived[0]?.headers["ce-type"], published);
        assert.equal(arrived[0].headers["ce-source"], `//pubsub.googleapis.com/${topic}`);
        assert.match(arrived[0].body, /"data":"aGk="/);
    });

    for (const [retryPolicy, times] of [
        ["RETRY_POLICY_DO_NOT_RETRY", 1],
        ["RETRY_POLICY_RETRY", 2],
    ] as const) {
        it(`that fails gets a message ${times === 1 ? "once" : "again"} with ${retryPolicy}`, async () => {
            const made = await deploy({ eventType: published, pubsubTopic: topic, retryPolicy });
            const { transport } = (await scene.call(
                "GET",
                `https://eventarc.googleapis.com/v1/${String(made.trigger)}`,
            )) as {
                transport: { pubsub: { subscription: string } };
            };
            await invokers(`serviceAccount:${email}`);
            answers.push(500);
            await publish();
            await until(() => arrived.length === 1);
            // The message is under way until its sender has the answer: then it is dropped, or waits for its next time.
            const nextAt = () => backlogOf(scene.sandbox.cloud).nextAt(transport.pubsub.subscription);
            await until(() => nextAt() !== Infinity);
            scene.sandbox.cloud.clock.advance(hour);
            await until(() => arrived.length === times);
            // What comes after that hour shows that nothing else came before.
            await publish();
            await until(() => arrived.length === times + 1);
        });
    }

    it("hears of an object by Eventarc, by an account that may have events", async () => {
        await scene.letStoragePublish();
        scene.grantOnProject("roles/eventarc.eventReceiver", `serviceAccount:${email}`);
        await deploy({ eventType: finalized, eventFilters: [{ attribute: "bucket", value: "inbox" }] });
        await invokers(`serviceAccount:${email}`);
        await scene.call("POST", "https://storage.googleapis.com/storage/v1/b?project=demo", { name: "inbox" });
        await scene.call(
            "POST",
            "https://storage.googleapis.com/upload/storage/v1/b/inbox/o?uploadType=media&name=a",
            "x",
        );
        await until(() => arrived.length > 0);
        assert.equal(arrived[0]?.headers["ce-type"], finalized);
        assert.equal(arrived[0].headers["ce-subject"], "objects/a");
    });

    it("is not made for objects where Cloud Storage's agent may not publish, which is explained, and is made where it may", async () => {
        const made = () =>
            scene.sandbox.request("POST", `${functions}?functionId=resize`, {
                body: {
                    buildConfig: { runtime: "nodejs22", source: { storageSource: { bucket: "b", object: "o" } } },
                    eventTrigger: { serviceAccountEmail: email, eventType: finalized },
                },
            });
        const { status: refused, body } = await made();
        assert.equal(refused, 403);
        assert.match(
            JSON.stringify(body),
            /Storage service account for your bucket is unable to publish .*roles\/pubsub\.publisher.*@gs-project-accounts/,
        );
        assert.equal(await status("GET", `${functions}/resize`), 404);
        await scene.letStoragePublish();
        const unreceived = await made();
        assert.equal(unreceived.status, 403);
        assert.match(JSON.stringify(unreceived.body), /eventarc\.events\.receiveEvent\\" denied on \\"caller@/);
        scene.grantOnProject("roles/eventarc.eventReceiver", `serviceAccount:${email}`);
        assert.equal((await made()).status, 200);
    });

    it("is refused without a topic, with one that is not there, and without the right to act as the trigger's account", async () => {
        const deployed = (eventTrigger: object): Promise<number> =>
            status("POST", `${functions}?functionId=resize`, {
                buildConfig: { runtime: "nodejs22", source: { storageSource: { bucket: "b", object: "o" } } },
                eventTrigger,
            });
        assert.equal(await deployed({ eventType: published }), 400);
        assert.equal(await deployed({ eventType: published, pubsubTopic: "projects/demo/topics/none" }), 404);
        const beneath = `https://run.googleapis.com/v2/${location}/services/resize`;
        assert.equal(await status("GET", beneath), 404);
        const unknown = "nobody@demo.iam.gserviceaccount.com";
        const trigger = { eventType: published, pubsubTopic: topic };
        assert.equal(await deployed({ ...trigger, serviceAccountEmail: unknown }), 403);
        assert.equal(await deployed({ ...trigger, serviceAccountEmail: email }), 200);
    });
});

describe("a function of the first generation that is called to be tested", () => {
    let scene: Scene;
    const api = functions.replace("/v2/", "/v1/");
    before(async () => {
        scene = await Scene.start();
        await scene.call("POST", api, {
            name: `${location}/functions/first`,
            runtime: "nodejs22",
            httpsTrigger: {},
            sourceArchiveUrl: "gs://b/o",
            serviceAccountEmail: email,
            ingressSettings: "ALLOW_INTERNAL_ONLY",
        });
    });
    after(() => scene.close());
    const call = (principal: string, name = "first") =>
        scene.sandbox.request("POST", `${api}/${name}:call`, { body: { data: '{"a":1}' }, principal });

    it("gets the data, for who may call it and nobody else", async () => {
        assert.equal((await call("user:stranger@example.com")).status, 403);
        assert.equal(arrived.length, 0);
        const answer = await call("user:owner@example.com");
        assert.equal(answer.status, 200);
        assert.match(String((answer.body as { executionId?: string }).executionId), /^\w{12}$/);
        assert.deepEqual([arrived[0]?.body, arrived[0]?.headers["content-type"]], ['{"a":1}', "application/json"]);
        assert.equal((await call("user:owner@example.com", "none")).status, 404);
    });

    it("tells the failure as one of the function", async () => {
        answers.push(500);
        const { status, body } = await call("user:owner@example.com");
        assert.equal(status, 200);
        assert.match(String((body as { error?: string }).error), /HTTP status 500/);
    });
});

describe("the source of a function", () => {
    let scene: Scene;
    before(async () => {
        scene = await Scene.start();
    });
    after(() => scene.close());

    it("is put at an address that Google gives, for each generation", async () => {
        for (const version of ["v1", "v2"]) {
            const url = `https://cloudfunctions.googleapis.com/${version}/${location}/functions:generateUploadUrl`;
            const { uploadUrl } = await scene.call("POST", url, {});
            const put = await scene.sandbox.request("PUT", String(uploadUrl), { body: Buffer.from("PK") });
            assert.equal(put.status, 200);
        }
    });

    it("must be named when a function is deployed", async () => {
        const name = `${location}/functions/first`;
        const first = { name, runtime: "nodejs22", httpsTrigger: {}, serviceAccountEmail: email };
        const post = async (url: string, body: object): Promise<number> =>
            (await scene.sandbox.request("POST", url, { body })).status;
        const v1 = functions.replace("/v2/", "/v1/");
        assert.equal(await post(v1, first), 400);
        assert.equal(await post(v1, { ...first, sourceArchiveUrl: "gs://b/o" }), 200);
        assert.equal(await post(`${functions}?functionId=f`, { buildConfig: { runtime: "nodejs22" } }), 400);
    });
});
