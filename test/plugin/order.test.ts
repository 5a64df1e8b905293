import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedWorkflow, Ingress, InvokableService } from "../../index";
import type { StackOptions } from "../../engine";
import { Sandbox } from "../../sandbox";
import { Bench } from "../engine/helper";
import { checkout } from "../support/quickstart";
import { source } from "./components";
import { PLUGIN_FILES } from "./plugin-files";

const location = "europe-west1";
const service = { image: "i/orders:1", location, ingress: Ingress.Internal };
const ofService = (name: string, more = {}): object => ({
    type: "pulumi-gcp-invoke:InvokableService",
    properties: { ...service, name, ...more },
});
/** A caller, whose check proves the denials of what it calls. */
const caller = {
    type: "pulumi-gcp-invoke:AuthenticatedWorkflow",
    properties: { location, source: { "fn::stringAsset": source }, targets: { orders: "${orders.target}" } },
};

describe("what the components of a program say of what nothing proves", function () {
    this.timeout(120_000);
    let folder: string;
    let bench: Bench;
    let sandbox: Sandbox;
    before(async () => {
        mkdirSync(join(checkout, "temp"), { recursive: true });
        folder = mkdtempSync(join(checkout, "temp", "order-"));
        mkdirSync(join(folder, "plugin"));
        for (const [name, text] of Object.entries(PLUGIN_FILES)) {
            writeFileSync(join(folder, name), text);
        }
        sandbox = await Sandbox.start({ project: "demo" });
        bench = new Bench(folder);
    });
    after(async () => {
        bench.close();
        await sandbox.close();
        rmSync(folder, { recursive: true, force: true });
    });

    async function said(more: Partial<StackOptions> = {}): Promise<string[]> {
        const stack = await bench.open(
            { "gcp:project": "demo" },
            {
                request: (method, url, body, headers) =>
                    sandbox.request(method, url, { body, ...(headers && { headers }) }),
                ...more,
            },
        );
        const { result, diagnostics } = await stack.preview();
        const messages = diagnostics.map(({ message }) => message);
        assert.equal(result, "succeeded", messages.join("\n") + bench.printed());
        return messages.filter((message) => message.includes("front door")).toSorted();
    }

    function yaml(resources: Record<string, object>): Promise<string[]> {
        const project = {
            ...{ name: "shop", runtime: "yaml", packages: { "pulumi-gcp-invoke": "./plugin" } },
            resources,
        };
        writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify(project));
        return said();
    }

    it("in YAML is the same whatever comes first, and never that nothing proves it", async () => {
        const stock = ofService("stock");
        const alone = await yaml({ orders: ofService("orders") });
        assert.equal(alone.length, 1);
        assert.match(
            alone[0] ?? "",
            /^the check of orders does not try .*an AuthenticatedWorkflow that calls orders proves it, and otherwise smokeCheck: \{ inside: true \}/,
        );
        const first = await yaml({ fulfil: caller, stock, orders: ofService("orders") });
        const last = await yaml({ orders: ofService("orders"), stock, fulfil: caller });
        assert.deepEqual(first, last);
        assert.equal(first.length, 2);
        assert.doesNotMatch(first.join("\n"), /nothing proves/);
    });

    it("in YAML is nothing where the service's own check tries it", async () => {
        assert.deepEqual(await yaml({ orders: ofService("orders", { smokeCheck: { inside: true } }) }), []);
    });

    it("in Node is nothing where a caller is made later, and that nothing proves it where none is", async () => {
        const later = (makes: boolean) => async (): Promise<Record<string, unknown>> => {
            const orders = new InvokableService("orders", service);
            await new Promise<void>((resolve) => void orders.urn.apply(() => resolve()));
            for (let turns = 0; turns < 20; turns++) {
                await setImmediate();
            }
            if (makes) {
                const asset = new pulumi.asset.StringAsset(source);
                new AuthenticatedWorkflow("fulfil", { location, source: asset, targets: { orders } });
            }
            return { url: orders.url };
        };
        assert.deepEqual(await said({ program: later(true), project: "shop" }), []);
        const [only = "", ...others] = await said({ program: later(false), project: "shop" });
        assert.match(only, /^nothing proves what the front door of orders denies/);
        assert.deepEqual(others, []);
    });

    it("in Node is nothing of a program that fails, and the failure is told once", async () => {
        const program = (): Promise<Record<string, unknown>> => {
            new InvokableService("orders", service);
            return Promise.reject(new Error("no more"));
        };
        const stack = await bench.open({ "gcp:project": "demo" }, { program, project: "shop" });
        const { diagnostics } = await stack.preview();
        const messages = diagnostics.map(({ message }) => message);
        assert.equal(messages.filter((message) => message.includes("no more")).length, 1, messages.join("\n"));
        assert.doesNotMatch(messages.join("\n"), /front door/);
    });
});
