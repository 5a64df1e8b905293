import { strict as assert } from "node:assert";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { buildProgram } from "../../cli/program";

const root = join(__dirname, "..", "..");
const program = buildProgram(undefined);

/** The command lines in the code of a document, from the word after `gcp-invoke` on. */
function commandLinesOf(text: string): string[] {
    const blocks = [...text.matchAll(/^```\w*[^\n]*\n([\s\S]*?)^```/gm)].flatMap(([, code = ""]) => code.split("\n"));
    const words = [...text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
    return [...blocks, ...words].flatMap((line) => {
        const [, found] = /(?:^|npx |run: |&& )gcp-invoke ([^#|&;]*)/.exec(line.trim()) ?? [];
        return found === undefined ? [] : [found.trim()];
    });
}

/** What is wrong with a command line: a command or an option that is not there. */
function mistakeIn(line: string): string | undefined {
    let command: Command = program;
    const options = new Set(["--help"]);
    const words = line.split(/\s+/);
    for (const [index, word] of words.entries()) {
        if (word === "--") {
            return undefined;
        }
        command.options.forEach(({ long, short }) => options.add(long ?? "").add(short ?? ""));
        if (/^-./.test(word)) {
            const name = word.replace(/=.*/, "");
            if (!options.has(name)) {
                return `${line}: ${name}`;
            }
            continue;
        }
        const below = command.commands.find((each) => each.name() === word || each.aliases().includes(word));
        if (
            below === undefined &&
            (index === 0 || command.registeredArguments.length === 0) &&
            command.commands.length > 0
        ) {
            return `${line}: ${word}`;
        }
        command = below ?? command;
    }
    return undefined;
}

describe("the commands in the documents", () => {
    const files = globSync(["README.md", "docs/*.md"], { cwd: root });
    const lines = files.flatMap((file) => commandLinesOf(readFileSync(join(root, file), "utf8")));

    it("are there, with their options", () => {
        assert.ok(lines.length > 100, String(lines.length));
        assert.deepEqual([...new Set(lines.flatMap((line) => mistakeIn(line) ?? []))], []);
    });

    it("are missed where a document misspells them", () => {
        for (const wrong of ["sandbx up .", "sandbox upp .", "verify --formt json", "sandbox decisions --denyed"]) {
            assert.notEqual(mistakeIn(wrong), undefined, wrong);
        }
        assert.deepEqual(commandLinesOf("Run `gcp-invoke who`.\n\n```sh\nnpx gcp-invoke verify . # text\n```\n"), [
            "verify .",
            "who",
        ]);
    });

    it("that the code advises are not of the Pulumi CLI alone, which a sandbox does not need", () => {
        const folders = ["access", "components", "engine", "policy", "sandbox", "smoke", "workflow"];
        const advice = folders.flatMap((folder) =>
            globSync(`${folder}/**/*.ts`, { cwd: root }).flatMap((file) =>
                readFileSync(join(root, file), "utf8")
                    .split("\n")
                    .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line) && /pulumi (config|up --refresh)/.test(line))
                    .map((line) => `${file}: ${line.trim()}`),
            ),
        );
        assert.ok(advice.length > 1, String(advice));
        assert.deepEqual(
            advice.filter((line) => !line.includes("gcp-invoke sandbox")),
            [],
        );
    });
});
