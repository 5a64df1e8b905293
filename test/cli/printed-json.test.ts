import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { buildProgram } from "../../cli/program";
import { checkPrinted, faultsOf, FORMS } from "../support/printed";

const folder = join(__dirname, "..", "..", "schemas", "printed");

/** All commands that print JSON when they are asked to, by their words. */
function commandsOf(command: Command, words: string[] = []): string[] {
    const asked = command.options.filter(
        ({ long, description }) => long === "--json" || (long === "--format" && /\bjson\b/.test(description)),
    );
    const below = command.commands.flatMap((each) => commandsOf(each, [...words, each.name()]));
    return [...(asked.length > 0 ? [words.join(" ")] : []), ...below];
}

describe("the schemas of what commands print as JSON", () => {
    const names = readdirSync(folder).map((file) => file.replace(".json", ""));

    it("are there for each command that has --json or --format json, and no other is there", () => {
        const commands = commandsOf(buildProgram(undefined));
        const known = Object.keys(FORMS);
        assert.ok(commands.length > 15, commands.join(", "));
        assert.deepEqual(
            commands.filter((name) => !known.includes(name)),
            [],
        );
        assert.deepEqual(
            [...new Set([...Object.values(FORMS).map(({ schema }) => schema), "may"])].sort(),
            names.sort(),
        );
    });

    it("have a version in their name, and are all in the page about them", () => {
        const page = readFileSync(join(__dirname, "..", "..", "docs", "json.md"), "utf8");
        for (const name of names) {
            const { $id, title } = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Record<
                string,
                string
            >;
            assert.match($id ?? "", new RegExp(`^urn:pulumi-gcp-invoke:${name}:[1-9]\\d*$`));
            assert.ok(title && page.includes(`schemas/printed/${name}.json`), name);
        }
    });

    it("refuse what a command does not print: a field more, one less, another type", () => {
        const line = { id: 1, time: "2026-01-02T03:04:05.000Z", service: "orders", stream: "stdout", text: "hello" };
        assert.deepEqual(faultsOf("log-line", line), []);
        const { text: _, ...less } = line;
        for (const wrong of [{ ...line, more: 1 }, less, { ...line, id: "1" }, [line], null]) {
            assert.notDeepEqual(faultsOf("log-line", wrong), [], JSON.stringify(wrong));
        }
    });

    it("are compared with what each command prints in a test", () => {
        checkPrinted(["sandbox", "config", "list", "--json"], '{"a": "b"}');
        checkPrinted(["sandbox", "logs"], "hello\n");
        checkPrinted(["sandbox", "exec", "--", "who", "--json"], "hello\n");
        for (const args of [
            ["-C", "x", "sandbox", "config", "list", "-j"],
            ["verify", "--format=json"],
            ["verify", ".", "--format", "json"],
            ["sandbox", "status"],
        ]) {
            assert.throws(() => checkPrinted(args, '{"a": 1}'), { code: "ERR_ASSERTION" }, args.join(" "));
        }
    });
});
