import assert from "node:assert/strict";
import type { Stack, StackResult } from "../../sandbox/engine";
import { examples, Stage } from "./support";

function told({ diagnostics }: StackResult): string {
    return diagnostics
        .filter(({ severity }) => severity === "error")
        .map(({ message }) => message)
        .join("\n");
}

describe("the examples", function () {
    this.timeout(60_000);
    let stage: Stage;
    before(async () => (stage = await Stage.open()));
    after(() => stage.close());

    for (const name of examples) {
        describe(name, () => {
            let stack: Stack;
            it("is deployed, and its checks are green", async () => {
                stack = await stage.stack(name);
                const up = await stack.up();
                assert.equal(told(up), "");
                assert.equal(up.result, "succeeded");
            });

            it("is unchanged the second time", async () => {
                const again = await stack.up();
                assert.equal(again.result, "succeeded", told(again));
                assert.deepEqual(Object.keys(again.changes), ["same"]);
            });

            it("is destroyed, and leaves nothing", async () => {
                const gone = await stack.destroy();
                assert.equal(gone.result, "succeeded", told(gone));
                assert.deepEqual(stack.resources, []);
            });
        });
    }
});
