import { strict as assert } from "node:assert";
import { backlogOf } from "../../../sandbox/apis/pubsub/backlog";
import { answers, arrived, email, hour, until, Scene } from "./scene";

describe("Pub/Sub", () => {
    let scene: Scene;
    beforeEach(async () => {
        scene = await Scene.start();
    });
    afterEach(() => scene.close());

    const pubsub = "https://pubsub.googleapis.com/v1/projects/demo";
    const subscribe = async (more: object = {}, push: object = {}) => {
        await scene.call("PUT", `${pubsub}/topics/orders`, {});
        await scene.call("PUT", `${pubsub}/subscriptions/push`, {
            topic: "projects/demo/topics/orders",
            pushConfig: {
                pushEndpoint: `${scene.url}/push`,
                oidcToken: { serviceAccountEmail: email, audience: scene.url },
                ...push,
            },
            ...more,
        });
    };
    const publish = (topic = "orders") =>
        scene.call("POST", `${pubsub}/topics/${topic}:publish`, {
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
        scene.sandbox.cloud.clock.advance(hour);
        // Nothing more may come.
        await new Promise((resolve) => setTimeout(resolve, 20));
        assert.equal(arrived.length, 1);
    });

    it("pushes to a path with the default audience, which is the URL with the path, and not to one with a query", async () => {
        await scene.call("PUT", `${pubsub}/topics/orders`, {});
        for (const [id, path] of Object.entries({ slash: "/", path: "/worker/a", query: "/worker?mode=full" })) {
            const oidcToken = { serviceAccountEmail: email };
            const pushConfig = { pushEndpoint: `${scene.url}${path}`, oidcToken };
            await scene.call("PUT", `${pubsub}/subscriptions/${id}`, {
                topic: "projects/demo/topics/orders",
                pushConfig,
            });
        }
        await publish();
        await until(() => arrived.length === 2 && scene.denials().length > 0);
        assert.deepEqual(arrived.map(({ path }) => path).sort(), ["/", "/worker/a"]);
        assert.match(scene.denials()[0]?.reason ?? "", /the token is for \S+\?mode=full, not for/);
    });

    it("takes no account that does not exist for its tokens, in a new subscription or a changed one", async () => {
        await subscribe();
        const oidcToken = { serviceAccountEmail: "nobody@demo.iam.gserviceaccount.com" };
        const pushConfig = { pushEndpoint: `${scene.url}/push`, oidcToken };
        const status = async (method: string, path: string, body: object) =>
            (await scene.sandbox.request(method, `${pubsub}/subscriptions/${path}`, { body })).status;
        assert.equal(await status("PUT", "other", { topic: "projects/demo/topics/orders", pushConfig }), 400);
        assert.equal(await status("POST", "push:modifyPushConfig", { pushConfig }), 400);
        const there = { ...pushConfig, oidcToken: { serviceAccountEmail: email } };
        assert.equal(await status("PUT", "other", { topic: "projects/demo/topics/orders", pushConfig: there }), 200);
        assert.equal(await status("POST", "push:modifyPushConfig", { pushConfig: there }), 200);
    });

    it("pushes the bare data, with metadata in headers, where it is told to", async () => {
        await subscribe({}, { noWrapper: { writeMetadata: true } });
        await publish();
        await until(() => arrived.length === 1);
        assert.equal(arrived[0]?.body, "hello");
        assert.equal(arrived[0].headers["x-goog-pubsub-subscription-name"], "projects/demo/subscriptions/push");
    });

    it("pushes again what is not acknowledged, and buries it where its agent may", async () => {
        await scene.call("PUT", `${pubsub}/topics/dead`, {});
        await scene.call("PUT", `${pubsub}/subscriptions/dead`, { topic: "projects/demo/topics/dead" });
        await scene.call("POST", `${pubsub}/topics/dead:setIamPolicy`, {
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
            await until(() =>
                Number.isFinite(backlogOf(scene.sandbox.cloud).nextAt("projects/demo/subscriptions/push")),
            );
            scene.sandbox.cloud.clock.advance(60_000);
        }
        await until(async () => {
            const pulled = await scene.call("POST", `${pubsub}/subscriptions/dead:pull`, { maxMessages: 1 });
            return pulled.receivedMessages !== undefined;
        });
        assert.equal(arrived.length, 5);
        assert.match(arrived[4]?.body ?? "", /"deliveryAttempt":5/);
    });

    it("sets no timer for a message that only a client can pull", async () => {
        await scene.call("PUT", `${pubsub}/topics/orders`, {});
        await scene.call("PUT", `${pubsub}/subscriptions/pull`, { topic: "projects/demo/topics/orders" });
        const { clock } = scene.sandbox.cloud;
        const at = clock.at.bind(clock);
        let timers = 0;
        clock.at = (...when) => {
            timers += 1;
            return at(...when);
        };
        await publish();
        // Nothing may happen.
        await new Promise((resolve) => setTimeout(resolve, 50));
        assert.equal(timers, 0);
        const { receivedMessages } = await scene.call("POST", `${pubsub}/subscriptions/pull:pull`, { maxMessages: 1 });
        assert.equal((receivedMessages as object[]).length, 1);
    });

    it("reaches nobody without the grant", async () => {
        await subscribe();
        await scene.grant();
        await publish();
        await until(() => scene.denials().some(({ permission }) => permission === "run.routes.invoke"));
        assert.equal(arrived.length, 0);
    });
});
