import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedWorkflow, InvokableService } from "pulumi-gcp-invoke";

const config = new pulumi.Config();
const location = config.get("location") ?? "europe-west1";
const project = gcp.organizations.getProjectOutput({});

const orders = new InvokableService("orders", {
    image: config.get("image") ?? "europe-docker.pkg.dev/acme/shop/orders:1.4.2",
    location,
});

// The network, and in it an internal load balancer in front of the service.
const network = new gcp.compute.Network("inner", { autoCreateSubnetworks: false });
const inNetwork = { region: location, network: network.id };
const subnetwork = new gcp.compute.Subnetwork("inner", { ...inNetwork, ipCidrRange: "10.1.0.0/24" });
const proxies = new gcp.compute.Subnetwork("proxies", {
    ...inNetwork,
    ipCidrRange: "10.1.1.0/26",
    purpose: "REGIONAL_MANAGED_PROXY",
    role: "ACTIVE",
});
const group = new gcp.compute.RegionNetworkEndpointGroup("orders", {
    region: location,
    networkEndpointType: "SERVERLESS",
    cloudRun: { service: orders.service.name },
});
const balancer = { region: location, loadBalancingScheme: "INTERNAL_MANAGED" };
const backend = new gcp.compute.RegionBackendService("orders", {
    ...balancer,
    protocol: "HTTPS",
    backends: [{ group: group.id, balancingMode: "UTILIZATION" }],
});
const urlMap = new gcp.compute.RegionUrlMap("orders", { region: location, defaultService: backend.id });
/** The certificate and its key are set by `pulumi config set --secret`. */
const certificate = new gcp.compute.RegionSslCertificate("orders", {
    region: location,
    certificate: config.getSecret("certificate") ?? pulumi.secret("not the real one"),
    privateKey: config.getSecret("privateKey") ?? pulumi.secret("not the real one"),
});
const proxy = new gcp.compute.RegionTargetHttpsProxy("orders", {
    region: location,
    urlMap: urlMap.id,
    sslCertificates: [certificate.id],
});
const front = new gcp.compute.ForwardingRule(
    "orders",
    { ...balancer, target: proxy.id, portRange: "443", network: network.id, subnetwork: subnetwork.id },
    { dependsOn: proxies },
);

// Where Workflows finds the load balancer: an endpoint in the network, which Google wants with the project's number.
const namespace = new gcp.servicedirectory.Namespace("inner", { namespaceId: "inner", location });
const entry = new gcp.servicedirectory.Service("orders", { namespace: namespace.id, serviceId: "orders" });
const endpoint = new gcp.servicedirectory.Endpoint("orders", {
    service: entry.id,
    endpointId: "balancer",
    address: front.ipAddress,
    port: 443,
    network: pulumi.interpolate`projects/${project.number}/locations/global/networks/${network.name}`,
});

const fulfil = new AuthenticatedWorkflow(
    "fulfil",
    {
        location,
        source: new pulumi.asset.FileAsset("fulfil.yaml"),
        targets: { orders },
        privateServices: { orders: { name: entry.name } },
        smokeCheck: { argument: { order: 7 }, expect: { accepted: 7 } },
    },
    // The check executes the workflow, and by then the load balancer must be found.
    { dependsOn: endpoint },
);

export const invokeCommand = fulfil.invokeCommand;
