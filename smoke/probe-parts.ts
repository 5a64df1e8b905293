/** What every kind of probe has. */
export interface ProbeBase {
    /** The name in the report, such as `fulfil → orders, stock`. It is unique in the spec. */
    name: string;
}

/** What a request shows to its receiver. The credentials of the deployer themselves are never among them. */
export type ProbeCredential =
    /** No token at all. */
    | { kind: "none" }
    /** A token whose signature cannot be right. */
    | { kind: "broken" }
    /** An ID token of a probe account, which the deployer mints by `generateIdToken`. */
    | { kind: "idToken"; serviceAccount: string; audience: string }
    /** An ID token that has expired. There is one only if the check has run for more than an hour. */
    | { kind: "expired"; serviceAccount: string; audience: string }
    /** A right token of an account without a grant. The probe is not tried if no account is given. */
    | { kind: "ungranted"; serviceAccount?: string; audience: string }
    /** A token that an account signs itself; the deployer has it signed by `signJwt`. API gateways take it. */
    | { kind: "signed"; serviceAccount: string; audience: string };

/** A grant as plain data: enough to look for its binding in the policy. */
export interface GrantRef {
    /** The IAM member, such as `serviceAccount:fulfil@p.iam.gserviceaccount.com`. */
    member: string;
    /** The role, such as `roles/run.invoker`. */
    role: string;
    /** The REST URL of the resource: `https://run.googleapis.com/v2/projects/…/services/orders`. */
    resource: string;
    /** What the report calls the resource, such as `orders`. */
    label: string;
}

/** A denial that the check did not try at a receiver. */
export interface UntriedDenial {
    /** The name that the probes give the receiver, or else its host. */
    receiver: string;
    /** What should be denied, such as `expired token`. */
    denial: string;
    /** Why it was not tried, and what would change that. */
    why: string;
}
