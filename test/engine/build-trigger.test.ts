import assert from "node:assert/strict";
import * as gcp from "@pulumi/gcp";
import { Sandbox } from "../../sandbox";

const TRIGGERS = "https://cloudbuild.googleapis.com/v1/projects/demo/locations/global/triggers";

describe("a trigger of Cloud Build", () => {
    it("is made as an account that its maker may act as, changes, and runs no build", async () => {
        await using sandbox = await Sandbox.start({ project: "demo" });
        let branch = "main";
        const stack = await sandbox.up(() => {
            const account = new gcp.serviceaccount.Account("builder", { accountId: "builder" });
            new gcp.cloudbuild.Trigger("deploy", {
                name: "deploy",
                filename: "cloudbuild.yaml",
                serviceAccount: account.id,
                triggerTemplate: { branchName: branch, repoName: "shop" },
            });
            return Promise.resolve();
        });
        assert.equal(stack.result, "succeeded", JSON.stringify(stack.diagnostics));
        await stack.up();
        assert.deepEqual(Object.keys(stack.changes), ["same"], JSON.stringify(stack.changes));
        await stack.refresh();
        await stack.up();
        assert.deepEqual(Object.keys(stack.changes), ["same"], JSON.stringify(stack.changes));
        branch = "next";
        await stack.up();
        assert.equal(stack.changes.update, 1, JSON.stringify(stack.diagnostics));

        const run = await sandbox.request("POST", `${TRIGGERS}/deploy:run`, { body: {} });
        assert.equal(run.status, 501);
        assert.match(JSON.stringify(run.body), /to run a build, as the trigger deploy would/);

        const other = { name: "other", filename: "a.yaml", triggerTemplate: { repoName: "shop" } };
        const email = "builder@demo.iam.gserviceaccount.com";
        const wanted = { ...other, serviceAccount: `projects/demo/serviceAccounts/${email}` };
        const { cloud } = sandbox;
        await sandbox.request("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", {
            body: { accountId: "deployer" },
        });
        const member = "serviceAccount:deployer@demo.iam.gserviceaccount.com";
        cloud.iam.setPolicy("//cloudresourcemanager.googleapis.com/projects/demo", {
            bindings: [
                { role: "roles/owner", members: ["user:owner@example.com"] },
                { role: "roles/cloudbuild.builds.editor", members: [member] },
            ],
        });
        const refused = await sandbox.request("POST", TRIGGERS, { body: wanted, principal: member });
        assert.equal(refused.status, 403);
        assert.match(JSON.stringify(refused.body), /actAs/);
        cloud.iam.setPolicy(`//iam.googleapis.com/projects/demo/serviceAccounts/${email}`, {
            bindings: [{ role: "roles/iam.serviceAccountUser", members: [member] }],
        });
        const taken = await sandbox.request("POST", TRIGGERS, { body: wanted, principal: member });
        assert.equal(taken.status, 200, JSON.stringify(taken.body));
        await stack.destroy();
        assert.equal(stack.result, "succeeded", JSON.stringify(stack.diagnostics));
    });
});
