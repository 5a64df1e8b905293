import assert from "node:assert/strict";
import { join } from "node:path";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import {
    AuthenticatedPush,
    AuthenticatedSchedule,
    AuthenticatedTrigger,
    AuthenticatedWorkflow,
    Ingress,
    InvokableAgent,
    InvokableMcpServer,
    InvokableService,
} from "../../../index";
import { callGraph, graphOfState, type KeptResource } from "../../../access/graph";
import { type GrantRef, specsOfState } from "../../../smoke";
import { value } from "../../components/support/deploy";
import { deployProgram, type DeployedProgram } from "../protocols/deployed";

const location = "us-east1";
const regions = ["europe-west1", "us-east1"];
const probeMinters = ["user:owner@example.com"];
let shop: InvokableService;
let inner: InvokableService;

const source = new pulumi.asset.StringAsset(
    [
        ...["main:", "  steps:", "    - ask:", "        call: http.get", "        args:"],
        ...['          url: ${sys.get_env("SHOP_URL")}', "    - within:", "        call: http.get", "        args:"],
        ...['          url: ${sys.get_env("INNER_URL")}', ""],
    ].join("\n"),
);

/** A service in two regions, with callers of each kind, and one that nobody reaches from outside. */
function program(): Promise<Record<string, unknown>> {
    const made = { image: "demo/shop:1", regions };
    shop = new InvokableService("shop", { ...made, ingress: Ingress.All, smokeCheck: { path: "/", probeMinters } });
    shop.grantInvoke("ann", "user:ann@example.com");
    inner = new InvokableService("inner", { ...made, customAudiences: ["inner"], smokeCheck: { inside: true } });
    new InvokableMcpServer("tools", { ...made, ingress: Ingress.All });
    new InvokableAgent("buyer", { ...made, ingress: Ingress.All, publicCard: false });
    new AuthenticatedWorkflow("flow", {
        location,
        source,
        targets: { shop, inner },
        smokeCheck: { argument: {} },
    });
    new InvokableService("caller", { image: "demo/shop:1", location, invokes: { shop } });
    new AuthenticatedSchedule("nightly", { location, schedule: "0 2 * * *", target: shop, smokeCheck: { run: true } });
    new AuthenticatedPush("placed", { target: shop, smokeCheck: { argument: { order: 7 } } });
    const inbox = new gcp.storage.Bucket("inbox", { name: "demo-inbox", location: "europe-west1" });
    new AuthenticatedTrigger("uploaded", {
        ...{ location, eventType: "google.cloud.storage.object.v1.finalized", filters: { bucket: inbox.name } },
        target: shop,
    });
    return Promise.resolve({});
}

/** The same, with other regions. */
const moved = (to: string[]) => (): Promise<Record<string, unknown>> => {
    const made = new InvokableService("shop", { image: "demo/shop:1", regions: to, ingress: Ingress.All });
    made.grantInvoke("ann", "user:ann@example.com");
    return Promise.resolve({});
};

