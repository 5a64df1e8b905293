import assert from "node:assert/strict";

import { Sandbox } from "../../../sandbox";

describe("accounts that are named like Google's service agents", () => {
    it("are accounts of their project, which can be made, read, granted to and deleted", async () => {
        await using sandbox = await Sandbox.start({ project: "demo" });
        const accounts = "https://iam.googleapis.com/v1/projects/demo/serviceAccounts";
        const email = "service-1@demo.iam.gserviceaccount.com";
        const call = async (method: string, url: string, body?: unknown) =>
            await sandbox.request(method, url, { body });
        assert.equal((await call("POST", accounts, { accountId: "service-1" })).status, 200);
        const read = await call("GET", `${accounts}/${email}`);
        assert.equal((read.body as { projectId?: string }).projectId, "demo");
        const policy = { bindings: [{ role: "roles/viewer", members: [`serviceAccount:${email}`] }] };
        assert.equal((await call("POST", `${accounts}/${email}:setIamPolicy`, { policy })).status, 200);
        assert.equal((await call("DELETE", `${accounts}/${email}`)).status, 200);
        assert.equal((await call("GET", `${accounts}/${email}`)).status, 404);
    });
});
