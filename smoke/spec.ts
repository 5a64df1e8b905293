import type { AgentRequest } from "./agent-request";
import type { Expectation } from "./expectation";
import type { GrantRef, ProbeBase, ProbeCredential, UntriedDenial } from "./probe-parts";
import type { JobProbe, MessageProbe, ScheduleProbe, SenderProbe, TaskProbe } from "./sender-probes";

export type { GrantRef, ProbeCredential } from "./probe-parts";
export type { JobProbe, MessageProbe, ScheduleProbe, SenderProbe, TaskProbe } from "./sender-probes";

/**
 * What a smoke check tries and expects, as plain data without a token in it. A component computes it, the gate keeps it in the
 * stack's state, and `gcp-invoke verify` reads it from there.
 */
export interface SmokeSpec {
    /** The version of this format. */
    version: 1;
    /** The component's name, such as `fulfil`. */
    name: string;
    /** The ID of the project. */
    project: string;
    /** What makes the check run again when it changes, beside the probes: the hash of a source, revisions, accounts. */
    fingerprint: Record<string, string>;
    /** What is tried. */
    probes: Probe[];
    /** After how many seconds the check gives up. @default 600 */
    deadlineSeconds?: number;
    /** What the component knows that no probe tries, each with the reason. Reports name it. @default - nothing */
    untried?: UntriedDenial[];
    /** The grants that the stack makes, if the spec was read from its state. @default - those of the probes */
    declares?: GrantRef[];
    /** Whether what the probes send may reach a receiver's code again after a failure of that code itself. @default false */
    safeToRepeat?: boolean;
}

/** One thing that a check tries. */
export type Probe =
    | WorkflowProbe
    | RequestProbe
    | PolicyProbe
    | CallersProbe
    | AccountProbe
    | ProviderProbe
    | GatewayProbe
    | EndpointsProbe
    | SenderProbe
    | ScheduleProbe
    | JobProbe
    | TaskProbe
    | MessageProbe;

/** Executes a workflow, and compares what it returns. */
export interface WorkflowProbe extends ProbeBase {
    kind: "workflow";
    /** The full name of the workflow: `projects/P/locations/L/workflows/W`. */
    workflow: string;
    /** What the workflow is executed with. @default - no argument */
    argument?: unknown;
    /** What the workflow must return. @default - anything */
    expect?: Expectation;
    /** The grants that its calls depend on. They tell a missing grant from one that has not arrived yet. @default - none */
    grants?: GrantRef[];
}

/** Sends one request. */
export interface RequestProbe extends ProbeBase {
    kind: "request";
    /** The HTTP method. @default - `GET`, or `POST` if there is a body */
    method?: string;
    /** The whole URL. */
    url: string;
    /** The credential that the request shows. */
    credential: ProbeCredential;
    /** The body, sent as JSON. @default - no body */
    body?: unknown;
    /**
     * The service of gRPC whose health is asked for by gRPC's health checking protocol, in place of a request of HTTP; an empty
     * text asks about the whole server. @default - a request of HTTP
     */
    grpcService?: string;
    /**
     * The tools that a server of the Model Context Protocol must have. A session is begun and the tools are listed, in place of one
     * request. @default - one request
     */
    mcpTools?: string[];
    /**
     * What the card of an agent of the A2A protocol must say, and what is sent to the agent. The card is read at the URL of the probe, in
     * place of one request. @default - one request
     */
    agent?: AgentRequest;
    /**
     * The header that carries the token: `X-Serverless-Authorization` where the receiver uses `Authorization` itself
     * (https://cloud.google.com/run/docs/authenticating/service-to-service). @default "Authorization"
     */
    tokenHeader?: string;
    /** `allowed`: the receiver answers `expect.status`, or any status from 200 to 299. `denied`: it answers one of `deniedStatus`. */
    outcome: "allowed" | "denied";
    /** Whether the check is not about the receiver, so that it need not try every denial there. @default false */
    beside?: boolean;
    /** The statuses that count as a denial. @default - 401 and 403 */
    deniedStatus?: number[];
    /** The ingress of the receiver. A receiver with internal ingress can deny nothing from outside. @default - `all` */
    ingress?: "all" | "internal";
    /**
     * A workflow that sends the request from inside, with tokens of the account that it runs as, and returns the statuses of
     * the answers: for a receiver whose ingress admits Google's own senders and nobody outside, and for requests as an account
     * whose tokens nobody else may have.
     * @default - the check sends the request itself
     */
    inside?: { workflow: string; serviceAccount: string };
    /** What the answer must be. @default - any status from 200 to 299 */
    expect?: Expectation;
    /** The grants that the request depends on. @default - none */
    grants?: GrantRef[];
    /** The REST URL of the receiver, which tells what it accepts and whom it lets in. @default - that of the first grant */
    resource?: string;
    /** The grants of the receiver's own account on what it calls itself. @default - none */
    receiverGrants?: GrantRef[];
}

