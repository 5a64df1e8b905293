import assert from "node:assert/strict";
import fc from "fast-check";
import * as pulumi from "@pulumi/pulumi";
import {
    AuthenticatedPush,
    AuthenticatedQueue,
    AuthenticatedSchedule,
    AuthenticatedTrigger,
    AuthenticatedWorkerPool,
    CallerIdentity,
    ExternalApi,
    FederatedCaller,
    googleApi,
    GrantResourceType,
    Ingress,
    InvokableAgent,
    InvokableBackend,
    InvokableFunction,
    InvokableGateway,
    InvokableJob,
    InvokableMcpServer,
    InvokableService,
    Platform,
    type Target,
    TargetKind,
    TokenMinter,
} from "../../index";
import { deploy, type Deployed } from "./support/deploy";
import { caller, location, service } from "./support/programs";

const member = "user:a@example.com";
const subnetwork = "default";
const DIRECTORY_SERVICE = "projects/demo/locations/l/namespaces/n/services/s";
const storageAgent = "service-1@gs-project-accounts.iam.gserviceaccount.com";
const call = ({ token }: pulumi.runtime.MockCallArgs): Record<string, unknown> =>
    token === "gcp:storage/getProjectServiceAccount:getProjectServiceAccount"
        ? { emailAddress: storageAgent }
        : { number: "1" };

/** Everything that can be called, by a short name. */
const targets: Record<string, (name: string) => Target> = {
    run: (name) => service(name, { ingress: Ingress.All, smokeCheck: { path: "/", probeMinters: [member] } }),
    internal: (name) => service(name, { enableApis: true }),
    mcp: (name) =>
        new InvokableMcpServer(name, {
            ...{ image: "i", location, ingress: Ingress.All, smokeCheck: { tools: [], probeMinters: [member] } },
        }),
    agent: (name) =>
        new InvokableAgent(name, {
            ...{ image: "i", location, ingress: Ingress.All, publicCard: true },
            publicCardUrl: "https://cards.example.com/a.json",
            smokeCheck: { skills: [], message: "hello", probeMinters: [member] },
        }),
    job: (name) => new InvokableJob(name, { image: "i", location, smokeCheck: { run: true } }),
    overridable: (name) => new InvokableJob(name, { image: "i", location, overrides: true }),
    function: (name) =>
        new InvokableFunction(name, { source: __dirname, runtime: "nodejs22", entryPoint: "x", location }),
    first: () => ({
        kind: TargetKind.Function,
        url: "https://l-p.cloudfunctions.net/f",
        resource: { type: GrantResourceType.Function, name: "f", location },
    }),
    existing: (name) => InvokableService.fromExisting(name, { name, location, project: "demo" }),
    iap: (name) => new InvokableBackend(name, { image: "i", location, iapClientId: "1-a.apps.googleusercontent.com" }),
    gateway: (name) =>
        new InvokableGateway(name, {
            ...{ location, backends: { b: service(`${name}-b`, { ingress: Ingress.All }) } },
            smokeCheck: { path: "/", probeMinters: [member] },
        }),
    unsigned: (name) =>
        new InvokableGateway(name, {
            ...{ location, backends: { b: service(`${name}-b`, { ingress: Ingress.All }) }, idTokens: true },
        }),
    google: () =>
        googleApi("storage.googleapis.com", {
            grants: [
                { role: "roles/storage.objectViewer", resource: { type: GrantResourceType.Bucket, name: "b" } },
                { role: "roles/bigquery.jobUser" },
            ],
        }),
    endpoints: (name) =>
        service(name, {
            ...{ image: "gcr.io/endpoints-release/endpoints-runtime-serverless:2", ingress: Ingress.All },
            env: { ENDPOINTS_SERVICE_NAME: "shop.endpoints.demo.cloud.goog" },
            smokeCheck: {
                endpoints: { issuers: ["a@demo.iam.gserviceaccount.com"], path: "/" },
                probeMinters: [member],
            },
        }),
    external: (name) => new ExternalApi(name, { url: "https://api.example.com", secret: "key" }),
};

