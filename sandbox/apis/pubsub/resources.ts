import type { Cloud } from "../../cloud";
import { findAccount } from "../../iam";
import { checkActAs } from "../act-as";
import { invalidArgument, notFound, numericId, Resources, type Call, type Message, type Stored } from "../framework";
import { backlogOf, type PubsubMessage, type Waiting } from "./backlog";
import { compileMessageFilter, passes } from "./message-filter";

/** The topic of subscriptions whose topic was deleted. */
export const DELETED_TOPIC = "_deleted-topic_";
export type Topic = Stored<"google.pubsub.v1.Topic">;
export type Subscription = Stored<"google.pubsub.v1.Subscription", "name" | "topic" | "ackDeadlineSeconds">;

export const topics = new Resources<Topic>("pubsub.topics", "google.pubsub.v1.Topic");
export const subscriptions = new Resources<Subscription>("pubsub.subscriptions", "google.pubsub.v1.Subscription");

/** Publishes messages to a topic that exists, by adding them to the backlog of each of its subscriptions. */
export function publish(cloud: Cloud, topic: string, messages: Partial<PubsubMessage>[]): string[] {
    const now = cloud.clock.now();
    const published = messages.map((message) => ({
        ...message,
        messageId: numericId(16),
        publishTime: new Date(now).toISOString(),
    }));
    for (const subscription of subscriptionsOf(cloud, topic)) {
        // What the filter does not let pass counts as acknowledged.
        for (const message of published.filter(({ attributes }) => passes(subscription.filter ?? "", attributes))) {
            backlogOf(cloud).add(subscription.name, message, now);
        }
        cloud.signals.emit({ kind: "subscription", name: subscription.name });
    }
    return published.map(({ messageId }) => messageId);
}

/** The subscriptions of a topic. */
export function subscriptionsOf(cloud: Cloud, topic: string): Subscription[] {
    return cloud.store
        .list(subscriptions.collection)
        .map(([, value]) => value as Subscription)
        .filter((subscription) => subscription.topic === topic);
}

/**
 * A subscription as Google keeps it, with its defaults.
 * @throws ApiError NOT_FOUND if a topic is not there, INVALID_ARGUMENT and PERMISSION_DENIED as {@link checkPush}
 */
export function buildSubscription(
    call: Call,
    name: string,
    wanted: Partial<Subscription>,
    current: Subscription | undefined,
): Subscription {
    const { topic = "", pushConfig, filter = "" } = wanted;
    if (current && filter !== (current.filter ?? "")) {
        throw invalidArgument("The filter of a subscription cannot be changed.", "subscription.filter");
    }
    compileMessageFilter(filter);
    if (topic !== DELETED_TOPIC && !topics.find(call.cloud, topic)) {
        throw notFound(topic);
    }
    if (wanted.deadLetterPolicy?.deadLetterTopic && !topics.find(call.cloud, wanted.deadLetterPolicy.deadLetterTopic)) {
        throw notFound(wanted.deadLetterPolicy.deadLetterTopic);
    }
    // 0 stands for the default.
    const ackDeadlineSeconds =
        wanted.ackDeadlineSeconds === 0 ? SHORTEST_ACK : (wanted.ackDeadlineSeconds ?? SHORTEST_ACK);
    checkAckDeadline(ackDeadlineSeconds, SHORTEST_ACK);
    checkPush(call, pushConfig);
    return {
        messageRetentionDuration: "604800s",
        expirationPolicy: { ttl: "2678400s" },
        ...wanted,
        ackDeadlineSeconds,
        pushConfig: pushConfig ?? {},
        name,
        topic,
        state: "ACTIVE",
    };
}

const SHORTEST_ACK = 10;
const LONGEST_ACK = 600;

/** Checks how long a client can keep a message. @throws ApiError INVALID_ARGUMENT in Google's words, but for the end [K] */
export function checkAckDeadline(seconds: number, least: number): void {
    if (seconds >= least && seconds <= LONGEST_ACK) {
        return;
    }
    throw invalidArgument(
        `Invalid ack deadline given (ack_deadline_seconds=${seconds}): it must be ${least} to ${LONGEST_ACK}.`,
        "ack_deadline_seconds",
    );
}

/**
 * A caller who configures a subscription to push with a token must be allowed to act as the token's account, which exists.
 * https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
 */
export function checkPush(call: Call, config: Message<"google.pubsub.v1.PushConfig"> = {}): void {
    const { pushEndpoint, oidcToken } = config;
    if (pushEndpoint === undefined || pushEndpoint === "") {
        return;
    }
    if (!/^https:\/\//.test(pushEndpoint) || !URL.canParse(pushEndpoint)) {
        throw invalidArgument(
            `Invalid push endpoint given (endpoint=${pushEndpoint}): it must be an https:// URL.`,
            "push_config.push_endpoint",
        );
    }
    if (oidcToken) {
        const { serviceAccountEmail = "" } = oidcToken;
        // The wording is not verified [K].
        if (!findAccount(call.cloud.store, serviceAccountEmail)) {
            throw invalidArgument(
                `Service account ${serviceAccountEmail} does not exist.`,
                "push_config.oidc_token.service_account_email",
            );
        }
        checkActAs(call, serviceAccountEmail);
    }
}

/**
 * Seconds until a message can be delivered again that was not taken: at once without a policy.
 * https://cloud.google.com/pubsub/docs/handling-failures#exponential_backoff
 */
export function retryDelay({ retryPolicy }: Subscription, { attempts }: Waiting): number {
    if (retryPolicy === undefined) {
        return 0;
    }
    const { minimumBackoff = "10s", maximumBackoff = "600s" } = retryPolicy;
    const doubled = Number.parseFloat(minimumBackoff) * 2 ** Math.min(Math.max(0, attempts - 1), LARGEST_EXPONENT);
    return Math.min(doubled, Number.parseFloat(maximumBackoff));
}

const LARGEST_EXPONENT = 16;

/**
 * Changes for how long a client keeps messages. With 0 it gives them back, and they are delivered again.
 * @throws ApiError NOT_FOUND, INVALID_ARGUMENT
 */
export function changeDeadline(cloud: Cloud, name: string, ackIds: readonly string[], seconds: number): void {
    const subscription = subscriptions.get(cloud, name);
    checkAckDeadline(seconds, 0);
    if (seconds > 0) {
        backlogOf(cloud).extend(name, ackIds, seconds, cloud.clock.now());
        return;
    }
    backlogOf(cloud).giveBack(name, ackIds, (waiting) => retryDelay(subscription, waiting), cloud.clock.now());
    cloud.signals.emit({ kind: "subscription", name });
}

/** A message as a client gets it. How often it was delivered is counted only for a dead-letter policy. */
export function received(
    { deadLetterPolicy }: Subscription,
    { ackId, message, attempts }: Waiting,
): {
    ackId: string;
    message: PubsubMessage;
    deliveryAttempt?: number;
} {
    return { ackId, message, ...(deadLetterPolicy && { deliveryAttempt: attempts }) };
}

/** Stores a subscription and tells its sender. */
export function storeSubscription(call: Call, subscription: Subscription): Subscription {
    subscriptions.put(call.cloud, subscription.name, subscription);
    call.cloud.signals.emit({ kind: "subscription", name: subscription.name });
    return subscription;
}
