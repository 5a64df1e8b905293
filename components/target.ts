import type * as pulumi from "@pulumi/pulumi";

/** What kind of receiver a target is: decides the credential that a call must carry and the role that lets it in. */
export enum TargetKind {
    /** A Cloud Run service, or the one beneath a function of the 2nd generation: ID token, `roles/run.invoker`. */
    Run = "run",
    /** A function of the 1st generation: ID token, `roles/cloudfunctions.invoker`. */
    Function = "function",
    /** An application behind Identity-Aware Proxy: ID token for its client ID, `roles/iap.httpsResourceAccessor`. */
    Iap = "iap",
    /** A Google API: access token, the roles that are named. */
    GoogleApi = "google-api",
    /** An API elsewhere: a secret in a header, `roles/secretmanager.secretAccessor` on that secret. */
    External = "external",
}

/** Who may reach a service over the network, before anyone looks at tokens. */
export enum Ingress {
    /** Everyone on the internet reaches the front door; IAM still decides who gets in. */
    All = "all",
    /** Only the same project's networks and Google services on its `run.app` URL; everyone else sees 404. */
    Internal = "internal",
    /** As `internal`, and external load balancers. */
    InternalAndLoadBalancer = "internal-and-load-balancer",
}

/** What carries an IAM policy of its own, so that a grant need not be on the project. */
export enum GrantResourceType {
    RunService = "run-service",
    /** A function of the 1st generation. */
    Function = "function",
    IapRunService = "iap-run-service",
    IapBackendService = "iap-backend-service",
    Secret = "secret",
    Topic = "topic",
    Subscription = "subscription",
    Queue = "queue",
    Bucket = "bucket",
    /** In Artifact Registry. */
    Repository = "repository",
    ServiceAccount = "service-account",
}

/** A resource that a role is granted on. */
export interface GrantResource {
    type: GrantResourceType;
    /** The short name (`orders`), for a service account its email address. */
    name: pulumi.Input<string>;
    /** The region, for what has one. */
    location?: pulumi.Input<string>;
    /** @default - the provider's project */
    project?: pulumi.Input<string>;
}

/** A role that a call needs, such as `roles/bigquery.jobUser`. */
export interface RoleRequest {
    role: string;
    /** @default - the project, which the preview says */
    resource?: GrantResource;
    /**
     * Says that the role is meant for everything in the project although one resource could carry it.
     * @default false
     */
    projectWide?: boolean;
}

/** The secret that a call to an external API carries in a header. */
export interface TargetSecret {
    /** The header, such as `Authorization` or `X-Api-Key`. */
    header: string;
    /** What stands before the secret, such as `Bearer `. */
    prefix?: string;
    /** The secret's short name in Secret Manager. */
    secret: pulumi.Input<string>;
    /** @default "latest" */
    version?: pulumi.Input<string>;
    /** @default - the provider's project */
    project?: pulumi.Input<string>;
}

/**
 * What a caller invokes, as plain data: an `Invokable…` component is one by its own outputs, so that a TypeScript user
 * passes the component and a YAML user the fields. It decides auth, grant and probe for every caller.
 */
export interface Target {
    kind: TargetKind;
    /** The root URL, such as `https://orders-abc-ew.a.run.app`. */
    url: pulumi.Input<string>;
    /** What the ID token is for. @default - the URL's origin; a function's whole URL */
    audience?: pulumi.Input<string>;
    /** Says that `audience` is only the URL's own, so that callers need no second variable for it. @default false */
    audienceIsUrl?: boolean;
    /** What the invoker role is granted on. Required for `run`, `function` and `iap`. */
    resource?: GrantResource;
    /** For Google APIs: the roles that the call needs. */
    roles?: RoleRequest[];
    /** For Google APIs: the narrowest scopes. @default - `https://www.googleapis.com/auth/cloud-platform` */
    scopes?: string[];
    /** For external APIs. */
    secret?: TargetSecret;
    /** Who reaches it over the network; an unreachable wiring is refused. @default - all */
    ingress?: Ingress;
    /** Whether only its own trigger invokes it, so that it can be nobody's target. @default false */
    eventDriven?: boolean;
}
