import { api, type LeftRow, type Row, run, targets, workflow } from "./row";

const account = "serviceAccountEmail: w@p.iam.gserviceaccount.com";
const begin = "begin the URL with a literal host, or a declared target's variable, followed by /";
const orders = '${sys.get_env("ORDERS_URL")}';

/** A task with this URL and token. */
function task(url: string, token: string): string {
    return workflow(`- ask:
    call: googleapis.cloudtasks.v2.projects.locations.queues.tasks.create
    args:
      parent: projects/p/locations/l/queues/q
      body: {task: {httpRequest: {url: '${url}', ${token}}}}`);
}

/** A subscription that pushes there. */
function push(url: string, token: string): string {
    return workflow(`- ask:
    call: googleapis.pubsub.v1.projects.subscriptions.create
    args:
      name: projects/p/subscriptions/s
      body: {topic: projects/p/topics/t, pushConfig: {pushEndpoint: '${url}', ${token}}}`);
}

const oidc = `oidcToken: {${account}}`;
const oauth = `oauthToken: {${account}}`;
const ownOidc = `oidcToken: {${account}, audience: ${run}}`;

/** What is found of requests that other services send, with the advice in the words of the body. */
export const deliveryRows: Row[] = [
    {
        cause: "id-token-elsewhere/caller",
        source: task("${args.url}", ownOidc),
        fix: `${begin}; if the caller may choose among hosts, assign each from a literal in a switch`,
        then: [["${args.url}", `\${"${run}/" + args.path}`]],
    },
    {
        cause: "token-leak/caller",
        source: task("${args.url}", oauth),
        fix: `${begin}; if the caller may choose among hosts, assign each from a literal in a switch`,
        then: [["${args.url}", `\${"${api}/" + args.path}`]],
    },
    {
        cause: "undeclared-target/caller",
        source: task("${args.url}", `oidcToken: {${account}, audience: '${orders}'}`),
        options: { ...targets, closed: true },
        also: ["id-token-elsewhere/caller"],
        fix: `${begin}; if the caller may choose among hosts, assign each from a literal in a switch`,
        then: [["${args.url}", '${sys.get_env("ORDERS_URL") + "/" + args.path}']],
    },
    {
        cause: "undeclared-target/token",
        source: task(`${run}/x`, ownOidc),
        options: { closed: true },
        fix: "add the receiver to targets",
        then: { targets: [{ name: "a", kind: "run", url: run }] },
    },
    {
        cause: "wrong-auth-type/access-token",
        source: task(`${run}/x`, oauth),
        fix: `write oidcToken: {serviceAccountEmail: ACCOUNT, audience: ${run}} in place of oauthToken`,
        then: [[oauth, ownOidc]],
    },
    {
        cause: "wrong-auth-type/id-token",
        source: task(`${api}/x`, oidc),
        fix: "write oauthToken: {serviceAccountEmail: ACCOUNT} in place of oidcToken",
        then: [[oidc, oauth]],
    },
    {
        cause: "wrong-auth-type/id-token",
        source: push(`${api}/x`, oidc),
        fix: "give it the URL of a service of yours that makes this call: no access token is sent from here",
        then: [
            [`${api}/x`, `${run}/x`],
            [oidc, ownOidc],
        ],
    },
    {
        cause: "token-leak/external",
        source: task("https://partner.example/x", oauth),
        fix: "remove oauthToken, and send what this receiver takes in a header; if it is behind IAP or a domain of Cloud Run, declare it as a target",
        then: [[`, ${oauth}`, ""]],
    },
    {
        cause: "audience-path/default",
        source: task(`${run}/x`, oidc),
        fix: `write audience: ${run}`,
        then: [[oidc, ownOidc]],
    },
    {
        cause: "audience-path/default",
        source: push('${"https://a-" + sys.get_env("GOOGLE_CLOUD_PROJECT_NUMBER") + ".us-central1.run.app/x"}', oidc),
        fix: 'write audience: ${"https://a-" + sys.get_env("GOOGLE_CLOUD_PROJECT_NUMBER") + ".us-central1.run.app"}',
        then: [
            [
                oidc,
                `oidcToken: {${account}, audience: '\${"https://a-" + sys.get_env("GOOGLE_CLOUD_PROJECT_NUMBER") + ".us-central1.run.app"}'}`,
            ],
        ],
    },
    {
        cause: "audience-mismatch/host",
        source: task(`${run}/x`, `oidcToken: {${account}, audience: https://b-abcdefghij-uc.a.run.app}`),
        fix: `write audience: ${run}`,
        then: [["https://b-abcdefghij-uc.a.run.app", run]],
    },
    {
        cause: "invalid-auth/unresolved",
        source: task(`${run}/x`, "oidcToken: ${args.token}").replace("${args.token}", "'${args.token}'"),
        also: ["audience-mismatch/chosen"],
        fix: `write oidcToken: {serviceAccountEmail: ACCOUNT, audience: ${run}}`,
        then: [["oidcToken: '${args.token}'", ownOidc]],
    },
    {
        cause: "broad-scope/cloud-platform",
        source: task(`${api}/x`, `oauthToken: {${account}, scope: https://www.googleapis.com/auth/cloud-platform}`),
        fix: "write scope: https://www.googleapis.com/auth/devstorage.read_write, if that is enough",
        then: [["/cloud-platform", "/devstorage.read_write"]],
    },
    {
        cause: "other-universe/auth",
        source: task("https://storage.s3nsapis.fr/x", oauth),
        also: ["token-leak/external"],
        fix: "set the universe domain to s3nsapis.fr if the workflow runs there, otherwise remove oauthToken",
        then: { universeDomain: "s3nsapis.fr" },
    },
];

export const deliveryLeftRows: LeftRow[] = [
    {
        cause: "delivered",
        source: task(`${run}/x`, oauth),
        fix: `write oidcToken: {serviceAccountEmail: ACCOUNT, audience: ${run}} in place of oauthToken`,
        then: [[oauth, ownOidc]],
    },
    {
        cause: "delivered",
        source: push(`${run}/x`, oidc),
        fix: `write audience: ${run}`,
        then: [[oidc, ownOidc]],
    },
];
