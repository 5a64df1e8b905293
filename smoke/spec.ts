/**
 * What a smoke check does and expects: plain data without a secret or token in it. A component computes it,
 * the gate keeps it in the stack's state, `gcp-invoke verify` reads it from there.
 */
export interface SmokeSpec {
    version: 1;
    /** The component's name, such as `fulfil`. */
    name: string;
    project: string;
    /** What makes the check run again when it changes, beside the probes: source hash, revisions, accounts. */
    fingerprint: Record<string, string>;
    probes: Probe[];
    /** How long to go on retrying, in seconds; 600 by default. */
    deadlineSeconds?: number;
}

export type Probe = WorkflowProbe | RequestProbe | PolicyProbe | ScheduleProbe | TaskProbe | MessageProbe;

interface ProbeBase {
    /** Unique within the spec; what the table shows: `fulfil → orders, stock`. */
    name: string;
}

/** Through the caller: executes the workflow and compares what it returns. */
export interface WorkflowProbe extends ProbeBase {
    kind: "workflow";
    /** `projects/P/locations/L/workflows/W`. */
    workflow: string;
    argument?: unknown;
    expect?: Expectation;
    /** The grants that the call rests on, to tell a missing one from a late one. */
    grants?: GrantRef[];
}

/** Direct: one request with the credential named. */
export interface RequestProbe extends ProbeBase {
    kind: "request";
    method?: string;
    url: string;
    credential: ProbeCredential;
    body?: unknown;
    /** `allowed`: any status below 400 unless `expect.status` says otherwise. `denied`: 401 or 403 as given. */
    outcome: "allowed" | "denied";
    deniedStatus?: number[];
    /** The ingress of the receiver: from an internal one, denials cannot be made from outside and are not tried. */
    ingress?: "all" | "internal";
    expect?: Expectation;
    grants?: GrantRef[];
    /** The receiver's own REST URL, to read what it accepts and whom it lets in; the first grant's by default. */
    resource?: string;
}

/** Through a Cloud Scheduler job: runs it now, and reads what the target answered to that attempt. */
export interface ScheduleProbe extends ProbeBase {
    kind: "schedule";
    /** `projects/P/locations/L/jobs/J`. */
    job: string;
    grants?: GrantRef[];
}

/** Through a Cloud Tasks queue: adds one task, and watches whether the receiver takes it. */
export interface TaskProbe extends ProbeBase {
    kind: "task";
    /** `projects/P/locations/L/queues/Q`. */
    queue: string;
    url: string;
    method?: string;
    body?: unknown;
    /** Whose ID token Cloud Tasks attaches, and for whom; absent where the queue itself says so for all its tasks. */
    serviceAccount?: string;
    audience?: string;
    grants?: GrantRef[];
}

/**
 * Through a Pub/Sub push subscription: publishes one message. No API tells whether a push was accepted, so it is
 * published only where `arrival` names a place to look.
 */
export interface MessageProbe extends ProbeBase {
    kind: "message";
    /** `projects/P/topics/T`. */
    topic: string;
    /** `projects/P/subscriptions/S`, the push subscription that delivers it. */
    subscription: string;
    /** What the message holds, as JSON. */
    body?: unknown;
    /** Beside the probe's own: what the subscription's filter wants. */
    attributes?: Record<string, string>;
    /** Where it can be seen: a request that passes once it has arrived. `{id}` in its URL stands for the probe's own ID, the message's attribute `gcp-invoke-probe`. */
    arrival?: { url: string; credential: ProbeCredential; expect: Expectation; grants?: GrantRef[] };
    grants?: GrantRef[];
}

/** Reads the receiver's policy, where it may be read, and looks for the binding. Reaches no user code. */
export interface PolicyProbe extends ProbeBase {
    kind: "policy";
    grant: GrantRef;
}

export type ProbeCredential =
    | { kind: "none" }
    /** A token whose signature cannot be right. */
    | { kind: "broken" }
    /** An ID token of a probe account, minted by `generateIdToken`; the deployer's own credential never leaves. */
    | { kind: "idToken"; serviceAccount: string; audience: string }
    /** One of the same tokens that has ended: there is one only where the check has run for longer than an hour. */
    | { kind: "expired"; serviceAccount: string; audience: string }
    /** A token that is right in all but that its account has no grant; without an account it is not tried. */
    | { kind: "ungranted"; serviceAccount?: string; audience: string };

/** A grant, as plain data: enough to read the policy and look. */
export interface GrantRef {
    /** `serviceAccount:fulfil@p.iam.gserviceaccount.com`. */
    member: string;
    role: string;
    /** The resource's REST URL without the verb: `https://run.googleapis.com/v2/projects/…/services/orders`. */
    resource: string;
    /** What people call it: `orders`. */
    label: string;
}

export interface Expectation {
    status?: number;
    /** Deep subset of the answer (of the workflow's result, of a JSON body). */
    result?: unknown;
    /** Values at paths of the answer, such as `{ "$.items[0].id": 7 }`: for one value deep inside. */
    at?: Record<string, unknown>;
    /** A regular expression that the body (or the result as JSON text) must match. */
    matches?: string;
    /** Headers that the answer must carry, by name, with the exact value. */
    headers?: Record<string, string>;
    /** The latency budget of the try that counts, in milliseconds. */
    maxMilliseconds?: number;
    /** The account that the receiver must have seen: its email must be a value somewhere in the answer. */
    identity?: string;
}
