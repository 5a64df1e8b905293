import assert from "node:assert/strict";
import { INSIDE_SOURCE } from "../../common";
import { asPolicy, policyRules } from "../../policy";

/** The rules that a resource breaks, with how often. */
function broken(type: string, props: Record<string, unknown>): string[] {
    const subject = { type, name: "it", urn: `urn:pulumi:dev::p::${type}::it`, props };
    return policyRules.flatMap((rule) => rule.check(subject).map(() => rule.name));
}

const account = "fulfil@p.iam.gserviceaccount.com";
const source = (auth: string): string =>
    `main: {steps: [{a: {call: http.get, args: {url: "https://a-abcdefghij-uc.a.run.app"${auth}}}}]}`;
const member = "gcp:cloudrunv2/serviceIamMember:ServiceIamMember";
const project = "gcp:projects/iAMMember:IAMMember";
const impersonation = "gcp:serviceaccount/iAMMember:IAMMember";
const minter = "roles/iam.serviceAccountOpenIdTokenCreator";
const push = "gcp:pubsub/subscription:Subscription";
const job = "gcp:cloudscheduler/job:Job";
const service = "gcp:cloudrunv2/service:Service";

/** Each rule: a type, properties that break it, and the same made right. */
const cases: [rule: string, type: string, bad: Record<string, unknown>, good: Record<string, unknown>][] = [
    [
        "workflow-auth",
        "gcp:workflows/workflow:Workflow",
        { serviceAccount: account, sourceContents: source("") },
        { serviceAccount: account, sourceContents: source(", auth: {type: OIDC}") },
    ],
    [
        "no-public-invoker",
        member,
        { role: "roles/run.invoker", member: "allUsers" },
        { role: "roles/run.invoker", member: `serviceAccount:${account}` },
    ],
    [
        "no-public-invoker",
        member,
        { role: "roles/run.invoker", member: "principalSet://goog/public:all" },
        { role: "roles/run.invoker", member: "principalSet://goog/cloudIdentityCustomerId/C01abc" },
    ],
    [
        "no-disabled-invoker-check",
        "gcp:cloudrun/service:Service",
        {
            template: { spec: { serviceAccountName: account } },
            metadata: { annotations: { "run.googleapis.com/invoker-iam-disabled": "true" } },
        },
        { template: { spec: { serviceAccountName: account } }, metadata: { annotations: {} } },
    ],
    [
        "no-disabled-invoker-check",
        service,
        { template: { serviceAccount: account }, invokerIamDisabled: true },
        { template: { serviceAccount: account } },
    ],
    ["no-default-service-account", service, { template: {} }, { template: { serviceAccount: account } }],
    [
        "no-default-service-account",
        "gcp:cloudfunctions/function:Function",
        { serviceAccountEmail: "p@appspot.gserviceaccount.com" },
        { serviceAccountEmail: account },
    ],
    [
        "no-default-service-account",
        "gcp:cloudrunv2/job:Job",
        { template: { template: { serviceAccount: "1-compute@developer.gserviceaccount.com" } } },
        { template: { template: { serviceAccount: account } } },
    ],
    ["no-service-account-keys", "gcp:serviceaccount/key:Key", {}, {}],
    [
        "no-project-wide-invoker",
        project,
        { role: "roles/run.invoker", member: `serviceAccount:${account}` },
        { role: "roles/bigquery.jobUser", member: `serviceAccount:${account}` },
    ],
    [
        "no-project-wide-invoker",
        project,
        { role: minter, member: "principal://agents.global.org-1.system.id.goog/resources/aiplatform/projects/1/x/2" },
        { role: "roles/bigquery.jobUser", member: `serviceAccount:${account}` },
    ],
    [
        "no-self-impersonation",
        impersonation,
        {
            serviceAccountId: `projects/p/serviceAccounts/${account}`,
            role: minter,
            member: `serviceAccount:${account}`,
        },
        { serviceAccountId: `projects/p/serviceAccounts/${account}`, role: minter, member: "user:a@b.c" },
    ],
    [
        "no-authoritative-grants",
        "gcp:cloudrunv2/serviceIamBinding:ServiceIamBinding",
        { role: "roles/run.invoker", members: [`serviceAccount:${account}`] },
        { role: "roles/run.viewer", members: [`serviceAccount:${account}`] },
    ],
    [
        "no-authoritative-grants",
        "gcp:cloudrunv2/serviceIamPolicy:ServiceIamPolicy",
        { policyData: '{"bindings":[{"role":"roles/run.invoker"}]}' },
        { policyData: '{"bindings":[{"role":"roles/run.viewer"}]}' },
    ],
    [
        "authenticated-senders",
        push,
        { pushConfig: { pushEndpoint: "https://x.example" } },
        { pushConfig: { pushEndpoint: "https://x.example", oidcToken: { serviceAccountEmail: account } } },
    ],
    ["authenticated-senders", push, { pushConfig: { pushEndpoint: "http://x.example", oidcToken: {} } }, {}],
    [
        "authenticated-senders",
        job,
        { httpTarget: { uri: "https://run.googleapis.com/x", oidcToken: {} } },
        { httpTarget: { uri: "https://run.googleapis.com/x", oauthToken: {} } },
    ],
    ...["Authorization", "x-serverless-authorization", "PROXY-AUTHORIZATION"].flatMap((name): typeof cases => {
        const sent = { uri: "https://x.example", oidcToken: {} };
        const override = (key: string) => ({ header: { key, value: "x" } });
        return [
            [
                "authenticated-senders",
                job,
                { httpTarget: { ...sent, headers: { a: "b", [name]: "x" } } },
                { httpTarget: { ...sent, headers: { a: "b", "X-Own-Authorization": "x" } } },
            ],
            [
                "authenticated-senders",
                "gcp:cloudtasks/queue:Queue",
                { httpTarget: { headerOverrides: [override("a"), override(name)] } },
                { httpTarget: { headerOverrides: [override("a"), override("X-Own-Authorization")] } },
            ],
        ];
    }),
];

