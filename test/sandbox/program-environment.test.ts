import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Sandbox } from "../../sandbox";
import { otherClouds } from "../../sandbox/environment";

const REAL = "value-of-the-real-cloud";
const CLOUDS = ["GOOGLE", "CLOUDSDK", "AWS", "AZURE", "ARM", "VAULT", "GITHUB", "GH", "GCP", "CI_JOB"];

/** Names of variables of clouds, as anybody may make them up. */
const names = fc
    .tuple(fc.constantFrom(...CLOUDS), fc.stringMatching(/^[A-Z]{2,9}(_[A-Z]{2,9}){0,2}$/))
    .map((parts) => parts.join("_"));

describe("the environment of a Pulumi program in the sandbox", () => {
    it("holds no variable of a cloud but for places, and all others", () => {
        const property = fc.property(names, (name) => {
            const place = /_(REGION|ZONE|LOCATION)$/.test(name);
            assert.equal(name in otherClouds({ [name]: REAL }), !place);
        });
        fc.assert(property, { numRuns: 500, seed: 21 });
        const kept = [
            "PATH",
            "HOME",
            "DATABASE_URL",
            "AWSOME_NAME",
            "MY_AWS",
            "GITHUBBER",
            "GOOGLE_REGION",
            "PULUMI_HOME",
        ];
        assert.deepEqual(otherClouds(Object.fromEntries(kept.map((name) => [name, REAL]))), {});
    });

    it("is what a program in a directory gets", async () => {
        const folder = mkdtempSync(join(tmpdir(), "program-environment-"));
        writeFileSync(join(folder, "Pulumi.yaml"), "name: sees\nruntime: nodejs\n");
        writeFileSync(join(folder, "index.js"), "exports.seen = JSON.stringify(process.env);");
        const given = [...fc.sample(names, { numRuns: 100, seed: 21 }), "GITHUB_TOKEN", "KUBECONFIG", "AWS_PROFILE"];
        const hidden = given.filter(
            (name) => !/_(REGION|ZONE|LOCATION)$/.test(name) && process.env[name] === undefined,
        );
        hidden.forEach((name) => (process.env[name] = REAL));
        process.env.NO_CLOUD = "kept";
        try {
            await using sandbox = await Sandbox.start();
            const { outputs, result } = await sandbox.up(folder);
            assert.equal(result, "succeeded");
            const seen = JSON.parse(String(outputs.seen)) as Record<string, string>;
            assert.equal(seen.NO_CLOUD, "kept");
            assert.doesNotMatch(JSON.stringify(seen), new RegExp(REAL));
        } finally {
            [...hidden, "NO_CLOUD"].forEach((name) => Reflect.deleteProperty(process.env, name));
            rmSync(folder, { recursive: true });
        }
    });
});
