import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { dataSources } from "../../../engine/provider/data-sources";
import { functionTokens } from "../../../engine/provider/functions";
import { Sandbox } from "../../../sandbox";

const location = "europe-west1";
const ORIGIN = dirname(require.resolve("@pulumi/gcp/package.json"));

/** The outputs that the declarations of the provider say are always there. */
function declared(token: string): string[] {
    const [, path = ""] = token.split(":");
    const file = join(ORIGIN, `${path}.d.ts`);
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    const [, body = ""] = /export interface Get\w+Result \{\n(.*?)\n\}/s.exec(text) ?? [];
    return [...body.matchAll(/^ {4}readonly (\w+):/gm)].map(([, name = ""]) => name);
}

/** What each function reads. */
function world(): void {
    new gcp.serviceaccount.Account("reader", { accountId: "reader" });
    const container = { containers: [{ image: "example/a" }] };
    const service = new gcp.cloudrunv2.Service("run", {
        name: "run",
        location,
        template: container,
        deletionProtection: false,
    });
    new gcp.cloudrun.Service("old", { name: "old", location, template: { spec: container } });
    new gcp.cloudrunv2.Job("job", {
        name: "job",
        location,
        template: { template: container },
        deletionProtection: false,
    });
    new gcp.cloudrunv2.WorkerPool("workers", {
        name: "workers",
        location,
        template: container,
        deletionProtection: false,
    });
    const ring = new gcp.kms.KeyRing("ring", { name: "ring", location });
    new gcp.kms.CryptoKey("key", { name: "key", keyRing: ring.id });
    const bucket = new gcp.storage.Bucket("files", { name: "lb9-files", location: "EU" });
    const object = new gcp.storage.BucketObject("zip", { name: "zip", bucket: bucket.name, content: "x" });
    const source = { storageSource: { bucket: bucket.name, object: object.name } };
    new gcp.cloudfunctionsv2.Function("two", {
        name: "two",
        location,
        buildConfig: { runtime: "nodejs22", entryPoint: "a", source },
    });
    new gcp.cloudfunctions.Function("one", {
        name: "one",
        region: location,
        runtime: "nodejs22",
        triggerHttp: true,
        sourceArchiveBucket: bucket.name,
        sourceArchiveObject: object.name,
    });
    const topic = new gcp.pubsub.Topic("topic", { name: "topic" });
    new gcp.pubsub.Subscription("sub", { name: "sub", topic: topic.name });
    const secret = new gcp.secretmanager.Secret("secret", { secretId: "secret", replication: { auto: {} } });
    new gcp.secretmanager.SecretVersion("version", { secret: secret.id, secretData: "x" });
    new gcp.artifactregistry.Repository("images", { repositoryId: "images", location, format: "DOCKER" });
    const pool = new gcp.iam.WorkloadIdentityPool("pool", { workloadIdentityPoolId: "pool-one" });
    new gcp.iam.WorkloadIdentityPoolProvider("issuer", {
        workloadIdentityPoolId: pool.workloadIdentityPoolId,
        workloadIdentityPoolProviderId: "issuer-one",
        oidc: { issuerUri: "https://issuer.example" },
        attributeMapping: { "google.subject": "assertion.sub" },
    });
    const network = new gcp.compute.Network("net", { name: "net", autoCreateSubnetworks: false });
    const subnet = new gcp.compute.Subnetwork("net", {
        name: "net",
        region: location,
        network: network.id,
        ipCidrRange: "10.0.0.0/24",
    });
    new gcp.vpcaccess.Connector("net", { name: "net", region: location, subnet: { name: subnet.name } });
    new gcp.compute.Address("ip", { name: "ip", region: location });
    new gcp.compute.GlobalAddress("ip", { name: "ip" });
    const group = new gcp.compute.RegionNetworkEndpointGroup("lb", {
        name: "lb",
        region: location,
        cloudRun: { service: service.name },
    });
    const backends = [{ group: group.id }];
    const global = new gcp.compute.BackendService("lb", {
        name: "lb",
        loadBalancingScheme: "EXTERNAL_MANAGED",
        backends,
    });
    const inner = new gcp.compute.RegionBackendService("lb", {
        name: "lb",
        region: location,
        loadBalancingScheme: "INTERNAL_MANAGED",
        backends,
    });
    const map = new gcp.compute.URLMap("lb", { defaultService: global.id });
    const innerMap = new gcp.compute.RegionUrlMap("lb", { region: location, defaultService: inner.id });
    const proxy = new gcp.compute.TargetHttpProxy("lb", { urlMap: map.id });
    const innerProxy = new gcp.compute.RegionTargetHttpProxy("lb", { region: location, urlMap: innerMap.id });
    new gcp.compute.GlobalForwardingRule("lb", { name: "lb", target: proxy.id, portRange: "80" });
    new gcp.compute.ForwardingRule("lb", {
        name: "lb",
        region: location,
        target: innerProxy.id,
        portRange: "80",
        loadBalancingScheme: "INTERNAL_MANAGED",
    });
    new gcp.compute.RegionSslCertificate("lb", { name: "lb", region: location, certificate: "c", privateKey: "k" });
}

