import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { Sandbox } from "../../sandbox";
import { type EngineEvent, openStack, type Stack } from "../../engine";

const location = "us-central1";

/** The resources that watch a continuous check, and a deny policy. */
function watched(revision: string): void {
    const metric = new gcp.logging.Metric("failures", {
        name: "failures",
        filter: `severity>=ERROR AND jsonPayload.revision="${revision}"`,
        metricDescriptor: { metricKind: "DELTA", valueType: "INT64" },
    });
    const channel = new gcp.monitoring.NotificationChannel("mail", {
        displayName: "On call",
        type: "email",
        labels: { email_address: `on-call-${revision}@example.com` },
    });
    new gcp.monitoring.AlertPolicy("alert", {
        displayName: "A check fails",
        combiner: "OR",
        notificationChannels: [channel.name],
        conditions: [
            {
                displayName: "failures",
                conditionThreshold: {
                    filter: pulumi.interpolate`metric.type="logging.googleapis.com/user/${metric.name}" AND resource.type="cloud_run_revision"`,
                    comparison: "COMPARISON_GT",
                    duration: "0s",
                    thresholdValue: Number(revision),
                    aggregations: [{ alignmentPeriod: "60s", perSeriesAligner: "ALIGN_DELTA" }],
                },
            },
        ],
    });
    // Owners do not have this permission.
    const admin = new gcp.projects.IAMMember("deny-admin", {
        project: "demo",
        role: "roles/iam.denyAdmin",
        member: "user:owner@example.com",
    });
    const deny: gcp.iam.DenyPolicyArgs = {
        name: "no-keys",
        parent: encodeURIComponent("cloudresourcemanager.googleapis.com/projects/demo"),
        displayName: `No keys ${revision}`,
        rules: [
            {
                denyRule: {
                    deniedPrincipals: ["principalSet://goog/public:all"],
                    deniedPermissions: ["iam.googleapis.com/serviceAccountKeys.create"],
                },
            },
        ],
    };
    new gcp.iam.DenyPolicy("deny", deny, { dependsOn: [admin] });
}

