import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cli } from "../../support/command";

const root = join(__dirname, "../../..");

describe("gcp-invoke eject", () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "gcp-invoke-"));
        const build = JSON.stringify(join(root, "workflow/build"));
        const built = (status: string): string => `workflow({ steps: [give("done", { status: "${status}" })] })`;
        writeFileSync(
            join(folder, "two.js"),
            `const { give, workflow } = require(${build});\nexports.one = ${built("one")};\nexports.two = ${built("two")};\nexports.other = 1;\n`,
        );
        writeFileSync(join(folder, "none.js"), "exports.other = 1;\n");
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    function eject(...args: string[]): { status: number | null; stdout: string; stderr: string } {
        const env = { ...process.env, NO_COLOR: "1" };
        const [file = "", ...given] = [...cli, "eject", ...args];
        return spawnSync(file, given, { cwd: folder, env, encoding: "utf8" });
    }

    it("writes the workflow that a module exports, as YAML, JSON or into a file", () => {
        const yaml = "main:\n  steps:\n    - done:\n        return:\n          status: two\n";
        assert.equal(eject("two.js", "--export", "two").stdout, yaml);
        assert.deepEqual(JSON.parse(eject("two.js", "-x", "one", "--format", "json").stdout), {
            main: { steps: [{ done: { return: { status: "one" } } }] },
        });
        eject("two.js", "-x", "two", "--out", "out.yaml");
        assert.equal(readFileSync(join(folder, "out.yaml"), "utf8"), yaml);
    });

    it("runs TypeScript of any package type, with imports that name no extension", () => {
        const build = JSON.stringify(join(root, "workflow/build"));
        writeFileSync(join(folder, "name.ts"), 'export const name = "done" as const;\n');
        writeFileSync(
            join(folder, "fulfil.ts"),
            `import { give, workflow, type Workflow } from ${build};\nimport { name } from "./name";\nexport const fulfil: Workflow = workflow({ steps: [give(name satisfies string, 1)] });\n`,
        );
        symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
        for (const type of ["commonjs", "module"]) {
            writeFileSync(join(folder, "package.json"), JSON.stringify({ type }));
            const { stdout, stderr } = eject("fulfil.ts");
            assert.equal(stdout, "main:\n  steps:\n    - done:\n        return: 1\n", stderr);
        }
    });

    it("says what a module exports if that is not exactly one workflow", () => {
        assert.match(eject("two.js").stderr, /exports the workflows one, two; choose one with --export/);
        assert.match(eject("none.js").stderr, /exports no workflow; export the result of workflow\(/);
        assert.match(eject("missing.js").stderr, /missing\.js: no such file/);
        assert.equal(eject("missing.js").status, 1);
    });
});
