import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { targetsBeside } from "../../../cli/lsp/beside";

describe("the targets beside a workflow", () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "beside-"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });
    const found = () => targetsBeside(pathToFileURL(join(folder, "fulfil.yaml")).href);

    it("are those of the workflows in Pulumi.yaml, and the hosts in sandbox.yaml", () => {
        writeFileSync(
            join(folder, "Pulumi.yaml"),
            "name: shop\nruntime: yaml\nresources:\n  orders: {type: 'pulumi-gcp-invoke:InvokableService'}\n  fulfil:\n    type: pulumi-gcp-invoke:AuthenticatedWorkflow\n    properties:\n      targets: {orders: '${orders.target}', stock-api: '${stock.target}'}\n",
        );
        writeFileSync(join(folder, "sandbox.yaml"), "hosts:\n  - host: crm.example.com\n  - host: '*.example.org'\n");
        assert.deepEqual(found(), [
            { name: "orders", variable: "ORDERS_URL", from: "Pulumi.yaml" },
            { name: "stock-api", variable: "STOCK_API_URL", from: "Pulumi.yaml" },
            { name: "crm.example.com", url: "https://crm.example.com", from: "sandbox.yaml" },
        ]);
    });

    it("are none where the files are missing, broken, of another shape, or no files", () => {
        assert.deepEqual(found(), []);
        for (const text of [
            "{",
            "- a",
            "resources: 1",
            "resources: {a: {type: 1}}",
            "hosts: {a: 1}",
            "a".repeat(2_000_000),
        ]) {
            writeFileSync(join(folder, "Pulumi.yaml"), text);
            writeFileSync(join(folder, "sandbox.yaml"), text);
            assert.deepEqual(found(), [], text.slice(0, 40));
        }
        rmSync(join(folder, "Pulumi.yaml"));
        mkdirSync(join(folder, "Pulumi.yaml"));
        assert.deepEqual(found(), []);
        assert.deepEqual(targetsBeside("untitled:Untitled-1"), []);
        assert.deepEqual(targetsBeside("nonsense"), []);
    });
});
