import type { ResolvedCall } from "../flow";
import type { CallSite, TokenFields } from "../calls";
import { mayReach } from "../scopes";

/** A method of an API that is given a request which the API sends later, with a token of an account. */
export interface DeliveryMethod {
    api: string;
    /** The connector's name, without its API and version. */
    connector: string;
    verb: string;
    /** The path of its URL; `*` is a segment. */
    path: string;
    /** Where in the body the request is; `[]` is each item of a list. */
    request: string;
    /** Where in the request its URL is, or the host alone. */
    url: string;
    isHost?: true;
    /** Where in the request its tokens stand, if they do not stand in the request itself. */
    tokensIn?: string;
    tokens: Omit<TokenFields, "given">;
    /** Whether the API keeps the token that it has if the body has none. */
    keeps?: true;
}

// "If not specified, the URI specified in target will be used" as the audience; access tokens are for *.googleapis.com:
// https://docs.cloud.google.com/tasks/docs/reference/rest/v2/OidcToken
const both = { OIDC: "oidcToken", OAuth2: "oauthToken", account: "serviceAccountEmail" };
const oidc = { OIDC: "oidcToken", account: "serviceAccountEmail" };
const queues = "*/projects/*/locations/*/queues";
const tasks = { api: "cloudtasks", verb: "POST", url: "url", tokens: both };
const queue = {
    api: "cloudtasks",
    request: "httpTarget",
    url: "uriOverride.host",
    isHost: true,
    tokens: both,
} as const;
const job = { api: "cloudscheduler", request: "httpTarget", url: "uri", tokens: both };
const subscription = { api: "pubsub", request: "pushConfig", url: "pushEndpoint", tokens: oidc };
const subscriptions = "*/projects/*/subscriptions/*";
const pipeline = {
    api: "eventarc",
    request: "destinations.[]",
    url: "httpEndpoint.uri",
    tokensIn: "authenticationConfig",
    tokens: { OIDC: "googleOidc", OAuth2: "oauthToken", account: "serviceAccount" },
};

const methods: readonly DeliveryMethod[] = [
    // https://docs.cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues.tasks
    {
        ...tasks,
        connector: "projects.locations.queues.tasks.create",
        path: `${queues}/*/tasks`,
        request: "task.httpRequest",
    },
    {
        ...tasks,
        connector: "projects.locations.queues.tasks.batchCreate",
        path: `${queues}/*/tasks:batchCreate`,
        request: "requests.[].task.httpRequest",
    },
    // A task that is buffered has the URL and the token of its queue:
    // https://docs.cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues#HttpTarget
    { ...queue, connector: "projects.locations.queues.create", verb: "POST", path: queues },
    { ...queue, connector: "projects.locations.queues.patch", verb: "PATCH", path: `${queues}/*`, keeps: true },
    // https://docs.cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs#HttpTarget
    { ...job, connector: "projects.locations.jobs.create", verb: "POST", path: "*/projects/*/locations/*/jobs" },
    {
        ...job,
        connector: "projects.locations.jobs.patch",
        verb: "PATCH",
        path: "*/projects/*/locations/*/jobs/*",
        keeps: true,
    },
    // https://docs.cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions#PushConfig
    { ...subscription, connector: "projects.subscriptions.create", verb: "PUT", path: subscriptions },
    {
        ...subscription,
        connector: "projects.subscriptions.patch",
        verb: "PATCH",
        path: subscriptions,
        request: "subscription.pushConfig",
        keeps: true,
    },
    {
        ...subscription,
        connector: "projects.subscriptions.modifyPushConfig",
        verb: "POST",
        path: `${subscriptions}:modifyPushConfig`,
    },
    // https://docs.cloud.google.com/eventarc/docs/reference/rest/v1/projects.locations.pipelines#Destination
    {
        ...pipeline,
        connector: "projects.locations.pipelines.create",
        verb: "POST",
        path: "*/projects/*/locations/*/pipelines",
    },
    {
        ...pipeline,
        connector: "projects.locations.pipelines.patch",
        verb: "PATCH",
        path: "*/projects/*/locations/*/pipelines/*",
        keeps: true,
    },
];

/** The methods that a call can reach: by its connector's name, or by the URL of its HTTP request (`site`). */
export function deliveryMethods(call: ResolvedCall, site: CallSite | undefined): readonly DeliveryMethod[] {
    const [, api, connector] = /^googleapis\.(\w+)\.\w+\.(.+)$/.exec(call.action.callee.text) ?? [];
    return methods.filter((method) =>
        site === undefined ? method.api === api && method.connector === connector : mayReach(site, method),
    );
}
