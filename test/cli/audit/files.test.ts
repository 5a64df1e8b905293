import { strict as assert } from "node:assert";
import { globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { readSources } from "../../../cli/audit/files";

const FILES = ["a.yaml", "b.json", "notes.txt", "flows/c.yaml", "flows/[id]/d.yml", "flows/.hidden/e.yaml", ".f.yaml"];
const OF_TOOLS = ["node_modules/x/g.yaml", "flows/dist/h.yaml", ".git/i.yaml", "flows/.terraform/j.json"];

describe("the sources that an audit is given", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "sources-"));
        for (const file of [...FILES, ...OF_TOOLS]) {
            mkdirSync(dirname(join(folder, file)), { recursive: true });
            writeFileSync(join(folder, file), "main:\n  steps:\n    - done: {return: 1}\n");
        }
        symlinkSync("../a.yaml", join(folder, "flows", "link.yaml"));
        symlinkSync("..", join(folder, "flows", "circle"));
    });
    after(() => rmSync(folder, { recursive: true }));

    /** What is found, seen from the folder. */
    function found(name: string): string[] {
        return readSources([join(folder, name)]).map(({ path }) => path.slice(folder.length + 1));
    }

    function sourcesOf(glob: string): string[] {
        try {
            return readSources([glob]).map(({ path }) => path);
        } catch (error) {
            assert.match(String(error), /no such file|no workflow definition/);
            return [];
        }
    }

    it("are those that Node's own glob finds, links too, without the files that tools put there", () => {
        const names = ["flows", "*", "**", "[id]", "\\[id\\]", "?lows", ".hidden", "{flows,x}"];
        const files = ["*.yaml", "*.{yaml,yml}", "?.*", "*", "[a-d].y*", "!(a).yaml", ".*", "a.yaml", "none.yaml"];
        const pattern = fc
            .tuple(fc.array(fc.constantFrom(...names), { maxLength: 3 }), fc.constantFrom(...files))
            .map(([folders, file]) => join(folder, ...folders, file))
            .filter((glob) => glob.startsWith(folder));
        const isOfTools = (path: string): boolean => OF_TOOLS.some((file) => path.endsWith(file));
        fc.assert(
            fc.property(pattern, (glob) => {
                // After any depth Node takes a link to a folder as well, elsewhere it does not.
                const inCircle = (path: string): boolean => glob.includes("**") && path.includes("circle/");
                const expected = globSync(glob, { withFileTypes: true })
                    .filter((entry) => !entry.isDirectory())
                    .map(({ parentPath, name }) => join(parentPath, name))
                    .filter((path) => !isOfTools(path) && !inCircle(path) && !path.endsWith("circle"));
                assert.deepEqual(sourcesOf(glob), expected.sort());
            }),
            { numRuns: 300 },
        );
    });

    it("are found in a folder whose name looks like a pattern, at any depth", () => {
        assert.deepEqual(found("flows/[id]"), ["flows/[id]/d.yml"]);
        assert.deepEqual(found("."), ["a.yaml", "b.json", "flows/[id]/d.yml", "flows/c.yaml", "flows/link.yaml"]);
    });

    it("may be in a folder of tools, if the user names that folder", () => {
        assert.deepEqual(found("node_modules/x"), ["node_modules/x/g.yaml"]);
        assert.deepEqual(found("node_modules/**/*.yaml"), ["node_modules/x/g.yaml"]);
        assert.deepEqual(found("**/*.txt"), ["notes.txt"]);
    });

    it("are refused if there is none", () => {
        for (const name of ["none.yaml", "none/*.yaml", "flows/*.tf"]) {
            assert.throws(() => found(name), /no such file; name a file, a folder, a quoted glob/);
        }
    });
});
