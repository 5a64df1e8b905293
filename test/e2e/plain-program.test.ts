import { strict as assert } from "node:assert";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Session } from "../../cli/sandbox/session";
import type { Sandbox } from "../../sandbox";
import { checkout, type Copy, run } from "../support/quickstart";

describe("a program that knows nothing of this package", () => {
    let copy: Pick<Copy, "directory" | "state">;
    before(() => {
        mkdirSync(join(checkout, "temp"), { recursive: true });
        const directory = mkdtempSync(join(checkout, "temp", "plain program-"));
        cpSync(join(__dirname, "programs", "plain"), directory, { recursive: true });
        copy = { directory, state: join(directory, ".gcp-invoke") };
    });
    after(() => rmSync(copy.directory, { recursive: true, force: true }));

    it("is deployed by the same engine, and its workflow calls its service as its own account", async () => {
        let state: unknown;
        const { succeeded, text, outputs, changes } = await run(copy, "up", {
            after: async (session) => {
                state = await execute(session);
            },
        });
        assert.ok(succeeded, text);
        assert.deepEqual(changes, { create: 5 });
        assert.equal(outputs["nightly"], "projects/demo/locations/us-central1/workflows/nightly");
        assert.deepEqual(state, { state: "SUCCEEDED", result: "200" });
    });

    it("is denied access once its grant is gone", async () => {
        let state: unknown;
        await run(copy, "preview", {
            before: async (session) => {
                const service = "https://run.googleapis.com/v2/projects/demo/locations/us-central1/services/report";
                const body = { policy: { bindings: [] } };
                assert.equal((await session.sandbox.request("POST", `${service}:setIamPolicy`, { body })).status, 200);
                state = await execute(session);
            },
        });
        assert.deepEqual(state, { state: "FAILED", result: undefined });
    });

    it("leaves nothing behind when it is destroyed", async () => {
        const { succeeded, text, changes } = await run(copy, "destroy");
        assert.ok(succeeded, text);
        assert.deepEqual(changes, { delete: 5 });
    });
});

/** Executes the workflow and waits for its end. */
async function execute({ sandbox }: Session<Sandbox>): Promise<{ state: string; result: string | undefined }> {
    const api = "https://workflowexecutions.googleapis.com/v1";
    const workflow = "projects/demo/locations/us-central1/workflows/nightly";
    const begun = await sandbox.request("POST", `${api}/${workflow}/executions`, { body: {} });
    const { name } = begun.body as { name: string };
    for (;;) {
        const { body } = await sandbox.request("GET", `${api}/${name}`);
        const { state, result } = body as { state: string; result?: string };
        if (state !== "ACTIVE" && state !== "QUEUED") {
            return { state, result };
        }
        await new Promise((done) => setTimeout(done, 20));
    }
}
