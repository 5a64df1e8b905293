import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "../support/command";

describe("the gcp-invoke command", () => {
    it("says which Node it needs if this one cannot require ES modules", async () => {
        const env = { NODE_OPTIONS: "--no-experimental-require-module" };
        assert.deepEqual(await command(tmpdir(), ["--version"], { env }), {
            code: 1,
            text: `error: gcp-invoke needs Node ^20.19.0 || >=22.12.0, where require loads ES modules, and this is ${process.version}; install another Node, or unset --no-require-module\n`,
        });
    });

    it("runs on one that can", async () => {
        const { code, text } = await command(tmpdir(), ["--version"]);
        assert.equal(code, 0);
        assert.match(text, /^\d+\.\d+\.\d+\n$/);
    });

    it("has colours as one rule says, whichever part prints", async () => {
        const folder = mkdtempSync(join(tmpdir(), "gcp-invoke-colours-"));
        writeFileSync(join(folder, "x.yaml"), "- a: {call: http.get, args: {url: https://a-x.run.app}}\n");
        const all: [env: Record<string, string>, coloured: boolean][] = [
            [{}, false],
            [{ FORCE_COLOR: "1" }, true],
            [{ FORCE_COLOR: "0" }, false],
            [{ NO_COLOR: "1" }, false],
            [{ NO_COLOR: "1", FORCE_COLOR: "1" }, false],
            [{ NO_COLOR: "", FORCE_COLOR: "1" }, true],
        ];
        for (const [env, coloured] of all) {
            for (const args of [["audit", "x.yaml"], ["inject", "x.yaml"], ["nope"], ["sandbox", "up", "nowhere"]]) {
                const { text } = await command(folder, ["-C", folder, ...args], {
                    env: { NO_COLOR: "", FORCE_COLOR: "", ...env },
                });
                assert.notEqual(text, "");
                assert.equal(text.includes("\x1b["), coloured, `${JSON.stringify(env)} ${args.join(" ")}: ${text}`);
            }
        }
        rmSync(folder, { recursive: true });
    });

    it("says so if the folder where it was started is gone", async () => {
        const folder = mkdtempSync(join(tmpdir(), "gcp-invoke-gone-"));
        for (const args of [["sandbox", "status"], ["sandbox", "up", "."], ["init"], ["verify"], ["who"]]) {
            const gone = await command(folder, args, { prepare: 'gone=$(mktemp -d) && cd "$gone" && rmdir "$gone"' });
            assert.deepEqual(gone, {
                code: 1,
                text: "error: the folder in which this command was started is gone; start it in another one\n",
            });
        }
        rmSync(folder, { recursive: true });
    });

    // Where the sources are compiled for the first time, the compiler is loaded too.
    it("loads of other packages only what the command needs, because everybody waits for it", async () => {
        const folder = mkdtempSync(join(tmpdir(), "gcp-invoke-loaded-"));
        const preload = join(folder, "loaded.cjs");
        writeFileSync(
            preload,
            `process.on("exit", () => {
                const packages = Object.keys(require.cache).map((file) => /node_modules.((?:@[^/\\\\]+.)?[^/\\\\]+)/.exec(file)?.[1]);
                console.log("loaded: " + [...new Set(packages)].filter((name) => name && name !== "typescript").join());
            });`,
        );
        try {
            for (const [name, packages] of [
                ["sandbox", "commander"],
                ["start", "commander"],
            ] as const) {
                const { text } = await command(folder, [name, "--help"], {
                    env: { NODE_OPTIONS: `--require=${preload}` },
                });
                assert.equal(/^loaded: (.*)$/m.exec(text)?.[1], packages, text);
            }
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
});
