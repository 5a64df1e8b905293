import { strict as assert } from "node:assert";
import { join } from "node:path";
import { Sandbox } from "../../../sandbox";
import { RealCli, whyNoRealCli } from "../../engine/real-cli";
import { skip } from "../../support/skip";
import { rowOf } from "../../support/table";
import { compile, LANGUAGES, Sdks, whyNotIn } from "./sdk";

/** These tests need the Pulumi CLI with its gcp plugin, and each the host and the packages of its language. */
for (const language of LANGUAGES) {
    describe(`a program in ${language} by the real Pulumi CLI`, function () {
        this.timeout(1_200_000);
        let sandbox: Sandbox | undefined;
        let cli: RealCli;
        before(async function () {
            const reason = whyNoRealCli() ?? whyNotIn(language);
            if (reason !== undefined) {
                skip(this, reason);
            }
            const folder = await new Sdks(language).program(language);
            await compile(folder, language);
            sandbox = await Sandbox.start({ project: "demo", mapping: join(folder, "sandbox.yaml") });
            cli = new RealCli(folder, sandbox, "dev", "sandbox", true);
            await cli.init();
        });
        after(async () => {
            // Nothing was started where the suite was skipped.
            (cli as RealCli | undefined)?.close();
            await sandbox?.close();
        });

        const configured = (healthy: boolean) => ({ "gcp:project": "demo", healthy: String(healthy) });

        it("is held red by a gate, with its report and without a secret", async () => {
            const { code, text } = await cli.operate("up", configured(false));
            assert.notEqual(code, 0, text);
            assert.match(text, rowOf("✗", "place → orders"));
            assert.doesNotMatch(text, /never-shown/);
        });

        it("deploys what calls and what is called, and has it called", async () => {
            const { code, text } = await cli.operate("up", configured(true));
            assert.equal(code, 0, text);
            assert.match(text, rowOf("✓", "place → orders"));
            assert.match(text, /\bkind *: "run"/);
            assert.match(text, /invokeCommand *: "gcloud workflows run place-/);
            assert.doesNotMatch(text, /never-shown/);
        });

        it("is unchanged then, before and after a refresh", async () => {
            for (const operation of ["up", "refresh", "up"] as const) {
                const { code, text, changes } = await cli.operate(operation, configured(true));
                assert.equal(code, 0, text);
                assert.deepEqual(Object.keys(changes), ["same"], text);
            }
        });

        it("is destroyed, and leaves nothing", async () => {
            const { code, text } = await cli.operate("destroy", configured(true));
            assert.equal(code, 0, text);
            assert.deepEqual((await cli.export()).deployment["resources"] ?? [], []);
        });
    });
}
