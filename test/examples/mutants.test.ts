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

    // CI makes the mutants of all. These two have a secret, and components that are callers of one another's targets.
    const here: [example: string, killed: string[]][] = [
        ["external-api-with-secret", ["grant removed", "secret emptied", "account disabled"]],
        ["quickstart", ["grant moved", "stranger added", "ingress opened", "audience changed", "image failing"]],
    ];
    for (const [example, kinds] of here) {
        it(`are killed, or known to survive for a reason, in ${example}`, async function () {
            this.timeout(180_000);
            const directory = join(examples, example);
            const allowed = readAllowed(join(directory, "mutants.yaml"), true);
            const mapping = join(directory, "sandbox.yaml");
            const report = await mutate({ directory, stack: "dev", config: {}, mapping, allowed });
            assert.ok(report.passed, formatMutation(report));
            const killed = new Set<string>(
                report.mutants.filter(({ result }) => result === "killed").map(({ kind }) => kind),
            );
            assert.deepEqual(
                kinds.filter((kind) => !killed.has(kind)),
                [],
                formatMutation(report),
            );
        });
    }
});
