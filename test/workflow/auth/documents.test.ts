import * as assert from "node:assert/strict";
import { auditFile, injectFile, looksLikeWorkflow } from "../../../workflow";
import { ACTIONS } from "../../../workflow/syntax";

const call = "- a:\n    call: http.get\n    args:\n      url: https://a-abcdefghij-uc.a.run.app\n";
const heredoc = (end: string): string => `resource "x" "y" {\n  source_contents = <<-EOF\n${call}${end}`;

describe("definitions in files", () => {
    it("are not read from a heredoc that is not closed: the audit and inject say where it begins", () => {
        const open = heredoc('  EOF_\n}\nresource "z" "z" {}\n');
        const { findings, diagnostics } = auditFile(open, "m.tf");
        assert.deepEqual(findings, []);
        assert.deepEqual(
            diagnostics.map(({ rule, severity, span }) => [rule, severity, span.start.line, span.start.column]),
            [["syntax", "error", 2, 21]],
        );
        assert.match(diagnostics[0]?.message ?? "", /not closed: no line below it has EOF alone/);
        const injected = injectFile(open, "m.tf");
        assert.deepEqual([injected.text, injected.unreadable.length], [open, 1]);
    });

    it("are read from a heredoc that is closed", () => {
        const closed = heredoc("  EOF\n}\n");
        assert.deepEqual(
            auditFile(closed, "m.tf").findings.map(({ rule }) => rule),
            ["missing-auth"],
        );
        assert.deepEqual(injectFile(closed, "m.tf").unreadable, []);
    });

    it("tell that a plain file with Terraform's escape is read as a template, and that a template is nothing to tell of", () => {
        const escaped = `${call}- b: {return: '$\${x}'}\n`;
        for (const [file, expected] of [
            ["w.yaml", ["terraform-escape"]],
            ["w.yaml.tftpl", []],
        ] as const) {
            const { diagnostics } = auditFile(escaped, file);
            assert.deepEqual(
                diagnostics.map(({ rule }) => rule),
                expected,
            );
            assert.deepEqual(
                injectFile(escaped, file).warnings.map(({ span }) => span.start.line),
                expected.map(() => 5),
            );
        }
        assert.deepEqual(injectFile(call, "w.yaml").warnings, []);
    });

    for (const key of [...ACTIONS, "next"]) {
        it(`are known by a first step that has ${key} alone, in YAML and in JSON`, () => {
            assert.ok(looksLikeWorkflow(`# a comment\n\n- first-step:\n    ${key}: x\n`));
            assert.ok(looksLikeWorkflow(`- "a": {${key}: 1}\n`));
            assert.ok(looksLikeWorkflow(JSON.stringify([{ a: { [key]: 1 } }])));
            assert.ok(looksLikeWorkflow(JSON.stringify([{ a: { [key]: 1 } }], null, 2)));
        });
    }

    it("are known by a main that is no text, whatever stands beside it", () => {
        for (const after of ["", " # the start", " &main", " !!map", " {steps: []}", "\t"]) {
            assert.ok(looksLikeWorkflow(`# a comment\nmain:${after}\n  steps: []\n`), after);
        }
        assert.ok(looksLikeWorkflow("'main':\r\n  steps: []\r\n"));
        assert.ok(looksLikeWorkflow('{"main": {"steps": []}}'));
    });

    for (const key of ["jobs", "apiVersion", '"$schema"', "main"]) {
        it(`are known where ${key} is a key of a body, at any depth`, () => {
            for (const depth of [6, 8, 20]) {
                const body = `${" ".repeat(depth)}${key}: batch/v1\n`;
                assert.ok(looksLikeWorkflow(`- a:\n    call: http.post\n    args:\n${body}`));
                assert.ok(looksLikeWorkflow(`  - a:\n      return:\n${body}`));
            }
        });
    }

    it("are not other lists and maps", () => {
        for (const other of [
            "- name: x\n  steps: 5\n",
            "- a:\n    uses: x\n",
            '[{"a": {"b": 1}}]',
            "[]",
            "steps: 1\n",
            "name: shop\nruntime: nodejs\nmain: index.ts\n",
            "main: 'dist/' # a folder\nname: shop\n",
            '{"name": "shop", "main": "index.js"}',
            '{\n"main": "index.js"\n}',
            "on: push\njobs:\n  a:\n    steps:\n      - assign: x\n",
            "  on: push\n  jobs:\n    a: {call: x}\n",
            "apiVersion: batch/v1\nkind: Job\nspec: {call: x}\n",
            '{"$schema": "x", "properties": {"call": {}}}',
        ]) {
            assert.ok(!looksLikeWorkflow(other), other);
        }
    });
});
