import assert from "node:assert/strict";
import { owner, testCloud, type TestCloud } from "../support/cloud";

type Body = Record<string, unknown>;

const PLACE = "projects/demo/locations/europe-west1";
const RUN = `run.googleapis.com/v2/${PLACE}`;
const SOURCE = { storageSource: { bucket: "sources", object: "f.zip" } };
const target = { uri: "https://orders.example/" };
const container = { image: "a/b" };
const conditionMatchedLog = { filter: "severity>=ERROR" };

interface Kind {
    name: string;
    /** Verb and URL; where the resource is read is told by the ID in it, or by the answer's `name`. */
    create: [verb: string, url: string];
    read?: string;
    body: Body;
    /** What the provider takes from Google where a program says nothing: what it calls computed, or suppresses. */
    computed: string;
}

/** Resources with the least that the provider sends of them, or with blocks that are begun and not finished. */
const KINDS: Kind[] = [
    {
        name: "a service",
        create: ["POST", `${RUN}/services?serviceId=x`],
        read: `${RUN}/services/x`,
        body: { template: { containers: [container] } },
        computed:
            "uid generation createTime updateTime creator lastModifier ingress launchStage template.scaling template.timeout template.serviceAccount template.containers.resources template.containers.ports template.maxInstanceRequestConcurrency traffic urls uri observedGeneration terminalCondition conditions latestReadyRevision latestCreatedRevision trafficStatuses etag",
    },
    {
        name: "a service with limits, a port and the least instances",
        create: ["POST", `${RUN}/services?serviceId=x`],
        read: `${RUN}/services/x`,
        body: {
            ingress: "INGRESS_TRAFFIC_ALL",
            launchStage: "GA",
            template: {
                scaling: { minInstanceCount: 1 },
                containers: [{ ...container, ports: [{ containerPort: 9000 }], resources: { limits: { cpu: "2" } } }],
            },
        },
        computed:
            "uid generation createTime updateTime creator lastModifier template.scaling.maxInstanceCount template.timeout template.serviceAccount template.containers.ports.name template.maxInstanceRequestConcurrency traffic urls uri observedGeneration terminalCondition conditions latestReadyRevision latestCreatedRevision trafficStatuses etag",
    },
    {
        name: "a job of Cloud Run",
        create: ["POST", `${RUN}/jobs?jobId=x`],
        read: `${RUN}/jobs/x`,
        body: { template: { template: { maxRetries: 3, containers: [container] } } },
        computed:
            "uid generation createTime updateTime creator lastModifier launchStage template.taskCount template.parallelism template.template.timeout template.template.serviceAccount template.template.executionEnvironment template.template.containers.resources observedGeneration terminalCondition conditions executionCount latestCreatedExecution etag",
    },
    {
        name: "a workflow",
        create: ["POST", `workflows.googleapis.com/v1/${PLACE}/workflows?workflowId=x`],
        read: `workflows.googleapis.com/v1/${PLACE}/workflows/x`,
        body: { sourceContents: "main:\n  steps:\n    - done:\n        return: 1\n" },
        computed: "state revisionId createTime updateTime revisionCreateTime serviceAccount description",
    },
    {
        name: "a scheduled request",
        create: ["POST", `cloudscheduler.googleapis.com/v1/${PLACE}/jobs`],
        body: { name: `${PLACE}/jobs/x`, schedule: "0 * * * *", timeZone: "Etc/UTC", httpTarget: target },
        computed: "state userUpdateTime scheduleTime attemptDeadline httpTarget.headers",
    },
    {
        name: "a scheduled message",
        create: ["POST", `cloudscheduler.googleapis.com/v1/${PLACE}/jobs`],
        body: {
            ...{ name: `${PLACE}/jobs/x`, schedule: "0 * * * *", timeZone: "Etc/UTC" },
            pubsubTarget: { topicName: "projects/demo/topics/xxx", data: "e30=" },
        },
        computed: "state userUpdateTime scheduleTime",
    },
    {
        name: "a queue",
        create: ["POST", `cloudtasks.googleapis.com/v2/${PLACE}/queues`],
        body: { name: `${PLACE}/queues/x` },
        computed: "state rateLimits retryConfig",
    },
    {
        name: "a topic",
        create: ["PUT", "pubsub.googleapis.com/v1/projects/demo/topics/xxx"],
        body: {},
        computed: "state",
    },
    {
        name: "a subscription",
        create: ["PUT", "pubsub.googleapis.com/v1/projects/demo/subscriptions/xxx"],
        body: { topic: "projects/demo/topics/tee", pushConfig: { pushEndpoint: target.uri } },
        computed: "state ackDeadlineSeconds messageRetentionDuration expirationPolicy pushConfig.attributes",
    },
    {
        name: "a secret",
        create: ["POST", "secretmanager.googleapis.com/v1/projects/demo/secrets?secretId=x"],
        read: "secretmanager.googleapis.com/v1/projects/demo/secrets/x",
        body: { replication: { automatic: {} } },
        computed: "createTime etag",
    },
    {
        name: "a repository",
        create: ["POST", `artifactregistry.googleapis.com/v1/${PLACE}/repositories?repository_id=x`],
        read: `artifactregistry.googleapis.com/v1/${PLACE}/repositories/x`,
        body: { format: "DOCKER", mode: "STANDARD_REPOSITORY" },
        computed: "createTime updateTime registryUri vulnerabilityScanningConfig",
    },
    {
        name: "a trigger",
        create: ["POST", `eventarc.googleapis.com/v1/${PLACE}/triggers?triggerId=x`],
        read: `eventarc.googleapis.com/v1/${PLACE}/triggers/x`,
        body: {
            destination: { cloudRun: { service: "s", region: "europe-west1" } },
            eventFilters: [{ attribute: "type", value: "google.cloud.pubsub.topic.v1.messagePublished" }],
        },
        computed: "uid createTime updateTime transport eventDataContentType conditions etag",
    },
    {
        name: "a function",
        create: ["POST", `cloudfunctions.googleapis.com/v2beta/${PLACE}/functions?functionId=x`],
        read: `cloudfunctions.googleapis.com/v2beta/${PLACE}/functions/x`,
        body: {
            buildConfig: { runtime: "nodejs22", entryPoint: "f", source: SOURCE },
            serviceConfig: { ingressSettings: "ALLOW_ALL", allTrafficOnLatestRevision: true },
        },
        computed:
            "environment state createTime updateTime url buildConfig.build buildConfig.dockerRepository buildConfig.serviceAccount serviceConfig.service serviceConfig.timeoutSeconds serviceConfig.availableMemory serviceConfig.availableCpu serviceConfig.environmentVariables.LOG_EXECUTION_ID serviceConfig.maxInstanceCount serviceConfig.maxInstanceRequestConcurrency serviceConfig.uri serviceConfig.revision serviceConfig.serviceAccountEmail",
    },
    {
        name: "a bucket",
        create: ["POST", "storage.googleapis.com/storage/v1/b?project=demo"],
        read: "storage.googleapis.com/storage/v1/b/bucket-x",
        body: { name: "bucket-x", location: "EU", storageClass: "STANDARD" },
        computed:
            "kind id selfLink projectNumber locationType generation metageneration timeCreated updated etag iamConfiguration softDeletePolicy rpo",
    },
    {
        name: "an alert policy",
        create: ["POST", "monitoring.googleapis.com/v3/projects/demo/alertPolicies"],
        body: {
            ...{ displayName: "d", combiner: "OR", enabled: true },
            conditions: [{ displayName: "c", conditionMatchedLog }],
            alertStrategy: { notificationRateLimit: { period: "300s" } },
        },
        computed: "creationRecord mutationRecord conditions.name",
    },
    {
        name: "a metric of the log",
        create: ["POST", "logging.googleapis.com/v2/projects/demo/metrics"],
        read: "logging.googleapis.com/v2/projects/demo/metrics/x",
        body: { name: "x", filter: "severity>=ERROR" },
        computed: "metricDescriptor createTime updateTime",
    },
];

