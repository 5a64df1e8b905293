import { strict as assert } from "node:assert";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findStateFolder } from "../../../cli/sandbox/state-folder";

describe("the state folder", () => {
    let root: string;
    beforeEach(() => (root = mkdtempSync(join(tmpdir(), "state-"))));
    afterEach(() => rmSync(root, { recursive: true, force: true }));

    it("is the nearest one upward, so that commands work in any folder of a project", () => {
        mkdirSync(join(root, ".gcp-invoke"));
        mkdirSync(join(root, "a", "b"), { recursive: true });
        assert.equal(findStateFolder(undefined, join(root, "a", "b"), {}).path, join(root, ".gcp-invoke"));
    });

    it("is made in the current folder if there is none", () => {
        assert.equal(findStateFolder(undefined, root, {}).path, join(root, ".gcp-invoke"));
    });

    it("is the named one, and the argument has precedence over the variable", () => {
        assert.equal(findStateFolder("x", root, { GCP_INVOKE_STATE: "y" }).path, join(root, "x"));
        assert.equal(findStateFolder(undefined, root, { GCP_INVOKE_STATE: "y" }).path, join(root, "y"));
    });

    it("is not the current folder because a name is empty", () => {
        assert.equal(findStateFolder(undefined, root, { GCP_INVOKE_STATE: "" }).path, join(root, ".gcp-invoke"));
        assert.throws(() => findStateFolder("", root, {}), {
            message: /^--state is empty; name a folder/,
            exitCode: 2,
        });
        assert.throws(() => findStateFolder("", root, { GCP_INVOKE_STATE: "y" }), /--state is empty/);
        assert.equal(findStateFolder(".", root, {}).path, root);
    });

    it("is not in use by a process that is gone, whatever its number was", async () => {
        const folder = findStateFolder("s", root, {});
        mkdirSync(folder.path);
        writeFileSync(folder.file("lock"), "1");
        (await folder.lock())();
        (await folder.lock())();
    });

    it("is refused while another process uses it, and the error names the process", async () => {
        const folder = findStateFolder("s", root, {});
        const release = await folder.lock();
        await assert.rejects(folder.lock(), new RegExp(`in use by process ${process.pid}; .*--state`));
        await assert.rejects(folder.clear(), /in use by process/);
        assert.ok(existsSync(folder.file(".gitignore")));
        release();
        await folder.clear();
        assert.equal(existsSync(folder.path), false);
    });

    it("is emptied if a sandbox wrote all of it, and not if it holds other files", async () => {
        const folder = findStateFolder("s", root, {});
        (await folder.lock())();
        writeFileSync(folder.file("sandbox.json"), "{}");
        await folder.clear();
        assert.equal(existsSync(folder.path), false);
        mkdirSync(folder.path);
        writeFileSync(folder.file("thesis.tex"), "");
        await assert.rejects(folder.clear(), /holds thesis\.tex, which no sandbox wrote/);
        assert.equal(existsSync(folder.file("thesis.tex")), true);
    });

    it("remembers the last deployment", async () => {
        const folder = findStateFolder("s", root, {});
        assert.equal(folder.lastDeployment(), undefined);
        (await folder.lock())();
        folder.remember({ directory: "/program", project: "shop", stack: "dev" });
        assert.deepEqual(folder.lastDeployment(), { directory: "/program", project: "shop", stack: "dev" });
    });

    it("keeps itself out of git", async () => {
        const folder = findStateFolder("s", root, {});
        (await folder.lock())();
        assert.ok(existsSync(folder.file(".gitignore")));
    });
});
