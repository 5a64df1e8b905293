import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const root = resolve(__dirname, "..", "..");

/** Loads the engine in a process that finds no package whose name begins so. */
async function loadWithout(missing: string): Promise<string> {
    const program = `
        const Module = require("node:module");
        const find = Module._resolveFilename;
        Module._resolveFilename = (name, ...others) => {
            if (!name.startsWith("${missing}")) return find(name, ...others);
            throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: "MODULE_NOT_FOUND" });
        };
        try {
            require("./sandbox/load-engine.ts").loadEngine();
            console.log("loaded");
        } catch ({ message }) {
            console.log(message);
        }`;
    const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--no-experimental-strip-types", "--require", join(root, "scripts", "register.cjs"), "--eval", program],
        { cwd: root },
    );
    return stdout.trim();
}

describe("the engine, where Pulumi's SDK", () => {
    it("is there, is loaded", async () => {
        assert.equal(await loadWithout("nothing-of-the-kind"), "loaded");
    });

    it("is not installed, says what to install", async () => {
        assert.equal(
            await loadWithout("@pulumi/pulumi"),
            "Pulumi programs are run by Pulumi's SDK, which is not installed; run npm install @pulumi/pulumi @pulumi/gcp",
        );
    });

    it("is there, and something else is not, hides nothing", async () => {
        assert.match(await loadWithout("@grpc/grpc-js"), /^Cannot find module '@grpc\/grpc-js'/);
    });
});
