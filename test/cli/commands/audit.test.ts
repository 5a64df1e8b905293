import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cli } from "../../support/command";

const bare =
    "main:\n  steps:\n  - a:\n      call: http.get\n      args:\n        url: https://a-abcdefghij-uc.a.run.app\n";

describe("gcp-invoke audit and inject", () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "gcp-invoke-"));
        writeFileSync(join(folder, "w.yaml"), bare);
        writeFileSync(join(folder, "other.yaml"), "apiVersion: v1\nkind: List\n");
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    function run(args: string[], input = ""): { status: number | null; stdout: string; stderr: string } {
        const env = { ...process.env, NO_COLOR: "1" };
        const [file = "", ...given] = [...cli, ...args];
        return spawnSync(file, given, { cwd: folder, env, input, encoding: "utf8" });
    }

    it("audits folders, skips files that are no workflow, and ends with 1 on errors", () => {
        const { status, stdout } = run(["audit", "."]);
        assert.match(stdout, /^w\.yaml:6:14: error missing-auth/);
        assert.match(stdout, /1 file, 1 HTTP call: 1 error/);
        assert.equal(status, 1);
    });

    it("succeeds with findings that --max-severity and --rule allow", () => {
        assert.equal(run(["audit", "w.yaml", "--max-severity", "error"]).status, 0);
        assert.equal(run(["audit", "*.yaml", "--rule", "missing-auth=off"]).status, 0);
    });

    it("injects nothing into what it cannot read, and says so with an exit code", () => {
        const broken = {
            "steps.yaml": "- a:\n    try: 5\n    except: {as: e}\n",
            "yaml.yaml": `${bare}  - b: {return: [\n`,
            "open.tf": `x = <<EOF\n${bare}`,
        };
        for (const [file, text] of Object.entries(broken)) {
            writeFileSync(join(folder, file), text);
            const { status, stdout, stderr } = run(["inject", file, "--write"]);
            assert.equal(status, 1, file);
            assert.match(stdout, /nothing read: there are errors in 1 file/);
            assert.match(stderr, new RegExp(`^${file}:\\d+:\\d+: `));
            assert.equal(readFileSync(join(folder, file), "utf8"), text);
        }
        writeFileSync(join(folder, "map.yaml"), "a: {steps: [{b: {return: 1}}]}\n");
        const none = run(["inject", "map.yaml"]);
        assert.deepEqual([none.status, none.stdout], [2, ""]);
        assert.match(none.stderr, /map\.yaml holds no workflow definition/);
    });

    it("ends with 2 if the command line is wrong, and says what would be right", () => {
        const { status, stderr } = run(["audit", "w.yaml", "--rule", "mising-auth=off"]);
        assert.equal(status, 2);
        assert.match(stderr, /no rule "mising-auth"; the rules are missing-auth, /);
        assert.equal(run(["inject", "w.yaml", "--write", "--check"]).status, 2);
    });

    it("ends with 2 if a name leads to no definition, and does not call it clean", () => {
        rmSync(join(folder, "w.yaml"));
        for (const [name, message] of [
            ["missing.yaml", "no such file"],
            ["*.json", "no such file"],
            [".", "no workflow definition among its 1 YAML"],
        ] as const) {
            const { status, stderr } = run(["audit", name]);
            assert.equal(status, 2, name);
            assert.ok(stderr.includes(`${name}: ${message}`), stderr);
        }
    });

    it("shows what it would inject, checks for it, writes it, and then finds nothing", () => {
        const shown = run(["inject", "w.yaml"]);
        assert.equal(shown.status, 0);
        assert.match(shown.stdout, /\+ {11}type: OIDC\n/);
        assert.equal(readFileSync(join(folder, "w.yaml"), "utf8"), bare);
        assert.equal(run(["inject", "--check", "."]).status, 1);
        assert.equal(run(["inject", "--write", "w.yaml"]).status, 0);
        assert.equal(
            readFileSync(join(folder, "w.yaml"), "utf8"),
            `${bare}        auth:\n          type: OIDC\n          audience: https://a-abcdefghij-uc.a.run.app\n`,
        );
        assert.equal(run(["inject", "--check", "."]).status, 0);
        assert.equal(run(["audit", "."]).status, 0);
    });

    it("reads standard input, with targets from the command line and a file", () => {
        writeFileSync(join(folder, "targets.yaml"), "orders: {urlVariable: ORDERS_URL}\n");
        const source = bare.replace("https://a-abcdefghij-uc.a.run.app", '${sys.get_env("ORDERS_URL") + "/x"}');
        const { stdout } = run(["inject", "-", "--targets", "targets.yaml"], source);
        assert.match(stdout, /audience: \$\{sys\.get_env\("ORDERS_URL"\)\}\n$/);
        assert.match(run(["audit", "-"], source).stdout, /^<stdin>:6:14: warning unknown-host/);
    });

    it("knows the URL of a target by the variable that AuthenticatedWorkflow gives it, unless --env says otherwise", () => {
        const url = "https://stock-abcdefghij-uc.a.run.app";
        const source = bare.replace("https://a-abcdefghij-uc.a.run.app", '${sys.get_env("STOCK_API_URL") + "/x"}');
        const { stdout } = run(["inject", "-", "--target", `stock-api=${url}`, "--closed"], source);
        assert.match(
            stdout,
            /audience: (https:\/\/stock-abcdefghij-uc\.a\.run\.app|\$\{sys\.get_env\("STOCK_API_URL"\)\})\n$/,
        );
        assert.deepEqual(run(["audit", "-", "--target", `stock-api=${url}`, "--closed"], stdout).status, 0);
        const other = ["--env", "STOCK_API_URL=https://elsewhere.example"];
        assert.equal(run(["inject", "-", "--target", `stock-api=${url}`, ...other], source).stdout, source);
    });

    it("does not touch a file that cannot be read, and says why", () => {
        writeFileSync(join(folder, "w.yaml"), "main:\n  steps: [\n");
        const { status, stdout, stderr } = run(["inject", "--write", "w.yaml"]);
        assert.equal(status, 1);
        assert.match(stderr, /^w\.yaml:\d+:\d+: /);
        assert.equal(stdout, "nothing read: there are errors in 1 file, see above\n");
        assert.equal(readFileSync(join(folder, "w.yaml"), "utf8"), "main:\n  steps: [\n");
        for (const source of [
            "",
            "# nothing\n",
            "{}",
            "a: b\n",
            "- a: {cal: http.get}\n",
            "- a: {return: *b}\n",
            "- &a b\n",
        ]) {
            const checked = run(["inject", "--check", "-"], source);
            assert.deepEqual([checked.status, checked.stdout], [1, ""], source);
            assert.match(checked.stderr, /^<stdin>:\d+:\d+: /);
        }
        writeFileSync(join(folder, "v.yaml"), bare);
        const both = run(["inject", "*.yaml"]);
        assert.equal(both.status, 1);
        assert.match(both.stdout, /\ncalls to change: 1, in 1 of 2 files; 1 not read for the errors above\n$/);
    });

    it("lists the calls that it leaves, with what to do by hand", () => {
        writeFileSync(join(folder, "w.yaml"), bare.replace("https:", "http:"));
        const { status, stdout, stderr } = run(["inject", "w.yaml"]);
        assert.equal(status, 0);
        assert.match(stderr, /^w\.yaml:6:14: a is left as it is: Workflows sends tokens to HTTPS .*; write https:/);
        assert.match(stdout, /nothing to change in 1 file; 1 left to you/);
        assert.equal(run(["audit", "w.yaml"]).status, 1);
    });

    it("refuses a file that is no text, because it could not be written back, and Terraform without a definition", () => {
        const latin = Buffer.from(`${bare}        body: {name: \u00e9}\n`, "latin1");
        writeFileSync(join(folder, "w.yaml"), latin);
        for (const command of ["audit", "inject"]) {
            const { status, stderr } = run([command, "w.yaml"]);
            assert.equal(status, 2);
            assert.match(stderr, /w\.yaml is not UTF-8/);
        }
        assert.ok(readFileSync(join(folder, "w.yaml")).equals(latin));
        writeFileSync(join(folder, "m.tf"), 'resource "x" "y" {\n  source_contents = jsonencode({main = {}})\n}\n');
        for (const command of ["audit", "inject"]) {
            const { status, stderr } = run([command, "m.tf"]);
            assert.equal(status, 2);
            assert.match(stderr, /m\.tf holds no workflow definition/);
        }
    });
});
