import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { Other } from "./other";

const location = "us-central1";
const zone = "us-central1-a";
const project = "demo";

/** A network of its own with one subnetwork. */
function networkOf(name: string): { network: gcp.compute.Network; subnetwork: gcp.compute.Subnetwork } {
    const network = new gcp.compute.Network(name, { autoCreateSubnetworks: false });
    const subnetwork = new gcp.compute.Subnetwork(name, {
        network: network.id,
        region: location,
        ipCidrRange: "10.2.0.0/16",
        privateIpGoogleAccess: true,
    });
    return { network, subnetwork };
}

/** Programs with the resources of public repositories that make networks and machines. */
export const machines: Record<string, () => Record<string, pulumi.Input<unknown>>> = {
    "a website in a bucket behind a CDN": () => {
        const bucket = new gcp.storage.Bucket("site", {
            location: "US",
            website: { mainPageSuffix: "index.html", notFoundPage: "error.html" },
            cors: [{ origins: ["*"], methods: ["GET"], maxAgeSeconds: 3600 }],
            lifecycleRules: [{ action: { type: "Delete" }, condition: { age: 30 } }],
        });
        new gcp.storage.BucketIAMBinding("public", {
            bucket: bucket.name,
            role: "roles/storage.objectViewer",
            members: ["allUsers"],
        });
        new gcp.storage.BucketObject("index.html", {
            bucket: bucket.name,
            name: "index.html",
            contentType: "text/html",
            source: new pulumi.asset.StringAsset("<h1>hello</h1>"),
        });
        const backend = new gcp.compute.BackendBucket("site", { bucketName: bucket.name, enableCdn: true });
        const map = new gcp.compute.URLMap("site", { defaultService: backend.selfLink });
        const proxy = new gcp.compute.TargetHttpProxy("site", { urlMap: map.selfLink });
        const address = new gcp.compute.GlobalAddress("site");
        new gcp.compute.GlobalForwardingRule("site", {
            target: proxy.selfLink,
            ipAddress: address.address,
            portRange: "80",
        });
        return { ip: address.address, url: bucket.url };
    },
    "a machine with a firewall, a startup script and a key": () => {
        const { network, subnetwork } = networkOf("web");
        const firewall = new gcp.compute.Firewall("web", {
            network: network.selfLink,
            allows: [{ protocol: "tcp", ports: ["22", "80"] }],
            sourceRanges: ["0.0.0.0/0"],
            targetTags: ["web"],
        });
        const key = new Other(
            "tls:index/privateKey:PrivateKey",
            "ssh",
            { algorithm: "ED25519" },
            "publicKeyOpenssh",
            "privateKeyPem",
        );
        const address = new gcp.compute.Address("web", { region: location });
        const instance = new gcp.compute.Instance(
            "web",
            {
                machineType: "e2-micro",
                zone,
                tags: ["web"],
                bootDisk: { initializeParams: { image: "debian-cloud/debian-12" } },
                networkInterfaces: [{ subnetwork: subnetwork.id, accessConfigs: [{ natIp: address.address }] }],
                metadata: { "ssh-keys": pulumi.interpolate`me:${key.output("publicKeyOpenssh")}` },
                metadataStartupScript: "#!/bin/bash\necho hello",
            },
            { dependsOn: [firewall] },
        );
        return { ip: instance.networkInterfaces.apply(([first]) => first?.accessConfigs?.[0]?.natIp) };
    },
    "a cluster with a pool of nodes": () => {
        const { network, subnetwork } = networkOf("cluster");
        const account = new gcp.serviceaccount.Account("nodes", { accountId: "cluster-nodes" });
        const cluster = new gcp.container.Cluster("cluster", {
            location,
            network: network.name,
            subnetwork: subnetwork.name,
            initialNodeCount: 1,
            removeDefaultNodePool: true,
            deletionProtection: false,
            workloadIdentityConfig: { workloadPool: `${project}.svc.id.goog` },
        });
        new gcp.container.NodePool("pool", {
            cluster: cluster.id,
            initialNodeCount: 1,
            nodeConfig: { machineType: "e2-small", serviceAccount: account.email, oauthScopes: ["cloud-platform"] },
        });
        for (const role of ["roles/logging.logWriter", "roles/monitoring.metricWriter"]) {
            new gcp.projects.IAMMember(role, { project, role, member: account.member });
        }
        return { endpoint: cluster.endpoint };
    },
    "a network with a router and NAT": () => {
        const { network } = networkOf("hub");
        const router = new gcp.compute.Router("hub", { region: location, network: network.id, bgp: { asn: 64_514 } });
        new gcp.compute.RouterNat("hub", {
            router: router.name,
            region: location,
            natIpAllocateOption: "AUTO_ONLY",
            sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
        });
        new gcp.compute.Route("out", {
            network: network.name,
            destRange: "0.0.0.0/0",
            nextHopGateway: "default-internet-gateway",
        });
        return { network: network.selfLink };
    },
    "a host for SSH through IAP": () => {
        const { subnetwork } = networkOf("bastion");
        const account = new gcp.serviceaccount.Account("bastion", { accountId: "bastion" });
        const host = new gcp.compute.Instance("bastion", {
            machineType: "e2-micro",
            zone,
            bootDisk: { initializeParams: { image: "debian-cloud/debian-12" } },
            networkInterfaces: [{ subnetwork: subnetwork.id }],
            serviceAccount: { email: account.email, scopes: ["cloud-platform"] },
        });
        new gcp.iap.TunnelInstanceIAMMember("tunnel", {
            zone,
            instance: host.name,
            role: "roles/iap.tunnelResourceAccessor",
            member: "user:owner@example.com",
        });
        return { host: host.name };
    },
    "an instance group behind health checks": () => {
        const { network } = networkOf("group");
        const template = new gcp.compute.InstanceTemplate("group", {
            machineType: "e2-small",
            disks: [{ sourceImage: "debian-cloud/debian-12", boot: true, autoDelete: true }],
            networkInterfaces: [{ network: network.id }],
        });
        const check = new gcp.compute.HealthCheck("group", { httpHealthCheck: { port: 80 } });
        const manager = new gcp.compute.RegionInstanceGroupManager("group", {
            region: location,
            baseInstanceName: "group",
            versions: [{ instanceTemplate: template.selfLinkUnique }],
            targetSize: 2,
            autoHealingPolicies: { healthCheck: check.id, initialDelaySec: 300 },
        });
        new gcp.compute.RegionAutoscaler("group", {
            region: location,
            target: manager.id,
            autoscalingPolicy: { minReplicas: 2, maxReplicas: 4, cooldownPeriod: 60, cpuUtilization: { target: 0.6 } },
        });
        return { group: manager.instanceGroup };
    },
    "a cache, a database of documents and a queue of builds": () => {
        const { network } = networkOf("cache");
        const cache = new gcp.redis.Instance("cache", {
            region: location,
            memorySizeGb: 1,
            authorizedNetwork: network.id,
        });
        new gcp.firestore.Database("documents", { name: "documents", locationId: "nam5", type: "FIRESTORE_NATIVE" });
        const trigger = new gcp.cloudbuild.Trigger("build", {
            location,
            github: { owner: "acme", name: "shop", push: { branch: "^main$" } },
            filename: "cloudbuild.yaml",
        });
        const role = new gcp.projects.IAMCustomRole("builder", {
            roleId: "builder",
            title: "Builder",
            permissions: ["run.services.get", "run.services.update"],
        });
        new gcp.projects.IAMBinding("builder", {
            project,
            role: role.name,
            members: ["user:owner@example.com"],
        });
        return { host: cache.host, trigger: trigger.triggerId };
    },
};
