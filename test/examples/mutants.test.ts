import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { formatMutation, mutate, readAllowed } from "../../cli/sandbox/mutate";
import { root } from "../support/packed";

const examples = join(root, "examples");
const names = readdirSync(examples).filter((name) => existsSync(join(examples, name, "Pulumi.yaml")));

describe("the mutants of the examples", () => {
    it("are made in CI for every example", () => {
        const { jobs } = parse(readFileSync(join(root, ".github", "workflows", "ci.yml"), "utf8")) as {
            jobs: { mutants: { strategy: { matrix: { example: string[] } } } };
        };
        assert.deepEqual(jobs.mutants.strategy.matrix.example, names);
    });

    // One example is enough here: it has a workflow, a secret, a service and an account, and CI makes the mutants of all.
    it("are killed, or known to survive for a reason, in the example with a secret", async function () {
        this.timeout(120_000);
        const directory = join(examples, "external-api-with-secret");
        const allowed = readAllowed(join(directory, "mutants.yaml"), true);
        const mapping = join(directory, "sandbox.yaml");
        const report = await mutate({ directory, stack: "dev", config: {}, mapping, allowed });
        assert.ok(report.passed, formatMutation(report));
        const kinds = new Set(report.mutants.filter(({ result }) => result === "killed").map(({ kind }) => kind));
        assert.ok(
            kinds.has("grant removed") && kinds.has("secret emptied") && kinds.has("account disabled"),
            formatMutation(report),
        );
    });

    it("refuses a program that checks nothing, because every mutant would survive", async function () {
        this.timeout(60_000);
        const directory = join(examples, "external-api-with-secret");
        const mapping = join(directory, "sandbox.yaml");
        const config = { "gcp-invoke:smoke": "off" };
        await assert.rejects(mutate({ directory, stack: "dev", config, mapping, allowed: [] }), /has no smoke checks/);
    });
});
