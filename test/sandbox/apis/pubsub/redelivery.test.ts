import assert from "node:assert/strict";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

interface Received {
    ackId: string;
    deliveryAttempt?: number;
    message: { data: string };
}

const PUBSUB = "https://pubsub.googleapis.com/v1/projects/demo";
const SUBSCRIPTION = `${PUBSUB}/subscriptions/work`;

describe("messages that a subscriber of Pub/Sub does not take", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = testCloud();
        await cloud.call(owner, "PUT", `${PUBSUB}/topics/news`, {});
        await cloud.call(owner, "PUT", `${PUBSUB}/topics/dead`, {});
    });
    afterEach(() => cloud.close());

    const subscribe = (more: object = {}) =>
        cloud.call(owner, "PUT", SUBSCRIPTION, { topic: "projects/demo/topics/news", ...more });
    const publish = () => cloud.call(owner, "POST", `${PUBSUB}/topics/news:publish`, { messages: [{ data: "aGk=" }] });
    const pull = async (): Promise<Received[]> => {
        const answer = await cloud.call(owner, "POST", `${SUBSCRIPTION}:pull`, { maxMessages: 10 });
        return (answer as { receivedMessages?: Received[] }).receivedMessages ?? [];
    };
    const modify = (ackIds: string[], ackDeadlineSeconds: number) =>
        cloud.call(owner, "POST", `${SUBSCRIPTION}:modifyAckDeadline`, { ackIds, ackDeadlineSeconds });
    const acknowledge = (ackIds: string[]) => cloud.call(owner, "POST", `${SUBSCRIPTION}:acknowledge`, { ackIds });

    it("come again at once, and their ID acknowledges nothing any more", async () => {
        await subscribe();
        await publish();
        const [first] = await pull();
        assert.deepEqual(await pull(), [], "it is leased");
        await modify([first?.ackId ?? ""], 0);
        await acknowledge([first?.ackId ?? ""]);
        const [second] = await pull();
        assert.equal(second?.message.data, "aGk=");
        assert.notEqual(second.ackId, first?.ackId);
        // An old ID does not give back what was delivered again.
        await modify([first?.ackId ?? ""], 0);
        assert.deepEqual(await pull(), []);
        await acknowledge([second.ackId]);
        cloud.clock.advance(3_600_000);
        assert.deepEqual(await pull(), []);
    });

    it("wait as long as the retry policy says, twice as long each time, and no longer than its maximum", async () => {
        await subscribe({ retryPolicy: { minimumBackoff: "10s", maximumBackoff: "30s" } });
        await publish();
        for (const seconds of [10, 20, 30, 30]) {
            const [one] = await pull();
            await modify([one?.ackId ?? ""], 0);
            cloud.clock.advance(seconds * 500);
            assert.deepEqual(await pull(), [], `${seconds} s`);
            cloud.clock.advance(seconds * 500);
        }
        assert.equal((await pull()).length, 1);
    });

    it("say how often they came only where a dead-letter policy counts it", async () => {
        const dead = { deadLetterPolicy: { deadLetterTopic: "projects/demo/topics/dead", maxDeliveryAttempts: 5 } };
        for (const [more, attempts] of [
            [{}, [undefined, undefined]],
            [dead, [1, 2]],
        ] as const) {
            await subscribe(more);
            await publish();
            const [first] = await pull();
            await modify([first?.ackId ?? ""], 0);
            const [second] = await pull();
            assert.deepEqual([first?.deliveryAttempt, second?.deliveryAttempt], attempts);
            await cloud.call(owner, "DELETE", SUBSCRIPTION);
        }
    });
});
