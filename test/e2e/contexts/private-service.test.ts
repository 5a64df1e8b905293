import assert from "node:assert/strict";
import { join } from "node:path";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedWorkflow, InvokableService } from "../../../index";
import { value } from "../../components/support/deploy";
import { deployProgram, type DeployedProgram } from "../protocols/deployed";

const location = "europe-west1";
const executions = "https://workflowexecutions.googleapis.com/v1";
const directory = "https://servicedirectory.googleapis.com/v1";
const place = `projects/demo/locations/${location}`;
const namespace = `${place}/namespaces/inner`;
const agent = "serviceAccount:service-123456789012@gcp-sa-workflows.iam.gserviceaccount.com";
const onProject = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
const flows: Record<string, AuthenticatedWorkflow> = {};
let orders: InvokableService;

/** A workflow that calls its target by the internal load balancer, or a machine of the network, that Service Directory names. */
const calling = (url: string, service: string | undefined): pulumi.asset.StringAsset =>
    new pulumi.asset.StringAsset(
        [
            ...["main:", "  steps:", "    - ask:", "        call: http.get", "        args:", `          url: ${url}`],
            ...(service === undefined ? [] : [`          private_service_name: ${namespace}/services/${service}`]),
            ...["        result: r", "    - done:", "        return: ${r.body}", ""],
        ].join("\n"),
    );

/** An internal load balancer before a service, with its address in Service Directory. */
function program(): Promise<Record<string, unknown>> {
    const network = new gcp.compute.Network("inner", { name: "inner", autoCreateSubnetworks: false });
    const subnetwork = new gcp.compute.Subnetwork("inner", {
        ...{ name: "inner", network: network.id, region: location, ipCidrRange: "10.1.0.0/24" },
    });
    orders = new InvokableService("orders", { image: "demo/orders:1", location });
    const group = new gcp.compute.RegionNetworkEndpointGroup("orders", {
        ...{ region: location, networkEndpointType: "SERVERLESS", cloudRun: { service: orders.service.name } },
    });
    const backend = new gcp.compute.RegionBackendService("orders", {
        ...{
            region: location,
            loadBalancingScheme: "INTERNAL_MANAGED",
            protocol: "HTTPS",
            backends: [{ group: group.id }],
        },
    });
    const map = new gcp.compute.RegionUrlMap("orders", { region: location, defaultService: backend.id });
    const certificate = new gcp.compute.RegionSslCertificate("orders", {
        ...{ region: location, certificate: "its certificate", privateKey: "its key" },
    });
    const proxy = new gcp.compute.RegionTargetHttpsProxy("orders", {
        ...{ region: location, urlMap: map.id, sslCertificates: [certificate.id] },
    });
    const front = new gcp.compute.ForwardingRule("orders", {
        ...{ region: location, loadBalancingScheme: "INTERNAL_MANAGED", target: proxy.id, portRange: "443" },
        ...{ network: network.id, subnetwork: subnetwork.id, ipAddress: "10.1.0.7" },
    });
    const space = new gcp.servicedirectory.Namespace("inner", { namespaceId: "inner", location });
    const at = pulumi.interpolate`projects/123456789012/locations/global/networks/${network.name}`;
    const registered = (name: string, address: pulumi.Input<string>, port: number): gcp.servicedirectory.Service => {
        const service = new gcp.servicedirectory.Service(name, {
            ...{ namespace: space.id, serviceId: name, metadata: { team: "shop" } },
        });
        new gcp.servicedirectory.Endpoint(name, { service: service.id, endpointId: "one", address, port, network: at });
        return service;
    };
    const entry = registered("orders", front.ipAddress, 443);
    registered("machine", "10.1.0.9", 8081);
    registered("nothing", "10.1.0.10", 80);
    new gcp.servicedirectory.ServiceIamMember("resolves", {
        ...{ name: entry.id, role: "roles/servicedirectory.viewer", member: agent },
    });
    const flow = (name: string, url: string, service: string | undefined): void => {
        flows[name] = new AuthenticatedWorkflow(name, {
            ...{ location, source: calling(url, service), targets: { orders }, smokeCheck: { enabled: false } },
        });
    };
    flow("balanced", '${sys.get_env("ORDERS_URL")}', "orders");
    flow("bare", "http://machine.internal/x", "machine");
    flow("lost", "http://nothing.internal/x", "nothing");
    flow("unknown", "http://none.internal/x", "none");
    flow("direct", "https://10.1.0.7/", undefined);
    return Promise.resolve({});
}

