/** Who makes a request. IAM's word for it is member. */
export type Principal =
    | { kind: "anonymous" }
    | { kind: "user"; email: string }
    | { kind: "serviceAccount"; email: string; uniqueId: string }
    /** `subject`: `principal://iam.googleapis.com/…/subject/S`; `sets`: the `principalSet://…` that it is in. */
    | { kind: "federated"; subject: string; sets?: string[] };

/** A role that members have. https://cloud.google.com/iam/docs/reference/rest/v1/Policy#Binding */
export interface Binding {
    role: string;
    members: string[];
    condition?: { title?: string; description?: string; expression: string };
}

/** Who has which roles on a resource. https://cloud.google.com/iam/docs/reference/rest/v1/Policy */
export interface Policy {
    version?: number;
    bindings?: Binding[];
    etag?: string;
    auditConfigs?: unknown[];
}

/** The question whether a principal has a permission on a resource. */
export interface AccessQuery {
    principal: Principal;
    /** Such as `run.routes.invoke`. */
    permission: string;
    /** The full resource name: `//run.googleapis.com/projects/p/locations/l/services/s`. */
    resource: string;
    /** Such as `run.googleapis.com/Service`, for conditions. */
    resourceType?: string;
    /** The request as decisions show it: `POST https://…`. It never contains a token. */
    request?: string;
    /** Claims of the token that was shown, without its signature. */
    claims?: Record<string, unknown>;
    /** Whether a command or a test of the sandbox's own asks, in its process, and no workload or client. */
    tool?: true;
}

/** One allow or deny, with the rule that made it. */
export interface Decision {
    id: number;
    time: string;
    allowed: boolean;
    /** `serviceAccount:fulfil@demo.iam.gserviceaccount.com`, `user:…`, `anonymous`. */
    principal: string;
    permission: string;
    resource: string;
    /** The binding that allowed it, or the grant that is missing, as a sentence. */
    reason: string;
    /** Which check decided: `ingress`, `token`, `iam`. */
    stage: "ingress" | "token" | "iam";
    /** The grant that would have allowed it. */
    missing?: { role: string; member: string; resource: string };
    request?: string;
    claims?: Record<string, unknown>;
    /** Whether a command or a test of the sandbox's own asked, in its process, and no workload or client. */
    tool?: true;
}

/** The record of all decisions of a sandbox. */
export interface Decisions {
    record(decision: Omit<Decision, "id" | "time">): Decision;
    list(): Decision[];
    onDecision(listener: (decision: Decision) => void): () => void;
}

/** Decides who may do what, by the policies of a sandbox's resources. */
export interface Iam {
    /** Decides and records. */
    check(query: AccessQuery): Decision;
    /** Decides without recording, for `testIamPermissions` and `explain`. */
    evaluate(query: AccessQuery): Omit<Decision, "id" | "time">;
    getPolicy(resource: string): Policy;
    /** What the policy of a resource says about its data access log. It costs the same for a policy with many bindings. */
    auditConfigs(resource: string): unknown[];
    /** Throws an {@link ApiError} `ABORTED` on a stale etag, `INVALID_ARGUMENT` on unknown members and roles. */
    setPolicy(resource: string, policy: Policy, updateMask?: string): Policy;
    /** Call this before a deny policy of a project changes. The change then takes as long to arrive as a grant. */
    delayDeny(project: string): void;
    /** Deletes the policy of a deleted resource. A project's own policy stays. */
    deletePolicy(resource: string): void;
    /** How long a grant takes to arrive, by the sandbox's clock; 0 by default. */
    propagationMilliseconds: number;
    /** The resources whose policies were changed and are not in force yet, and in how many milliseconds they will be. */
    onTheWay(): { resource: string; milliseconds: number }[];
    /** Who is in which group. */
    readonly groups: Groups;
}

/** Google Groups, as far as policies need them. */
export interface Groups {
    list(): { group: string; members: string[] }[];
    /**
     * Sets the members of a group. Without members the group does not exist any more.
     * @param group its email
     * @param members `user:EMAIL`, `serviceAccount:EMAIL`, `group:EMAIL`
     * @throws ApiError INVALID_ARGUMENT naming another member
     */
    set(group: string, members: readonly string[]): void;
}
