import assert from "node:assert/strict";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { ProxyAgent, request } from "undici";
import { Sandbox } from "../../sandbox";
import type { DeployedStack } from "../../sandbox/deploy";

const location = "europe-west1";
const ingress = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER";

/** A service behind a load balancer with a custom host, a redirect to HTTPS, and an internal address in a network. */
function program(path: string): Record<string, unknown> {
    const service = new gcp.cloudrunv2.Service("api", {
        location,
        ingress,
        deletionProtection: false,
        template: { containers: [{ image: "example/api" }] },
    });
    new gcp.cloudrunv2.ServiceIamMember("public", {
        location,
        name: service.name,
        role: "roles/run.invoker",
        member: "allUsers",
    });
    const group = new gcp.compute.RegionNetworkEndpointGroup("api", {
        region: location,
        networkEndpointType: "SERVERLESS",
        cloudRun: { service: service.name },
    });
    const armor = new gcp.compute.SecurityPolicy("api", {
        rules: [
            {
                action: "deny(404)",
                priority: 10,
                match: {
                    expr: {
                        expression: `request.path.startsWith("${path}/closed") && inIpRange(origin.ip, "127.0.0.0/8")`,
                    },
                },
            },
            {
                action: "allow",
                priority: 2_147_483_647,
                match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } },
            },
        ],
    });
    const backend = new gcp.compute.BackendService("api", {
        securityPolicy: armor.id,
        loadBalancingScheme: "EXTERNAL_MANAGED",
        protocol: "HTTPS",
        backends: [{ group: group.id }],
        enableCdn: false,
        logConfig: { enable: true, sampleRate: 1 },
    });
    const urlMap = new gcp.compute.URLMap("api", {
        defaultService: backend.id,
        hostRules: [{ hosts: ["api.example.com"], pathMatcher: "all" }],
        pathMatchers: [
            { name: "all", defaultService: backend.id, pathRules: [{ paths: [path], service: backend.id }] },
        ],
    });
    const redirect = new gcp.compute.URLMap("redirect", {
        defaultUrlRedirect: { httpsRedirect: true, stripQuery: false },
    });
    const certificate = new gcp.compute.ManagedSslCertificate("api", { managed: { domains: ["api.example.com"] } });
    const address = new gcp.compute.GlobalAddress("api");
    const https = new gcp.compute.TargetHttpsProxy("api", { urlMap: urlMap.id, sslCertificates: [certificate.id] });
    const http = new gcp.compute.TargetHttpProxy("api", { urlMap: redirect.id });
    const shared = { ipAddress: address.address, loadBalancingScheme: "EXTERNAL_MANAGED" };
    new gcp.compute.GlobalForwardingRule("https", { ...shared, target: https.id, portRange: "443" });
    new gcp.compute.GlobalForwardingRule("http", { ...shared, target: http.id, portRange: "80" });

    const network = new gcp.compute.Network("inner", { autoCreateSubnetworks: false });
    const subnetwork = new gcp.compute.Subnetwork("inner", {
        region: location,
        network: network.id,
        ipCidrRange: "10.0.0.0/24",
        privateIpGoogleAccess: true,
    });
    new gcp.vpcaccess.Connector("inner", {
        region: location,
        subnet: { name: subnetwork.name },
        maxInstances: path === "/a" ? 3 : 4,
        minInstances: 2,
    });
    new gcp.compute.Address("inner", { region: location, addressType: "INTERNAL", subnetwork: subnetwork.id });
    const shop = new gcp.cloudrunv2.Service("shop", {
        location,
        deletionProtection: false,
        template: { containers: [{ image: "example/shop" }] },
    });
    new gcp.cloudrun.DomainMapping("shop", {
        location,
        name: "shop.example.com",
        metadata: { namespace: "demo" },
        spec: { routeName: shop.name },
    });
    return { url: service.uri, ip: address.address, id: pulumi.output(backend.generatedId), link: urlMap.selfLink };
}

describe("a stack with a load balancer in front of Cloud Run", () => {
    let sandbox: Sandbox;
    let stack: DeployedStack;
    let proxy: ProxyAgent;
    let path = "/a";

    before(async () => {
        sandbox = await Sandbox.start({ project: "demo" });
        const ca = sandbox.network.caPem;
        proxy = new ProxyAgent({ uri: sandbox.network.url, requestTls: { ca } });
        stack = await sandbox.up(() => Promise.resolve(program(path)));
        assert.equal(stack.result, "succeeded", JSON.stringify(stack.diagnostics));
    });
    after(async () => {
        await proxy.close();
        await sandbox.close();
    });
    const get = async (url: string): Promise<string> => {
        const { statusCode, headers, body } = await request(url, { dispatcher: proxy });
        await body.dump();
        return `${statusCode}${headers.location === undefined ? "" : ` ${String(headers.location)}`}`;
    };

    it("answers at the host of its rule by HTTPS, redirects HTTP, and is closed at the address of the service", async () => {
        const { url, ip, link } = stack.outputs as Record<string, string>;
        assert.equal(await get("https://api.example.com/a"), "200");
        assert.equal(await get("https://api.example.com/a/closed/1"), "404");
        assert.equal(await get("http://api.example.com/a?b=c"), "301 https://api.example.com/a?b=c");
        assert.equal(await get(`http://${ip ?? ""}/`), `301 https://${ip ?? ""}/`);
        assert.equal(await get("https://shop.example.com/"), "403");
        assert.equal(await get(url ?? ""), "404");
        assert.match(link ?? "", /^https:\/\/www\.googleapis\.com\/compute\/v1\/projects\/demo\/global\/urlMaps\/api-/);
        await assert.rejects(get("https://other.example.com/"));
    });

    it("has no differences after it was deployed and read again, changes in place, and goes", async () => {
        const changes = async (operation: "up" | "refresh" | "destroy" = "up"): Promise<string> => {
            await stack[operation]();
            assert.equal(stack.result, "succeeded", JSON.stringify(stack.diagnostics));
            return JSON.stringify(stack.changes);
        };
        assert.match(await changes(), /^\{"same":\d+\}$/);
        assert.match(await changes("refresh"), /^\{"same":\d+\}$/);
        assert.match(await changes(), /^\{"same":\d+\}$/);
        path = "/b";
        assert.match(await changes(), /^\{("same":\d+,"update":3|"update":3,"same":\d+)\}$/);
        assert.equal(await get("https://api.example.com/a/closed/1"), "200");
        assert.equal(await get("https://api.example.com/b/closed/1"), "404");
        assert.match(await changes("destroy"), /^\{"delete":\d+\}$/);
        // The tunnel of the last request is still there, and leads to nothing.
        assert.equal(await get("https://api.example.com/a"), "403");
    });
});
