import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../support/quickstart";
import { Bench } from "../helper";

/** One component is never answered, as when the SDK waits for what was refused, and another fails once that has begun. */
const PLUGIN = `
const { main } = require("@pulumi/pulumi/provider");
let begin;
const begun = new Promise((resolve) => {
    begin = resolve;
});
async function construct(name) {
    if (name === "silent") {
        begin();
        return await new Promise(() => {});
    }
    await begun;
    throw new Error("no such part");
}
module.exports = main({ version: "1.0.0", schema: "{}", construct }, process.argv.slice(2));
`;

const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
for (const name of ["silent", "wrong"]) {
    new pulumi.ComponentResource("parts:index:Part", name, {}, {}, true);
}
`;

describe("a plugin that does not answer after a failure", function () {
    this.timeout(60_000);
    let folder: string;
    let bench: Bench;
    before(() => {
        mkdirSync(join(checkout, "temp"), { recursive: true });
        folder = mkdtempSync(join(checkout, "temp", "silent-"));
        mkdirSync(join(folder, "plugin"));
        const files = {
            "Pulumi.yaml":
                "name: shop\nruntime:\n  name: nodejs\n  options:\n    typescript: false\npackages:\n  parts: ./plugin\n",
            "package.json": '{ "name": "shop", "main": "index.js" }',
            "index.js": PROGRAM,
            "plugin/PulumiPlugin.yaml": "runtime: nodejs\n",
            "plugin/package.json": '{ "name": "parts", "main": "index.js" }',
            "plugin/index.js": PLUGIN,
        };
        for (const [name, text] of Object.entries(files)) {
            writeFileSync(join(folder, name), text);
        }
        bench = new Bench(folder);
    });
    after(() => {
        bench.close();
        rmSync(folder, { recursive: true, force: true });
    });

    it("does not keep the operation from its end", async () => {
        const { result, diagnostics } = await (await bench.open()).preview();
        assert.equal(result, "failed");
        const said = diagnostics.map(({ message }) => message).join("\n");
        assert.match(said, /no such part/, bench.printed());
    });
});
