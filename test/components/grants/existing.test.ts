import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import {
    InvokableBackend,
    InvokableFunction,
    InvokableGateway,
    InvokableJob,
    InvokableMcpServer,
    InvokableService,
} from "../../../index";
import { deploy } from "../support/deploy";
import { caller, image, location } from "../support/programs";

const place = { name: "stock", location };
const iap = { url: "https://erp.example.com", iapClientId: "1-a.apps.googleusercontent.com" };
const document = { audience: "https://stock.example.com", signer: "signs@demo.iam.gserviceaccount.com" };

/** What existed before and can be called, as a component of any name. */
const KINDS: Record<string, (name: string, own?: pulumi.Input<string>) => pulumi.ComponentResource> = {
    service: (name, own = "stock") => new InvokableService(name, { existing: { ...place, name: own } }),
    "service of a project": (name, own = "stock") =>
        new InvokableService(name, { existing: { ...place, project: "acme", name: own } }),
    "service of several regions": (name, own = "stock") =>
        new InvokableService(name, {
            existing: { name: own, location: "global" },
            regions: [location, "us-east1"],
        }),
    "server of MCP": (name, own = "stock") => new InvokableMcpServer(name, { existing: { ...place, name: own } }),
    "function of the 1st generation": (name, own = "stock") =>
        InvokableFunction.fromExisting(name, { ...place, name: own, generation: 1 }),
    "function of the 2nd generation": (name, own = "stock") =>
        InvokableFunction.fromExisting(name, { ...place, name: own }),
    job: (name, own = "stock") => InvokableJob.fromExisting(name, { ...place, name: own }),
    "backend service": (name, own = "stock") => InvokableBackend.fromExisting(name, { backendService: own }, iap),
    "service behind IAP": (name, own = "stock") =>
        InvokableBackend.fromExisting(name, { cloudRunService: own, location }, iap),
    gateway: (name, own = "stock") => InvokableGateway.fromExisting(name, { ...place, name: own }, document),
};

describe("a target that existed before", () => {
    for (const [kind, make] of Object.entries(KINDS)) {
        const deployed = async (name: string, own?: pulumi.Input<string>) => {
            const result = await deploy(
                () => {
                    const stock = make(name, own) as unknown as InvokableService;
                    // A workflow cannot sign the tokens that a gateway takes.
                    return kind === "gateway"
                        ? new InvokableService("fulfil", { image, location, invokes: { stock } })
                        : caller({ stock });
                },
                { config: { "gcp:project": "demo" } },
            );
            return {
                grants: result.names().filter((each) => /IamMember fulfil-|IAMMember fulfil-/.test(each)),
                description: result.find("Account", "fulfil-account")["description"],
            };
        };

        it(`leaves its callers' grants and accounts as they are when its component gets another name: ${kind}`, async () => {
            const first = await deployed("stock");
            assert.ok(first.grants.length > 0);
            assert.match(String(first.description), /^Calls stock-[0-9a-f]{7}$/);
            assert.deepEqual(await deployed("warehouse"), first);
        });

        it(`is another one under another name at Google: ${kind}`, async () => {
            const [first, other] = [await deployed("stock"), await deployed("stock", "warehouse")];
            assert.notEqual(other.description, first.description);
            assert.notDeepEqual(other.grants, first.grants);
        });
    }
});
