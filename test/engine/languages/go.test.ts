import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { killGroup, ownGroup, supervised } from "../../../engine/processes";
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

describe("a program that is compiled", function () {
    this.timeout(60_000);
    const directory = mkdtempSync(join(tmpdir(), "supervised-"));
    after(() => rmSync(directory, { recursive: true }));

    function start(script: string): ChildProcess {
        const program = join(directory, "program");
        writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
        const { command, args } = supervised(program);
        return spawn(command, args, { ...ownGroup, stdio: ["ignore", "pipe", "inherit", "pipe"] });
    }

    /** Waits until the system has no process of this number. */
    async function gone(pid: number): Promise<void> {
        for (let isThere = true; isThere;) {
            try {
                process.kill(pid, 0);
                await setTimeout(10);
            } catch {
                isThere = false;
            }
        }
    }

    before(function () {
        if (process.platform === "win32") {
            skip(this, "Windows runs no shell scripts");
        }
    });

    const ends: Record<string, (child: ChildProcess) => void> = {
        "when the engine has ended in any way": (child) => void child.stdio[3]?.destroy(),
        "when the engine ends it": killGroup,
    };
    for (const [how, end] of Object.entries(ends)) {
        it(`ends ${how}`, async () => {
            const child = start("echo $$\nexec sleep 600");
            assert.ok(child.stdout);
            const [pid] = (await once(child.stdout, "data")) as [Buffer];
            const exit = once(child, "exit");
            end(child);
            await exit;
            await gone(Number(pid.toString()));
        });
    }

    it("ends with its own exit code or signal", async () => {
        assert.deepEqual(await once(start("exit 7"), "exit"), [7, null]);
        assert.deepEqual(await once(start("kill -TERM $$"), "exit"), [null, "SIGTERM"]);
    });
});

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
