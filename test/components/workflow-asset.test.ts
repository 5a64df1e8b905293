import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedWorkflow, InvokableService, workflow } from "../../index";
import { build } from "../../workflow";
import { deploy, refusal } from "./support/deploy";

describe("a workflow that was built in TypeScript", () => {
    const orders = build.target({ name: "orders", kind: "run", urlVariable: "ORDERS_URL" });
    const reserve = orders.post<{ status: string }>("reserve", "/reserve", { body: { order: 7 } });
    const steps = [reserve, build.give("done", reserve.result.get("body").get("status"))];

    function program(source: pulumi.asset.Asset): void {
        const service = new InvokableService("orders", { image: "image", location: "europe-west1" });
        new AuthenticatedWorkflow("fulfil", { location: "europe-west1", source, targets: { orders: service } });
    }

    it("is an asset, and is accepted wherever a file is", async () => {
        const source = workflow({ steps });
        assert.ok(pulumi.asset.Asset.isInstance(source));
        const deployed = await deploy(() => program(source));
        assert.equal(deployed.find("Workflow", "fulfil")["sourceContents"], source.toYaml());
        assert.match(source.toYaml(), /audience: \$\{sys\.get_env\("ORDERS_URL"\)\}/);
        assert.deepEqual(Object.keys(JSON.parse(source.toJson()) as object), ["main"]);
    });

    it("is refused, as a file is, if it calls a target that is not declared", async () => {
        const stock = build.target({
            name: "stock",
            kind: "run",
            url: "https://stock-1234567890.europe-west1.run.app",
        });
        const message = await refusal(() => program(workflow({ steps: [stock.get("ask", "/"), ...steps] })));
        assert.match(message, /call "ask" sends an ID token to https:\/\/stock-1234567890\.europe-west1\.run\.app/);
    });
});
