import { ERRORS } from "./errors";
import { LOOPS } from "./loops";
import { ROUTINES } from "./routines";
import { gives, raises, refused, row, type StepRow } from "./step-row";

/** The table of `+`: a text takes all, numbers take numbers, and nothing else is added. */
function plus(): StepRow[] {
    const values = { INTEGER: "1", DOUBLE: "1.5", STRING: '"s"', BOOL: "true" };
    const types: Readonly<Record<string, string>> = { INTEGER: "integer", DOUBLE: "double", STRING: "string" };
    const table = {
        INTEGER: ["INTEGER", "DOUBLE", "STRING", "ERROR"],
        DOUBLE: ["DOUBLE", "DOUBLE", "STRING", "ERROR"],
        STRING: ["STRING", "STRING", "STRING", "STRING"],
        BOOL: ["ERROR", "ERROR", "STRING", "ERROR"],
    };
    return Object.entries(table).flatMap(([left, line]) =>
        Object.keys(values).map((right, at) => {
            const result = line[at] ?? "";
            const [a, b] = [left, right].map((type) => values[type as keyof typeof values]);
            const type = types[result];
            return row(
                `adds ${left} and ${right}: ${result}`,
                `- a: {return: '\${get_type(${a ?? ""} + ${b ?? ""})}'}\n`,
                type === undefined ? raises("TypeError") : gives(type),
            );
        }),
    );
}

/** The kinds of steps and what is around them, each by its page below https://cloud.google.com/workflows/docs/reference/syntax/ */
export const STEPS: Readonly<Record<string, readonly StepRow[]>> = {
    ...LOOPS,
    ...ERRORS,
    ...ROUTINES,
    "syntax-search": [
        row("is a list of steps", "- a: {return: 1}\n", gives(1)),
        row("is a map with main", "main: {steps: [{a: {return: 1}}]}\n", gives(1)),
        row(
            "needs main where there are subworkflows",
            "sub: {steps: [{a: {return: 1}}]}\n",
            refused(/'main' is missing/),
        ),
        row("may be JSON", '[{"a": {"return": 1}}]', gives(1)),
    ],
    steps: [
        row(
            "runs steps one after the other",
            "- a: {assign: [{x: 1}]}\n- b: {assign: [{x: '${x + 1}'}]}\n- c: {return: '${x}'}\n",
            gives(2),
        ),
        row("nests steps", "- a: {steps: [{b: {assign: [{x: 1}]}}]}\n- c: {return: '${x}'}\n", gives(1)),
        row(
            "names each step once in a list",
            "- a: {assign: [{x: 1}]}\n- a: {return: 1}\n",
            refused(/'a' occurs twice/),
        ),
    ],
    maps: [
        row("computes keys in blocks", "- a: {assign: [{k: x}]}\n- b:\n    return:\n      ${k}: 1\n", gives({ x: 1 })),
        row(
            "computes keys in braces",
            "- a: {assign: [{k: x}]}\n- b: {return: {'${k + \"y\"}': 1}}\n",
            gives({ xy: 1 }),
        ),
        row(
            "reads a key with other characters in brackets",
            '- a: {assign: [{m: {"a!": 1}}]}\n- b: {return: \'${m["a!"]}\'}\n',
            gives(1),
        ),
        row(
            "raises KeyError for a missing key",
            "- a: {assign: [{m: {}}]}\n- b: {return: '${m.k}'}\n",
            raises("KeyError"),
        ),
    ],
    lists: [
        row("reads an element", "- a: {assign: [{l: [1, 2]}]}\n- b: {return: '${l[1]}'}\n", gives(2)),
        row(
            "raises IndexError out of range",
            "- a: {assign: [{l: [1]}]}\n- b: {return: '${l[1]}'}\n",
            raises("IndexError"),
        ),
    ],
    jumps: [
        row("goes to a step", "- a: {next: c}\n- b: {return: 1}\n- c: {return: 2}\n", gives(2)),
        row("ends", "- a: {next: end}\n- b: {return: 1}\n", gives(null)),
        row("refuses a step that there is not", "- a: {next: x}\n", refused(/'x' to go to next is not defined/)),
        row("takes a name and no expression", "- a: {next: '${x}'}\n", refused(/next takes the name of a step/)),
    ],
    completing: [
        row("returns a value", "- a: {return: {x: [1]}}\n", gives({ x: [1] })),
        row("ends main by next, with null", "- a: {assign: [{x: 1}], next: end}\n- b: {return: 1}\n", gives(null)),
        row(
            "ends main by an error that is not caught",
            "- a: {raise: {tags: [Mine]}}\n- b: {return: 1}\n",
            raises("Mine"),
        ),
        row(
            "ends a subworkflow alone by next and by return",
            "main: {steps: [{a: {call: s, result: x}}, {b: {call: t, result: y}}, {c: {return: ['${x}', '${y}']}}]}\ns: {steps: [{d: {next: end}}, {e: {return: 1}}]}\nt: {steps: [{d: {return: 2}}, {e: {return: 3}}]}\n",
            gives([null, 2]),
        ),
        row("gives null without return", "- a: {assign: [{x: 1}]}\n", gives(null)),
    ],
    expressions: [
        row("computes", "- a: {return: '${1 + 2 * 3}'}\n", gives(7)),
        row("joins texts and numbers", "- a: {return: '${\"n\" + 1}'}\n", gives("n1")),
        row("has 400 characters at most", `- a: {return: '\${"${"x".repeat(400)}"}'}\n`, refused(/more than the 400/)),
        row("may not wait", "- a: {return: '${sys.sleep(1)}'}\n", refused(/blocks/)),
    ],
    datatypes: [
        ...plus(),
        row(
            "has words of one case for true and false",
            "- a: {return: '${[true, True, TRUE, false, False, FALSE]}'}\n",
            gives([true, true, true, false, false, false]),
        ),
        row("has operators in capitals", "- a: {return: '${NOT (TRUE AND FALSE) OR false}'}\n", gives(true)),
        row("binds and closer than or", "- a: {return: '${true or false and false}'}\n", gives(true)),
        row("binds not closer than and", "- a: {return: '${not false and true}'}\n", gives(true)),
        row("binds comparisons closer than and", "- a: {return: '${1 < 2 and 3 > 2}'}\n", gives(true)),
        row("binds sums closer than comparisons", "- a: {return: '${1 + 1 == 2}'}\n", gives(true)),
        row("binds products closer than sums", "- a: {return: '${1 + 2 * 3 - 8 % 5}'}\n", gives(4)),
        row("binds the minus of one number closest", "- a: {return: '${-2 * -3}'}\n", gives(6)),
        row("binds brackets closest", "- a: {return: '${(1 + 2) * 3}'}\n", gives(9)),
        row("returns no bytes", "- a: {return: '${text.encode(\"a\")}'}\n", raises("ValueError")),
        row("floors", "- a: {return: '${-7 // 2}'}\n", gives(-4)),
        row("divides to doubles", "- a: {return: '${get_type(4 / 2)}'}\n", gives("double")),
        row("adds no boolean to a number", "- a: {return: '${1 + true}'}\n", raises("TypeError")),
        row("takes booleans alone for and, or and not", "- a: {return: '${1 and true}'}\n", raises("TypeError")),
        row("looks with in into maps and lists alone", "- a: {return: '${1 in 1}'}\n", raises("TypeError")),
    ],
};
