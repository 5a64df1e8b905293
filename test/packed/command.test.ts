import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Editor } from "../cli/lsp/editor";
import { allPackages, install, pack, shell } from "../support/packed";

const WORKFLOW = "- count:\n    assign: [{n: 41}]\n- done:\n    return: ${n + 1}\n";
const CALL = "- ask:\n    call: http.get\n    args:\n      url: https://orders-abcdefghij-uc.a.run.app/x\n";

describe("the command of the packed tarball, without Pulumi's packages", () => {
    let folder: string;
    let command: string[];
    before(function () {
        this.timeout(240_000);
        const packed = pack();
        folder = join(packed.folder, "command");
        mkdirSync(folder);
        install(
            packed.tarball,
            folder,
            allPackages().filter((name) => !name.startsWith("@pulumi/")),
        );
        command = [process.execPath, join(folder, "node_modules", "pulumi-gcp-invoke", "dist", "cli", "main.js")];
    });

    it("tells an editor what is wrong in a file, and what is no longer", async () => {
        const editor = await Editor.start([], process.pid, command);
        try {
            const uri = "file:///shop/ask.workflows.yaml";
            const codes = async (): Promise<unknown[]> => (await editor.diagnostics(uri)).map(({ code }) => code);
            await editor.open(uri, CALL);
            assert.deepEqual(await codes(), ["missing-auth"]);
            await editor.change(uri, {
                text: `${CALL}      auth: {type: OIDC, audience: https://orders-abcdefghij-uc.a.run.app}\n`,
            });
            assert.deepEqual(await codes(), []);
            assert.equal(await editor.stop(), 0);
            assert.deepEqual(editor.logged, []);
        } finally {
            editor.kill();
        }
    });

    it("saves a run as a test that Mocha runs, and that fails when the workflow changes", () => {
        const [node = "", main = ""] = command;
        writeFileSync(join(folder, "count.yaml"), WORKFLOW);
        shell(node, [main, "run", "count.yaml", "--save-test", "count.test.mjs"], folder);
        const mocha = [join("node_modules", "mocha", "bin", "mocha.js"), "count.test.mjs"];
        assert.match(shell(node, mocha, folder), /1 passing/);
        writeFileSync(join(folder, "count.yaml"), WORKFLOW.replace("n + 1", "n + 2"));
        const changed = spawnSync(node, mocha, { cwd: folder, encoding: "utf8" });
        assert.equal(changed.status, 1, changed.stdout + changed.stderr);
        assert.match(changed.stdout, /1 failing/);
        assert.match(readFileSync(join(folder, "count.test.mjs"), "utf8"), /"result": "?42/);
    });
});
