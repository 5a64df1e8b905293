import { call, type Row, workflow } from "./row";

const keep =
    "revoke it; if auth cannot take its place, keep another in Secret Manager and read it with googleapis.secretmanager.v1.projects.secrets.versions.accessString";
const access = `- read:
      call: googleapis.secretmanager.v1.projects.secrets.versions.accessString
      args: {project_id: p, secret_id: s}
      result: key`;
const external = "url: https://b.example/x";
const comment = (text: string): string => workflow(`- a: {return: 1}`).replace("  steps:", `  ${text}\n  steps:`);

export const sourceRows: Row[] = [
    {
        cause: "credential-literal/form",
        source: call(external, `headers: {X-Api-Key: AIza${"b".repeat(35)}}`),
        fix: keep,
        then: [
            ["- ask:", `${access}\n  - ask:`],
            [`AIza${"b".repeat(35)}`, "'${key}'"],
        ],
    },
    {
        cause: "credential-literal/token",
        source: call("url: https://storage.googleapis.com/x", `query: {access_token: ya29.${"b".repeat(30)}}`),
        fix: "remove it, and give auth to the calls that need a token: this one runs out within an hour",
        then: [[`query: {access_token: ya29.${"b".repeat(30)}}`, "auth: {type: OAuth2}"]],
    },
    {
        cause: "credential-literal/name",
        source: call(external, "body: {client_secret: 8a7d6f5e4c3b2a190f}"),
        fix: keep,
        then: [
            ["- ask:", `${access}\n  - ask:`],
            ["8a7d6f5e4c3b2a190f", "'${key}'"],
        ],
    },
    {
        cause: "public-invoker/grant",
        source: call(external, "body: {policy: {bindings: [{role: roles/run.invoker, members: [allUsers]}]}}"),
        fix: "grant the role to the service account that calls",
        then: [["[allUsers]", "['serviceAccount:w@p.iam.gserviceaccount.com']"]],
    },
    {
        cause: "placeholder/text",
        source: call(external, "body: {project: YOUR_PROJECT}"),
        fix: "audit the source as it is deployed, or pass the value as an environment variable",
        then: [["YOUR_PROJECT", "'${sys.get_env(\"PROJECT\")}'"]],
    },
    {
        cause: "ignore-without-reason/no-rule",
        source: comment("# gcp-invoke-ignore"),
        fix: "write # gcp-invoke-ignore rule: reason",
        then: [["ignore", "ignore unknown-host: it is checked before"]],
    },
    {
        cause: "ignore-without-reason/unknown-rule",
        source: comment("# gcp-invoke-ignore unknown-hosts: it is checked before"),
        fix: "write # gcp-invoke-ignore rule: reason",
        then: [["unknown-hosts", "unknown-host"]],
    },
    {
        cause: "ignore-without-reason/no-reason",
        source: comment("# gcp-invoke-ignore unknown-host"),
        fix: "write # gcp-invoke-ignore unknown-host: reason",
        then: [["unknown-host", "unknown-host: reason"]],
    },
];
