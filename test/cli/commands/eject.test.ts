import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

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
        const env = { ...process.env, INIT_CWD: folder, NO_COLOR: "1" };
        const command = [join(root, "scripts/cli.cjs"), "eject", ...args];
        return spawnSync(process.execPath, command, { cwd: folder, env, encoding: "utf8" });
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

    it("says what a module exports where that is not one workflow", () => {
        assert.match(eject("two.js").stderr, /exports the workflows one, two; choose one with --export/);
        assert.match(eject("none.js").stderr, /exports no workflow; export what workflow\(/);
        assert.match(eject("missing.js").stderr, /missing\.js: no such file/);
        assert.equal(eject("missing.js").status, 1);
    });
});
