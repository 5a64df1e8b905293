import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

const root = path.resolve(__dirname, "../..");
const { compiler } = createRequire(__filename)("../../scripts/sources.cjs") as { compiler: string };

describe("other languages", function () {
    this.timeout(180_000);
    let folder = "";
    before(() => {
        mkdirSync(path.join(root, "temp"), { recursive: true });
        folder = mkdtempSync(path.join(root, "temp", "languages-"));
    });
    after(() => rmSync(folder, { recursive: true }));
    /** Settings of a compiler that reads the entry of the package, and what that imports. */
    const configure = (settings: object): void =>
        writeFileSync(
            path.join(folder, "tsconfig.json"),
            JSON.stringify({ ...settings, files: [path.join(root, "index.ts")] }),
        );

    it("are served by the sources as Pulumi compiles them away from the package, without its tsconfig.json", () => {
        configure({
            compilerOptions: {
                target: "es2020",
                module: "nodenext",
                moduleResolution: "nodenext",
                strict: true,
                skipLibCheck: true,
                noEmit: true,
                types: ["node"],
                typeRoots: [path.join(root, "node_modules", "@types")],
            },
        });
        const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8" });
        assert.deepEqual([status, stdout], [0, ""]);
    });
});
