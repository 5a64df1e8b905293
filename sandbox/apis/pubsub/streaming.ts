import { ApiError, type Cloud } from "../../cloud";
import { unimplemented, type Message, type Method } from "../framework";
import { backlogOf, type Waiting } from "./backlog";
import { changeDeadline, received, subscriptions } from "./resources";

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
        let sent = new Set<string>();
        const seconds = first.streamAckDeadlineSeconds ?? ackDeadlineSeconds;
        while (!ended.aborted) {
            // A subscription that was deleted ends its streams.
            const subscription = subscriptions.get(cloud, name);
            const now = cloud.clock.now();
            const held = backlogOf(cloud).leased(name, sent, now);
            sent = new Set(held.map(({ ackId }) => ackId));
            const leased = backlogOf(cloud).lease(name, roomFor(first, held), seconds, now);
            if (leased.length > 0) {
                leased.forEach(({ ackId }) => sent.add(ackId));
                yield { receivedMessages: leased.map((waiting) => received(subscription, waiting)) };
            } else {
                await newMessage(cloud, name, ended);
            }
        }
        await reading.catch((error: unknown) => {
            // What else ends the reading is that the client has gone.
            if (error instanceof ApiError) {
                throw error;
            }
        });
    },
};

/**
 * How many messages a stream may get, given those that it has not settled yet.
 * https://cloud.google.com/pubsub/docs/reference/rpc/google.pubsub.v1#streamingpullrequest
 */
function roomFor({ maxOutstandingMessages, maxOutstandingBytes }: Request, held: readonly Waiting[]): number {
    const bytes = held.reduce((sum, { message }) => sum + Buffer.byteLength(message.data ?? "", "base64"), 0);
    const most = limitOf(maxOutstandingMessages);
    return bytes < limitOf(maxOutstandingBytes) ? Math.max(0, Math.min(MOST, most - held.length)) : 0;
}

/** Zero and less stand for no limit. */
function limitOf(limit: string | number = 0): number {
    return Number(limit) > 0 ? Number(limit) : Infinity;
}

/** Acknowledges messages and changes deadlines, as a request says. */
function settle(cloud: Cloud, subscription: string, request: Request): void {
    const { ackIds = [], modifyDeadlineAckIds = [], modifyDeadlineSeconds = [] } = request;
    backlogOf(cloud).acknowledge(subscription, ackIds);
    modifyDeadlineAckIds.forEach((ackId, i) =>
        changeDeadline(cloud, subscription, [ackId], modifyDeadlineSeconds[i] ?? 0),
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
