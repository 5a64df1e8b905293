import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "..", "..");

/** The packages that are loaded before a command does anything. */
function packagesOf(command: string): string[] {
    const program = `
        require("./cli/program.ts").buildProgram("${command}");
        const names = Object.keys(require.cache).flatMap((file) => {
            const [, inside] = /.*node_modules.((?:@[^\\\\/]+.)?[^\\\\/]+)/.exec(file) ?? [];
            return inside ?? [];
        });
        console.log([...new Set(names)].sort().join());`;
    const register = ["--no-experimental-strip-types", "--require", join(root, "scripts", "register.cjs")];
    return execFileSync(process.execPath, [...register, "--eval", program], { cwd: root, encoding: "utf8" })
        .trim()
        .split(",");
}

describe("a command", () => {
    // Each of them has many subcommands or parts, of which a run uses few.
    for (const command of ["sandbox", "start"]) {
        it(`loads no library before it is used: ${command}`, () => {
            assert.deepEqual(packagesOf(command), ["commander"]);
        });
    }
});
