import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../support/quickstart";
import { skip } from "../../support/skip";
import { Bench } from "../helper";

const python = process.env["PULUMI_PYTHON_CMD"] ?? "python3";

const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
class Area extends pulumi.ComponentResource {
    constructor() {
        super("places:index:Area", "area", { size: pulumi.secret("3"), doubled: undefined }, {}, true);
    }
}
exports.doubled = new Area().doubled;
`;

const IN_PYTHON = `
from typing import Optional, TypedDict

import pulumi
from pulumi.provider.experimental import component_provider_host


class AreaArgs(TypedDict):
    size: pulumi.Input[str]


class Area(pulumi.ComponentResource):
    doubled: pulumi.Output[str]

    def __init__(self, name: str, args: AreaArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        super().__init__("places:index:Area", name, {}, opts)
        self.doubled = pulumi.Output.from_input(args["size"]).apply(lambda size: size + size)
        self.register_outputs({"doubled": self.doubled})


if __name__ == "__main__":
    component_provider_host(name="places", components=[Area])
`;

const IN_NODE = `
const pulumi = require("@pulumi/pulumi");
const { main } = require("@pulumi/pulumi/provider");
class Area extends pulumi.ComponentResource {
    constructor(name, { size }, opts) {
        super("places:index:Area", name, {}, opts);
        this.doubled = pulumi.output(size).apply((known) => known + known);
        this.registerOutputs({ doubled: this.doubled });
    }
}
const construct = async (name, type, inputs, opts) => {
    const { urn, doubled } = new Area(name, inputs, opts);
    return { urn, state: { doubled } };
};
module.exports = main({ version: "1.0.0", schema: "{}", construct }, process.argv.slice(2));
`;

describe("a package of components in another language", function () {
    this.timeout(120_000);
    let folder: string;
    let bench: Bench;
    beforeEach(() => {
        mkdirSync(join(checkout, "temp"), { recursive: true });
        folder = mkdtempSync(join(checkout, "temp", "components-"));
        mkdirSync(join(folder, "places"));
        write({
            "Pulumi.yaml":
                "name: shop\nruntime:\n  name: nodejs\n  options:\n    typescript: false\npackages:\n  places: ./places\n",
            "index.js": PROGRAM,
            "package.json": '{ "name": "shop", "main": "index.js" }',
            "places/package.json": '{ "name": "places", "main": "index.js" }',
            "places/index.js": IN_NODE,
            "places/__main__.py": IN_PYTHON,
        });
        bench = new Bench(folder);
    });
    afterEach(() => {
        bench.close();
        rmSync(folder, { recursive: true, force: true });
    });

    function write(files: Record<string, string>): void {
        for (const [name, text] of Object.entries(files)) {
            writeFileSync(join(folder, name), text);
        }
    }

    async function up(runtime: string) {
        write({ "places/PulumiPlugin.yaml": `runtime: ${runtime}\n` });
        const { result, outputs, diagnostics } = await (await bench.open()).up({ preview: false });
        return { result, outputs, said: diagnostics.map(({ message }) => message).join("\n") + bench.printed() };
    }

    it("is made by Python, and keeps secrets", async function () {
        if (spawnSync(python, ["-c", "import pulumi"], { timeout: 60_000 }).status !== 0) {
            skip(this, `${python} has no package pulumi; PULUMI_PYTHON_CMD can name another Python`);
        }
        const { result, outputs, said } = await up("python");
        assert.equal(result, "succeeded", said);
        assert.match(JSON.stringify(outputs["doubled"]), /"33"/);
    });

    it("is made by a compiled program, which gets the address of the engine", async function () {
        if (process.platform === "win32") {
            skip(this, "Windows runs no shell scripts");
        }
        // What stands for the program in Go is a script, because the SDK of Go is not on every machine.
        const runner = join(checkout, "node_modules", "@pulumi", "pulumi", "cmd", "run-plugin");
        const script = `#!/bin/sh\nexec "${process.execPath}" "${runner}" "${join(folder, "places")}" "$1"\n`;
        writeFileSync(join(folder, "places", "program"), script, { mode: 0o755 });
        const { result, outputs, said } = await up("{ name: go, options: { binary: program } }");
        assert.equal(result, "succeeded", said);
        assert.match(JSON.stringify(outputs["doubled"]), /"33"/);
    });

    it("in Go that does not compile is refused, with what the compiler says", async function () {
        if (spawnSync("go", ["version"]).status !== 0) {
            skip(this, "this machine has no go");
        }
        write({
            "places/go.mod": "module places\n\ngo 1.21\n",
            "places/main.go": "package main\n\nfunc main() { x }\n",
        });
        const { result, said } = await up("go");
        assert.equal(result, "failed");
        assert.match(said, /places does not compile:[\s\S]*undefined: x/);
    });

    for (const runtime of ["yaml", "java", "dotnet"]) {
        it(`in ${runtime} is refused by name, with the way that there is`, async () => {
            const { result, said } = await up(runtime);
            assert.equal(result, "failed");
            assert.match(said, /YAML, which the sandbox does not run|the sandbox runs nodejs, yaml, python and go/);
            assert.match(said, /gcp-invoke sandbox exec -- pulumi up/);
        });
    }
});
