import * as assert from "node:assert/strict";
import { ExpressionError, parseExpression, printExpression } from "../../../workflow/expression";

/** The expression with every operation in parentheses, so that precedence shows. */
function grouped(text: string): string {
    const show = (e: ReturnType<typeof parseExpression>): string => {
        switch (e.kind) {
            case "binary":
                return `(${show(e.left)} ${e.operator} ${show(e.right)})`;
            case "unary":
                return `(${e.operator} ${show(e.operand)})`;
            default:
                return printExpression(e);
        }
    };
    return show(parseExpression(text));
}

describe("parseExpression", () => {
    const precedence: [string, string][] = [
        ["1 + 2 * 3", "(1 + (2 * 3))"],
        ["1 - 2 - 3", "((1 - 2) - 3)"],
        ["a or b and c", "(a or (b and c))"],
        ["a OR b AND NOT c", "(a or (b and (not c)))"],
        ["not a in b", "((not a) in b)"],
        ["not (a in b)", "(not (a in b))"],
        ["-a * b", "((- a) * b)"],
        ["1 < 2 == true", "((1 < 2) == true)"],
        ["a + 1 in b", "((a + 1) in b)"],
        ["7 // 2 % 3", "((7 // 2) % 3)"],
        ["not -a.b[0].c", "(not (- a.b[0].c))"],
    ];
    for (const [text, expected] of precedence) {
        it(`reads ${text} as ${expected}`, () => assert.equal(grouped(text), expected));
    }

    it("keeps the digits of an integer that no double holds", () => {
        assert.deepEqual(parseExpression("9223372036854775807"), {
            kind: "number",
            text: "9223372036854775807",
            integer: true,
            start: 0,
            end: 19,
        });
    });

    it("gives a call its dotted name and its arguments their places", () => {
        const call = parseExpression('text.split(a, "\\n")');
        assert.equal(call.kind === "call" && call.callee, "text.split");
        assert.deepEqual(call.kind === "call" && call.args.map(({ start, end }) => [start, end]), [
            [11, 12],
            [14, 18],
        ]);
    });

    const errors: [string, number, RegExp][] = [
        ["", 0, /empty/],
        ["1 +", 3, /expected a value, but the expression ends/],
        ["a b", 2, /found "b"/],
        ["'x'", 0, /double quotes/],
        ['"x', 0, /no closing/],
        ["a && b", 2, /operator is and/],
        ["a = b", 2, /comparison is ==/],
        ['"\\q"', 1, /unknown escape/],
        ["a} and ${b", 7, /as a whole/],
        ["a[1:2]", 3, /no slices/],
        ["a.0", 1, /operator or the end/],
        ["[1, 2", 5, /expected "]"/],
    ];
    for (const [text, offset, message] of errors) {
        it(`refuses ${JSON.stringify(text)} at offset ${offset}`, () => {
            assert.throws(
                () => parseExpression(text),
                (error) => error instanceof ExpressionError && error.start === offset && message.test(error.message),
            );
        });
    }

    it("takes upper-case operators, and mixed case as a name", () => {
        assert.equal(grouped("a AND b"), "(a and b)");
        assert.deepEqual(parseExpression("And").kind, "variable");
    });
});

describe("printExpression", () => {
    for (const text of ['a.b["c d"][0]', "(1 + 2) * 3", "1 - (2 - 3)", "not (a in b)", '{"a": [1, null]}', "(-1).x"]) {
        it(`keeps ${text} as it is`, () => assert.equal(printExpression(parseExpression(text)), text));
    }
    it("leaves out parentheses that say nothing", () => {
        assert.equal(printExpression(parseExpression("((1) + (2 * 3))")), "1 + 2 * 3");
    });
});
