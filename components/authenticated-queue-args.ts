import type * as cloudtasks from "@pulumi/gcp/cloudtasks";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "./base";
import type { SenderArgs } from "./caller-args";
import type { QueueSmokeCheckArgs } from "./checks";

/** How a queue repeats a task that failed (https://cloud.google.com/tasks/docs/configuring-queues#retry). */
export interface QueueRetryArgs {
    /** How often a task is tried at most, the first try included. -1 means without a limit. @default 100 */
    maxAttempts?: pulumi.Input<number>;
    /** The shortest pause between two tries, in seconds with an `s`, such as `1s`. @default "0.100s" */
    minBackoff?: pulumi.Input<string>;
    /** The longest pause between two tries, in seconds with an `s`. @default "3600s" */
    maxBackoff?: pulumi.Input<string>;
    /** How often the pause is doubled before it grows by the same amount each time. @default 16 */
    maxDoublings?: pulumi.Input<number>;
    /** How long a task is tried at most, in seconds with an `s`. `0s` means without a limit. @default "0s" */
    maxRetryDuration?: pulumi.Input<string>;
}

/**
 * Changes what the component passes to Google's provider. What the component promises must stay: the queue's account, its token, and
 * the URL that it calls.
 */
export interface QueueTransform {
    /** Gets the arguments of the queue, and changes them in place or returns others. @default - they stay as they are */
    queue?: Transform<cloudtasks.QueueArgs>;
}

/** Options of {@link AuthenticatedQueue}, beside those that every component takes. */
export interface AuthenticatedQueueOptions extends pulumi.ComponentResourceOptions {
    /**
     * Changes what the component passes to Google's provider, for what {@link AuthenticatedQueueArgs} does not offer. It is an option and
     * no argument because only programs in TypeScript have it: other languages use Pulumi's own `transforms`.
     * @default - nothing is changed
     * @example { transform: { queue: (queue) => { queue.desiredState = "PAUSED"; } } }
     */
    transform?: QueueTransform;
}

/** Arguments of {@link AuthenticatedQueue}. */
export interface AuthenticatedQueueArgs extends SenderArgs {
    /** The region of the queue, such as `europe-west1`. */
    location: pulumi.Input<string>;
    /** The HTTP method of every call. @default "POST" */
    method?: pulumi.Input<string>;
    /**
     * Who may add tasks to this queue, as IAM members, such as `serviceAccount:web@shop-prod.iam.gserviceaccount.com`. Each
     * gets `roles/cloudtasks.enqueuer` on this queue. `allUsers` and `allAuthenticatedUsers` are refused.
     * @default - nobody
     */
    enqueuers?: pulumi.Input<string>[];
    /** How the queue repeats a task that failed. @default - as Cloud Tasks does */
    retry?: QueueRetryArgs;
    /** How many tasks the queue sends in a second at most. @default 500 */
    maxDispatchesPerSecond?: pulumi.Input<number>;
    /** How many tasks may wait for their answers at once. @default 1000 */
    maxConcurrentDispatches?: pulumi.Input<number>;
    /**
     * The name of the queue in Google Cloud. Google does not let you use the name of a deleted queue again for several days.
     * @default - the component's name and seven random characters
     */
    name?: pulumi.Input<string>;
    /** What is checked after each deploy. @default - reads the policies in which the component granted something */
    smokeCheck?: QueueSmokeCheckArgs;
}
