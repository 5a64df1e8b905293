import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { parse } from "yaml";
import { root } from "../../support/packed";
import { skip } from "../../support/skip";
import { COMMANDS, PYTHON_PACKAGES } from "./sdk";

interface Workflow {
    jobs: Record<string, { steps: { uses?: string; run?: string; env?: Record<string, string> }[] }>;
}

describe("the job of CI for other languages", () => {
    const workflow = parse(readFileSync(join(root, ".github", "workflows", "ci.yml"), "utf8")) as Workflow;
    const { steps = [] } = workflow.jobs["languages"] ?? {};

    it("brings each command without which a test is skipped", () => {
        const actions = steps.flatMap(({ uses }) => uses?.split("@")[0] ?? []);
        for (const [command, action] of Object.entries(COMMANDS)) {
            assert.ok(actions.includes(action), `${command} by ${action}`);
        }
    });

    it("brings each package of Python without which a test is skipped", () => {
        const scripts = steps.map(({ run = "" }) => run).join("\n");
        const [, packages = ""] = /pip install (.*)/.exec(scripts) ?? [];
        assert.deepEqual(packages.split(" "), PYTHON_PACKAGES);
    });

    it("runs each test that needs the Pulumi CLI, and fails if one is skipped", function () {
        const { run = "", env } = steps.at(-1) ?? {};
        const globs = [...run.matchAll(/"([^"]+)"/g)].map(([, glob = ""]) => glob);
        const files = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
            .filter((file) => file.endsWith(".test.ts"))
            .map((file) => join("test", file))
            .filter((file) =>
                /\b(whyNo(RealCli|Host|tIn)|goModules|skipWithoutPython)\(/.test(
                    readFileSync(join(root, file), "utf8"),
                ),
            );
        assert.ok(files.length > 4, files.join());
        const forgotten = files.filter((file) => !globs.some((glob) => matchesGlob(file, glob)));
        assert.deepEqual(forgotten, []);
        const before = process.env["SKIPPED_TESTS"];
        Object.assign(process.env, env);
        try {
            assert.throws(() => skip(this, "it has no CLI"), /none may be here: it has no CLI/);
        } finally {
            if (before === undefined) {
                delete process.env["SKIPPED_TESTS"];
            }
        }
    });
});
