import { strict as assert } from "node:assert";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const root = join(__dirname, "..", "..");

describe("the settings of the examples' compiler", () => {
    it("name the checkout as the root, because an example compiles the package's sources", () => {
        // Without it, TypeScript 6 refuses them under the Pulumi CLI (TS5011).
        const files = globSync("examples/*/tsconfig.json", { cwd: root });
        assert.ok(files.length > 10);
        for (const file of files) {
            const { compilerOptions } = JSON.parse(readFileSync(join(root, file), "utf8")) as {
                compilerOptions: { rootDir?: string };
            };
            assert.equal(resolve(root, dirname(file), compilerOptions.rootDir ?? ""), resolve(root), file);
        }
    });
});
