import assert from "node:assert/strict";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import {
    AuthenticatedWorkflow,
    CallerIdentity,
    FederatedCaller,
    GrantResourceType,
    Ingress,
    InvokableGateway,
    InvokableService,
    Platform,
    TargetKind,
} from "../../index";
import { deploy, refusal } from "./support/deploy";

const universe = "s3nsapis.fr";
const config = { "gcp:project": "demo", "gcp:universeDomain": universe };
const off = { smokeCheck: { enabled: false } };
const place = { image: "demo/orders:1", location: "u-france-east1", ingress: Ingress.All };
const target = {
    kind: TargetKind.Run,
    url: "https://orders-1.u-france-east1.s3nsrun.fr",
    resource: { type: GrantResourceType.RunService, name: "orders", location: "u-france-east1", project: "demo" },
};
const kubernetes = { namespaceName: "shop", serviceAccountName: "web" };

/** What no document tells of another universe, by what is said of it. */
const unknown: Record<string, [make: (opts: object) => unknown, said: RegExp]> = {
    "where its smoke check asks": [
        (opts) => new InvokableService("orders", place, opts),
        /set smokeCheck: \{ enabled: false \}$/,
    ],
    "how a federated workload is called": [
        (opts) => {
            const orders = new InvokableService("orders", { ...place, ...off }, opts);
            const github = { repository: "acme/shop" };
            new FederatedCaller("ci", { github, invokes: { orders }, ...off }, opts);
        },
        /give it an account of its own there$/,
    ],
    "how a service account of Kubernetes is called": [
        (opts) => {
            const orders = new InvokableService("orders", { ...place, ...off }, opts);
            new CallerIdentity("pods", { runsOn: Platform.Kubernetes, kubernetes, invokes: { orders }, ...off }, opts);
        },
        /grant the role outside of it there$/,
    ],
    "where a gateway finds the keys of its callers": [
        (opts) => {
            const orders = new InvokableService("orders", { ...place, ...off }, opts);
            new InvokableGateway(
                "api",
                { backends: { orders }, routes: { "/a": "orders" }, location: "europe-west1", ...off },
                opts,
            );
        },
        /call its backends directly there$/,
    ],
};

describe("components in another universe", () => {
    for (const [what, [make, said]] of Object.entries(unknown)) {
        it(`do not guess ${what}`, async () => {
            const own = () => make({ provider: new gcp.Provider("own", { universeDomain: universe }) });
            for (const message of [
                await refusal(() => make({}), { config }),
                await refusal(own, { config: { "gcp:project": "demo" } }),
            ]) {
                assert.ok(
                    message.startsWith(`universeDomain is "${universe}", and ${what} is known for googleapis.com`),
                );
                assert.match(message, said);
            }
            await deploy(() => make({}), { config: { ...config, "gcp:universeDomain": "googleapis.com" } });
            await deploy(() => make({ provider: new gcp.Provider("own", {}) }), { config });
        });
    }

    const flow = (url: string) => (): void => {
        const text = `main:\n  steps:\n    - a:\n        call: http.get\n        args:\n          url: ${url}\n`;
        const source = new pulumi.asset.StringAsset(text);
        const location = "u-france-east1";
        new AuthenticatedWorkflow("flow", { source, location, targets: { orders: target }, ...off });
    };

    it("make a service, and a workflow that calls one with a token", async () => {
        await deploy(() => new InvokableService("stock", { ...place, ...off }), { config });
        const deployed = await deploy(flow(`${target.url}/stock`), { config });
        assert.match(String(deployed.find("Workflow", "flow")["sourceContents"]), /type: OIDC/);
    });

    it("know the APIs of that universe, and take them for strangers in another one", async () => {
        const api = flow(`https://bigquery.${universe}/bigquery/v2/projects`);
        assert.match(await refusal(api, { config }), /a Google API\), which needs an access token/);
        await deploy(api, { config: { "gcp:project": "demo" } });
    });
});
