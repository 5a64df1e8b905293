import { triggers, type Trigger, subscriptions, type Subscription, backlogOf, retryDelay, type Waiting } from "../apis";
import type { Cloud } from "../cloud";
import { succeeded, type Deliverer } from "./delivery";
import type { Eventarc } from "./eventarc";
import { publishAs } from "./publish";
import { backoff } from "./retry";
import { Timers } from "./timers";

/** Statuses by which a receiver acknowledges. https://cloud.google.com/pubsub/docs/push#receive_push */
const ACKNOWLEDGING = [102, 200, 201, 202, 204];
const MOST_AT_ONCE = 20;
/** How long nothing is pushed after failures, where a subscription has no policy of its own. */
const PAUSE = { minBackoff: "0.1s", maxBackoff: "60s", maxDoublings: 16 };

/** Delivers the messages of push subscriptions and of the subscriptions of Eventarc's triggers. */
export class Push {
    private readonly timers: Timers;
    /** The subscriptions whose receivers fail: how often one after another, and until when nothing is pushed. */
    private readonly pauses = new Map<string, { failures: number; until: number }>();

    constructor(
        private readonly cloud: Cloud,
        private readonly deliverer: Deliverer,
        private readonly eventarc: Eventarc,
    ) {
        this.timers = new Timers(cloud.clock);
        cloud.signals.on((signal) => {
            if (signal.kind === "subscription") {
                this.wake(signal.name);
            }
        });
    }

    /** Sets a timer for the time at which the next message can be sent. */
    private wake(name: string): void {
        this.timers.clear(name);
        const next = backlogOf(this.cloud).nextAt(name);
        const at = next === undefined ? undefined : Math.max(next, this.pauses.get(name)?.until ?? 0);
        if (at === undefined || at === Infinity || this.deliverer.closed || !this.receiverOf(name)) {
            return;
        }
        this.timers.set(name, at, () => {
            this.sendAll(name);
            this.wake(name);
        });
    }

    /** Sends every message that can be handed out. */
    private sendAll(name: string): void {
        const { cloud } = this;
        const subscription = subscriptions.find(cloud, name);
        const send = this.receiverOf(name);
        if (!subscription || !send) {
            return;
        }
        // The lease does not end while the request runs. The request itself has a timeout, by the machine's clock.
        const leased = backlogOf(cloud).lease(name, MOST_AT_ONCE, Infinity, cloud.clock.now());
        for (const waiting of leased) {
            void send(waiting).then((taken) => {
                this.notePause(subscription, taken);
                if (taken || this.moveToDeadLetters(subscription, waiting)) {
                    backlogOf(cloud).acknowledge(name, [waiting.ackId]);
                } else {
                    const delay = retryDelay(subscription, waiting);
                    backlogOf(cloud).giveBack(name, [waiting.ackId], () => delay, cloud.clock.now());
                }
                this.wake(name);
            });
        }
    }

    /**
     * Without a policy, each round of failures stops the whole subscription for longer than the round before.
     * https://cloud.google.com/pubsub/docs/push#push_backoff
     */
    private notePause({ name, retryPolicy }: Subscription, taken: boolean): void {
        const now = this.cloud.clock.now();
        const { failures, until } = this.pauses.get(name) ?? { failures: 0, until: 0 };
        if (taken || retryPolicy) {
            this.pauses.delete(name);
        } else if (until <= now) {
            this.pauses.set(name, { failures: failures + 1, until: now + backoff(PAUSE, failures + 1) });
        }
    }

    /** Sends messages to an endpoint or to a trigger's destination. Undefined for a pull subscription. */
    private receiverOf(name: string): ((waiting: Waiting) => Promise<boolean>) | undefined {
        const subscription = subscriptions.find(this.cloud, name);
        if (!subscription) {
            return undefined;
        }
        if (subscription.pushConfig?.pushEndpoint) {
            return (waiting) => this.post(subscription, waiting);
        }
        const trigger = this.cloud.store
            .list(triggers.collection)
            .map(([, value]) => value as Trigger)
            .find(({ transport }) => transport?.pubsub?.subscription === subscription.name);
        return trigger && ((waiting) => this.trigger(trigger, subscription, waiting));
    }

    private async post(subscription: Subscription, waiting: Waiting): Promise<boolean> {
        const { pushEndpoint: url = "", oidcToken, noWrapper } = subscription.pushConfig ?? {};
        const { message } = waiting;
        const metadata: Record<string, string> = noWrapper?.writeMetadata
            ? {
                  "x-goog-pubsub-subscription-name": subscription.name,
                  "x-goog-pubsub-message-id": message.messageId,
                  "x-goog-pubsub-publish-time": message.publishTime,
                  ...Object.fromEntries(
                      Object.entries(message.attributes ?? {}).filter(([name]) => /^[\w-]+$/.test(name)),
                  ),
              }
            : {};
        const body = noWrapper ? (message.data ?? "") : base64(wrapped(subscription, waiting));
        const outcome = await this.deliverer.deliver({
            project: subscription.name.split("/")[1] ?? "",
            service: "pubsub",
            agent: "gcp-sa-pubsub",
            target: { url, httpMethod: "POST", body, ...(oidcToken ? { oidcToken } : {}) },
            headers: {
                "user-agent": "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)",
                ...(noWrapper ? {} : { "content-type": "application/json" }),
                ...metadata,
            },
            timeoutMilliseconds: subscription.ackDeadlineSeconds * 1000,
        });
        return ACKNOWLEDGING.includes(outcome.status);
    }

    /** https://cloud.google.com/eventarc/docs/run/pubsub */
    private async trigger(trigger: Trigger, subscription: Subscription, waiting: Waiting): Promise<boolean> {
        const event = {
            id: waiting.message.messageId,
            source: `//pubsub.googleapis.com/${subscription.topic}`,
            type: "google.cloud.pubsub.topic.v1.messagePublished",
            time: waiting.message.publishTime,
        };
        const timeout = subscription.ackDeadlineSeconds * 1000;
        const taken = await this.eventarc.deliver(trigger, event, wrapped(subscription, waiting), timeout);
        return taken || !this.eventarc.retries(trigger);
    }

    /** Moves a message that failed too often to the dead letter topic, if Pub/Sub's agent may publish there. */
    private moveToDeadLetters({ name, deadLetterPolicy }: Subscription, { attempts, message }: Waiting): boolean {
        const topic = deadLetterPolicy?.deadLetterTopic;
        if (topic === undefined || attempts < (deadLetterPolicy?.maxDeliveryAttempts ?? 5)) {
            return false;
        }
        return succeeded(publishAs(this.cloud, name.split("/")[1] ?? "", "gcp-sa-pubsub", topic, message));
    }
}

function wrapped(subscription: Subscription, { message, attempts }: Waiting): object {
    return {
        message: { ...message, message_id: message.messageId, publish_time: message.publishTime },
        subscription: subscription.name,
        ...(subscription.deadLetterPolicy ? { deliveryAttempt: attempts } : {}),
    };
}

function base64(value: object): string {
    return Buffer.from(JSON.stringify(value)).toString("base64");
}