/** The gcp provider would take any other field that it reads for a change that somebody made, at each update. */
describe("a resource with the least that a program says", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = testCloud();
        await call("PUT", "pubsub.googleapis.com/v1/projects/demo/topics/tee", {});
        await call("POST", "storage.googleapis.com/storage/v1/b?project=demo", { name: "sources", location: "EU" });
        await call("POST", "storage.googleapis.com/upload/storage/v1/b/sources/o?uploadType=media&name=f.zip", "zip");
    });
    afterEach(() => cloud.close());
    const call = (method: string, url: string, body?: unknown): Promise<Body> =>
        cloud.call(owner, method, `https://${url}`, body);

    for (const { name, create, read, body, computed } of KINDS) {
        it(`has nothing more than what the provider expects Google to add: ${name}`, async () => {
            const [verb, url] = create;
            const made = await call(verb, url, body);
            const [host = "", version = ""] = url.split("/");
            const found = await call("GET", read ?? `${host}/${version}/${String(made.name)}`);
            const said = new Set(leaves(body));
            const expected = ["name", ...computed.split(" ")];
            const unexpected = leaves(found).filter(
                (path) => !said.has(path) && !expected.some((known) => path === known || path.startsWith(`${known}.`)),
            );
            assert.deepEqual(unexpected, []);
        });
    }
});

/** The paths of all values, without the places in lists: `template.containers.image`. */
function leaves(value: unknown, path = ""): string[] {
    if (Array.isArray(value)) {
        return [...new Set(value.flatMap((item) => leaves(item, path)))];
    }
    if (typeof value !== "object" || value === null) {
        return [path];
    }
    return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path === "" ? name : `${path}.${name}`));
}