describe("the policy pack", () => {
    for (const [rule, type, bad, good] of cases) {
        it(`${rule} refuses ${type} ${JSON.stringify(bad).slice(0, 90)}, and passes the same made right`, () => {
            assert.deepEqual(broken(type, bad), [rule]);
            assert.deepEqual(
                broken(rule === "no-service-account-keys" ? "gcp:serviceaccount/account:Account" : type, good),
                [],
            );
        });
    }

    it("requires of a provider for a whole platform that its condition compares whose workloads are let in", () => {
        const type = "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider";
        const rulesOf = (issuerUri: string, attributeCondition?: string, attributeMapping = {}) =>
            broken(type, { oidc: { issuerUri }, attributeMapping, ...(attributeCondition && { attributeCondition }) });
        const github = "https://token.actions.githubusercontent.com";
        const mapped = { "google.subject": "assertion.sub", "attribute.repo": "assertion.repository" };
        for (const condition of [
            'assertion.repository == "acme/shop"',
            "assertion.repository_owner_id == '9919' && assertion.ref == 'refs/heads/main'",
            '"acme" == assertion.repository_owner',
            'assertion.repository in ["acme/shop", "acme/site"]',
            'assertion.sub.startsWith("repo:acme/shop:")',
        ]) {
            assert.deepEqual(rulesOf(github, condition), [], condition);
        }
        assert.deepEqual(rulesOf(`${github}/`, 'attribute.repo == "acme/shop"', mapped), []);
        assert.deepEqual(rulesOf("https://gitlab.com", 'assertion.namespace_id == "7"'), []);
        for (const condition of [
            undefined,
            "true",
            'assertion.ref == "refs/heads/main"',
            'assertion.repository != ""',
            'assertion.repository == ""',
            'attribute.repo == "acme/shop"',
            'assertion.repository.startsWith("")',
            'other.assertion.repository == "acme/shop"',
        ]) {
            assert.deepEqual(rulesOf(github, condition), ["no-open-federation"], condition);
        }
        assert.deepEqual(rulesOf("https://gitlab.com", 'assertion.ref == "main"'), ["no-open-federation"]);
        // This issuer has the tokens of one tenant alone.
        assert.deepEqual(rulesOf("https://sts.windows.net/tenant/"), []);
        assert.deepEqual(broken(type, { aws: { accountId: "1" } }), []);
    });

    it("passes over the workflow of smoke checks, and over no other that is told whom it calls", () => {
        const rulesOf = (sourceContents: string) =>
            broken("gcp:workflows/workflow:Workflow", { serviceAccount: account, sourceContents });
        assert.deepEqual(rulesOf(INSIDE_SOURCE), []);
        assert.ok(rulesOf(`${INSIDE_SOURCE}\n`).includes("workflow-auth-warnings"));
    });

    it("looks into policies that are written as JSON", () => {
        const policy = (who: string): Record<string, unknown> => ({
            policyData: JSON.stringify({ bindings: [{ role: "roles/run.invoker", members: ["user:a@b.c", who] }] }),
        });
        const type = "gcp:cloudrunv2/serviceIamPolicy:ServiceIamPolicy";
        assert.deepEqual(broken(type, policy("allUsers")), ["no-public-invoker", "no-authoritative-grants"]);
        assert.deepEqual(broken(type, policy(`serviceAccount:${account}`)), ["no-authoritative-grants"]);
    });

    it("finds what a whole policy grants on a project, and what it grants to the account that it is on", () => {
        const policy = (role: string, who: string): Record<string, unknown> => ({
            serviceAccountId: `projects/p/serviceAccounts/${account}`,
            policyData: JSON.stringify({ bindings: [{ role, members: [who] }] }),
        });
        const [wide, self] = ["gcp:projects/iAMPolicy:IAMPolicy", "gcp:serviceaccount/iAMPolicy:IAMPolicy"];
        const members = [`serviceAccount:${account}`, "user:a@b.c"] as const;
        assert.deepEqual(broken(wide, policy("roles/run.invoker", members[1])), [
            "no-project-wide-invoker",
            "no-authoritative-grants",
        ]);
        assert.deepEqual(broken(wide, policy("roles/viewer", members[1])), []);
        assert.deepEqual(broken(self, policy(minter, members[0])), [
            "no-self-impersonation",
            "no-authoritative-grants",
        ]);
        assert.deepEqual(broken(self, policy(minter, members[1])), ["no-authoritative-grants"]);
    });

    it("shows the warnings of the audit by a rule of their own, which stops no update", () => {
        const type = "gcp:workflows/workflow:Workflow";
        const props = { serviceAccount: account, sourceContents: source("") };
        const warned = { ...props, sourceContents: source("/x, auth: {type: OIDC}").replace('app"/x', 'app/x"') };
        assert.deepEqual(broken(type, warned), ["workflow-auth-warnings"]);
        assert.deepEqual(broken(type, props), ["workflow-auth"]);
        const level = (name: string): unknown =>
            asPolicy(policyRules.find((rule) => rule.name === name)!).enforcementLevel;
        assert.deepEqual(["workflow-auth-warnings", "workflow-auth"].map(level), ["advisory", "mandatory"]);
    });

    it("requires an ID token of push subscriptions, whatever their endpoint is", () => {
        const pushConfig = { pushEndpoint: "https://x.googleapis.com", oidcToken: { serviceAccountEmail: account } };
        assert.deepEqual(broken(push, { pushConfig }), []);
        assert.deepEqual(broken(push, { pushConfig: { ...pushConfig, oidcToken: undefined } }), [
            "authenticated-senders",
        ]);
    });

    it("knows the values that workflows read from their environment variables", () => {
        const call = 'main: {steps: [{a: {call: http.get, args: {url: "${sys.get_env(\\"U\\")}"}}}]}';
        const props = { serviceAccount: account, sourceContents: call };
        const type = "gcp:workflows/workflow:Workflow";
        assert.deepEqual(broken(type, { ...props, userEnvVars: { U: "https://a-abcdefghij-uc.a.run.app" } }), [
            "workflow-auth",
        ]);
        assert.deepEqual(broken(type, { ...props, userEnvVars: { U: "https://b.example" } }), []);
    });

    it("passes over the resources that its configuration names, and no others", () => {
        const policy = asPolicy(policyRules.find((rule) => rule.name === "no-public-invoker")!);
        const reported = (allow: string[]): string[] => {
            const found: string[] = [];
            const resource = {
                type: member,
                name: "it",
                urn: "urn:it",
                props: { role: "roles/run.invoker", member: "allUsers" },
            };
            const validate = policy.validateResource as (args: unknown, report: (message: string) => void) => void;
            validate({ ...resource, getConfig: () => ({ allow }) }, (message) => found.push(message));
            return found;
        };
        assert.equal(reported([]).length, 1);
        assert.equal(reported(["other"]).length, 1);
        assert.equal(reported(["it"]).length, 0);
        assert.equal(reported(["urn:it"]).length, 0);
    });
});
