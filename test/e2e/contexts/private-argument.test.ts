import assert from "node:assert/strict";
import { join } from "node:path";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { mutantsOf } from "../../../cli/sandbox/mutate/mutants";
import { applyMutant, restore } from "../../../cli/sandbox/mutate/state";
import { AuthenticatedWorkflow, InvokableService } from "../../../index";
import { value } from "../../components/support/deploy";
import { getting, location, variable } from "../../components/support/programs";
import { deployProgram, type DeployedProgram } from "../protocols/deployed";

const agent = "serviceAccount:service-123456789012@gcp-sa-workflows.iam.gserviceaccount.com";
const viewer = "roles/servicedirectory.viewer";
const access = "roles/servicedirectory.pscAuthorizedService";
const project = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
const directory = "https://servicedirectory.googleapis.com/v1";
let fulfil: AuthenticatedWorkflow;
let entry: gcp.servicedirectory.Service;

/** A service behind an internal load balancer, with its address in Service Directory, which a workflow calls in plain words. */
function program(isPrivate = true, others: string[] = []): Promise<Record<string, unknown>> {
    const network = new gcp.compute.Network("inner", { name: "inner", autoCreateSubnetworks: false });
    const subnetwork = new gcp.compute.Subnetwork("inner", {
        ...{ name: "inner", network: network.id, region: location, ipCidrRange: "10.1.0.0/24" },
    });
    const orders = new InvokableService("orders", {
        ...{ image: "demo/orders:1", location, smokeCheck: { enabled: false } },
    });
    const group = new gcp.compute.RegionNetworkEndpointGroup("orders", {
        ...{ region: location, networkEndpointType: "SERVERLESS", cloudRun: { service: orders.service.name } },
    });
    const backend = new gcp.compute.RegionBackendService("orders", {
        ...{ region: location, loadBalancingScheme: "INTERNAL_MANAGED", protocol: "HTTPS" },
        backends: [{ group: group.id }],
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
    entry = new gcp.servicedirectory.Service("orders", { namespace: space.id, serviceId: "orders" });
    const endpoint = new gcp.servicedirectory.Endpoint("orders", {
        ...{ service: entry.id, endpointId: "one", address: front.ipAddress, port: 443 },
        network: pulumi.interpolate`projects/123456789012/locations/global/networks/${network.name}`,
    });
    fulfil = new AuthenticatedWorkflow(
        "fulfil",
        {
            ...{ location, source: getting(variable("ORDERS_URL")), targets: { orders } },
            ...(isPrivate && { privateServices: { orders: { name: entry.name } } }),
            smokeCheck: { argument: {}, expect: "done" },
        },
        { dependsOn: endpoint },
    );
    for (const name of others) {
        new AuthenticatedWorkflow(
            name,
            {
                ...{ location, source: getting(variable("ORDERS_URL")), targets: { orders } },
                privateServices: { orders: { name: entry.name, networkProject: "demo" } },
                smokeCheck: { argument: {}, expect: "done" },
            },
            { dependsOn: endpoint },
        );
    }
    return Promise.resolve({});
}

describe("a workflow whose target is in a private network", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    before(async () => {
        deployed = await deployProgram(
            () => program(),
            [{ image: "demo/orders:*", handler: join(__dirname, "stock.cjs") }],
        );
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(() => deployed.close());

    it("names the service of Service Directory beside its token, and proves that it gets there", async () => {
        const source = await value(fulfil.source);
        assert.match(source, /private_service_name: \$\{sys\.get_env\("ORDERS_PRIVATE_SERVICE"\)\}/);
        assert.match(source, /type: OIDC/);
        assert.doesNotMatch(await value(fulfil.authoredSource), /private_service_name|OIDC/);
        const verdicts = await deployed.verdicts("fulfil");
        assert.equal(verdicts["fulfil → orders"], "passed");
        for (const granted of [`${viewer} on the private service of orders`, `${access} on the network of orders`]) {
            assert.equal(verdicts[`the service agent of Workflows has ${granted}`], "passed", JSON.stringify(verdicts));
        }
    });

    it("has a check that is red, and names the grant, while the service agent lacks one", async () => {
        const { world } = deployed;
        const name = await value(entry.name);
        await deployed.without(
            { resource: `${directory}/${name}`, role: viewer, member: agent, label: "" },
            async () => {
                const { report, text } = await deployed.check("fulfil");
                assert.equal(report.verdict, "failed");
                assert.match(
                    text,
                    /lacks servicedirectory\.services\.resolve on the private service of orders: .*servicedirectory\.viewer/,
                );
                assert.match(
                    text,
                    /gcloud service-directory services add-iam-policy-binding orders --namespace=inner --location=\S+ --project=demo --member=\S+ --role=roles\/servicedirectory\.viewer/,
                );
            },
        );
        await deployed.without({ resource: project, role: access, member: agent, label: "" }, async () => {
            const { report, text } = await deployed.check("fulfil");
            assert.equal(report.verdict, "failed");
            assert.match(text, /servicedirectory\.pscAuthorizedService/);
        });
        const grant = {
            role: "roles/run.invoker",
            member: `serviceAccount:${await value(fulfil.serviceAccountEmail)}`,
        };
        const [own] = deployed.specs.flatMap(({ probes }) =>
            probes.flatMap((probe) =>
                probe.kind === "policy" && probe.grant.role === grant.role ? [probe.grant] : [],
            ),
        );
        assert.ok(own);
        await deployed.without(own, async () => {
            assert.equal((await deployed.verdicts("fulfil"))["fulfil → orders"], "failed");
        });
        // By another network nothing answers at that address.
        const endpoints = `${directory}/${name}/endpoints`;
        const one = await world.admin("GET", `${endpoints}/one`);
        await world.admin("DELETE", `${endpoints}/one`);
        const other = { ...one, network: "projects/demo/locations/global/networks/other" };
        await world.admin("POST", `${endpoints}?endpointId=one`, other);
        assert.equal((await deployed.verdicts("fulfil"))["fulfil → orders"], "failed");
        await world.admin("DELETE", `${endpoints}/one`);
        await world.admin("POST", `${endpoints}?endpointId=one`, one);
        assert.equal((await deployed.check("fulfil")).report.verdict, "passed");
    });

    it("has a check that sees every mutant of the private service and of its grants", async () => {
        const { store } = deployed.world.sandbox.cloud;
        const kept = store.snapshot();
        const mutants = mutantsOf({}, kept).filter(
            ({ kind, what }) =>
                kind === "destination changed" ||
                (/^grant (removed|moved)$/.test(kind) && what.includes("servicedirectory")),
        );
        assert.deepEqual([...new Set(mutants.map(({ kind }) => kind))].sort(), [
            ...["destination changed", "grant moved", "grant removed"],
        ]);
        for (const mutant of mutants) {
            applyMutant(store, mutant);
            assert.equal((await deployed.check("fulfil")).report.verdict, "failed", `${mutant.kind}: ${mutant.what}`);
            restore(store, kept);
        }
        assert.equal((await deployed.check("fulfil")).report.verdict, "passed");
    });

    it("is unchanged by the second update, and by one after a refresh", async () => {
        assert.deepEqual(Object.keys((await deployed.stack.up()).changes), ["same"]);
        assert.equal((await deployed.stack.refresh()).result, "succeeded");
        assert.deepEqual(Object.keys((await deployed.stack.up()).changes), ["same"]);
    });

    it("shares the service with another workflow, whose deletion takes nothing from it, nor does the argument's", async () => {
        const name = await value(entry.name);
        const holds = async (resource: string, role: string): Promise<boolean> => {
            const policy = await deployed.world.admin("POST", `${resource}:getIamPolicy`, {});
            const { bindings = [] } = policy as { bindings?: { role: string; members: string[] }[] };
            return bindings.some((each) => each.role === role && each.members.includes(agent));
        };
        const isGranted = async (): Promise<boolean[]> => [
            await holds(`${directory}/${name}`, viewer),
            await holds(project, access),
        ];
        assert.equal(await deployed.change(() => program(true, ["refund"])), "succeeded");
        assert.equal(await deployed.change(() => program(true, ["billing"])), "succeeded");
        assert.equal(await deployed.change(() => program()), "succeeded");
        assert.deepEqual(await isGranted(), [true, true]);
        assert.equal((await deployed.check("fulfil")).report.verdict, "passed");
        // Without the argument the call goes to Cloud Run itself, and what the agent was granted stays.
        assert.equal(await deployed.change(() => program(false)), "succeeded");
        assert.doesNotMatch(await value(fulfil.source), /private_service_name/);
        assert.deepEqual(await isGranted(), [true, true]);
        assert.equal(await deployed.change(() => program()), "succeeded");
        assert.match(await value(fulfil.source), /private_service_name/);
    });
});
