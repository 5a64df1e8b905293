import type { Expectation } from "./expectation";
import type { GrantRef, ProbeBase, ProbeCredential } from "./probe-parts";

/** Runs a job of Cloud Scheduler, and reads what its target answered. */
export interface ScheduleProbe extends ProbeBase {
    kind: "schedule";
    /** The full name of the job: `projects/P/locations/L/jobs/J`. */
    job: string;
    /** The grants that the job depends on. @default - none */
    grants?: GrantRef[];
}

/** Runs a job of Cloud Run as the check itself, and waits until all its tasks have ended. */
export interface JobProbe extends ProbeBase {
    kind: "job";
    /** The REST URL of the job. */
    job: string;
    /** The grants of the job's own account on what the job calls. @default - none */
    grants?: GrantRef[];
}

/** Adds a task to a queue of Cloud Tasks, and looks whether the receiver takes it. */
export interface TaskProbe extends ProbeBase {
    kind: "task";
    /** The full name of the queue: `projects/P/locations/L/queues/Q`. */
    queue: string;
    /** The URL that the task calls. */
    url: string;
    /** The HTTP method. @default "POST" */
    method?: string;
    /** The body of the task, sent as JSON. @default - no body */
    body?: unknown;
    /** The account whose ID token Cloud Tasks sends. @default - the queue says it for all its tasks */
    serviceAccount?: string;
    /** The audience of that token. @default - the queue says it for all its tasks */
    audience?: string;
    /** The grants that the queue depends on. @default - none */
    grants?: GrantRef[];
}

/**
 * Publishes a message that a push subscription of Pub/Sub delivers. No API tells whether a push was accepted, so the message is
 * published only if `arrival` says how to see it.
 */
export interface MessageProbe extends ProbeBase {
    kind: "message";
    /** The full name of the topic: `projects/P/topics/T`. */
    topic: string;
    /** The full name of the push subscription that delivers the message: `projects/P/subscriptions/S`. */
    subscription: string;
    /** What the message holds, as JSON. @default - an empty object */
    body?: unknown;
    /** Attributes of the message, for the filter of the subscription. @default - none but the probe's own */
    attributes?: Record<string, string>;
    /**
     * A request that passes once the message has arrived. `{id}` in its URL stands for the message's attribute
     * `gcp-invoke-probe`.
     * @default - no message is published, and the probe is reported as not tried
     */
    arrival?: { url: string; credential: ProbeCredential; expect: Expectation; grants?: GrantRef[] };
    /** The grants that the subscription depends on. @default - none */
    grants?: GrantRef[];
}

/**
 * Reads a sender as it is deployed: the ID token that it sends must be that of the declared account, for the declared audience, and
 * the receiver must accept that audience. Nothing is sent.
 */
export interface SenderProbe extends ProbeBase {
    kind: "sender";
    /** The REST URL of a job of Cloud Scheduler, a queue of Cloud Tasks, a push subscription of Pub/Sub or a trigger of Eventarc. */
    sender: string;
    /** What the report calls it, such as `nightly`. */
    label: string;
    /** The email address of the declared account. */
    account: string;
    /** The declared audience. */
    audience: string;
    /**
     * The full name of the service or the workflow that a trigger of Eventarc must deliver to; the audience of its tokens is then
     * that of the service, and nothing for a workflow.
     * @default - the sender is none of Eventarc's
     */
    destination?: string;
    /** The sender's grants, which name the receiver. */
    grants: GrantRef[];
}
