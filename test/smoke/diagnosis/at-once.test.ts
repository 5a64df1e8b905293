import assert from "node:assert/strict";
import { formatReport, runSmokeCheck, type GrantRef, type Probe } from "../../../smoke";
import { apiError, fakeGoogle, unsignedToken } from "../../support/fake-google";
import { virtualClock } from "../../support/virtual-clock";
import { assertPatience } from "./patience";

type Google = ReturnType<typeof fakeGoogle>;

const gateways = "https://apigateway.googleapis.com/v1";
const region = "projects/demo/locations/europe-west1";
const orders = "https://orders-abc-ew.a.run.app";
const prober = "prober@demo.iam.gserviceaccount.com";
const token = { kind: "idToken", serviceAccount: prober, audience: orders } as const;
const grant: GrantRef = {
    member: `serviceAccount:${prober}`,
    role: "roles/run.invoker",
    resource: `https://run.googleapis.com/v2/${region}/services/orders`,
    label: "orders",
};

const request: Probe = { kind: "request", name: "request", url: orders, credential: token, outcome: "allowed" };
const workflow: Probe = { kind: "workflow", name: "workflow", workflow: `${region}/workflows/fulfil`, argument: {} };
const task: Probe = { kind: "task", name: "task", queue: `${region}/queues/work`, url: `${orders}/work` };
const topic = "projects/demo/topics/placed";
const message: Probe = { kind: "message", name: "message", topic, subscription: "projects/demo/subscriptions/push" };

const executionApi = "https://workflowexecutions.googleapis.com/v1/";

/** An execution that ends as `end` says, or never. */
function executing(google: Google, end: object): void {
    google.on(executionApi, ({ method }) => ({
        body: { name: `${region}/workflows/fulfil/executions/1`, state: "ACTIVE", ...(method === "GET" && end) },
    }));
}

const failing = (error: object) => ({ state: "FAILED", error: { payload: JSON.stringify(error) } });

function subscribed(google: Google, change: object): void {
    const pushConfig = { pushEndpoint: `${orders}/push`, oidcToken: { serviceAccountEmail: prober } };
    google.on("https://pubsub.googleapis.com/", { body: { topic, pushConfig, ...change } });
}

/** What is wrong in each case, the probe that meets it, and the code of the cause. */
const cases: Record<string, [code: string, probe: Probe, (google: Google) => void]> = {
    "a task queue that is paused": [
        "queue-paused",
        task,
        (google) => google.on("https://cloudtasks.googleapis.com/", { body: { state: "PAUSED" } }),
    ],
    "a queue that deletes a task after one attempt": [
        "task-untraceable",
        task,
        (google) =>
            google.on("https://cloudtasks.googleapis.com/", ({ method, url }) =>
                method === "GET" && url.includes("/tasks/")
                    ? apiError(404, "NOT_FOUND", "gone")
                    : { body: { name: `${region}/queues/work/tasks/1`, retryConfig: { maxAttempts: 1 } } },
            ),
    ],
    "a subscription without a place to look": ["arrival-unknown", message, (google) => subscribed(google, {})],
    "a subscription of another topic": [
        "subscription-wrong",
        message,
        (google) => subscribed(google, { topic: "projects/demo/topics/other" }),
    ],
    "a credential that Google does not accept": [
        "credential-refused",
        workflow,
        (google) => google.on(executionApi, apiError(401, "UNAUTHENTICATED", "no")),
    ],
    "an execution that does not end": ["execution-too-long", workflow, (google) => executing(google, {})],
    "a provider of Workload Identity Federation without its condition": [
        "provider-changed",
        {
            ...{ kind: "provider", name: "provider", label: "ci", condition: 'assertion.repository == "acme/shop"' },
            ...{ provider: "projects/1/locations/global/workloadIdentityPools/ci/providers/github" },
            ...{ settings: { "attributeMapping.google.subject": "assertion.sub" } },
        },
        (google) =>
            google.on("https://iam.googleapis.com/v1/projects/1/", {
                body: { attributeMapping: { "google.subject": "assertion.sub" } },
            }),
    ],
    "an API gateway with a document that asks for no token": [
        "gateway-changed",
        {
            ...{ kind: "gateway", name: "gateway", label: "api", issuer: "a@demo.iam.gserviceaccount.com" },
            ...{ audience: "https://api", gateway: `${gateways}/projects/demo/locations/l/gateways/api` },
        },
        (google) => {
            const document = { paths: { "/a": { get: {} } } };
            const contents = Buffer.from(JSON.stringify(document)).toString("base64");
            google.on(`${gateways}/projects/demo/locations/l/gateways/api`, {
                body: { apiConfig: "apis/a/configs/c" },
            });
            google.on(`${gateways}/apis/a/configs/c`, { body: { openapiDocuments: [{ document: { contents } }] } });
            google.on(`${gateways}/apis/a`, { body: { managedService: "a" } });
        },
    ],
    "a receiver that does not answer a workflow in time": [
        "receiver-slow",
        workflow,
        (google) => executing(google, failing({ tags: ["TimeoutError"], message: "no answer in 60 s" })),
    ],
    "a workflow that sends no token": [
        "wrong-credential",
        workflow,
        (google) => {
            const stack = { elements: [{ step: "reserve", routine: "main", position: { line: "3" } }] };
            const end = failing({ tags: ["HttpError"], code: 401, message: "401" });
            executing(google, { ...end, error: { ...end.error, stackTrace: stack } });
            const sourceContents = `main:\n  steps:\n    - reserve:\n        call: http.get\n        args: {url: "${orders}"}\n`;
            google.on("https://workflows.googleapis.com/", { body: { sourceContents } });
        },
    ],
    "an audience of another host, where the receiver cannot be read": [
        "audience-elsewhere",
        { ...request, credential: { ...token, audience: "https://other.example.com" } },
        () => undefined,
    ],
    "a refusal by IAP that names no audience": [
        "iap-refused",
        request,
        (google) => google.on(orders, { status: 401, body: "Invalid IAP credentials: empty token" }),
    ],
    "a request that the code refuses": [
        "unexpected-status",
        request,
        (google) => google.on(orders, { status: 400, body: "order?" }),
    ],
    "an expired token that nobody has": [
        "no-expired-token",
        { ...request, credential: { ...token, kind: "expired" }, outcome: "denied" },
        () => undefined,
    ],
};

describe("a check ends at the first try", () => {
    for (const [what, [code, probe, set]] of Object.entries(cases)) {
        it(`at ${what}`, async () => {
            const google = fakeGoogle();
            google.on("https://openidconnect.googleapis.com/", { body: { email: "owner@example.com" } });
            google.on("https://iam.googleapis.com/", { body: { disabled: false } });
            google.on("https://iamcredentials.googleapis.com/", {
                body: { token: unsignedToken({ aud: orders, email: prober, exp: 2e9 }) },
            });
            google.policy(grant.resource, [{ role: grant.role, members: [grant.member] }]);
            set(google);
            const spec = { version: 1 as const, name: "orders", project: "demo", fingerprint: {}, probes: [probe] };
            const report = await runSmokeCheck(spec, {
                ...{ http: google.http, clock: virtualClock() },
                credentials: { accessToken: "ya29.deployer", env: {} },
            });
            const [found] = report.probes;
            assert.deepEqual([found?.diagnosis?.code, found?.attempts], [code, 1], formatReport(report));
            assert.ok(found);
            assertPatience(found);
        });
    }
});
