import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { skip } from "../../support/skip";
import { Bench } from "../helper";

/** It needs no SDK: what it gets in its environment is all that the SDK has. */
const PROGRAM = `package main

import (
	"fmt"
	"os"
)

func main() {
	for _, name := range []string{"PROJECT", "STACK", "ORGANIZATION", "DRY_RUN", "PARALLEL", "CONFIG", "CONFIG_SECRET_KEYS"} {
		fmt.Println(name, os.Getenv("PULUMI_"+name))
	}
	fmt.Println("same", os.Getenv("PULUMI_MONITOR") != "" && os.Getenv("PULUMI_MONITOR") == os.Getenv("PULUMI_ENGINE"))
	os.Exit(len(os.Args) - 1)
}
`;

describe("a program in Go", function () {
    this.timeout(120_000);
    const directory = mkdtempSync(join(tmpdir(), "go-"));
    let bench: Bench;
    before(function () {
        if (spawnSync("go", ["version"]).status !== 0) {
            skip(this, "this machine has no go");
        }
    });
    beforeEach(() => {
        bench = new Bench(directory);
        write({ "Pulumi.yaml": "name: shop\nruntime: go\n", "go.mod": "module shop\n\ngo 1.21\n", "main.go": PROGRAM });
    });
    afterEach(() => bench.close());
    after(() => rmSync(directory, { recursive: true }));

    function write(files: Record<string, string>): void {
        for (const [name, text] of Object.entries(files)) {
            writeFileSync(join(directory, name), text);
        }
    }

    it("is compiled, gets what the SDK reads, and leaves nothing compiled behind", async () => {
        const stack = await bench.open({ "shop:color": "red" });
        const { result, diagnostics } = await stack.preview();
        assert.equal(result, "succeeded", JSON.stringify(diagnostics) + bench.printed());
        assert.deepEqual(bench.printed().trim().split("\n"), [
            "PROJECT shop",
            "STACK dev",
            "ORGANIZATION organization",
            "DRY_RUN true",
            "PARALLEL 16",
            'CONFIG {"shop:color":"red"}',
            "CONFIG_SECRET_KEYS []",
            "same true",
        ]);
        assert.deepEqual(readdirSync(directory).toSorted(), ["Pulumi.yaml", "go.mod", "main.go"]);
    });

    it("that does not compile fails the operation, with what the compiler says", async () => {
        write({ "main.go": PROGRAM.replace("fmt.Println(name", "fmt.Println(nane") });
        const { result, diagnostics } = await (await bench.open()).up({ preview: false });
        assert.equal(result, "failed");
        assert.match(bench.printed(), /undefined: nane/);
        assert.match(
            diagnostics.map(({ message }) => message).join("\n"),
            /does not compile: go build -o .* ended with 1/,
        );
    });

    it("that fails, fails the operation with its exit code", async () => {
        write({ "main.go": PROGRAM.replace("os.Exit(len(os.Args) - 1)", "os.Exit(7)") });
        const { result, diagnostics } = await (await bench.open()).up({ preview: false });
        assert.equal(result, "failed");
        assert.match(diagnostics.map(({ message }) => message).join("\n"), /Program exited with non-zero exit code: 7/);
    });

    it("without its compiler is refused, with what to do", async () => {
        const { PATH } = process.env;
        try {
            process.env["PATH"] = directory;
            const stack = await bench.open();
            const { result, diagnostics } = await stack.preview();
            assert.equal(result, "failed");
            assert.match(
                String(diagnostics[0]?.message),
                /there is no go on this machine, .*; install it, or put its folder on the PATH/,
            );
        } finally {
            process.env["PATH"] = PATH;
        }
    });
});
