import assert from "node:assert/strict";

import { Bench, programDirectory } from "./helper";

describe("a gate in a stack", () => {
    let bench: Bench;
    before(() => {
        bench = new Bench(programDirectory("chain"));
    });
    after(() => {
        bench.close();
    });

    it("does not run in a preview, which changes nothing", async () => {
        const stack = await bench.open({ check: "fails" });
        const result = await stack.preview();
        assert.deepEqual(result.diagnostics, []);
        assert.equal(result.result, "succeeded");
        assert.deepEqual(result.changes, { create: 7 });
        assert.doesNotMatch(bench.printed(), /checked/);
        assert.equal(bench.cloud.requests.length, 0);
        assert.equal(stack.resources.length, 0);
    });

    it("fails the update when its check fails, and keeps what was created before it", async () => {
        const stack = await bench.open({ check: "fails" });
        const result = await stack.up({ preview: false });
        assert.equal(result.result, "failed");
        assert.deepEqual(result.changes, { create: 6 });
        assert.deepEqual(
            result.diagnostics.map(({ message }) => message),
            ['before hook "chain-create" failed: the api answered 403'],
        );
        assert.match(bench.printed(), /checked chain-gate/);
    });

    it("runs again in the next update, although nothing has changed", async () => {
        const stack = await bench.open({ check: "fails" });
        const result = await stack.up({ preview: false });
        assert.equal(result.result, "failed");
        assert.deepEqual(result.changes, { same: 6 });
        assert.match(bench.printed(), /checked chain-gate/);
    });

    it("is green after the fix, with the preview first", async () => {
        const stack = await bench.open();
        const result = await stack.up();
        assert.deepEqual(result.diagnostics, []);
        assert.equal(result.result, "succeeded");
        assert.deepEqual(result.changes, { same: 6, create: 1 });
        assert.deepEqual(Object.keys(stack.outputs), ["hush", "uri"]);
    });

    it("does not run when nothing changed", async () => {
        const stack = await bench.open({ check: "fails" });
        const result = await stack.up({ preview: false });
        assert.equal(result.result, "succeeded");
        assert.deepEqual(result.changes, { same: 7 });
        assert.doesNotMatch(bench.printed(), /checked/);
    });

    it("runs when one of its dependencies changes, and stops that update too", async () => {
        const stack = await bench.open({ check: "fails", revision: "2" });
        const result = await stack.up({ preview: false });
        assert.equal(result.result, "failed");
        assert.deepEqual(result.changes, { update: 2, same: 4 });
        const green = await (await bench.open({ revision: "2" })).up({ preview: false });
        assert.deepEqual(green.changes, { update: 1, same: 6 });
    });

    it("replaces an account together with everything that names it, and deletes first what cannot exist twice", async () => {
        const stack = await bench.open({ revision: "2", account: "chain-other" });
        const result = await stack.up({ preview: false });
        assert.deepEqual(result.diagnostics, []);
        assert.deepEqual(bench.steps(), [
            "delete-replaced ServiceIamMember chain-grant",
            "delete-replaced Account chain",
            "replace Account chain",
            "create-replacement Account chain",
            "update Service chain-api",
            "replace ServiceIamMember chain-grant",
            "create-replacement ServiceIamMember chain-grant",
            "update Workflow chain-flow",
            "update Stash chain-gate",
        ]);
        assert.deepEqual(result.changes, { same: 2, replace: 2, update: 3 });
    });

    it("keeps no secret in the clear in the state", async () => {
        const stack = await bench.open();
        const text = JSON.stringify(stack.export());
        assert.doesNotMatch(text, /quiet|"hush"[^:]/);
        assert.match(text, /ciphertext/);
        // As with --show-secrets, the secrets are in the clear only where that is asked for.
        assert.match(JSON.stringify(stack.export(true)), /"plaintext":"\\"hush\\""/);
    });

    it("is destroyed with its stack in the order of the dependencies, and nothing is left", async () => {
        const stack = await bench.open();
        const result = await stack.destroy();
        assert.deepEqual(result.diagnostics, []);
        assert.deepEqual(result.changes, { delete: 7 });
        assert.deepEqual([...bench.cloud.resources.keys()], []);
        assert.deepEqual(stack.resources, []);
        const order = bench.steps().map((step) => step.split(" ")[1]);
        assert.ok(order.indexOf("Stash") < order.indexOf("Workflow"));
        assert.ok(order.indexOf("Workflow") < order.indexOf("ServiceIamMember"));
        assert.ok(order.indexOf("ServiceIamMember") < order.indexOf("Service"));
        assert.ok(order.indexOf("Service") < order.indexOf("Account"));
    });
});
