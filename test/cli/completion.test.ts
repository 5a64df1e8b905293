import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import type { Command } from "commander";
import { completionOf, SHELLS } from "../../cli/completion";
import { buildProgram } from "../../cli/program";

const program = buildProgram(undefined);

/** Every command with the words that may follow it, found in another way than by the code that is tested. */
function* commands(command: Command, path: string[]): Generator<{ path: string[]; words: string[] }> {
    const below = command.commands.filter((each) => !(each as Command & { _hidden?: boolean })._hidden);
    yield {
        path,
        words: [
            ...below.map((each) => each.name()),
            ...command.options.filter(({ hidden }) => !hidden).map(({ long, short }) => long ?? short ?? ""),
        ],
    };
    for (const each of below) {
        yield* commands(each, [...path, each.name()]);
    }
}
const all = [...commands(program, [])];

describe("completion", () => {
    it("of bash knows each command and each option at its place", () => {
        const asked = all.map(({ path }) => {
            const line = ["gcp-invoke", ...path, ""].map((word) => `"${word}"`).join(" ");
            return `COMP_WORDS=(${line}); COMP_CWORD=${path.length + 1}; _gcp_invoke; echo "\${COMPREPLY[*]}"`;
        });
        const script = `${completionOf(program, "bash")}\n${asked.join("\n")}`;
        const { stdout, stderr } = spawnSync("bash", { input: script, encoding: "utf8" });
        assert.equal(stderr, "");
        for (const [index, line] of stdout.trimEnd().split("\n").entries()) {
            const { path = [], words = [] } = all[index] ?? {};
            const proposed = line.split(" ");
            assert.deepEqual(
                words.filter((word) => !proposed.includes(word)),
                [],
                path.join(" "),
            );
        }
    });

    it("of each shell names each command and each option", () => {
        for (const shell of SHELLS) {
            const text = completionOf(program, shell);
            for (const { path, words } of all) {
                for (const word of words) {
                    const short = shell === "fish" ? word.replace(/^--/, "") : word;
                    assert.ok(text.includes(short), `${shell}: ${path.join(" ")} ${word}`);
                }
            }
        }
    });
});
