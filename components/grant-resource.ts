import type * as pulumi from "@pulumi/pulumi";

/** The types of resources that a role can be granted on. Each has an IAM policy of its own. */
export enum GrantResourceType {
    /** A Cloud Run service. */
    RunService = "run-service",
    /** A Cloud Run job. */
    RunJob = "run-job",
    /** A function of the 1st generation. */
    Function = "function",
    /** A Cloud Run service that has Identity-Aware Proxy (IAP) switched on. */
    IapRunService = "iap-run-service",
    /** A backend service behind IAP. */
    IapBackendService = "iap-backend-service",
    /** A secret in Secret Manager. */
    Secret = "secret",
    /** A topic of Pub/Sub. */
    Topic = "topic",
    /** A subscription of Pub/Sub. */
    Subscription = "subscription",
    /** A queue of Cloud Tasks. */
    Queue = "queue",
    /** A bucket of Cloud Storage. */
    Bucket = "bucket",
    /** A repository in Artifact Registry. */
    Repository = "repository",
    /** A service account. */
    ServiceAccount = "service-account",
}

/**
 * A resource that a role is granted on.
 * @example { type: GrantResourceType.Topic, name: "orders-placed" }
 */
export interface GrantResource {
    /** The type of the resource. */
    type: GrantResourceType;
    /** The short name, such as `orders`; for a service account its email address. */
    name: pulumi.Input<string>;
    /** The region, such as `europe-west1`. It is required for types that have one. @default - none */
    location?: pulumi.Input<string>;
    /** The ID of the project. @default - the provider's project */
    project?: pulumi.Input<string>;
}

/**
 * A role that a call needs.
 * @example { role: "roles/pubsub.publisher", resource: { type: GrantResourceType.Topic, name: "orders-placed" } }
 */
export interface RoleRequest {
    /** The role, such as `roles/bigquery.jobUser` or `projects/P/roles/R`. */
    role: string;
    /** What the role is granted on. @default - the project, which the preview says */
    resource?: GrantResource;
    /**
     * Says that the role is meant for everything in the project. Three kinds of roles are refused on a project without this
     * word: roles that could be granted on a single resource, basic roles such as `roles/editor`, and roles that let the caller
     * decide who else may do what, such as `roles/run.admin` or `roles/resourcemanager.projectIamAdmin`.
     * @default false
     */
    projectWide?: boolean;
}
