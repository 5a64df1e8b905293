import assert from "node:assert/strict";
import { parseWorkflow, Reparser, type Step } from "../../../workflow/syntax";
import { bigDefinition } from "../../cli/lsp/big";
import { PIECES, random } from "../../cli/lsp/random-edits";
import { corpusFiles, ownFiles } from "../auth/corpus";

/** Sources in which something that looks like a step is none, or means something else elsewhere. */
const ODD = [
    'main:\n  steps:\n  - a:\n      assign:\n      - t: |\n          steps:\n          - x: {next: end}\n          - y: {next: end}\n          - z: {next: end}\n  - b:\n      return: "\n          steps:\n          - x: {next: end}\n          - y: {next: end}\n          - z: {next: end}"\n',
    "- a: &one\n    assign: [{k: 1}]\n- b: *one\n- c: &two\n    next: end\n- d: *two\n- e: {next: end}\n",
    "- a: {next: end}\n# between\n\n- b:\n    assign:\n    - t: |+\n        text\n\n\n- c:\n# less\n    next: end\n  # more\n- d: {next: end}\n# at the end\n",
    "main:\n  steps:\n  -\n    a: {next: end}\n  - # about it\n    b: {next: end}\n  -   c:\n        next: end\n  - d: {next: end}\n",
    "- a: {next: end}\n- b: {next: end}\n- b: {next: end}\n- b: {next: end}\n- c:\n    return: yes\n- d:\n    unknown: 1\n- e: {next: end}\n",
    '- a: {return: "x\n- y: {next: end}\n- z: {next: end}\n"}\n- b: {next: end}\n- c: {next: end}\n',
    "main:\r\n  steps:\r\n  - a: {next: end}\r\n  - b: {next: end}\r\n  - c: {next: end}\r\nsub:\r\n  params: [x]\r\n  steps:\r\n  - a: {next: end}\r\n  - b: {return: '${x +}'}\r\n  - c: {next: end}\r\n",
    "\ufeff- a: {next: end}\n- b: {next: end}\n- c: {next: end}\n---\n- d: {next: end}\n- e: {next: end}\n- f: {next: end}\n",
    "- a:\n    steps:\n    - b:\n        steps:\n        - c:\n            steps:\n            - d: {next: end}\n            - e: {next: end}\n            - f: {next: end}\n        - g: {next: end}\n        - h: {next: end}\n    - i: {next: end}\n    - j: {next: end}\n- k: {next: end}\n- l: {next: end}\n",
    "main:\n  steps: [a: {next: end},\n  steps:\n  - b: {next: end}\n  - c: {next: end}\n  - d: {next: end}\n  ]\n",
    // The step in the middle is nested too deep where it stands, and not on its own.
    Array.from({ length: 30 }, (_, n) => `${" ".repeat(4 * n)}- s${n}:\n${" ".repeat(4 * n + 4)}steps:\n`).join("") +
        [0, 150, 0]
            .map((depth) => `${" ".repeat(120)}- x: {return: ${"[".repeat(depth)}1${"]".repeat(depth)}}\n`)
            .join(""),
];

type Next = (below: number) => number;

/** What people do to lines: take them away, write them again elsewhere, or indent them otherwise. */
function editLines(text: string, next: Next): string {
    const lines = text.split("\n");
    const from = next(lines.length);
    const count = 1 + next(5);
    const some = lines.slice(from, from + count);
    switch (next(4)) {
        case 0:
            lines.splice(from, count);
            break;
        case 1:
            lines.splice(next(lines.length), 0, ...some);
            break;
        case 2:
            lines.splice(
                from,
                some.length,
                ...some.map((line) => (next(2) === 0 ? `  ${line}` : line.replace(/^ {2}/, ""))),
            );
            break;
        default:
            lines.splice(
                from,
                0,
                ["# said", "", "  # said", "\t", "---", "%YAML 1.2", "  - x: {next: end}"][next(7)] ?? "",
            );
    }
    return lines.join("\n");
}

function editCharacters(text: string, next: Next): string {
    const from = next(text.length + 1);
    const to = next(3) === 0 ? from + next(40) : from;
    return text.slice(0, from) + (PIECES[next(PIECES.length)] ?? "") + text.slice(to);
}

/** Every step of a program, with those inside of other steps. */
function stepsOf(value: unknown): Step[] {
    if (typeof value !== "object" || value === null) {
        return [];
    }
    const inside = Object.values(value).flatMap(stepsOf);
    return "name" in value && "span" in value && !("params" in value) ? [value as Step, ...inside] : inside;
}

describe("Reparser", () => {
    it("reads each version of a source as if it were the first", () => {
        const files = [...ODD, ...ODD, ...ODD, ...[...ownFiles(), ...corpusFiles()].map(({ text }) => text)];
        for (const [seed, original] of files.entries()) {
            const next = random(seed + 1);
            const reparser = new Reparser();
            let text = original;
            for (let edit = 0; edit < (seed < 3 * ODD.length ? 30 : 3); edit++) {
                const options = { file: "a.yaml" };
                assert.deepEqual(reparser.parse(text, options), parseWorkflow(text, options), JSON.stringify(text));
                const base = next(3) === 0 ? original : text;
                text = (next(3) === 0 ? editCharacters : editLines)(base, next);
            }
        }
    });

    it("reads only the steps again whose text has changed", () => {
        const reparser = new Reparser();
        const text = bigDefinition(300);
        const [first, second] = [text, text.replace("/a9", "/a10")].map((each) =>
            stepsOf(reparser.parse(each, { file: "a.yaml" }).program),
        );
        assert.ok(first !== undefined && second !== undefined);
        const before = first.filter(({ name }) => /^(set|call|check)[1-8]$/.test(name.text));
        assert.equal(before.length, 24);
        // The first step of a list is read each time.
        assert.deepEqual(
            before.filter((step) => !second.includes(step)).map(({ name }) => name.text),
            ["set1"],
        );
    });

    it("keeps the steps inside of a long step", () => {
        const reparser = new Reparser();
        const inside = bigDefinition(300)
            .split("\n")
            .slice(3)
            .map((line) => `        ${line}`)
            .join("\n");
        const text = `main:\n  steps:\n    - all:\n        for:\n            value: v\n            in: []\n            steps:\n${inside}`;
        const [first, second] = [text, `${text}\n# more\n`].map((each) =>
            stepsOf(reparser.parse(each, { file: "a.yaml" }).program),
        );
        assert.ok((first?.length ?? 0) > 50);
        assert.equal(first?.filter((step) => !second?.includes(step)).length, 3);
    });
});