describe("a service in several regions", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    before(async () => {
        deployed = await deployProgram(program, [{ image: "demo/shop:*", handler: join(__dirname, "stock.cjs") }]);
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(() => deployed.close());

    const at = async (region: string): Promise<string> =>
        `https://run.googleapis.com/v2/projects/demo/locations/${region}/services/${await value(shop.service.name)}`;
    const grantsOf = (name: string): GrantRef[] =>
        deployed.specs.flatMap((spec) =>
            spec.probes.flatMap((probe) => (spec.name === name && probe.kind === "policy" ? [probe.grant] : [])),
        );

    it("is called at the address of the first, whose URL is the audience", async () => {
        const [url, audience, other] = await Promise.all(
            [shop.url, shop.audience, pulumi.output(shop.regions?.["us-east1"] ?? "")].map(value),
        );
        assert.match(url ?? "", /^https:\/\/shop-[0-9a-f]{7}-\d+\.europe-west1\.run\.app$/);
        assert.equal(audience, url);
        assert.match(other ?? "", /\.us-east1\.run\.app$/);
    });

    it("is proven in each of its regions", async () => {
        const each = ["probe account", "token for another audience", "account without grant"];
        const expected = ["anonymous", "broken token", ...each, "nobody else"].flatMap((what) =>
            regions.map((region) => `${what} → shop in ${region}`),
        );
        const verdicts = await deployed.verdicts("shop");
        for (const probe of expected) {
            assert.equal(verdicts[probe], "passed", `${probe}: ${JSON.stringify(verdicts)}`);
        }
    });

    it("is proven in each of its regions from inside, with tokens that are right in all of them", async () => {
        const verdicts = await deployed.verdicts("inner");
        for (const what of ["anonymous", "broken token", "token for another audience", "account without grant"]) {
            for (const region of regions) {
                assert.equal(verdicts[`${what} → inner in ${region}`], "passed", JSON.stringify(verdicts));
            }
        }
        assert.equal(await value(inner.audience), "inner");
    });

    it("gives each caller a grant in each region, and lets it call", async () => {
        for (const name of ["flow", "caller", "nightly", "placed", "uploaded"]) {
            const places = grantsOf(name)
                .filter(({ label, role }) => role === "roles/run.invoker" && label !== "inner")
                .map(({ resource }) => /locations\/([^/]+)/.exec(resource)?.[1]);
            assert.deepEqual(places.sort(), regions, name);
        }
        for (const name of ["flow", "nightly", "placed", "uploaded"]) {
            assert.ok(
                Object.values(await deployed.verdicts(name, name === "flow")).every((one) => one !== "failed"),
                name,
            );
        }
        const member = "user:ann@example.com";
        for (const region of regions) {
            const { bindings } = (await deployed.world.admin("GET", `${await at(region)}:getIamPolicy`)) as {
                bindings: { members: string[] }[];
            };
            assert.ok(
                bindings.some(({ members }) => members.includes(member)),
                region,
            );
        }
    });

    for (const [index, region] of regions.entries()) {
        it(`is red without a grant in ${region}, or with everybody's, and names that region`, async () => {
            const other = regions[1 - index];
            const probe = deployed.specs
                .flatMap(({ name, probes }) => (name === "shop" ? probes : []))
                .find(({ name }) => name === `probe account → shop in ${region}`);
            const [grant] = (probe as { grants: GrantRef[] }).grants;
            await deployed.without(grant!, async () => {
                const verdicts = await deployed.verdicts("shop");
                assert.equal(verdicts[`probe account → shop in ${region}`], "failed");
                assert.equal(verdicts[`probe account → shop in ${other}`], "passed");
            });
            await deployed.world.grant(await at(region), "roles/run.invoker", "allUsers");
            const verdicts = await deployed.verdicts("shop");
            await deployed.world.revoke(await at(region), "roles/run.invoker", "allUsers");
            assert.equal(verdicts[`anonymous → shop in ${region}`], "failed");
            assert.equal(verdicts[`nobody else → shop in ${region}`], "failed");
            assert.equal(verdicts[`anonymous → shop in ${other}`], "passed");
        });
    }

    it("is one service in a graph of the stack, whichever region a grant is in", () => {
        const { resources } = deployed.stack.export().deployment as { resources: KeptResource[] };
        const { named, facts } = graphOfState(resources);
        const { nodes, edges } = callGraph(facts, named);
        const labelOf = (id: string): string | undefined => nodes.find((node) => node.id === id)?.label;
        const calls = edges.map(({ from, to }) => `${labelOf(from)} → ${labelOf(to)}`);
        for (const name of ["flow", "caller", "nightly", "placed", "uploaded"]) {
            assert.ok(calls.includes(`${name} → shop`), calls.join("\n"));
        }
        assert.ok(
            nodes.every(({ label }) => !label.includes("/services/")),
            JSON.stringify(nodes),
        );
    });

    it("delivers events in the trigger's own region", async () => {
        const triggers = "https://eventarc.googleapis.com/v1/projects/demo/locations/us-east1/triggers";
        const found = JSON.stringify(await deployed.world.admin("GET", triggers));
        assert.match(found, /"cloudRun":\{[^}]*"region":"us-east1"/);
    });

    it("is called where it exists already, and is proven in each region", async () => {
        const body = { template: { containers: [{ image: "demo/shop:1" }] }, multiRegionSettings: { regions } };
        const all = "https://run.googleapis.com/v2/projects/demo/locations/global/services";
        await deployed.world.admin("POST", `${all}?serviceId=old`, body);
        const existing = { name: "old", location: "global" };
        const said = await deployed.change(async () => {
            const smokeCheck = { path: "/", probeMinters };
            new InvokableService("found", { existing, regions, ingress: Ingress.All, smokeCheck });
            return program();
        });
        assert.equal(said, "succeeded");
        const names = specsOfState(deployed.stack.export())
            .flatMap(({ name, probes }) => (name === "found" ? probes : []))
            .map(({ name }) => name);
        assert.ok(
            regions.every((region) => names.includes(`probe account → found in ${region}`)),
            names.join("\n"),
        );
    });

    it("keeps each grant in its region while regions come and go", async () => {
        const name = await value(shop.service.name);
        for (const to of [["us-east1", "asia-east1"], ["asia-east1"]]) {
            assert.equal(await deployed.change(moved(to)), "succeeded");
            for (const region of to) {
                const policy = await deployed.world.admin(
                    "GET",
                    `https://run.googleapis.com/v2/projects/demo/locations/${region}/services/${name}:getIamPolicy`,
                );
                assert.match(JSON.stringify(policy), /user:ann@example\.com/, region);
            }
        }
    });
});
