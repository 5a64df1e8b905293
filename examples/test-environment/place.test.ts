// A test suite for the stack in this folder. Run it by `mocha place.test.ts`: it needs no account and no network.
import assert from "node:assert/strict";
import { join } from "node:path";
import { Sandbox } from "pulumi-gcp-invoke/sandbox";

describe("placing an order", () => {
    it("reaches the service as the workflow's own account", async () => {
        await using sandbox = await Sandbox.start({ mapping: join(__dirname, "sandbox.yaml") });
        const stack = await sandbox.up(__dirname);
        assert.equal(stack.result, "succeeded");
        const { workflow, serviceAccount } = stack.outputs as { workflow: string; serviceAccount: string };

        const executions = `https://workflowexecutions.googleapis.com/v1/${workflow}/executions`;
        const reserved = new Promise<string>((resolve) => {
            sandbox.cloud.decisions.onDecision(({ request = "", claims }) => {
                if (request.endsWith("/reserve")) {
                    resolve(String(claims?.["email"]));
                }
            });
        });
        await sandbox.request("POST", executions, { body: {} });
        assert.equal(await reserved, serviceAccount);
    });
});