describe("a workflow that calls by Service Directory", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    before(async () => {
        const handler = join(__dirname, "stock.cjs");
        deployed = await deployProgram(program, [{ image: "demo/orders:*", handler }], [{ host: "10.1.0.9", handler }]);
        assert.equal(deployed.result, "succeeded", deployed.said);
        await deployed.world.grant(onProject, "roles/servicedirectory.pscAuthorizedService", agent);
    });
    after(() => deployed.close());

    /** How an execution ends: what it returns, or its error. */
    async function ending(name: string): Promise<string> {
        const { world } = deployed;
        const id = await value(flows[name]!.workflowId);
        const begun = await world.admin("POST", `${executions}/${id}/executions`, {});
        for (;;) {
            const now = await world.admin("GET", `${executions}/${String(begun["name"])}`);
            if (now["state"] !== "ACTIVE") {
                return now["state"] === "SUCCEEDED" ? String(now["result"]) : JSON.stringify(now["error"]);
            }
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    }

    /** Changes a policy of Service Directory, which is read by POST. */
    const ofDirectory = {
        change: async (resource: string, bindings: object[]): Promise<void> => {
            await deployed.world.admin("POST", `${resource}:getIamPolicy`, {});
            await deployed.world.admin("POST", `${resource}:setIamPolicy`, { policy: { bindings } });
        },
        grant: (resource: string, role: string, member: string) =>
            ofDirectory.change(resource, [{ role, members: [member] }]),
        revoke: (resource: string, ..._: string[]) => ofDirectory.change(resource, []),
    };

    it("reaches the load balancer with its token, and a machine of the network without one", async () => {
        assert.equal(await ending("balanced"), '"ok"');
        await deployed.world.grant(onProject, "roles/servicedirectory.viewer", agent);
        assert.equal(await ending("bare"), '"ok"');
        await deployed.world.revoke(onProject, "roles/servicedirectory.viewer", agent);
    });

    it("is refused by the service without the grant on it, as by any other way", async () => {
        const grant = {
            ...{ member: `serviceAccount:${await value(flows["balanced"]!.serviceAccountEmail)}`, label: "orders" },
            ...{
                role: "roles/run.invoker",
                resource: `https://run.googleapis.com/v2/${await value(orders.service.id)}`,
            },
        };
        await deployed.without(grant, async () => assert.match(await ending("balanced"), /HTTP server responded.*403/));
        assert.equal(await ending("balanced"), '"ok"');
    });

    it("reaches nothing while the agent may not resolve the service, or not access the network", async () => {
        const viewer = "roles/servicedirectory.viewer";
        for (const [resource, role, missing] of [
            [`${directory}/${namespace}/services/orders`, viewer, /servicedirectory\.services\.resolve/],
            [onProject, "roles/servicedirectory.pscAuthorizedService", /servicedirectory\.networks\.access/],
        ] as const) {
            const change = resource === onProject ? deployed.world : ofDirectory;
            await change.revoke(resource, role, agent);
            assert.match(await ending("balanced"), missing);
            await change.grant(resource, role, agent);
            assert.equal(await ending("balanced"), '"ok"');
        }
        assert.match(await ending("bare"), /servicedirectory\.services\.resolve/);
        // A service inherits from its namespace.
        await ofDirectory.grant(`${directory}/${namespace}`, viewer, agent);
        assert.equal(await ending("bare"), '"ok"');
    });

    it("finds nothing where nothing answers, or is registered", async () => {
        await deployed.world.grant(onProject, "roles/servicedirectory.viewer", agent);
        assert.match(await ending("lost"), /10\.1\.0\.10/);
        assert.match(await ending("unknown"), /no endpoint/);
    });

    it("does not reach an address of a network directly, or by another network", async () => {
        assert.match(await ending("direct"), /private_service_name/);
        const endpoints = `${directory}/${namespace}/services/orders/endpoints`;
        const one = await deployed.world.admin("GET", `${endpoints}/one`);
        await deployed.world.admin("DELETE", `${endpoints}/one`);
        const network = "projects/demo/locations/global/networks/other";
        await deployed.world.admin("POST", `${endpoints}?endpointId=one`, { ...one, network });
        assert.match(await ending("balanced"), /networks\/other/);
        await deployed.world.admin("DELETE", `${endpoints}/one`);
        await deployed.world.admin("POST", `${endpoints}?endpointId=one`, one);
        assert.equal(await ending("balanced"), '"ok"');
    });

    it("is the only sender that gets into a network: a schedule does not reach the load balancer", async () => {
        const job = `${place}/jobs/direct`;
        const jobs = `https://cloudscheduler.googleapis.com/v1/${place}/jobs`;
        await deployed.world.admin("POST", jobs, {
            ...{ name: job, schedule: "0 0 1 1 *", httpTarget: { uri: "https://10.1.0.7/", httpMethod: "GET" } },
        });
        await deployed.world.admin("POST", `${jobs}/direct:run`, {});
        for (;;) {
            const { status } = await deployed.world.admin("GET", `${jobs}/direct`);
            const { code } = (status ?? {}) as { code?: number };
            if (code !== undefined) {
                // 404, as the load balancer answers to whoever is in no network.
                assert.equal(code, 5);
                break;
            }
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        await deployed.world.admin("DELETE", `${jobs}/direct`);
    });

    it("is unchanged by the second update", async () => {
        assert.deepEqual(Object.keys((await deployed.stack.up()).changes), ["same"]);
        assert.equal((await deployed.stack.refresh()).result, "succeeded");
        assert.deepEqual(Object.keys((await deployed.stack.up()).changes), ["same"]);
    });
});
