import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { Other } from "./other";

const location = "us-central1";
const project = "demo";

/** Programs with the resources of public repositories that keep data, send messages and name who may do what. */
export const data: Record<string, () => Record<string, pulumi.Input<unknown>>> = {
    "a zone with its records": () => {
        const zoneOf = new gcp.dns.ManagedZone("zone", { dnsName: "shop.example.", description: "the shop" });
        const record = new gcp.dns.RecordSet("www", {
            managedZone: zoneOf.name,
            name: pulumi.interpolate`www.${zoneOf.dnsName}`,
            type: "A",
            ttl: 300,
            rrdatas: ["192.0.2.1"],
        });
        return { servers: zoneOf.nameServers, record: record.name };
    },
    "keys, and a bucket that they encrypt": () => {
        const ring = new gcp.kms.KeyRing("ring", { location });
        const key = new gcp.kms.CryptoKey("key", { keyRing: ring.id, rotationPeriod: "7776000s" });
        const agent = gcp.storage.getProjectServiceAccountOutput({ project });
        const uses = new gcp.kms.CryptoKeyIAMMember("uses", {
            cryptoKeyId: key.id,
            role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
            member: pulumi.interpolate`serviceAccount:${agent.emailAddress}`,
        });
        const logs = new gcp.storage.Bucket("logs", { location, versioning: { enabled: true } });
        const bucket = new gcp.storage.Bucket(
            "vault",
            { location, encryption: { defaultKmsKeyName: key.id }, logging: { logBucket: logs.name } },
            { dependsOn: [uses] },
        );
        return { bucket: bucket.url };
    },
    "messages into a table": () => {
        const dataset = new gcp.bigquery.Dataset("events", { datasetId: "events", location: "US" });
        const table = new gcp.bigquery.Table("events", {
            datasetId: dataset.datasetId,
            tableId: "events",
            deletionProtection: false,
            schema: JSON.stringify([{ name: "data", type: "STRING", mode: "NULLABLE" }]),
        });
        new gcp.bigquery.DatasetIamMember("reader", {
            datasetId: dataset.datasetId,
            role: "roles/bigquery.dataViewer",
            member: "user:owner@example.com",
        });
        const topic = new gcp.pubsub.Topic("events", { messageRetentionDuration: "86400s" });
        const letters = new gcp.pubsub.Topic("letters");
        const subscription = new gcp.pubsub.Subscription("events", {
            topic: topic.name,
            ackDeadlineSeconds: 20,
            expirationPolicy: { ttl: "" },
            deadLetterPolicy: { deadLetterTopic: letters.id, maxDeliveryAttempts: 5 },
        });
        return { table: table.id, subscription: subscription.name };
    },
    "an identity for a pipeline of another company": () => {
        const pool = new gcp.iam.WorkloadIdentityPool("github", { workloadIdentityPoolId: "github" });
        const provider = new gcp.iam.WorkloadIdentityPoolProvider("github", {
            workloadIdentityPoolId: pool.workloadIdentityPoolId,
            workloadIdentityPoolProviderId: "github",
            attributeMapping: { "google.subject": "assertion.sub", "attribute.repository": "assertion.repository" },
            attributeCondition: 'assertion.repository == "acme/shop"',
            oidc: { issuerUri: "https://token.actions.githubusercontent.com" },
        });
        const account = new gcp.serviceaccount.Account("deploy", { accountId: "github-deploy" });
        new gcp.serviceaccount.IAMBinding("deploy", {
            serviceAccountId: account.name,
            role: "roles/iam.workloadIdentityUser",
            members: [
                pulumi.interpolate`principalSet://iam.googleapis.com/${pool.name}/attribute.repository/acme/shop`,
            ],
        });
        return { provider: provider.name };
    },
    "what watches over a service": () => {
        const channel = new gcp.monitoring.NotificationChannel("mail", {
            type: "email",
            labels: { email_address: "owner@example.com" },
        });
        const check = new gcp.monitoring.UptimeCheckConfig("up", {
            displayName: "up",
            timeout: "10s",
            httpCheck: { path: "/", port: 443, useSsl: true },
            monitoredResource: { type: "uptime_url", labels: { project_id: project, host: "www.shop.example" } },
        });
        new gcp.monitoring.AlertPolicy("down", {
            displayName: "down",
            combiner: "OR",
            notificationChannels: [channel.name],
            conditions: [
                {
                    displayName: "errors",
                    conditionThreshold: {
                        filter: 'resource.type = "cloud_run_revision" AND metric.type = "run.googleapis.com/request_count"',
                        comparison: "COMPARISON_GT",
                        duration: "60s",
                        thresholdValue: 1,
                        aggregations: [{ alignmentPeriod: "60s", perSeriesAligner: "ALIGN_RATE" }],
                    },
                },
            ],
        });
        new gcp.monitoring.Dashboard("board", { dashboardJson: JSON.stringify({ displayName: "board" }) });
        const suffix = new Other("random:index/randomId:RandomId", "suffix", { byteLength: 4 }, "hex");
        const bucket = new gcp.storage.Bucket("audit", {
            name: pulumi.interpolate`audit-${suffix.output("hex")}`,
            location,
        });
        const sink = new gcp.logging.ProjectSink("audit", {
            destination: pulumi.interpolate`storage.googleapis.com/${bucket.name}`,
            filter: "severity >= WARNING",
            uniqueWriterIdentity: true,
        });
        new gcp.storage.BucketIAMMember("audit", {
            bucket: bucket.name,
            role: "roles/storage.objectCreator",
            member: sink.writerIdentity,
        });
        return { check: check.uptimeCheckId };
    },
    "a password for people and one for machines": () => {
        const pet = new Other("random:index/randomPet:RandomPet", "pet", {});
        const password = new Other("random:index/randomPassword:RandomPassword", "password", { length: 24 }, "result");
        const key = new Other(
            "tls:index/privateKey:PrivateKey",
            "ca",
            { algorithm: "ECDSA", ecdsaCurve: "P256" },
            "publicKeyOpenssh",
            "privateKeyPem",
        );
        const certificate = new Other(
            "tls:index/selfSignedCert:SelfSignedCert",
            "ca",
            {
                privateKeyPem: key.output("privateKeyPem"),
                validityPeriodHours: 24,
                allowedUses: ["server_auth"],
                subject: { commonName: "shop.example" },
            },
            "certPem",
        );
        const secret = new gcp.secretmanager.Secret("ca", { secretId: pet.id, replication: { auto: {} } });
        new gcp.secretmanager.SecretVersion("ca", { secret: secret.id, secretData: password.output("result") });
        const copy = new gcp.serviceaccount.Account("reader", { accountId: "secret-reader" });
        new gcp.serviceaccount.Key("reader", { serviceAccountId: copy.name });
        return { certificate: certificate.output("certPem") };
    },
    "a queue of tasks with retries, and the account that they run as": () => {
        const account = new gcp.serviceaccount.Account("worker", { accountId: "task-worker" });
        const queue = new gcp.cloudtasks.Queue("work", {
            location,
            rateLimits: { maxDispatchesPerSecond: 5, maxConcurrentDispatches: 2 },
            retryConfig: { maxAttempts: 5, minBackoff: "1s", maxBackoff: "600s" },
        });
        new gcp.cloudtasks.QueueIamMember("enqueue", {
            location,
            name: queue.name,
            role: "roles/cloudtasks.enqueuer",
            member: account.member,
        });
        new gcp.projects.IAMMember("tasks", { project, role: "roles/cloudtasks.viewer", member: account.member });
        return { queue: queue.id };
    },
    "a workflow that files in a bucket set off": () => {
        const account = new gcp.serviceaccount.Account("flow", { accountId: "file-flow" });
        const bucket = new gcp.storage.Bucket("inbox", { location, forceDestroy: true });
        const flow = new gcp.workflows.Workflow("file", {
            region: location,
            serviceAccount: account.email,
            deletionProtection: false,
            sourceContents: "main:\n  params: [event]\n  steps:\n    - done:\n        return: ${event}\n",
        });
        const receives = new gcp.projects.IAMMember("receives", {
            project,
            role: "roles/eventarc.eventReceiver",
            member: account.member,
        });
        const invokes = new gcp.projects.IAMMember("invokes", {
            project,
            role: "roles/workflows.invoker",
            member: account.member,
        });
        const agent = gcp.storage.getProjectServiceAccountOutput({ project });
        const publishes = new gcp.projects.IAMMember("publishes", {
            project,
            role: "roles/pubsub.publisher",
            member: pulumi.interpolate`serviceAccount:${agent.emailAddress}`,
        });
        const trigger = new gcp.eventarc.Trigger(
            "inbox",
            {
                location,
                serviceAccount: account.email,
                destination: { workflow: flow.id },
                matchingCriterias: [
                    { attribute: "type", value: "google.cloud.storage.object.v1.finalized" },
                    { attribute: "bucket", value: bucket.name },
                ],
            },
            { dependsOn: [receives, invokes, publishes] },
        );
        return { trigger: trigger.name };
    },
};
