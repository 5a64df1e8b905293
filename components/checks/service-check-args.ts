import type * as pulumi from "@pulumi/pulumi";
import type { CallersCheckOptions } from "./callers-check";
import type { InsideCheckOptions } from "./denials";
import type { AnswerExpectation, ServiceExpectation } from "./expectation";

/** What the check of everything takes that can be invoked. */
export interface InvokableCheckOptions extends CallersCheckOptions, InsideCheckOptions {
    /**
     * The paths that the check requests of what the service invokes, such as `{ stock: "/healthz" }`, by the names of `invokes`.
     * The requests are made as the service's own account, by a workflow that runs as it and returns their statuses. A check
     * that tries again requests them again.
     * @default - the check looks for the service's grants in the policies, and makes no request
     */
    calls?: { [target: string]: string };
    /**
     * Who may mint ID tokens as the accounts that the check calls as: the principal that deploys, such as
     * `user:ann@example.com` or {@link deployer}. There are two such accounts: one that may call the service, if a path is
     * given, and one that may not. An owner of the project cannot mint their tokens by that role alone.
     * @default - nobody: the report says that the probes which need such a token were not tried
     */
    probeMinters?: pulumi.Input<string>[];
}

/** The smoke check of a service. It reaches the service's code only if you give it a path. */
export interface ServiceSmokeCheckArgs extends InvokableCheckOptions {
    /**
     * The path that the check requests with the ID token of a probe account, such as `/healthz`. The check
     * requests it again if Google's front end refused, and after failures of your code only with `safeToRepeat`.
     * @default - no request is made that the service should let in, only requests that it must deny
     */
    path?: pulumi.Input<string>;
    /** The HTTP method of the request. @default "GET" */
    method?: pulumi.Input<string>;
    /** The body of the request, sent as JSON. @default - no body */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    argument?: pulumi.Input<any>;
    /** What the answer must be. @default - any status from 200 to 299 */
    expect?: ServiceExpectation;
    /**
     * The service of gRPC whose health the check asks for by gRPC's health checking protocol, as a probe account; an empty text asks
     * about the whole server (https://grpc.io/docs/guides/health-checking/).
     * @default - no call by gRPC
     */
    grpcService?: pulumi.Input<string>;
    /**
     * What the document of Cloud Endpoints must say, for a Cloud Run service whose image is its proxy, ESPv2. The check then reads the
     * configuration that is served in place of the policy of the service, and needs `servicemanagement.services.get` on it.
     * @default - of such a service the check reads where the document asks for no token, where it finds keys and where it sends requests
     * @example { endpoints: { issuers: [signer.email], audiences: ["https://shop.example.com"], path: "/orders" } }
     */
    endpoints?: EndpointsCheckArgs;
}

/**
 * What the document of Cloud Endpoints must say that a service serves as its proxy, ESPv2. The proxy is open to everybody at its own
 * front door, so the document alone decides who gets in (https://cloud.google.com/endpoints/docs/openapi/set-up-cloud-run-espv2).
 */
export interface EndpointsCheckArgs {
    /**
     * Whose tokens it takes, and nobody else's: `x-google-issuer` of each definition, such as the email address of an account that
     * signs; the check then asks who may sign as it, as others ask who may call: name them in `allowedCallers`. With `https://accounts.google.com` every Google account gets in, and the backends must refuse all but their callers.
     */
    issuers: pulumi.Input<string>[];
    /** The audiences that it takes beside `https://` and the name of its service in Service Management. @default - none */
    audiences?: pulumi.Input<string>[];
    /** The operations that may ask for no token, with their methods, such as `GET /healthz`. @default - none */
    open?: string[];
    /**
     * A path of the document that asks for a token. The check requests it without a token, with a broken one and, where
     * `probeMinters` are given, with ID tokens that the document does not name. All must be answered with 401 or 403.
     * @default - the configuration is read, and no request is made
     */
    path?: pulumi.Input<string>;
}

/** The smoke check of a server of the Model Context Protocol. It reaches the server's code only if you name tools. */
export interface McpSmokeCheckArgs extends InvokableCheckOptions {
    /**
     * The tools that the server must have, by their names. The check begins a session as a probe account, lists the tools, and
     * ends the session; it calls no tool. An empty list demands only that the list can be read.
     * @default - no session is begun, and the check makes only requests that the server must deny
     */
    tools?: string[];
}

/**
 * The smoke check of an agent of the A2A protocol. With `probeMinters` it reads the agent's card as a probe account; the URLs of the
 * card must be the service's own, because callers send their tokens there. It reaches the agent itself only if you give a message.
 */
export interface AgentSmokeCheckArgs extends InvokableCheckOptions {
    /** The skills that the card must list, by their IDs. @default - any skills */
    skills?: string[];
    /**
     * A text that is sent to the agent as a probe account, by the card's first interface for JSON-RPC. The check fails if the agent
     * answers with an error, or ends the task as failed or rejected. It is sent again after failures of the agent only with
     * `safeToRepeat`.
     * @default - no message is sent
     */
    message?: pulumi.Input<string>;
    /** What the result must be that the agent answers the message with. @default - any result */
    expect?: AnswerExpectation;
}

/** What a check of a service does, whichever component it is of. */
export interface ServiceCheck extends ServiceSmokeCheckArgs {
    /** A server of the Model Context Protocol, with its path, and the tools that it must have, if a session is begun. */
    mcp?: { path: string; tools?: string[] };
    /** An agent of the A2A protocol. */
    agent?: AgentCheck;
    /** The header that carries the caller's token. */
    tokenHeader?: string;
}

/** An agent of the A2A protocol, as its check sees it. */
export interface AgentCheck {
    cardPath: string;
    /** The root URLs of the service. */
    roots: pulumi.Output<string[]>;
    /** Where the copy of the card for everybody is. */
    published?: pulumi.Input<string>;
    skills?: string[];
    message?: pulumi.Input<string>;
}

/** Whether a check sends a request that the service must let in. */
export const isInvoked = ({ path, grpcService, mcp, agent, probeMinters = [] }: ServiceCheck): boolean =>
    path !== undefined ||
    grpcService !== undefined ||
    mcp?.tools !== undefined ||
    (agent !== undefined && (agent.skills ?? agent.message ?? probeMinters[0]) !== undefined);