/** One resource of every type that the engine supports. */
function everyType(revision: string): Record<string, unknown> {
    watched(revision);
    new gcp.orgpolicy.Policy("ingress", {
        name: "projects/demo/policies/run.allowedIngress",
        parent: "projects/demo",
        spec: { rules: [{ values: { allowedValues: ["all", revision] } }] },
        dryRunSpec: { rules: [{ denyAll: "TRUE" }] },
    });
    const account = new gcp.serviceaccount.Account("caller", { displayName: `Caller ${revision}` });
    const member = pulumi.interpolate`serviceAccount:${account.email}`;
    new gcp.projects.IAMMember("project-member", { project: "demo", role: "roles/workflows.invoker", member });
    new gcp.serviceaccount.IAMMember("account-member", {
        serviceAccountId: account.name,
        role: "roles/iam.serviceAccountUser",
        member: "user:a@example.com",
    });
    new gcp.projects.IAMCustomRole("role", {
        roleId: "callerRole",
        title: "Caller",
        permissions: ["run.routes.invoke"],
    });
    new gcp.projects.Service("service", { service: "workflows.googleapis.com" });
    new gcp.projects.ServiceIdentity("identity", { service: "iap.googleapis.com" });

    const service = new gcp.cloudrunv2.Service("api", {
        location,
        deletionProtection: false,
        template: {
            serviceAccount: account.email,
            containers: [
                { image: "example/api", ports: { containerPort: 8080 }, envs: [{ name: "REVISION", value: revision }] },
            ],
        },
    });
    new gcp.cloudrunv2.ServiceIamMember("api-member", {
        location,
        name: service.name,
        role: "roles/run.invoker",
        member,
    });
    new gcp.iap.WebCloudRunServiceIamMember("iap-member", {
        location,
        cloudRunServiceName: service.name,
        role: "roles/iap.httpsResourceAccessor",
        member,
    });
    new gcp.workflows.Workflow("flow", {
        region: location,
        serviceAccount: account.id,
        deletionProtection: false,
        sourceContents: `main: { steps: [{ done: { return: "${revision}" } }] }`,
    });
    new gcp.cloudscheduler.Job("job", {
        region: location,
        schedule: `*/${revision} * * * *`,
        timeZone: "Etc/UTC",
        httpTarget: { uri: service.uri, oidcToken: { serviceAccountEmail: account.email, audience: service.uri } },
    });
    new gcp.eventarc.Trigger("trigger", {
        location,
        serviceAccount: account.email,
        matchingCriterias: [{ attribute: "type", value: "google.cloud.pubsub.topic.v1.messagePublished" }],
        destination: { cloudRunService: { service: service.name, region: location, path: `/${revision}` } },
    });
    const queue = new gcp.cloudtasks.Queue("queue", { location, retryConfig: { maxAttempts: Number(revision) } });
    new gcp.cloudtasks.QueueIamMember("queue-member", {
        location,
        name: queue.name,
        role: "roles/cloudtasks.enqueuer",
        member,
    });

    const topic = new gcp.pubsub.Topic("topic", {});
    new gcp.pubsub.TopicIAMMember("topic-member", { topic: topic.name, role: "roles/pubsub.publisher", member });
    const subscription = new gcp.pubsub.Subscription("subscription", {
        topic: topic.id,
        ackDeadlineSeconds: 10 + Number(revision),
        pushConfig: {
            pushEndpoint: service.uri,
            oidcToken: { serviceAccountEmail: account.email, audience: service.uri },
        },
    });
    new gcp.pubsub.SubscriptionIAMMember("subscription-member", {
        subscription: subscription.name,
        role: "roles/pubsub.subscriber",
        member,
    });

    const secret = new gcp.secretmanager.Secret("secret", { secretId: "api-key", replication: { auto: {} } });
    new gcp.secretmanager.SecretVersion("secret-version", {
        secret: secret.id,
        secretData: pulumi.secret(`hunter${revision}`),
    });
    new gcp.secretmanager.SecretIamMember("secret-member", {
        secretId: secret.secretId,
        role: "roles/secretmanager.secretAccessor",
        member,
    });

    const bucket = new gcp.storage.Bucket("sources", { location: "EU", uniformBucketLevelAccess: true });
    const archive = new gcp.storage.BucketObject("archive", {
        bucket: bucket.name,
        source: new pulumi.asset.StringAsset("zip"),
    });
    new gcp.storage.BucketIAMMember("bucket-member", {
        bucket: bucket.name,
        role: "roles/storage.objectViewer",
        member,
    });
    const first = new gcp.cloudfunctions.Function("first", {
        region: location,
        runtime: "nodejs22",
        entryPoint: "main",
        triggerHttp: true,
        sourceArchiveBucket: bucket.name,
        sourceArchiveObject: archive.name,
        serviceAccountEmail: account.email,
    });
    new gcp.cloudfunctions.FunctionIamMember("first-member", {
        region: location,
        cloudFunction: first.name,
        role: "roles/cloudfunctions.invoker",
        member,
    });
    const second = new gcp.cloudfunctionsv2.Function("second", {
        location,
        buildConfig: {
            runtime: "nodejs22",
            entryPoint: "main",
            source: { storageSource: { bucket: bucket.name, object: archive.name } },
        },
        serviceConfig: { serviceAccountEmail: account.email },
    });
    new gcp.cloudfunctionsv2.FunctionIamMember("second-member", {
        location,
        cloudFunction: second.name,
        role: "roles/cloudfunctions.invoker",
        member,
    });
    const repository = new gcp.artifactregistry.Repository("images", {
        cleanupPolicies: [{ id: "old", action: "DELETE", condition: { tagState: "ANY", olderThan: "30d" } }],
        location,
        repositoryId: "images",
        format: "DOCKER",
    });
    new gcp.artifactregistry.RepositoryIamMember("images-member", {
        location,
        repository: repository.name,
        role: "roles/artifactregistry.reader",
        member,
    });
    const namespace = new gcp.servicedirectory.Namespace("directory", { namespaceId: "directory", location });
    const registered = new gcp.servicedirectory.Service("registered", { namespace: namespace.id, serviceId: "orders" });
    new gcp.servicedirectory.Endpoint("registered", { service: registered.id, endpointId: "one", address: "10.0.0.2" });
    const resolving = { role: "roles/servicedirectory.viewer", member };
    new gcp.servicedirectory.NamespaceIamMember("directory", { name: namespace.name, ...resolving });
    new gcp.servicedirectory.ServiceIamMember("registered", { name: registered.name, ...resolving });
    return {
        uri: service.uri,
        url: first.httpsTriggerUrl,
        second: second.serviceConfig.apply((config) => config?.uri),
    };
}

