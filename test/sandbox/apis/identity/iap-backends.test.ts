import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Sandbox } from "../../../../sandbox";

const policy = { bindings: [{ role: "roles/iap.httpsResourceAccessor", members: ["user:a@example.com"] }] };

describe("a policy of IAP, where sandbox.yaml has backend services behind it", () => {
    let folder: string;
    let sandbox: Sandbox;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "iap-backends-"));
        const mapping = join(folder, "sandbox.yaml");
        const handler = join(__dirname, "../../workloads/fixtures/echo.js");
        writeFileSync(mapping, `hosts:\n  - host: app.example.com\n    iap: app-backend\n    handler: ${handler}\n`);
        sandbox = await Sandbox.start({ project: "demo", mapping });
    });
    after(async () => {
        await sandbox.close();
        rmSync(folder, { recursive: true });
    });
    const set = (resource: string) =>
        sandbox.request("POST", `https://iap.googleapis.com/v1/projects/${resource}:setIamPolicy`, {
            body: { policy },
        });

    it("is set for one of them, by the project's ID and its number", async () => {
        assert.equal((await set("demo/iap_web/compute/services/app-backend")).status, 200);
        assert.equal((await set("123456789012/iap_web/compute/services/app-backend")).status, 200);
    });

    it("is not set for one that is not there, which is said with those that are", async () => {
        for (const name of ["demo/iap_web/compute/services/app", "demo/iap_web/compute-europe-west1/services/app"]) {
            const { status, body } = await set(name);
            assert.equal(status, 404, name);
            assert.match(JSON.stringify(body), /app-backend behind IAP, and not app; give a host iap: app"/);
        }
    });

    it("is set for what sandbox.yaml has no word for: all of them, Cloud Run, another project's", async () => {
        for (const name of [
            "demo/iap_web/compute",
            "demo/iap_web/cloud_run-europe-west1/services/app",
            "demo/iap_web/forwarding_rule/services/app",
            "other/iap_web/compute/services/app",
        ]) {
            assert.equal((await set(name)).status, 200, name);
        }
    });
});
