import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
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

    it("is made where one is, when there is none", () => {
        assert.equal(findStateFolder(undefined, root, {}).path, join(root, ".gcp-invoke"));
    });

    it("is the one that is named, and the argument counts before the variable", () => {
        assert.equal(findStateFolder("x", root, { GCP_INVOKE_STATE: "y" }).path, join(root, "x"));
        assert.equal(findStateFolder(undefined, root, { GCP_INVOKE_STATE: "y" }).path, join(root, "y"));
    });

    it("is taken over from a process that is gone", () => {
        const folder = findStateFolder("s", root, {});
        folder.lock();
        writeFileSync(folder.file("lock"), "2147483646");
        const release = folder.lock();
        release();
        assert.equal(existsSync(folder.file("lock")), false);
    });

    it("is refused while another process uses it, and that process is named", async () => {
        const other = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
        try {
            const folder = findStateFolder("s", root, {});
            folder.lock();
            writeFileSync(folder.file("lock"), String(other.pid));
            assert.throws(() => folder.lock(), new RegExp(`in use by process ${other.pid}; .*--state`));
            assert.throws(() => folder.clear(), /in use by process/);
        } finally {
            other.kill("SIGKILL");
            await new Promise((resolve) => other.on("exit", resolve));
        }
    });

    it("is emptied where a sandbox wrote all of it, and left alone where somebody's own files are in it", () => {
        const folder = findStateFolder("s", root, {});
        folder.lock()();
        writeFileSync(folder.file("sandbox.json"), "{}");
        folder.clear();
        assert.equal(existsSync(folder.path), false);
        mkdirSync(folder.path);
        writeFileSync(folder.file("thesis.tex"), "");
        assert.throws(() => folder.clear(), /holds thesis\.tex, which no sandbox wrote/);
        assert.equal(existsSync(folder.file("thesis.tex")), true);
    });

    it("remembers what was deployed", () => {
        const folder = findStateFolder("s", root, {});
        assert.equal(folder.lastDeployment(), undefined);
        folder.lock();
        folder.remember({ directory: "/program", project: "shop", stack: "dev" });
        assert.deepEqual(folder.lastDeployment(), { directory: "/program", project: "shop", stack: "dev" });
    });

    it("keeps itself out of git", () => {
        const folder = findStateFolder("s", root, {});
        folder.lock();
        assert.ok(existsSync(folder.file(".gitignore")));
    });
});
