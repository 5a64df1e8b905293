import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { streamingPull } from "../../../../sandbox/apis/pubsub/streaming";
import type { Call } from "../../../../sandbox/cloud";
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

    /** A stream whose time stands still, so that only what happens to the subscription wakes it. */
    function stream() {
        const never = (_: number, signal?: AbortSignal): Promise<void> =>
            new Promise((resolve) => signal?.addEventListener("abort", () => resolve()));
        Object.assign(cloud.clock, { sleep: never });
        const requests = new PassThrough({ objectMode: true });
        const ended = new AbortController();
        const call: Call = {
            ...{ cloud, principal: owner, scopes: [], host: "", method: "", time: "" },
            origin: { kind: "outside" },
            authorize: () => undefined,
            identified: () => call,
        };
        const answers = streamingPull.stream?.(requests as AsyncIterable<object>, call, ended.signal);
        assert.ok(answers);
        const iterator = answers[Symbol.asyncIterator]();
        return {
            send: (request: object) => void requests.write(request),
            next: async () => ((await iterator.next()).value as { receivedMessages: Received[] }).receivedMessages,
            end: () => ended.abort(),
        };
    }
    const name = "projects/demo/subscriptions/work";

    it("come again at once in a stream", async () => {
        await subscribe();
        await publish();
        const { send, next, end } = stream();
        send({ subscription: name, streamAckDeadlineSeconds: 60 });
        const [first] = await next();
        const again = next();
        send({ modifyDeadlineAckIds: [first?.ackId], modifyDeadlineSeconds: [0] });
        const [second] = await again;
        assert.equal(second?.message.data, "aGk=");
        assert.notEqual(second.ackId, first?.ackId);
        end();
    });

    it("end a stream that asks for a deadline that there is not, with the reason", async () => {
        await subscribe();
        await publish();
        const { send, next } = stream();
        send({ subscription: name, streamAckDeadlineSeconds: 60 });
        const [first] = await next();
        const again = next();
        send({ modifyDeadlineAckIds: [first?.ackId], modifyDeadlineSeconds: [601] });
        await assert.rejects(again, /ack_deadline_seconds=601/);
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
