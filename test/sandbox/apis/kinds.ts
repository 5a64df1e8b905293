import { owner, testCloud, type TestCloud } from "../support/cloud";

type Body = Record<string, unknown>;

/** A kind of resource: how one is made, and what of the request is wrong in a way that its API must see. */
export interface Kind {
    what: string;
    create: [verb: "POST" | "PUT", url: string, body: Body];
    /** Where it is afterwards. */
    at: string;
    /** Changes to the body that are refused with 400. */
    bad: Body[];
    /** How it is changed, where its etag is looked at. */
    update?: [verb: "PATCH" | "PUT", query: string, body: Body];
}

export const P = "projects/demo";
const L = `${P}/locations/europe-west1`;
const account = "runtime@demo.iam.gserviceaccount.com";
const template = { serviceAccount: account, containers: [{ image: "a/b" }] };
const storageSource = { bucket: "b", object: "o" };
const main = "main:\n  steps:\n    - done:\n        return: 1\n";
const denials = `https://iam.googleapis.com/v2/policies/cloudresourcemanager.googleapis.com%2Fprojects%2Fdemo/denypolicies`;
const rules = [
    {
        denyRule: {
            deniedPrincipals: ["principalSet://goog/public:all"],
            deniedPermissions: ["iam.googleapis.com/roles.create"],
        },
    },
];

/** The smallest document that API Gateway takes. */
const openapi = `swagger: '2.0'
x-google-backend: { address: https://a.example }
paths: { /: { get: { operationId: all } } }
`;

const GATEWAYS = `https://apigateway.googleapis.com/v1/${L}`;
const configuration = {
    openapiDocuments: [{ document: { path: "a.yaml", contents: Buffer.from(openapi).toString("base64") } }],
    gatewayServiceAccount: account,
};

const made = (what: string, base: string, id: string, body: Body, more: Omit<Partial<Kind>, "what"> = {}): Kind => ({
    what,
    create: ["POST", `${base}?${id}`, body],
    at: `${base}/${id.split("=")[1] ?? ""}`,
    bad: [],
    ...more,
});