/** Looks for a grant's binding in the policy of its resource, if the policy may be read. It reaches no code of the user's. */
export interface PolicyProbe extends ProbeBase {
    kind: "policy";
    /** The grant that must be there. */
    grant: GrantRef;
}

/**
 * Asks who may call a target: by its own policy and those above it, and by becoming an account that may call. It reaches no code
 * of the user's. If others than the declared callers may call, the check fails if `exactly` says so, and else warns. Public
 * access always fails it.
 */
export interface CallersProbe extends ProbeBase {
    kind: "callers";
    /** The REST URL of a service, a function, a workflow, an application behind Identity-Aware Proxy, a job, a topic, a queue or a secret. */
    target: string;
    /** What the report calls the target, such as `orders`. */
    label: string;
    /** The IAM members that may call it, beside those whom the grants of the stack let in. */
    allowed: string[];
    /** Whether others than the declared callers, and what could not be read, fail the check. @default false */
    exactly?: boolean;
    /** Whether administrators of the project, who may call by their roles, are listed or refused. @default "list" */
    administrators?: "list" | "refuse";
    /** The declared ingress. @default - it is not compared */
    ingress?: "all" | "internal" | "internal-and-load-balancer";
    /** The declared custom audiences. @default - they are not compared */
    audiences?: string[];
    /** Grants that let others become the check's own accounts. @default - none */
    grants?: GrantRef[];
    /** The ID of the component. The account of each caller of the stack names it in its description. @default - none */
    component?: string;
}

/** Reads whom a provider of Workload Identity Federation lets in. It reaches no code of the user's. */
export interface ProviderProbe extends ProbeBase {
    kind: "provider";
    /** The full name of the provider: `projects/N/locations/global/workloadIdentityPools/P/providers/R`. */
    provider: string;
    /** What the report calls the caller, such as `ci`. */
    label: string;
    /** The declared condition. */
    condition: string;
    /** The declared mapping, and whose credentials it takes, by the paths of the fields: `{ "oidc.issuerUri": "https://…" }`. */
    settings: { [field: string]: string };
}

/** Reads the document of an API gateway: which tokens it takes, and where it sends its own. It reaches no code of the user's. */
export interface GatewayProbe extends ProbeBase {
    kind: "gateway";
    /** The REST URL of the gateway: `https://apigateway.googleapis.com/v1/projects/P/locations/L/gateways/G`. */
    gateway: string;
    /** What the report calls it, such as `api`. */
    label: string;
    /** The only issuer of tokens that it may take. */
    issuer: string;
    /** The only audience of tokens that it may take, beside the name of its API. */
    audience: string;
    /** The only origins that it may send requests to. @default - they are not compared */
    backends?: string[];
    /** What its own tokens may be for. @default - it is not compared */
    backendAudiences?: string[];
}

/**
 * Reads the configuration of Cloud Endpoints that a Cloud Run service serves as ESPv2: which tokens it takes, and where it sends
 * its own. It reaches no code of the user's.
 */
export interface EndpointsProbe extends ProbeBase {
    kind: "endpoints";
    /** The REST URL of the service: `https://run.googleapis.com/v2/projects/P/locations/L/services/S`. */
    service: string;
    /** The image that it must run. @default - any that has the name of ESPv2's */
    image?: string;
    /** What the report calls it, such as `front`. */
    label: string;
    /** The only issuers of tokens that it may take. @default - they are not compared */
    issuers?: string[];
    /** The only audiences of tokens that it may take, beside the name of its API. @default - they are not compared */
    audiences?: string[];
    /** The only operations that may ask for no token, such as `GET /healthz`. @default - none */
    open?: string[];
    /** The only origins that it may send requests to. @default - they are not compared */
    backends?: string[];
    /** What its own tokens may be for. @default - it is not compared */
    backendAudiences?: string[];
}

/** Reads the account that something runs or sends as: it must exist and be enabled. It reaches no code of the user's. */
export interface AccountProbe extends ProbeBase {
    kind: "account";
    /** The email address of the account. */
    account: string;
    /** What the report calls that which runs as it, such as `orders`. */
    label: string;
}
