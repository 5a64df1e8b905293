import type * as pulumi from "@pulumi/pulumi";
import type { GrantResource, RoleRequest } from "./grant-resource";

/** The kind of a target: it decides which credential a call must carry, and which role lets a caller in. */
export enum TargetKind {
    /** A Cloud Run service, or the one beneath a function of the 2nd generation: an ID token, and `roles/run.invoker`. */
    Run = "run",
    /** A function of the 1st generation: an ID token, and `roles/cloudfunctions.invoker`. */
    Function = "function",
    /**
     * An application behind Identity-Aware Proxy: an ID token for its client ID, and
     * `roles/iap.httpsResourceAccessor`.
     */
    Iap = "iap",
    /** A Cloud Run job, which is run by a call to the API of Cloud Run: an access token, and `roles/run.invoker` on the job. */
    Job = "job",
    /**
     * An API of API Gateway: a token that an account signs itself, and `roles/iam.serviceAccountTokenCreator` on that account; or an
     * ID token of Google's, which every account can get.
     */
    ApiGateway = "api-gateway",
    /** A Google API: an access token, and the roles that the target names. */
    GoogleApi = "google-api",
    /** An API outside Google Cloud: a secret in a header, and `roles/secretmanager.secretAccessor` on that secret. */
    External = "external",
}

/**
 * Who can reach a service over the network. This is decided before anybody looks at a token
 * (https://cloud.google.com/run/docs/securing/ingress).
 */
export enum Ingress {
    /** Everybody on the internet reaches the service. IAM still decides who may invoke it. */
    All = "all",
    /**
     * Only networks of the same project reach it, and Google's services by its `run.app` URL. Everybody else gets the
     * status 404.
     */
    Internal = "internal",
    /** As `internal`, and external load balancers reach it too. */
    InternalAndLoadBalancer = "internal-and-load-balancer",
}

/** The secret that a call to an external API carries in a header. */
export interface TargetSecret {
    /** The header, such as `Authorization` or `X-Api-Key`. */
    header: string;
    /** The text before the secret, such as `Bearer `. @default - none */
    prefix?: string;
    /** The short name of the secret in Secret Manager. */
    secret: pulumi.Input<string>;
    /** The version of the secret. @default "latest" */
    version?: pulumi.Input<string>;
    /** The ID of the secret's project. @default - the caller's project */
    project?: pulumi.Input<string>;
}

/**
 * What a caller calls, as plain data. It decides the credential, the grant and the probes of every caller. An `Invokable…`
 * component is a target by its own outputs: in TypeScript you pass the component, in YAML you pass these fields.
 * @example
 * const stock: Target = {
 *     kind: TargetKind.Run,
 *     url: "https://stock-abc-ew.a.run.app",
 *     resource: { type: GrantResourceType.RunService, name: "stock", location: "europe-west1" },
 * };
 */
export interface Target {
    /** The kind of the target. */
    kind: TargetKind;
    /** The root URL, such as `https://orders-abc-ew.a.run.app`. */
    url: pulumi.Input<string>;
    /** The audience of the ID token. @default - the origin of the URL; for a function its whole URL */
    audience?: pulumi.Input<string>;
    /** Says that `audience` is the URL itself, so that callers need no second variable for it. @default false */
    audienceIsUrl?: boolean;
    /**
     * What the invoker's role is granted on. It is required for the kinds `run`, `function`, `iap` and `job`. For `api-gateway` it is the
     * service account as which callers sign their tokens; without it, the gateway takes ID tokens of Google's. @default - none
     */
    resource?: GrantResource;
    /**
     * Whether callers may change the arguments, the variables and the number of tasks of an execution, for a job. They then get
     * `roles/run.jobsExecutorWithOverrides`.
     * @default false
     */
    overrides?: boolean;
    /** The roles that the call needs, for a Google API. @default - none */
    roles?: RoleRequest[];
    /** The narrowest scopes, for a Google API. @default - `https://www.googleapis.com/auth/cloud-platform` */
    scopes?: string[];
    /** The secret, for an external API. @default - none */
    secret?: TargetSecret;
    /**
     * The root URL in each region, for a multi-region service. Callers get their grant in each of the regions, and call `url`.
     * @default - it is in one region
     */
    regions?: { [region: string]: pulumi.Input<string> };
    /** Who can reach it over the network. A caller that cannot reach it is refused. @default - `all` */
    ingress?: Ingress;
    /**
     * Whether it reads the header `Authorization` itself. Callers send their token in `X-Serverless-Authorization` then, and a caller
     * that cannot is refused (https://cloud.google.com/run/docs/authenticating/service-to-service). @default false
     */
    usesAuthorization?: boolean;
    /** Whether only its own trigger invokes it, so that it cannot be a target. @default false */
    eventDriven?: boolean;
    /**
     * The URN of the component that the data comes from. The check of that component knows by it which callers the stack
     * declares. In other languages a target may be the URN of a component and nothing else. @default - none
     */
    component?: pulumi.Input<string>;
}