/** Everything that calls, and whether it can call an external API. */
const callers: Record<string, (name: string, target: Target) => unknown> = {
    workflow: (_name, target) => caller({ t: target }, { invokers: [member] }),
    private: (_name, target) => caller({ t: target }, { privateServices: { t: { name: DIRECTORY_SERVICE } } }),
    schedule: (name, target) => new AuthenticatedSchedule(name, { location, schedule: "0 6 * * *", target }),
    queue: (name, target) => new AuthenticatedQueue(name, { location, target, enqueuers: [member] }),
    push: (name, target) => new AuthenticatedPush(name, { target, publishers: [member], deadLetter: {} }),
    service: (name, t) => service(name, { invokes: { t }, vpc: { subnetwork } }),
    job: (name, t) => new InvokableJob(name, { image: "i", location, invokes: { t }, vpc: { subnetwork } }),
    workerPool: (name, t) =>
        new AuthenticatedWorkerPool(name, { image: "i", location, invokes: { t }, vpc: { subnetwork } }),
    function: (name, t) =>
        new InvokableFunction(name, {
            source: __dirname,
            runtime: "nodejs22",
            entryPoint: "x",
            location,
            invokes: { t },
            vpc: { subnetwork },
        }),
    trigger: (name, target) =>
        new AuthenticatedTrigger(name, {
            ...{ location, eventType: "google.cloud.storage.object.v1.finalized", target, olderPubsubAgent: true },
        }),
    executing: (name) =>
        new AuthenticatedTrigger(name, {
            ...{
                location,
                eventType: "google.cloud.pubsub.topic.v1.messagePublished",
                topic: "projects/demo/topics/t",
            },
            workflow: "projects/demo/locations/l/workflows/w",
        }),
    github: (name, t) => new FederatedCaller(name, { github: { repository: "acme/shop" }, invokes: { t } }),
    aws: (name, t) => new FederatedCaller(name, { aws: { accountId: "123456789012", role: "shop" }, invokes: { t } }),
    build: (name, t) => new CallerIdentity(name, { runsOn: Platform.CloudBuild, invokes: { t } }),
    pods: (name, t) =>
        new CallerIdentity(name, {
            ...{
                runsOn: Platform.Kubernetes,
                kubernetes: { namespaceName: "shop", serviceAccountName: "web" },
                invokes: { t },
            },
        }),
    direct: (name, t) =>
        new CallerIdentity(name, {
            ...{ runsOn: Platform.Kubernetes, invokes: { t }, project: "demo" },
            kubernetes: { namespaceName: "shop", serviceAccountName: "web", direct: true },
        }),
    minter: (name) => new TokenMinter(name, { caller: member, privilegedAccount: "a@demo.iam.gserviceaccount.com" }),
    event: (name) =>
        new InvokableFunction(name, {
            source: __dirname,
            runtime: "nodejs22",
            entryPoint: "x",
            location,
            trigger: { eventType: "google.cloud.storage.object.v1.finalized" },
        }),
};

/** Eventarc delivers to Cloud Run services only. */
const notByEvents = ["first", "iap", "google", "external", "job", "overridable", "gateway", "unsigned"].map(
    (to) => `trigger ${to}`,
);

/** Nothing outside reaches internal ingress, and there are no ID tokens of a principal without an account. */
const notFromOutside = ["internal", "function", "iap"].flatMap((to) => [`github ${to}`, `aws ${to}`]);
const withIdTokens = [
    "run",
    "endpoints",
    "internal",
    "mcp",
    "agent",
    "function",
    "first",
    "existing",
    "iap",
    "unsigned",
].map((to) => `direct ${to}`);

/** Cells of the table that are refused. */
const refused = new Set([
    "schedule external",
    "queue external",
    "push external",
    "push google",
    "push job",
    "push overridable",
    ...["workflow", "private", "schedule", "queue", "push"].map((from) => `${from} gateway`),
    ...["google", "job", "overridable"].map((to) => `private ${to}`),
    ...notByEvents,
    ...notFromOutside,
    ...withIdTokens,
]);

