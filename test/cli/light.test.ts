import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { GROUPS } from "../../cli/sandbox/commands/groups";
import { buildProgram, programFor } from "../../cli/program";

const root = resolve(__dirname, "..", "..");

/** The packages that are loaded before a command does anything. */
function packagesOf(command: string): string[] {
    const program = `
        require("./cli/program.ts").programFor(["${command}"]);
        const names = Object.keys(require.cache).flatMap((file) => {
            const [, inside] = /.*node_modules.((?:@[^\\\\/]+.)?[^\\\\/]+)/.exec(file) ?? [];
            return inside ?? [];
        });
        console.log([...new Set(names)].sort().join());`;
    const register = ["--no-experimental-strip-types", "--require", join(root, "scripts", "register.cjs")];
    const load = (): string[] =>
        execFileSync(process.execPath, [...register, "--eval", program], { cwd: root, encoding: "utf8" })
            .trim()
            .split(",");
    const loaded = load();
    // The compiler, if a source was not compiled before; then it is now.
    return loaded.includes("typescript") ? load() : loaded;
}

describe("a command", () => {
    // Each of them has many subcommands or parts, of which a run uses few.
    for (const command of ["sandbox", "start", "--help", "--version"]) {
        it(`loads no library before it is used: ${command}`, () => {
            assert.deepEqual(packagesOf(command), ["commander"]);
        });
    }

    it("of a sandbox is in the file that is loaded for it, and all are in the help", () => {
        const all = buildProgram("sandbox").commands.flatMap(({ commands }) => commands.map((each) => each.name()));
        assert.deepEqual(
            GROUPS.flatMap(([names]) => names),
            all,
        );
        for (const [names, load] of GROUPS) {
            const sandbox = new Command("sandbox").enablePositionalOptions();
            load()(sandbox);
            assert.deepEqual(
                sandbox.commands.map((each) => each.name()),
                names,
            );
            for (const name of names) {
                const found = programFor(["sandbox", name]).commands.flatMap(({ commands }) => commands);
                assert.deepEqual(
                    found.map((each) => each.name()),
                    names,
                );
            }
        }
        assert.equal(programFor(["sandbox", "--help"]).commands[0]?.commands.length, all.length);
        assert.equal(programFor(["sandbox", "nope"]).commands[0]?.commands.length, all.length);
    });

    it("is listed by the help that loads no command as by the one that loads all", () => {
        const all = buildProgram(undefined).helpInformation();
        assert.match(all, /\n {2}audit \[options\] <file\.\.\.> /);
        for (const args of [[], ["help"], ["-h"], ["--help"]]) {
            assert.equal(programFor(args).helpInformation(), all);
        }
    });

    it("is loaded where the command line asks for more than the list", () => {
        const names = (args: string[]): string[] =>
            programFor(args).commands.flatMap(({ options }) => options.map(({ long }) => long ?? ""));
        assert.ok(names(["--help", "audit"]).includes("--format"));
        assert.ok(names(["help", "audit"]).includes("--format"));
        assert.ok(names(["audti"]).includes("--format"));
        assert.ok(!names(["--help"]).includes("--format"));
    });
});
