import type { Cloud } from "../../cloud";
import { unimplemented, type Message, type Method } from "../framework";
import { backlogOf } from "./backlog";
import { subscriptions } from "./resources";

type Request = Message<"google.pubsub.v1.StreamingPullRequest">;

/** The most messages in one answer. */
const MOST = 100;
/** How often an idle stream looks for messages whose deadline has passed, in milliseconds of the sandbox's clock. */
const LOOK_EVERY = 1000;

/** How client libraries receive: messages go one way and acknowledgements the other, until the client ends the call. */
export const streamingPull: Method<Request> = {
    permission: "pubsub.subscriptions.consume",
    resourceType: "pubsub.googleapis.com/Subscription",
    resource: ({ subscription }) => subscription ?? "",
    handle() {
        throw unimplemented("StreamingPull over REST");
    },
    async *stream(requests, { cloud }, signal) {
        const iterator = requests[Symbol.asyncIterator]();
        const { value: first } = (await iterator.next()) as { value: Request };
        const name = first.subscription ?? "";
        const { ackDeadlineSeconds } = subscriptions.get(cloud, name);
        const over = new AbortController();
        const ended = AbortSignal.any([signal, over.signal]);
        const reading = (async () => {
            for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
                settle(cloud, name, next.value);
            }
        })().finally(() => over.abort());
        settle(cloud, name, first);
        const seconds = first.streamAckDeadlineSeconds ?? ackDeadlineSeconds;
        while (!ended.aborted) {
            // A subscription that was deleted ends its streams.
            subscriptions.get(cloud, name);
            const leased = backlogOf(cloud).lease(name, MOST, seconds, cloud.clock.now());
            if (leased.length > 0) {
                yield { receivedMessages: leased.map(({ ackId, message }) => ({ ackId, message })) };
            } else {
                await newMessage(cloud, name, ended);
            }
        }
        await reading.catch(() => undefined);
    },
};

/** Acknowledges messages and changes deadlines, as a request says. */
function settle(cloud: Cloud, subscription: string, request: Request): void {
    const { ackIds = [], modifyDeadlineAckIds = [], modifyDeadlineSeconds = [] } = request;
    const backlog = backlogOf(cloud);
    backlog.acknowledge(subscription, ackIds);
    modifyDeadlineAckIds.forEach((ackId, i) =>
        backlog.extend(subscription, [ackId], modifyDeadlineSeconds[i] ?? 0, cloud.clock.now()),
    );
}

/** Waits for a signal of the subscription, at most {@link LOOK_EVERY}. */
async function newMessage(cloud: Cloud, subscription: string, signal: AbortSignal): Promise<void> {
    const wakeUp = new AbortController();
    const off = cloud.signals.on((event) => {
        if (event.kind === "subscription" && event.name === subscription) {
            wakeUp.abort();
        }
    });
    await cloud.clock.sleep(LOOK_EVERY, AbortSignal.any([signal, wakeUp.signal])).catch(() => undefined);
    off();
}
