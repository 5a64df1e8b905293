import { saysWhoCalls } from "../common";
import { at, type PolicyRule, read, type Subject, textAt, UNKNOWN } from "./rule";

/** The property of each kind of workload that says which account it runs as. */
const accounts: Record<string, string[] | undefined> = {
    "gcp:workflows/workflow:Workflow": ["serviceAccount"],
    "gcp:cloudrunv2/service:Service": ["template", "serviceAccount"],
    "gcp:cloudrunv2/job:Job": ["template", "template", "serviceAccount"],
    "gcp:cloudrunv2/workerPool:WorkerPool": ["template", "serviceAccount"],
    "gcp:cloudrun/service:Service": ["template", "spec", "serviceAccountName"],
    "gcp:cloudfunctionsv2/function:Function": ["serviceConfig", "serviceAccountEmail"],
    "gcp:cloudfunctions/function:Function": ["serviceAccountEmail"],
};

/**
 * Refuses workloads that run as a default account, because such accounts often have the role of an editor.
 * https://cloud.google.com/iam/docs/service-account-types#default
 */
export const noDefaultServiceAccount: PolicyRule = {
    name: "no-default-service-account",
    description: "workflows, services, functions and jobs run as a service account of their own",
    check: ({ type, props }) => {
        const path = accounts[type];
        if (path === undefined) {
            return [];
        }
        const found = at(props, ...path);
        const email = typeof found === "string" ? found : undefined;
        if (found === undefined || found === null || email === "") {
            return [`has no ${path.join(".")}, so that it runs as the default account; give it one of its own`];
        }
        return email !== undefined && /(-compute@developer|@appspot)\.gserviceaccount\.com$/.test(email)
            ? [`runs as the default account ${email}; give it one of its own`]
            : [];
    },
};

/** Whether a service checks who invokes it; `UNKNOWN` if a preview does not know it yet. Everything else always checks. */
export function invokerCheckOf({ type, props }: Subject): boolean | typeof UNKNOWN {
    const disabled =
        type === "gcp:cloudrunv2/service:Service"
            ? at(props, "invokerIamDisabled")
            : type === "gcp:cloudrun/service:Service"
              ? at(props, "metadata", "annotations", "run.googleapis.com/invoker-iam-disabled")
              : undefined;
    return disabled === UNKNOWN ? UNKNOWN : disabled !== true && disabled !== "true";
}

/** Refuses services without the invoker check, because they are open to everybody who reaches them. */
export const noDisabledInvokerCheck: PolicyRule = {
    name: "no-disabled-invoker-check",
    description: "Cloud Run services check who invokes them",
    check: (subject) =>
        invokerCheckOf(subject) === false
            ? [
                  "has its invoker check disabled, so that everyone may invoke it; remove invokerIamDisabled and grant roles/run.invoker",
              ]
            : [],
};

/**
 * Refuses keys of service accounts, because they do not expire and can be copied.
 * https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys
 */
export const noServiceAccountKeys: PolicyRule = {
    name: "no-service-account-keys",
    description: "no service-account keys: workloads and impersonation need none",
    check: ({ type }) =>
        type === "gcp:serviceaccount/key:Key"
            ? ["is a service-account key; run the workload as the account, or impersonate it"]
            : [],
};

/** The names of the headers that a job of Cloud Scheduler or a queue of Cloud Tasks sends, as far as they are known. */
function headersOf({ type, props }: Subject): string[] {
    if (!/^gcp:cloud(tasks\/queue:Queue|scheduler\/job:Job)$/.test(type)) {
        return [];
    }
    const target = at(props, "httpTarget");
    const headers = at(target, type === "gcp:cloudtasks/queue:Queue" ? "headerOverrides" : "headers");
    const entries = typeof headers === "object" && headers !== null ? (headers as Record<string, unknown>) : {};
    const overrideOf = (key: string): unknown => read(() => entries[key]);
    return Object.keys(entries).map((key) =>
        Array.isArray(headers) ? (textAt(overrideOf(key), "header", "key") ?? "") : key,
    );
}

/** Refuses schedules and push subscriptions that call without a token, and headers that take the place of the token. */
export const authenticatedSenders: PolicyRule = {
    name: "authenticated-senders",
    description:
        "push subscriptions and scheduler jobs send an OIDC token over HTTPS, and no header that says who calls",
    check: (subject) => {
        const { type, props } = subject;
        const named = headersOf(subject)
            .filter(saysWhoCalls)
            .map((name) => `sends the header ${name}, which takes the place of the token of its account; leave it out`);
        const sender =
            type === "gcp:pubsub/subscription:Subscription"
                ? { url: textAt(props, "pushConfig", "pushEndpoint"), block: at(props, "pushConfig") }
                : type === "gcp:cloudscheduler/job:Job"
                  ? { url: textAt(props, "httpTarget", "uri"), block: at(props, "httpTarget") }
                  : undefined;
        if (sender?.block === undefined || sender.block === null || sender.block === UNKNOWN) {
            return named;
        }
        const { url, block } = sender;
        // Cloud Scheduler calls Google's APIs with access tokens. Pub/Sub sends ID tokens only.
        const api =
            type.startsWith("gcp:cloudscheduler/") && /\.googleapis\.com$/.test(URL.parse(url ?? "")?.hostname ?? "");
        const token = api ? "oauthToken" : "oidcToken";
        return [
            ...named,
            ...(url !== undefined && !/^https:/i.test(url) ? [`sends to ${url} without TLS; write https:`] : []),
            ...(at(block, token) === undefined
                ? [`sends no ${token} to ${url ?? "its receiver"}; add ${token} with a service account`]
                : []),
        ];
    },
};
