import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Sandbox } from "../../../sandbox";
import { command } from "../../support/command";

describe("gcp-invoke sandbox exec, where no sandbox is running", () => {
    let folder = "";
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "exec-"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it("uses the sandbox.yaml of the folder in which it runs, on a fresh state too", async () => {
        writeFileSync(join(folder, "sandbox.yaml"), "hosts:\n  - { host: api.example.com, handler: ./api.cjs }\n");
        writeFileSync(
            join(folder, "api.cjs"),
            "module.exports = (request, response) => response.end('the handler');\n",
        );
        const ask =
            "fetch('https://api.example.com/').then((answer) => answer.text()).then((text) => console.log(text))";
        const args = ["sandbox", "exec", "--", process.execPath, "--use-env-proxy", "-e", ask];
        const asked = await command(join(folder, "state"), args, { cwd: folder });
        assert.match(asked.text, /the handler/);
        assert.equal(asked.code, 0);
        // A mistake in the file is told, and not passed over.
        writeFileSync(join(folder, "sandbox.yaml"), "host: []\n");
        const wrong = await command(join(folder, "state"), args, { cwd: folder });
        assert.match(wrong.text, /sandbox\.yaml:1:1/);
    });

    it("runs a command as a service account of Kubernetes, in a place that there is", async () => {
        const ask =
            "fetch(`http://${process.env.GCE_METADATA_HOST}/computeMetadata/v1/instance/service-accounts/default/email`, { headers: { 'Metadata-Flavor': 'Google' } }).then((answer) => answer.text()).then((text) => console.log(text))";
        const as = ["sandbox", "exec", "--as", "serviceAccount:demo.svc.id.goog[shop/web]"];
        const asked = await command(join(folder, "state"), [...as, "--", process.execPath, "-e", ask], { cwd: folder });
        assert.match(asked.text, /^demo\.svc\.id\.goog$/m);
        const nowhere = await command(join(folder, "state"), ["sandbox", "exec", "--on", "basement", "--", "true"], {
            cwd: folder,
        });
        assert.match(nowhere.text, /"basement" is no place where code runs/);
        assert.notEqual(nowhere.code, 0);
    });

    it("runs a command as a role of AWS, which keeps a file about federation and no file with a secret", async () => {
        const show =
            "console.log(['AWS_ACCESS_KEY_ID', 'GOOGLE_APPLICATION_CREDENTIALS', 'GOOGLE_OAUTH_ACCESS_TOKEN'].map((name) => process.env[name]?.slice(-15)).join(' '))";
        const as = ["sandbox", "exec", "--as", "arn:aws:sts::123456789012:assumed-role/shop/i-0abc"];
        for (const [type, kept] of [
            ["external_account", "federation.json"],
            ["service_account", "none.json"],
        ] as const) {
            const file = join(folder, "federation.json");
            writeFileSync(file, JSON.stringify({ type }));
            const { text } = await command(join(folder, "state"), [...as, "--", process.execPath, "-e", show], {
                cwd: folder,
                env: { GOOGLE_APPLICATION_CREDENTIALS: file },
            });
            const [, key, used] = /^([A-Z2-7]{15}) (\S+) $/m.exec(text) ?? [];
            assert.ok(key !== undefined && used?.endsWith(kept), text);
        }
        const wrong = [...as.slice(0, -1), "arn:aws:iam::123456789012:role/shop", "--", "true"];
        const { text, code } = await command(join(folder, "state"), wrong, { cwd: folder });
        assert.match(text, /is no principal.*arn:aws:sts::ACCOUNT:assumed-role/s);
        const elsewhere = await command(join(folder, "state"), [...as, "--on", "app-engine", "--", "true"], {
            cwd: folder,
        });
        assert.match(elsewhere.text, /runs on AWS, and not on app-engine/);
        assert.notEqual(elsewhere.code, 0);
        assert.notEqual(code, 0);
    });

    it("passes those hosts on that are allowed, and no others", async () => {
        await using sandbox = await Sandbox.start({ allowedHosts: ["proxy.example"] });
        assert.ok(sandbox.cloud.hosts.find("proxy.example"));
        assert.equal(sandbox.cloud.hosts.find("other.example"), undefined);
        await assert.rejects(Sandbox.start({ allowedHosts: ["a/b"] }), /allowedHosts/);
    });
});
