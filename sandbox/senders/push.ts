import {
    triggers,
    type Trigger,
    publish,
    subscriptions,
    topics,
    type Subscription,
    backlogOf,
    type Waiting,
} from "../apis";
import type { Cloud } from "../cloud";
import { serviceAgent } from "../iam";
import { backoff, milliseconds, type Deliverer } from "./delivery";
import type { Eventarc } from "./eventarc";

/** Statuses by which a receiver acknowledges. https://cloud.google.com/pubsub/docs/push#receive_push */
const acknowledging = [102, 200, 201, 202, 204];
const atOnce = 20;

/** Empties push subscriptions and those beneath Eventarc's triggers. */
export class Push {
    private readonly waking = new Map<string, () => void>();

    constructor(
        private readonly cloud: Cloud,
        private readonly deliverer: Deliverer,
        private readonly eventarc: Eventarc,
    ) {
        cloud.signals.on((signal) => {
            if (signal.kind === "subscription") {
                this.wake(signal.name);
            }
        });
    }

    /** Looks again when the next message can be handed out. */
    private wake(name: string): void {
        const { clock } = this.cloud;
        this.waking.get(name)?.();
        this.waking.delete(name);
        const at = backlogOf(this.cloud).nextAt(name);
        if (at === undefined || at === Infinity || this.deliverer.closed) {
            return;
        }
        this.waking.set(
            name,
            clock.at(Math.max(at, clock.now()), () => {
                this.pump(name);
                this.wake(name);
            }),
        );
    }

    private pump(name: string): void {
        const { cloud } = this;
        const subscription = subscriptions.find(cloud, name);
        const send = subscription && this.receiver(subscription);
        if (!send) {
            this.waking.get(name)?.();
            return;
        }
        // Nobody else gets a message while it is on its way: the request itself ends in time, by the machine's clock.
        const leased = backlogOf(cloud).lease(name, atOnce, Infinity, cloud.clock.now());
        for (const waiting of leased) {
            void send(waiting).then((taken) => {
                if (taken || this.buried(subscription, waiting)) {
                    backlogOf(cloud).acknowledge(name, [waiting.ackId]);
                } else {
                    backlogOf(cloud).extend(
                        name,
                        [waiting.ackId],
                        this.pause(subscription, waiting),
                        cloud.clock.now(),
                    );
                }
                this.wake(name);
            });
        }
    }

    /** Seconds until the next attempt. https://cloud.google.com/pubsub/docs/handling-failures#push_backoff */
    private pause({ retryPolicy }: Subscription, { attempts }: Waiting): number {
        const most = retryPolicy ? milliseconds(retryPolicy.maximumBackoff, 600_000) : 60_000;
        return backoff(attempts, retryPolicy ? milliseconds(retryPolicy.minimumBackoff, 10_000) : 100, most) / 1000;
    }

    /** Who takes the messages: an endpoint, or a trigger's destination. A pull subscription has nobody. */
    private receiver(subscription: Subscription): ((waiting: Waiting) => Promise<boolean>) | undefined {
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
        return acknowledging.includes(outcome.status);
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

    /** Moves a message that failed too often to the dead letter topic, where Pub/Sub's agent may publish there. */
    private buried({ name, deadLetterPolicy }: Subscription, { attempts, message }: Waiting): boolean {
        const { cloud } = this;
        const topic = deadLetterPolicy?.deadLetterTopic;
        if (topic === undefined || attempts < (deadLetterPolicy?.maxDeliveryAttempts ?? 5)) {
            return false;
        }
        const { allowed } = cloud.iam.check({
            principal: serviceAgent(cloud, name.split("/")[1] ?? "", "gcp-sa-pubsub"),
            permission: "pubsub.topics.publish",
            resource: `//pubsub.googleapis.com/${topic}`,
            resourceType: "pubsub.googleapis.com/Topic",
        });
        if (!allowed || !topics.find(cloud, topic)) {
            return false;
        }
        publish(cloud, topic, [message]);
        return true;
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
