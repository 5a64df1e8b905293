import { strict as assert } from "node:assert";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as components from "../../components";

const root = join(__dirname, "..", "..");
const page = readFileSync(join(root, "docs", "guide.md"), "utf8");

/** The cells of each row of the page's tables. */
function rowsOf(text: string): string[][] {
    return text
        .split("\n")
        .filter((line) => /^\| (?!-|I want)/.test(line))
        .map((line) =>
            line
                .split("|")
                .map((cell) => cell.trim())
                .slice(1, -1),
        );
}

/** The words in the code of a text that begin as the name of a component does. */
const componentsIn = (text: string): string[] =>
    [...text.matchAll(/`((?:Authenticated|Caller|Continuous|External|Federated|Invokable|Token)\w+)/g)].map(
        ([, name = ""]) => name,
    );

const examplesIn = (text: string): string[] => [...text.matchAll(/`examples\/([\w-]+)`/g)].map(([, name = ""]) => name);

describe("the guide by question", () => {
    const rows = rowsOf(page);

    it("answers each question once, with something to read on", () => {
        assert.ok(rows.length > 20, String(rows.length));
        assert.equal(new Set(rows.map(([question]) => question)).size, rows.length);
        const without = rows.filter((row) => row.length !== 3 || !/`examples\/|\]\(/.test(row[2] ?? ""));
        assert.deepEqual(without, []);
    });

    it("names every component, and none that is not there", () => {
        const classes = Object.entries(components)
            .filter(([, each]) => typeof each === "function" && each.prototype instanceof pulumi.ComponentResource)
            .map(([name]) => name);
        assert.ok(classes.length > 9, String(classes));
        assert.deepEqual([...new Set(componentsIn(page))].sort(), classes.sort());
    });

    it("names every example, and none that is not there", () => {
        const folders = readdirSync(join(root, "examples")).filter((name) =>
            existsSync(join(root, "examples", name, "Pulumi.yaml")),
        );
        assert.deepEqual([...new Set(examplesIn(page))].sort(), folders.sort());
    });
});
