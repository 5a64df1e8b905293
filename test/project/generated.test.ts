import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../support/packed";

const load = createRequire(__filename);
const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).split("\n").filter(Boolean);
const read = (file: string): string => readFileSync(join(root, file), "utf8").replaceAll("\r\n", "\n");

interface Generator {
    make: (options: string[]) => Record<string, string>;
}
interface Properties extends Generator {
    factsOf: (names: string, where: string) => (name: string) => { replaces: boolean; secret: boolean };
}

describe("generated files", () => {
    for (const name of [
        "properties",
        "catalog",
        "descriptors",
        "messages",
        "connectors",
        "apis",
        "resources",
        "schema",
        "printed",
    ]) {
        it(`are what their generator makes: ${name}`, () => {
            const { make } = load(`../../scripts/generate/${name}.cjs`) as Generator;
            for (const [file, text] of Object.entries(make([]))) {
                assert.ok(read(file) === text, `${file}: run npm run generate -- ${name}`);
            }
        });
    }

    // Those of the API, test/packed compares: it has what the compiler made.
    it("are marked as generated, and nothing is marked that does not exist", () => {
        const marked = (files: string[]): string[] =>
            execFileSync("git", ["check-attr", "--stdin", "linguist-generated"], {
                cwd: root,
                encoding: "utf8",
                input: files.join("\n"),
            })
                .split("\n")
                .filter((line) => line.endsWith(": set"))
                .map((line) => line.slice(0, line.indexOf(": ")));
        const made = tracked.filter(
            (file) => file.endsWith(".ts") && /^\/\/ Made by scripts\//.test(read(file).slice(0, 100)),
        );
        assert.ok(made.length > 40);
        const found = marked(tracked);
        assert.deepEqual(
            made.filter((file) => !found.includes(file)),
            [],
        );
        for (const line of read(".gitattributes")
            .split("\n")
            .filter((each) => each.includes("linguist-generated"))) {
            const [pattern = ""] = line.split(" ");
            const start = pattern.split("*")[0] ?? "";
            assert.ok(
                found.some((file) => file.startsWith(start)),
                `.gitattributes marks ${pattern}, and there is no such file`,
            );
        }
    });

    it("are not made while nothing says whether a new property forces a replacement", () => {
        const { factsOf } = load("../../scripts/generate/properties.cjs") as Properties;
        const facts = factsOf("location^ secretData^* labels", "gcp:a/b:B");
        assert.deepEqual(facts("location"), { replaces: true, secret: false });
        assert.deepEqual(facts("secretData"), { replaces: true, secret: true });
        assert.deepEqual(facts("labels"), { replaces: false, secret: false });
        assert.throws(
            () => facts("added"),
            /gcp:a\/b:B has the new property added .* run with --schema, or add "added"/,
        );
    });
});
