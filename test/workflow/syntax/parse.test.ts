import * as assert from "node:assert/strict";
import { expressionSpan, parseWorkflow, type Value } from "../../../workflow/syntax";

const parse = (source: string, file = "w.yaml") => parseWorkflow(source, { file });
const problems = (source: string) =>
    parse(source).diagnostics.map(
        ({ rule, span, message }) => `${span.start.line}:${span.start.column} ${rule} ${message}`,
    );

/** The value of the first assignment in the first step. */
function firstValue(source: string): Value {
    const action = parse(source).program?.routines[0]?.steps[0]?.action;
    assert.equal(action?.kind, "assign");
    return action.assignments[0]!.value;
}

describe("parseWorkflow", () => {
    it("reads the bare list form as the routine main", () => {
        const { program, diagnostics } = parse("- a:\n    return: 1\n");
        assert.deepEqual(diagnostics, []);
        assert.equal(program?.form, "list");
        assert.equal(program.routines[0]?.name.text, "main");
        assert.deepEqual(program.routines[0].steps[0]?.action?.kind, "return");
    });

    it("reads the map form in YAML and JSON alike", () => {
        const yaml = parse("main:\n  params: [args]\n  steps:\n    - a:\n        return: ${args.x}\n");
        const json = parse('{"main": {"params": ["args"], "steps": [{"a": {"return": "${args.x}"}}]}}', "w.json");
        assert.deepEqual(json.diagnostics, []);
        assert.equal(json.format, "json");
        const shape = (value: unknown): unknown =>
            JSON.parse(JSON.stringify(value, (key, each: unknown) => (/span$/i.test(key) ? undefined : each)));
        assert.deepEqual(shape(json.program), shape(yaml.program));
    });

    it("knows parameters with defaults", () => {
        const { program } = parse(
            "main:\n  steps:\n    - a: {return: 1}\nsub:\n  params: [a, b: 2]\n  steps:\n    - a: {return: 1}\n",
        );
        const params = program?.routines[1]?.params;
        assert.deepEqual(
            params?.map(({ name }) => name.text),
            ["a", "b"],
        );
        assert.deepEqual(params[1]?.default?.kind === "literal" && params[1].default.value, 2n);
    });

    it("keeps integers apart from doubles", () => {
        const value = firstValue("- a:\n    assign:\n      - x: [1, 1.0, 9223372036854775807]\n");
        assert.deepEqual(value.kind === "list" && value.items.map((item) => item.kind === "literal" && item.value), [
            1n,
            1,
            2n ** 63n - 1n,
        ]);
    });

    it("reports several problems at once, each with its place", () => {
        assert.deepEqual(
            problems(
                "- a:\n    cal: http.get\n- b:\n    assign:\n      - x: ${1 +}\n- c:\n    call: http.get\n    arg: 1\n",
            ).map((text) => text.slice(0, 40)),
            [
                '2:5 unknown-key unknown key "cal" in ste',
                "5:17 expression expected a value, but th",
                '8:5 unknown-key unknown key "arg" in ste',
            ],
        );
    });

    it("suggests the key that was meant", () => {
        assert.match(problems("- a:\n    asign:\n      - x: 1\n")[0] ?? "", /did you mean "assign"/);
    });

    it("gives no program where the YAML is broken, and says where", () => {
        const { program, diagnostics } = parse("- a:\n    return: [1\n- b: }\n");
        assert.equal(program, undefined);
        assert.equal(diagnostics[0]?.rule, "syntax");
    });

    it("tells to quote an expression that holds a colon", () => {
        assert.match(problems('- a:\n    return: ${"a: " + b}\n').join(), /single quotes/);
        assert.deepEqual(problems("- a:\n    return: '${\"a: \" + b}'\n"), []);
    });

    for (const [name, source] of [
        ["{{x}}", "- a:\n    return: {{x}}\n"],
        ["$${x}", "- a:\n    return: $${x}\n"],
        ["REPLACE_url1", "- a:\n    return: https://REPLACE_url1/x\n"],
    ] as const) {
        it(`names the template placeholder ${name}`, () => {
            const [problem] = problems(source);
            assert.ok(problem?.includes(`template-placeholder "${name}"`), problem);
        });
    }

    it("warns of ${…} inside a text, which is no expression", () => {
        assert.deepEqual(
            parse("- a:\n    return: hello-${x}\n").diagnostics.map(({ rule, severity }) => [rule, severity]),
            [["interpolation", "warning"]],
        );
    });

    for (const [style, source] of [
        ["plain", "- a:\n    assign:\n      - x: ${alpha + beta}\n"],
        ["plain over two lines", "- a:\n    assign:\n      - x: ${alpha +\n            beta}\n"],
        ["single-quoted", "- a:\n    assign:\n      - x: '${\"it''s\" + beta}'\n"],
        ["double-quoted", '- a:\n    assign:\n      - x: "${\\"\\u0041\\" + beta}"\n'],
        ["folded", "- a:\n    assign:\n      - x: >-\n          ${alpha +\n            beta}\n"],
        ["literal", "- a:\n    assign:\n      - x: |\n          ${alpha\n          + beta}\n"],
    ] as const) {
        it(`finds a name inside a ${style} scalar exactly`, () => {
            const value = firstValue(source);
            assert.ok(value.kind === "expression" && value.expression.kind === "binary");
            const { start, end } = value.expression.right;
            const span = expressionSpan(source, value.span, value.text, start, end);
            assert.equal(source.slice(span.start.offset, span.end.offset), "beta");
            assert.equal(
                source.split("\n")[span.start.line - 1]?.slice(span.start.column - 1, span.start.column + 3),
                "beta",
            );
        });
    }

    it("takes a quoted expression whose further lines are indented less than its key", () => {
        const value = firstValue("- a:\n    assign:\n      - x: '${\"b: c\n   d: \" + e}'\n");
        assert.equal(value.kind === "expression" && value.text, '"b: c d: " + e');
    });

    it("follows an alias, and refuses one that contains itself", () => {
        assert.deepEqual(problems("- a:\n    assign:\n      - x: &v [1]\n      - y: *v\n"), []);
        assert.match(problems("- a:\n    assign:\n      - x: &v [*v]\n").join(), /contains itself/);
    });

    it("takes an expression that is a map for no template", () => {
        const rules = (text: string): string[] =>
            parseWorkflow(JSON.stringify([{ a: { return: text } }]), { file: "w.json" }).diagnostics.map(
                ({ rule }) => rule,
            );
        assert.deepEqual(rules('${{"a": 1}}'), []);
        assert.deepEqual(rules("${{}}"), []);
        assert.deepEqual(rules("${{ secrets.NAME }}"), ["template-placeholder", "expression"]);
        assert.deepEqual(rules("{{ name }}"), ["template-placeholder"]);
    });
});
