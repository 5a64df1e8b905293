import type * as pubsub from "@pulumi/gcp/pubsub";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "./base";
import type { SenderArgs } from "./caller-args";
import type { PushSmokeCheckArgs } from "./checks";
import type { DeadLetterArgs } from "./wiring";

/** The pauses between two tries to deliver a message (https://cloud.google.com/pubsub/docs/handling-failures). */
export interface PushRetryArgs {
    /** The shortest pause, in seconds with an `s`, such as `10s`. @default "10s" */
    minimumBackoff?: pulumi.Input<string>;
    /** The longest pause, in seconds with an `s`, up to `600s`. @default "600s" */
    maximumBackoff?: pulumi.Input<string>;
}

/**
 * Changes what the component passes to Google's provider. What the component promises must stay: the subscription's account, its
 * token, its topics, and the URL that it calls.
 */
export interface PushTransform {
    /** Gets the arguments of the subscription, and changes them in place or returns others. @default - they stay as they are */
    subscription?: Transform<pubsub.SubscriptionArgs>;
}

/** Options of {@link AuthenticatedPush}, beside those that every component takes. */
export interface AuthenticatedPushOptions extends pulumi.ComponentResourceOptions {
    /**
     * Changes what the component passes to Google's provider, for what {@link AuthenticatedPushArgs} does not offer. It is an option and
     * no argument because only programs in TypeScript have it: other languages use Pulumi's own `transforms`.
     * @default - nothing is changed
     * @example { transform: { subscription: (made) => { made.enableMessageOrdering = true; } } }
     */
    transform?: PushTransform;
}

/** Arguments of {@link AuthenticatedPush}. */
export interface AuthenticatedPushArgs extends SenderArgs {
    /** The short name of a topic that exists already. @default - the component makes a topic */
    topic?: pulumi.Input<string>;
    /**
     * Who may publish to the topic, as IAM members, such as `serviceAccount:shop@shop-prod.iam.gserviceaccount.com`. Each
     * gets `roles/pubsub.publisher` on the topic. `allUsers` and `allAuthenticatedUsers` are refused.
     * @default - nobody
     */
    publishers?: pulumi.Input<string>[];
    /** How long Pub/Sub waits before it sends a message again that failed. @default - it sends it again at once */
    retry?: PushRetryArgs;
    /** Where a message goes that failed too often. @default - nowhere: it is sent again until it expires */
    deadLetter?: DeadLetterArgs;
    /** How long the target may take to answer, in seconds, 10 to 600. @default 10 */
    ackDeadlineSeconds?: pulumi.Input<number>;
    /**
     * A filter on the attributes of messages: only messages that match are delivered
     * (https://cloud.google.com/pubsub/docs/subscription-message-filter).
     * @default - every message is delivered
     */
    filter?: pulumi.Input<string>;
    /** Labels of the topics and subscriptions that the component makes. @default - none */
    labels?: { [name: string]: pulumi.Input<string> };
    /** What is checked after each deploy. @default - reads the policies in which the component granted something */
    smokeCheck?: PushSmokeCheckArgs;
}