/** Every kind of resource that clients make. */
export const kinds: Kind[] = [
    made(
        "a Cloud Run service",
        `https://run.googleapis.com/v2/${L}/services`,
        "serviceId=one",
        { template },
        {
            bad: [{ template: {} }, { ingress: "NONE" }],
            update: ["PATCH", "", { template }],
        },
    ),
    made(
        "a job of Cloud Run",
        `https://run.googleapis.com/v2/${L}/jobs`,
        "jobId=one",
        { template: { template } },
        {
            bad: [{ template: {} }],
            update: ["PATCH", "", { template: { template } }],
        },
    ),
    made(
        "a worker pool of Cloud Run",
        `https://run.googleapis.com/v2/${L}/workerPools`,
        "workerPoolId=one",
        { template },
        {
            bad: [{ template: {} }, { scaling: { manualInstanceCount: -1 } }],
            update: ["PATCH", "", { template }],
        },
    ),
    made("an API of API Gateway", `${GATEWAYS}/apis`, "apiId=one", {}),
    made("a configuration of an API", `${GATEWAYS}/apis/base/configs`, "apiConfigId=one", configuration, {
        bad: [{ openapiDocuments: [] }],
    }),
    made("a gateway", `${GATEWAYS}/gateways`, "gatewayId=one", { apiConfig: `${L}/apis/base/configs/base` }),
    made(
        "a function",
        `https://cloudfunctions.googleapis.com/v2/${L}/functions`,
        "functionId=one",
        {
            buildConfig: { runtime: "nodejs22", source: { storageSource } },
            serviceConfig: { serviceAccountEmail: account },
        },
        { bad: [{ buildConfig: { runtime: "nodejs22" } }, { buildConfig: { source: { storageSource } } }] },
    ),
    {
        what: "a function of the first generation",
        create: [
            "POST",
            `https://cloudfunctions.googleapis.com/v1/${L}/functions`,
            {
                name: `${L}/functions/first`,
                runtime: "nodejs22",
                httpsTrigger: {},
                sourceArchiveUrl: "gs://b/o",
                serviceAccountEmail: account,
            },
        ],
        at: `https://cloudfunctions.googleapis.com/v1/${L}/functions/first`,
        bad: [{ name: "first" }, { runtime: undefined }, { httpsTrigger: undefined }, { sourceArchiveUrl: undefined }],
    },
    made(
        "a workflow",
        `https://workflows.googleapis.com/v1/${L}/workflows`,
        "workflowId=one",
        { sourceContents: main, serviceAccount: account },
        {
            bad: [{ sourceContents: "main: [" }, { sourceContents: undefined }, { callLogLevel: "LOUD" }],
        },
    ),
    {
        what: "a job of Scheduler",
        create: [
            "POST",
            `https://cloudscheduler.googleapis.com/v1/${L}/jobs`,
            {
                name: `${L}/jobs/one`,
                schedule: "* * * * *",
                httpTarget: { uri: "https://a.example/" },
            },
        ],
        at: `https://cloudscheduler.googleapis.com/v1/${L}/jobs/one`,
        bad: [
            { schedule: "often" },
            { timeZone: "Mars/Olympus" },
            { httpTarget: undefined },
            { name: "one" },
            { httpTarget: { uri: "a" } },
        ],
    },
    made(
        "a connector",
        `https://vpcaccess.googleapis.com/v1/${L}/connectors`,
        "connectorId=one",
        { network: "default", ipCidrRange: "10.8.0.0/28" },
        { bad: [{ network: "" }, { subnet: { name: "one" } }] },
    ),
    {
        what: "a queue",
        create: ["POST", `https://cloudtasks.googleapis.com/v2/${L}/queues`, { name: `${L}/queues/one` }],
        at: `https://cloudtasks.googleapis.com/v2/${L}/queues/one`,
        bad: [{ name: "one" }, { rateLimits: { maxDispatchesPerSecond: 900 } }, { retryConfig: { maxAttempts: "x" } }],
    },
    made("a ring of keys", `https://cloudkms.googleapis.com/v1/${L}/keyRings`, "keyRingId=one", {}),
    made(
        "a key",
        `https://cloudkms.googleapis.com/v1/${L}/keyRings/base/cryptoKeys`,
        "cryptoKeyId=one",
        { purpose: "ENCRYPT_DECRYPT" },
        {
            bad: [
                { purpose: undefined },
                { purpose: "LOUD" },
                { purpose: "ASYMMETRIC_SIGN" },
                { purpose: "ENCRYPT_DECRYPT", rotationPeriod: "60s" },
                { purpose: "MAC", rotationPeriod: "86400s", versionTemplate: { algorithm: "HMAC_SHA256" } },
            ],
        },
    ),
    {
        what: "a topic",
        create: ["PUT", `https://pubsub.googleapis.com/v1/${P}/topics/one`, {}],
        at: `https://pubsub.googleapis.com/v1/${P}/topics/one`,
        bad: [{ labels: "x" }],
    },
    {
        what: "a subscription",
        create: ["PUT", `https://pubsub.googleapis.com/v1/${P}/subscriptions/one`, { topic: `${P}/topics/base` }],
        at: `https://pubsub.googleapis.com/v1/${P}/subscriptions/one`,
        bad: [{ pushConfig: { pushEndpoint: "ftp://a" } }, { ackDeadlineSeconds: 5 }, { ackDeadlineSeconds: 601 }],
    },
    made(
        "a secret",
        `https://secretmanager.googleapis.com/v1/${P}/secrets`,
        "secretId=one",
        { replication: { automatic: {} } },
        {
            bad: [{ replication: undefined }],
            update: ["PATCH", "updateMask=labels", { labels: { a: "b" } }],
        },
    ),
    made(
        "a repository",
        `https://artifactregistry.googleapis.com/v1/${L}/repositories`,
        "repositoryId=one",
        { format: "DOCKER" },
        {
            bad: [{ format: undefined }, { format: "PAPER" }],
        },
    ),
    made(
        "a trigger",
        `https://eventarc.googleapis.com/v1/${L}/triggers`,
        "triggerId=one",
        {
            name: `${L}/triggers/one`,
            eventFilters: [{ attribute: "type", value: "google.cloud.pubsub.topic.v1.messagePublished" }],
            destination: { cloudRun: { service: "one", region: "europe-west1" } },
            serviceAccount: account,
        },
        {
            bad: [{ eventFilters: [] }, { destination: {} }],
        },
    ),
    made(
        "a namespace of Service Directory",
        `https://servicedirectory.googleapis.com/v1/${L}/namespaces`,
        "namespaceId=one",
        { labels: { team: "shop" } },
    ),
    {
        what: "a service account",
        create: ["POST", `https://iam.googleapis.com/v1/${P}/serviceAccounts`, { accountId: "one-account" }],
        at: `https://iam.googleapis.com/v1/${P}/serviceAccounts/one-account@demo.iam.gserviceaccount.com`,
        bad: [{ accountId: "x" }, { accountId: "UPPER-CASE" }],
    },
    {
        what: "a role",
        create: [
            "POST",
            `https://iam.googleapis.com/v1/${P}/roles`,
            { roleId: "one", role: { includedPermissions: ["run.services.get"] } },
        ],
        at: `https://iam.googleapis.com/v1/${P}/roles/one`,
        bad: [{ roleId: "1-" }, { role: { includedPermissions: ["run.services.fly"] } }],
        update: ["PATCH", "updateMask=title", { title: "x" }],
    },
    made(
        "a deny policy",
        denials,
        "policyId=one",
        { rules },
        {
            bad: [{ rules: [] }, { rules: [{ denyRule: { deniedPermissions: ["x"] } }] }],
            update: ["PUT", "", { rules }],
        },
    ),
    {
        what: "a bucket",
        create: ["POST", `https://storage.googleapis.com/storage/v1/b?project=demo`, { name: "one-bucket" }],
        at: `https://storage.googleapis.com/storage/v1/b/one-bucket`,
        bad: [{ name: "UPPER" }, { name: "" }],
    },
    made(
        "an identity pool",
        `https://iam.googleapis.com/v1/${P}/locations/global/workloadIdentityPools`,
        "workloadIdentityPoolId=pool-one",
        {},
    ),
    {
        what: "a metric of the log",
        create: ["POST", `https://logging.googleapis.com/v2/${P}/metrics`, { name: "one", filter: "severity>=ERROR" }],
        at: `https://logging.googleapis.com/v2/${P}/metrics/one`,
        bad: [{ filter: "(" }, { name: "" }],
    },
];

/** A cloud where one of each kind can be made. */
export async function cloudForKinds(): Promise<TestCloud> {
    const cloud = testCloud();
    try {
        await prepare(cloud);
        return cloud;
    } catch (error) {
        // Otherwise its timers keep the tests' process alive.
        cloud.close();
        throw error;
    }
}

async function prepare(cloud: TestCloud): Promise<void> {
    await cloud.account("runtime");
    await cloud.call(owner, "PUT", `https://pubsub.googleapis.com/v1/${P}/topics/base`, {});
    await cloud.call(owner, "POST", `https://cloudkms.googleapis.com/v1/${L}/keyRings?keyRingId=base`, {});
    await cloud.call(owner, "POST", `${GATEWAYS}/apis?apiId=base`, {});
    await cloud.call(owner, "POST", `${GATEWAYS}/apis/base/configs?apiConfigId=base`, configuration);
    const project = "//cloudresourcemanager.googleapis.com/projects/demo";
    const policy = cloud.iam.getPolicy(project);
    const denyAdmin = { role: "roles/iam.denyAdmin", members: ["user:owner@example.com"] };
    cloud.iam.setPolicy(project, { ...policy, bindings: [...(policy.bindings ?? []), denyAdmin] });
}
