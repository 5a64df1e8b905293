import type * as pulumi from "@pulumi/pulumi";
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
    /**
     * The name of the queue in Google Cloud. Google does not let you use the name of a deleted queue again for several days.
     * @default - the component's name and seven random characters
     */
    name?: pulumi.Input<string>;
    /** What is checked after each deploy. @default - reads the policies in which the component granted something */
    smokeCheck?: QueueSmokeCheckArgs;
}
