import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** Paths of the checkout that a document names: `engine/steps/plan.ts`, `sandbox/apis/`. */
function namedPaths(document: string): string[] {
    const text = readFileSync(join(root, document), "utf8");
    return [...text.matchAll(/`([a-z][\w-]*\/[\w./-]*)`/g)].map(([, path = ""]) => path);
}

describe("the documents for contributors", () => {
    it("name only files and folders that there are", () => {
        // Rooms are named without the folder that they are in.
        const folders = ["", "components", "smoke", "engine", "sandbox", "workflow", "cli", "sandbox/apis"];
        const exists = (path: string): boolean => folders.some((folder) => existsSync(join(root, folder, path)));
        for (const document of ["ARCHITECTURE.md", "CONTRIBUTING.md"]) {
            const paths = namedPaths(document);
            assert.ok(paths.length > 5, `${document} names ${paths.length} paths`);
            assert.deepEqual(
                paths.filter((path) => !exists(path)),
                [],
                document,
            );
        }
    });
});
