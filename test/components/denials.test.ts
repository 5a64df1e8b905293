import assert from "node:assert/strict";
import { Ingress, InvokableBackend, InvokableFunction, InvokableService } from "../../index";
import type { RequestProbe, SmokeSpec } from "../../smoke";
import { deploy } from "./support/deploy";
import { caller, image, location, service } from "./support/programs";

const iapClientId = "1-a.apps.googleusercontent.com";
const orders = `https://run.googleapis.com/v2/projects/demo/locations/${location}/services/orders-0000000`;

/** The denials of a component's check: who calls, what the front door answers, and where the receiver is read. */
async function denials(component: string, program: () => unknown): Promise<unknown[][]> {
    const deployed = await deploy(program, { config: { "gcp:project": "demo" } });
    const { probes } = deployed.find("Stash", `${component}-smoke`)["input"] as SmokeSpec;
    return probes
        .filter((probe): probe is RequestProbe => probe.kind === "request" && probe.outcome === "denied")
        .map(({ name, deniedStatus, ingress, resource }) => [name, deniedStatus, ingress, resource]);
}

describe("the denials of a smoke check", () => {
    it("name the service, so that its policy tells by which binding everyone gets in", async () => {
        const found = await denials("orders", () =>
            service("orders", { ingress: Ingress.All, smokeCheck: { path: "/" } }),
        );
        assert.deepEqual(found, [
            ["anonymous → orders", [403], "all", orders],
            ["broken token → orders", [401], "all", orders],
            ["token for another audience → orders", [401], undefined, orders],
            ["expired token → orders", [401], undefined, orders],
        ]);
    });

    it("are tried in each region of a service, and at its domain, which leads to any of them", async () => {
        const domain = "https://orders.example.com";
        const args = { ingress: Ingress.All, domain, customAudiences: [domain], smokeCheck: { path: "/" } };
        const found = await denials(
            "orders",
            () => new InvokableService("orders", { image, regions: ["europe-west1", "us-east1"], ...args }),
        );
        const what = ["token for another audience", "expired token"];
        const doors = ["orders in europe-west1", "orders in us-east1", "orders"];
        assert.deepEqual(
            found.map(([name]) => name).sort(),
            [
                ...["anonymous", "broken token", ...what].flatMap((one) => doors.map((door) => `${one} → ${door}`)),
            ].sort(),
        );
        assert.deepEqual(
            new Set(found.map(([, , , at]) => at)),
            new Set([orders, orders.replace(location, "us-east1")]),
        );
    });

    it("name a function of the 1st generation by its own URL", async () => {
        const found = await denials("legacy", () =>
            InvokableFunction.fromExisting("legacy", { name: "legacy", location, generation: 1 }),
        );
        const legacy = `https://cloudfunctions.googleapis.com/v1/projects/demo/locations/${location}/functions/legacy`;
        assert.deepEqual(
            found.map(([, , , resource]) => resource),
            [legacy, legacy],
        );
    });

    it("are tried by the caller for an application behind IAP, which answers with its sign-in page or 401", async () => {
        const existing = { backendService: "erp" };
        const found = await denials("fulfil", () =>
            caller({
                erp: InvokableBackend.fromExisting("erp", existing, { url: "https://erp.example.com", iapClientId }),
                tools: new InvokableBackend("tools", { image, location, iapClientId }),
            }),
        );
        const erp = "https://iap.googleapis.com/v1/projects/demo/iap_web/compute/services/erp";
        const tools = `https://iap.googleapis.com/v1/projects/demo/iap_web/cloud_run-${location}/services/tools-0000000`;
        assert.deepEqual(found, [
            ["anonymous → erp", [302, 401], "all", erp],
            ["broken token → erp", [302, 401], "all", erp],
            ["anonymous → tools", [302, 401], "internal", tools],
            ["broken token → tools", [302, 401], "internal", tools],
            ["token for another audience → tools", [302, 401], "internal", tools],
            ["account without grant → tools", [403], "internal", tools],
        ]);
    });

    it("are tried by the caller for internal services, and by the service itself for open ones", async () => {
        const found = await denials("fulfil", () =>
            caller({ orders: service("orders"), front: service("front", { ingress: Ingress.All }) }),
        );
        assert.deepEqual(found, [
            ["anonymous → orders", [403], "internal", orders],
            ["broken token → orders", [401], "internal", orders],
            ["token for another audience → orders", [401], "internal", orders],
            ["account without grant → orders", [403], "internal", orders],
        ]);
    });

    it("that nobody tries are not told of in a unit test, where nothing is deployed", async () => {
        const said: string[] = [];
        const { error, log } = console;
        console.error = console.log = (...words: unknown[]) => void said.push(words.join(" "));
        try {
            await deploy(() => service("stock"));
        } finally {
            Object.assign(console, { error, log });
        }
        assert.deepEqual(said, []);
    });
});