/** What only a project carries: nothing narrower takes these. */
const ofProjects = new Set([
    "roles/bigquery.jobUser",
    "roles/logging.logWriter",
    "roles/eventarc.eventReceiver",
    "roles/workflows.invoker",
    "roles/servicedirectory.pscAuthorizedService",
]);

function check({ resources }: Deployed): void {
    for (const { type, name, inputs } of resources) {
        const at = `${type} ${name}`;
        assert.doesNotMatch(type, /Iam(Binding|Policy)|IAM(Binding|Policy)|serviceaccount\/key/i, at);
        const text = JSON.stringify(inputs);
        assert.doesNotMatch(text, /allUsers|allAuthenticatedUsers/, at);
        assert.doesNotMatch(text, /-compute@developer|@appspot\.gserviceaccount|@cloudservices/, at);
        // Events of objects travel by topics that Google makes, which Cloud Storage's agent alone publishes to.
        const agents =
            inputs["role"] === "roles/pubsub.publisher" && inputs["member"] === `serviceAccount:${storageAgent}`;
        if (type.startsWith("gcp:projects/iAMMember:")) {
            assert.ok(agents || ofProjects.has(String(inputs["role"])), `${at}: ${text}`);
        }
        // Left out, Google takes the default account.
        if (
            /^gcp:cloudrunv2\/(service:Service|job:Job|workerPool:WorkerPool)$/.test(type) &&
            inputs["template"] !== undefined
        ) {
            assert.match(text, /"serviceAccount":"[^"]+@/, at);
        }
        if (type === "gcp:cloudfunctionsv2/function:Function") {
            assert.match(text, /"serviceAccountEmail":"[^"]+@/, at);
            assert.match(text, /"serviceAccount":"projects\/[^"]+@/, at);
        }
        if (type === "gcp:apigateway/apiConfig:ApiConfig") {
            assert.match(text, /"googleServiceAccount":"[^"]+@/, at);
            const [{ document }] = inputs["openapiDocuments"] as [{ document: { contents: string } }];
            const decided = JSON.parse(Buffer.from(document.contents, "base64").toString()) as { security: unknown };
            assert.deepEqual(decided.security, [{ caller: [] }], at);
        }
        if (type === "gcp:workflows/workflow:Workflow") {
            assert.match(String(inputs["serviceAccount"]), /@/, at);
        }
    }
}

describe("no component ever", function () {
    this.timeout(Number(process.env["NEVER_RUNS"] ?? 1) * 120_000);

    it("opens to everyone, makes a key, owns a whole policy, grants a project what a resource carries, or runs as a default account", async () => {
        const pair = fc
            .record({ from: fc.constantFrom(...Object.keys(callers)), to: fc.constantFrom(...Object.keys(targets)) })
            .filter(({ from, to }) => !refused.has(`${from} ${to}`));
        const stack = fc.uniqueArray(pair, { selector: ({ from, to }) => `${from} ${to}`, minLength: 1, maxLength: 5 });
        await fc.assert(
            fc.asyncProperty(stack, async (pairs) => {
                const one = pairs.filter(({ from }, index) => !/^(workflow|private)$/.test(from) || index === 0);
                const deployed = await deploy(
                    () =>
                        one.forEach(({ from, to }, index) => {
                            callers[from]!(`c${index}`, targets[to]!(`t${index}`));
                        }),
                    { call },
                );
                check(deployed);
            }),
            { numRuns: Number(process.env["NEVER_RUNS"] ?? 8) },
        );
    });

    for (const from of Object.keys(callers)) {
        for (const to of Object.keys(targets)) {
            if (refused.has(`${from} ${to}`)) {
                continue;
            }
            it(`does so in the cell ${from} → ${to}`, async () => {
                const deployed = await deploy(() => callers[from]!("c", targets[to]!("t")), { call });
                check(deployed);
            });
        }
    }
});

after(() => pulumi.runtime.setAllConfig({}));
