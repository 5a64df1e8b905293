import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(__dirname, "../../..");

describe("the descriptors of Google's APIs", () => {
    it("are what the protos of google-proto-files compile to", () => {
        const { status, stderr } = spawnSync(process.execPath, ["scripts/descriptors.cjs", "--check"], {
            cwd: root,
            encoding: "utf8",
        });
        assert.equal(status, 0, stderr);
    });
});
