import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { Other } from "./other";

const location = "us-central1";
const code = (): pulumi.asset.AssetArchive =>
    new pulumi.asset.AssetArchive({
        "index.js": new pulumi.asset.StringAsset("exports.handler = (_, response) => response.send('hello');"),
        "package.json": new pulumi.asset.StringAsset("{}"),
    });
const sourceOf = (name: string): gcp.storage.BucketObject => {
    const bucket = new gcp.storage.Bucket(`${name}-source`, { location: "US", uniformBucketLevelAccess: true });
    return new gcp.storage.BucketObject(`${name}-zip`, { bucket: bucket.name, source: code() });
};

/** Programs with the resources of public repositories that run code without servers. */
export const serverless: Record<string, () => Record<string, pulumi.Input<unknown>>> = {
    "a container on the older API of Cloud Run, open to everybody": () => {
        const enabled = new gcp.projects.Service("run", { service: "run.googleapis.com", disableOnDestroy: false });
        const repository = new gcp.artifactregistry.Repository("images", {
            location,
            repositoryId: "images",
            format: "DOCKER",
        });
        const service = new gcp.cloudrun.Service(
            "hello",
            {
                location,
                template: { spec: { containers: [{ image: "us-docker.pkg.dev/cloudrun/container/hello" }] } },
                traffics: [{ percent: 100, latestRevision: true }],
            },
            { dependsOn: [enabled, repository] },
        );
        new gcp.cloudrun.IamMember("everybody", {
            location,
            service: service.name,
            role: "roles/run.invoker",
            member: "allUsers",
        });
        return { url: service.statuses.apply(([status]) => status?.url) };
    },
    "a function of the first generation behind HTTP": () => {
        const object = sourceOf("api");
        const fn = new gcp.cloudfunctions.Function("api", {
            region: location,
            runtime: "nodejs20",
            entryPoint: "handler",
            triggerHttp: true,
            sourceArchiveBucket: object.bucket,
            sourceArchiveObject: object.name,
        });
        new gcp.cloudfunctions.FunctionIamMember("open", {
            region: location,
            cloudFunction: fn.name,
            role: "roles/cloudfunctions.invoker",
            member: "allUsers",
        });
        return { url: fn.httpsTriggerUrl };
    },
    "a function of the second generation on a topic, set off by a schedule": () => {
        const object = sourceOf("job");
        const topic = new gcp.pubsub.Topic("ticks");
        const account = new gcp.serviceaccount.Account("job", { accountId: "job-runner" });
        new gcp.cloudscheduler.Job("tick", {
            region: location,
            schedule: "*/5 * * * *",
            pubsubTarget: { topicName: topic.id, data: Buffer.from("tick").toString("base64") },
        });
        const fn = new gcp.cloudfunctionsv2.Function("job", {
            location,
            buildConfig: {
                runtime: "nodejs20",
                entryPoint: "handler",
                source: { storageSource: { bucket: object.bucket, object: object.name } },
            },
            serviceConfig: { availableMemory: "256M", serviceAccountEmail: account.email },
            eventTrigger: {
                triggerRegion: location,
                eventType: "google.cloud.pubsub.topic.v1.messagePublished",
                pubsubTopic: topic.id,
            },
        });
        return { name: fn.name };
    },
    "a service with a database, a password and a connector into the network": () => {
        const network = new gcp.compute.Network("vpc", { autoCreateSubnetworks: false });
        const range = new gcp.compute.GlobalAddress("range", {
            purpose: "VPC_PEERING",
            addressType: "INTERNAL",
            prefixLength: 16,
            network: network.id,
        });
        const peering = new gcp.servicenetworking.Connection("peering", {
            network: network.id,
            service: "servicenetworking.googleapis.com",
            reservedPeeringRanges: [range.name],
        });
        const instance = new gcp.sql.DatabaseInstance(
            "db",
            {
                region: location,
                databaseVersion: "POSTGRES_15",
                deletionProtection: false,
                settings: { tier: "db-f1-micro", ipConfiguration: { ipv4Enabled: false, privateNetwork: network.id } },
            },
            { dependsOn: [peering] },
        );
        const database = new gcp.sql.Database("app", { instance: instance.name });
        const password = new Other(
            "random:index/randomPassword:RandomPassword",
            "password",
            { length: 20, special: false },
            "result",
        );
        const user = new gcp.sql.User("app", { instance: instance.name, password: password.output("result") });
        const secret = new gcp.secretmanager.Secret("password", {
            secretId: "db-password",
            replication: { auto: {} },
        });
        const version = new gcp.secretmanager.SecretVersion("password", {
            secret: secret.id,
            secretData: password.output("result"),
        });
        const connector = new gcp.vpcaccess.Connector("connector", {
            name: "connector",
            region: location,
            network: network.name,
            ipCidrRange: "10.8.0.0/28",
            minInstances: 2,
            maxInstances: 3,
        });
        const account = new gcp.serviceaccount.Account("app", { accountId: "app-runtime" });
        const reader = new gcp.secretmanager.SecretIamMember("reader", {
            secretId: secret.id,
            role: "roles/secretmanager.secretAccessor",
            member: account.member,
        });
        const service = new gcp.cloudrunv2.Service(
            "app",
            {
                location,
                deletionProtection: false,
                template: {
                    serviceAccount: account.email,
                    vpcAccess: { connector: connector.id, egress: "PRIVATE_RANGES_ONLY" },
                    containers: [
                        {
                            image: "us-docker.pkg.dev/cloudrun/container/hello",
                            envs: [
                                { name: "DB", value: pulumi.interpolate`${user.name}@${database.name}` },
                                {
                                    name: "PASSWORD",
                                    valueSource: { secretKeyRef: { secret: secret.secretId, version: "latest" } },
                                },
                            ],
                        },
                    ],
                },
            },
            { dependsOn: [reader, version] },
        );
        return { address: instance.privateIpAddress, url: service.uri };
    },
    "a service behind a load balancer with a certificate and a redirect": () => {
        const service = new gcp.cloudrunv2.Service("web", {
            location,
            ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
            deletionProtection: false,
            template: { containers: [{ image: "us-docker.pkg.dev/cloudrun/container/hello" }] },
        });
        const group = new gcp.compute.RegionNetworkEndpointGroup("web", {
            region: location,
            networkEndpointType: "SERVERLESS",
            cloudRun: { service: service.name },
        });
        const backend = new gcp.compute.BackendService("web", {
            protocol: "HTTP",
            loadBalancingScheme: "EXTERNAL_MANAGED",
            backends: [{ group: group.id }],
        });
        const address = new gcp.compute.GlobalAddress("web");
        const certificate = new gcp.compute.ManagedSslCertificate("web", {
            managed: { domains: ["www.shop.example"] },
        });
        const map = new gcp.compute.URLMap("web", { defaultService: backend.id });
        const proxy = new gcp.compute.TargetHttpsProxy("web", { urlMap: map.id, sslCertificates: [certificate.id] });
        const rule = (name: string, target: pulumi.Input<string>, portRange: string) =>
            new gcp.compute.GlobalForwardingRule(name, {
                target,
                portRange,
                ipAddress: address.address,
                loadBalancingScheme: "EXTERNAL_MANAGED",
            });
        rule("https", proxy.id, "443");
        const redirect = new gcp.compute.URLMap("redirect", {
            defaultUrlRedirect: { httpsRedirect: true, stripQuery: false },
        });
        rule("http", new gcp.compute.TargetHttpProxy("redirect", { urlMap: redirect.id }).id, "80");
        return { address: address.address };
    },
    "a gateway in front of a private service": () => {
        const service = new gcp.cloudrunv2.Service("orders", {
            location,
            deletionProtection: false,
            template: { containers: [{ image: "us-docker.pkg.dev/cloudrun/container/hello" }] },
        });
        const account = new gcp.serviceaccount.Account("gateway", { accountId: "gateway" });
        new gcp.cloudrunv2.ServiceIamMember("gateway-calls-orders", {
            location,
            name: service.name,
            role: "roles/run.invoker",
            member: account.member,
        });
        const api = new gcp.apigateway.Api("orders", { apiId: "orders" });
        const document = pulumi.interpolate`swagger: '2.0'
x-google-backend: { address: ${service.uri} }
paths: { /orders: { get: { operationId: list } } }
`;
        const config = new gcp.apigateway.ApiConfig("orders", {
            api: api.apiId,
            openapiDocuments: [
                {
                    document: {
                        path: "orders.yaml",
                        contents: document.apply((text) => Buffer.from(text).toString("base64")),
                    },
                },
            ],
            gatewayConfig: { backendConfig: { googleServiceAccount: account.email } },
        });
        const gateway = new gcp.apigateway.Gateway("orders", {
            region: location,
            gatewayId: "orders",
            apiConfig: config.id,
        });
        return { host: gateway.defaultHostname };
    },
};