/** The arguments by which each function finds it, by its name, or by its token if two have the name. */
const ARGUMENTS: Record<string, object> = {
    getRepository: { repositoryId: "images", location },
    getDockerImage: { repositoryId: "images", location, imageName: "a:1" },
    "gcp:cloudfunctions/getFunction:getFunction": { name: "one", region: location },
    "gcp:cloudfunctionsv2/getFunction:getFunction": { name: "two", location },
    "gcp:cloudrun/getService:getService": { name: "old", location },
    "gcp:cloudrunv2/getService:getService": { name: "run", location },
    getJob: { name: "job", location },
    getWorkerPool: { name: "workers", location },
    getKMSKeyRing: { name: "ring", location },
    getKMSCryptoKey: { name: "key", keyRing: `projects/demo/locations/${location}/keyRings/ring` },
    getWorkloadIdentityPool: { workloadIdentityPoolId: "pool-one" },
    getWorkloadIdentityPoolProvider: {
        workloadIdentityPoolId: "pool-one",
        workloadIdentityPoolProviderId: "issuer-one",
    },
    getSubscription: { name: "sub" },
    getTopic: { name: "topic" },
    getSecret: { secretId: "secret" },
    getSecretVersion: { secret: "secret" },
    getSecretVersionAccess: { secret: "secret" },
    getBucket: { name: "lb9-files" },
    getBucketObject: { bucket: "lb9-files", name: "zip" },
    getConnector: { name: "net", region: location },
    getAddress: { name: "ip", region: location },
    getGlobalAddress: { name: "ip" },
    getBackendService: { name: "lb" },
    getRegionBackendService: { name: "lb", region: location },
    getForwardingRule: { name: "lb", region: location },
    getGlobalForwardingRule: { name: "lb" },
    getNetwork: { name: "net" },
    getSubnetwork: { name: "net", region: location },
    getRegionNetworkEndpointGroup: { name: "lb", region: location },
    getRegionSslCertificate: { name: "lb", region: location },
    getAccount: { accountId: "reader" },
    getProjects: { filter: "projectId:demo" },
    "gcp:projects/getProject:getProject": { filter: "projectId:demo" },
    getIAMPolicy: { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] },
    getZones: { region: location },
};

describe("the functions of the provider", () => {
    it("answer with all outputs that the provider declares", async () => {
        await using sandbox = await Sandbox.start({ project: "demo" });
        const made = await sandbox.up(
            () => {
                world();
                return Promise.resolve();
            },
            { stack: "world" },
        );
        assert.equal(made.result, "succeeded", JSON.stringify(made.diagnostics));
        const answers: Record<string, unknown> = {};
        const asked = await sandbox.up(async () => {
            for (const token of [...dataSources, ...functionTokens]) {
                const name = token.slice(token.lastIndexOf(":") + 1);
                const args = ARGUMENTS[token] ?? ARGUMENTS[name] ?? {};
                answers[token] = await pulumi.runtime
                    .invoke(token, args)
                    .catch((error: unknown) => ({ failed: String(error) }));
            }
        });
        assert.equal(asked.result, "succeeded", JSON.stringify(asked.diagnostics));
        const lacking = Object.entries(answers).flatMap(([token, answer]) => {
            const found = answer as Record<string, unknown>;
            const missing = declared(token).filter((name) => found[name] === undefined);
            return found.failed === undefined
                ? missing.map((name) => `${token} lacks ${name}`)
                : [`${token}: ${JSON.stringify(found.failed)}`];
        });
        assert.deepEqual(lacking, []);
        // Older versions of the package have this function too.
        const undeclared = Object.keys(answers).filter((token) => declared(token).length === 0);
        assert.deepEqual(undeclared, ["gcp:organizations/getProjects:getProjects"]);
    });
});
