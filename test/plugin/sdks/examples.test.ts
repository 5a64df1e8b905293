import { strict as assert } from "node:assert";
import { join } from "node:path";
import { Sandbox } from "../../../sandbox";
import { RealCli, whyNoRealCli } from "../../engine/real-cli";
import { skip } from "../../support/skip";
import { compile, type Language, Sdks, whyNoGcp, whyNotIn } from "./sdk";

/** These tests need the Pulumi CLI with its gcp plugin, and each the host and the packages of its language. */
for (const language of ["yaml", "python", "go"] as Language[]) {
    describe(`the examples in ${language} by the real Pulumi CLI`, function () {
        this.timeout(1_200_000);
        let sdks: Sdks;
        before(function () {
            const reason = whyNoRealCli() ?? whyNotIn(language);
            if (reason !== undefined) {
                skip(this, reason);
            }
            sdks = new Sdks(`examples-${language}`);
        });

        const examples = { quickstart: "fulfil", "workflow-to-everything": "everything" };
        for (const [name, workflow] of Object.entries(examples)) {
            it(`${name} is deployed, called and destroyed`, async function () {
                const folder = await sdks.example(name, language);
                await compile(folder, language);
                // Only this one has resources of Google's own.
                const reason = name === "quickstart" ? undefined : whyNoGcp(language, folder);
                if (reason !== undefined) {
                    skip(this, reason);
                }
                const sandbox = await Sandbox.start({ project: "demo", mapping: join(folder, "sandbox.yaml") });
                const cli = new RealCli(folder, sandbox, "dev", "sandbox", true);
                try {
                    await cli.init();
                    const config = { "gcp:project": "demo" };
                    const deployed = await cli.operate("up", config);
                    assert.equal(deployed.code, 0, deployed.text);
                    assert.match(deployed.text, new RegExp(`✓ ${workflow} → .*logging`));
                    const again = await cli.operate("up", config);
                    assert.deepEqual([again.code, Object.keys(again.changes)], [0, ["same"]], again.text);
                    const destroyed = await cli.operate("destroy", config);
                    assert.equal(destroyed.code, 0, destroyed.text);
                } finally {
                    cli.close();
                    await sandbox.close();
                }
            });
        }
    });
}
