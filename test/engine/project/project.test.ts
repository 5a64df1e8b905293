import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { nodeOptions } from "../../../engine/project/node-options";
import { readProject } from "../../../engine/project/project";
import { stateName } from "../../../engine/state-name";

describe("runtime options of a program", () => {
    const given = (nodeargs: unknown) => nodeOptions({ nodeargs }, "Pulumi.yaml: runtime.options").arguments;

    it("are split into arguments as a shell splits words", () => {
        assert.deepEqual(given(""), []);
        assert.deepEqual(given("  --a  --b=c "), ["--a", "--b=c"]);
        assert.deepEqual(given(`--title="a b" 'c "d"' e\\ f "g\\"h" ''`), ["--title=a b", 'c "d"', "e f", 'g"h', ""]);
    });

    it("are refused, with the reason, where they are wrong", () => {
        assert.throws(
            () => given(`--a "b`),
            /^ProgramError: Pulumi\.yaml: runtime\.options\.nodeargs is --a "b, which has an open quote$/,
        );
        assert.throws(() => given(["--a"]), /runtime\.options\.nodeargs is \["--a"\], expected one text/);
        assert.throws(() => nodeOptions({ typescript: "no" }, "x"), /x\.typescript is "no", expected true or false/);
    });

    it("name the configuration of the compiler", () => {
        assert.deepEqual(nodeOptions({ tsconfig: "tsconfig.pulumi.json" }, "x"), {
            arguments: [],
            typescript: true,
            tsconfig: "tsconfig.pulumi.json",
        });
    });
});

describe("a project whose main is a folder", () => {
    const root = mkdtempSync(join(tmpdir(), "main-"));
    after(() => {
        rmSync(root, { recursive: true, force: true });
    });
    const write = (files: Record<string, string>): void => {
        for (const [name, text] of Object.entries(files)) {
            mkdirSync(dirname(join(root, name)), { recursive: true });
            writeFileSync(join(root, name), text);
        }
    };
    const warnings = async () => (await readProject(root, "dev", {})).warnings;

    it("has a warning where Pulumi would run the main of another package", async () => {
        write({ "Pulumi.yaml": "name: a\nruntime: nodejs\nmain: src\n", "src/index.js": "", "package.json": "{}" });
        assert.deepEqual(await warnings(), []);
        write({ "package.json": `{ "main": "dist/index.js" }` });
        const [warning, ...others] = await warnings();
        assert.match(
            warning ?? "",
            /\/src has no package\.json: .* what runs is the main of .*\/package\.json; to run/,
        );
        assert.deepEqual(others, []);
        write({ "src/package.json": "{}" });
        assert.deepEqual(await warnings(), []);
    });
});

describe("the name of a state", () => {
    it("is different for every project and stack", () => {
        assert.equal(stateName("shop", "dev"), "shop.dev.json");
        assert.notEqual(stateName("a.b", "c"), stateName("a", "b.c"));
    });
});