describe("the engine against the sandbox", () => {
    let sandbox: Sandbox;
    let state = "";
    let events: EngineEvent[] = [];
    before(async () => {
        state = mkdtempSync(join(tmpdir(), "engine-sandbox-"));
        sandbox = await Sandbox.start({ project: "demo" });
    });
    after(async () => {
        await sandbox.close();
        rmSync(state, { recursive: true, force: true });
    });

    async function open(revision: string): Promise<Stack> {
        events = [];
        return await openStack({
            program: () => Promise.resolve(everyType(revision)),
            stateDirectory: state,
            config: { "gcp:project": "demo", "gcp:region": location },
            request: (method, url, body) => sandbox.request(method, url, { body }),
            onEvent: (event) => events.push(event),
        });
    }
    /** The names of the resources that an update has changed. */
    const changed = () =>
        events
            .flatMap((event) =>
                event.type === "step" && event.phase === "done" && event.step.operation !== "same"
                    ? [
                          `${event.step.operation} ${event.step.name}: ${(event.step.diff ?? []).map(({ path }) => path).join()}`,
                      ]
                    : [],
            )
            .sort();

    it("creates one resource of every type", async () => {
        const result = await (await open("2")).up({ preview: false });
        assert.deepEqual(result.diagnostics, []);
        assert.equal(result.changes.create, 42);
        assert.match(JSON.stringify(result.outputs["uri"]), /^"https:\/\/api-.*\.run\.app"$/);
        assert.match(
            JSON.stringify(result.outputs["url"]),
            /^"https:\/\/us-central1-demo\.cloudfunctions\.net\/first-/,
        );
    });

    it("finds nothing to do in the next update, and after a refresh", async () => {
        const stack = await open("2");
        assert.equal((await stack.up({ preview: false })).changes.same, 42);
        assert.deepEqual(changed(), []);
        const refreshed = await stack.refresh();
        assert.deepEqual(refreshed.diagnostics, []);
        assert.equal(refreshed.changes.delete, undefined);
        events = [];
        const again = await stack.up({ preview: false });
        assert.deepEqual(changed(), []);
        assert.equal(again.changes.same, 42);
    });

    it("changes what has changed, without a replacement where that is possible", async () => {
        const result = await (await open("3")).up({ preview: false });
        assert.deepEqual(result.diagnostics, []);
        assert.deepEqual(changed(), [
            "create-replacement secret-version: secretData",
            "delete-replaced secret-version: ",
            "update alert: conditions[0].conditionThreshold.thresholdValue",
            "update api: template.containers[0].envs[0].value",
            "update caller: displayName",
            "update deny: displayName",
            "update failures: filter",
            "update flow: sourceContents",
            "update ingress: spec.rules[0].values.allowedValues[1]",
            "update job: schedule",
            "update mail: labels.email_address",
            "update queue: retryConfig.maxAttempts",
            "update subscription: ackDeadlineSeconds",
            "update trigger: destination.cloudRunService.path",
        ]);
    });

    it("finds what was changed outside of the program, and changes it back", async () => {
        const stack = await open("3");
        const queue = stack.resources.find(({ type }) => type.startsWith("gcp:cloudtasks/queue:"));
        await sandbox.request(
            "PATCH",
            `https://cloudtasks.googleapis.com/v2/${queue?.id ?? ""}?updateMask=retryConfig`,
            { body: { name: queue?.id, retryConfig: { maxAttempts: 9 } } },
        );
        await stack.refresh();
        events = [];
        await stack.up({ preview: false });
        assert.equal(changed().length, 1);
        assert.match(changed()[0] ?? "", /^update queue: retryConfig/);
    });

    it("can only do what its principal is allowed to do", async () => {
        const stack = await openStack({
            program: () => {
                new gcp.pubsub.Topic("t");
                return Promise.resolve();
            },
            stack: "denied",
            stateDirectory: state,
            config: { "gcp:project": "demo" },
            request: (method, url, body) =>
                sandbox.request(method, url, { body, principal: "user:nobody@example.com" }),
        });
        const result = await stack.up({ preview: false });
        assert.equal(result.result, "failed");
        assert.match(result.diagnostics[0]?.message ?? "", /^creating projects\/demo\/topics\/t-.*403/);
    });

    it("destroys all resources", async () => {
        const stack = await open("3");
        const result = await stack.destroy();
        assert.deepEqual(result.diagnostics, []);
        assert.deepEqual(stack.resources, []);
    });
});
