import { gives, many, raises, refused, row, type StepRow } from "./step-row";

/** Calls, subworkflows and conditions. */
export const ROUTINES: Readonly<Record<string, readonly StepRow[]>> = {
    calls: [
        row(
            "passes arguments by name, and keeps the result",
            "- a: {call: text.split, args: {source: a-b, separator: '-'}, result: r}\n- b: {return: '${r}'}\n",
            gives(["a", "b"]),
        ),
        row(
            "passes arguments by position",
            "- a: {call: text.split, args: [a-b, '-'], result: r}\n- b: {return: '${r}'}\n",
            gives(["a", "b"]),
        ),
        row("refuses what is not defined", "- a: {call: nothing.here}\n", refused(/'nothing\.here' is neither/)),
        row("may leave out the arguments", "- a: {call: sys.now, result: t}\n- b: {return: '${t > 0}'}\n", gives(true)),
        row("may leave out the result", "- a: {call: text.split, args: [a, b]}\n- b: {return: 1}\n", gives(1)),
        row(
            "writes the result over the variable's earlier value",
            "- a: {assign: [{r: 1}]}\n- b: {call: text.to_upper, args: {source: x}, result: r}\n- c: {return: '${r}'}\n",
            gives("X"),
        ),
        row(
            "takes expressions in arguments, at any depth",
            '- a: {assign: [{x: 1}]}\n- b: {call: json.encode_to_string, args: {data: {k: ["${x + 1}", {n: "${x}"}]}}, result: r}\n- c: {return: "${r}"}\n',
            gives('{"k":[2,{"n":1}]}'),
        ),
        row(
            "calls a subworkflow",
            "main: {steps: [{a: {call: s, result: r}}, {b: {return: '${r}'}}]}\ns: {steps: [{c: {return: 4}}]}\n",
            gives(4),
        ),
        row(
            "refuses an argument that the function does not have",
            "- a: {call: text.to_upper, args: {source: x, other: 1}}\n",
            refused(/other/),
        ),
        row("refuses a blocking call in an expression", "- a: {return: '${sys.sleep(1)}'}\n", refused(/sys\.sleep/)),
    ],
    subworkflows: [
        row(
            "passes parameters and defaults",
            "main: {steps: [{a: {call: s, args: {x: 1}, result: r}}, {b: {return: '${r}'}}]}\ns: {params: [x, y: 2], steps: [{c: {return: '${x + y}'}}]}\n",
            gives(3),
        ),
        row(
            "may be called in an expression",
            "main: {steps: [{b: {return: '${s(1) + 1}'}}]}\ns: {params: [x], steps: [{c: {return: '${x}'}}]}\n",
            gives(2),
        ),
        row(
            "has variables of its own",
            "main: {steps: [{a: {assign: [{x: 1}]}}, {b: {call: s}}, {c: {return: '${x}'}}]}\ns: {steps: [{d: {assign: [{x: 2}]}}]}\n",
            gives(1),
        ),
        row(
            "refuses a call without a parameter that is required",
            "main: {steps: [{a: {call: s}}]}\ns: {params: [x], steps: [{c: {return: 1}}]}\n",
            refused(/needs the argument 'x'/),
        ),
        row(
            "writes over a default",
            "main: {steps: [{a: {call: s, args: {x: 1, y: 5}, result: r}}, {b: {return: '${r}'}}]}\ns: {params: [x, y: 2], steps: [{c: {return: '${x + y}'}}]}\n",
            gives(6),
        ),
        row(
            "returns null by `next: end`, and goes on with its caller",
            "main: {steps: [{a: {call: s, result: r}}, {b: {return: ['${r}', 1]}}]}\ns: {steps: [{c: {next: end}}, {d: {return: 2}}]}\n",
            gives([null, 1]),
        ),
        row(
            "returns null after its last step",
            "main: {steps: [{a: {call: s, result: r}}, {b: {return: '${r}'}}]}\ns: {steps: [{c: {assign: [{x: 1}]}}]}\n",
            gives(null),
        ),
        row(
            "needs steps",
            "main: {steps: [{a: {call: s, args: {x: 1}}}]}\ns: {params: [x]}\n",
            refused(/"s" needs "steps"/),
        ),
        row(
            "needs the parameters in a list",
            "main: {params: args, steps: [{a: {return: 1}}]}\n",
            refused(/params must be a list/),
        ),
        row(
            "refuses an argument that is no parameter",
            "main: {steps: [{a: {call: s, args: {z: 1}}}]}\ns: {steps: [{c: {return: 1}}]}\n",
            refused(/z/),
        ),
        row(
            "refuses a second main",
            "main: {steps: [{a: {return: 1}}]}\nmain: {steps: [{a: {return: 2}}]}\n",
            refused(/"main" occurs twice/),
        ),
        row(
            "lets errors reach its caller",
            "main: {steps: [{a: {try: {call: s}, except: {as: e, steps: [{b: {return: '${e}'}}]}}}]}\ns: {steps: [{c: {raise: no}}]}\n",
            gives("no"),
        ),
        row(
            "may nest 20 calls at most",
            "main: {steps: [{a: {call: s}}]}\ns: {steps: [{b: {call: s}}]}\n",
            raises("RecursionError"),
        ),
    ],
    conditions: [
        row(
            "jumps from a case",
            "- a: {switch: [{condition: '${1 == 1}', next: c}, {condition: true, next: b}], next: b}\n- b: {return: 2}\n- c: {return: 3}\n",
            gives(3),
        ),
        row(
            "takes the default, `condition: true`, where nothing else holds",
            "- a: {switch: [{condition: false, next: b}, {condition: true, next: c}]}\n- b: {return: 2}\n- c: {return: 3}\n",
            gives(3),
        ),
        row(
            "goes to the case's next after its steps",
            "- a: {switch: [{condition: true, steps: [{b: {assign: [{x: 1}]}}], next: d}]}\n- c: {return: 2}\n- d: {return: '${x}'}\n",
            gives(1),
        ),
        row(
            "goes on below after a case's steps without next",
            "- a: {switch: [{condition: true, steps: [{b: {assign: [{x: 1}]}}]}]}\n- c: {return: '${x}'}\n",
            gives(1),
        ),
        row(
            "assigns, raises and calls in a case",
            "- a: {switch: [{condition: true, assign: [{x: 1}]}]}\n- b: {switch: [{condition: '${x == 1}', call: text.to_upper, args: {source: y}, result: x}]}\n- c: {return: '${x}'}\n",
            gives("Y"),
        ),
        row("may end in a case", "- a: {switch: [{condition: true, next: end}]}\n- b: {return: 2}\n", gives(null)),
        row("takes 50 cases", `- a:\n    switch:\n${many(50, "      - {condition: false, return: #}")}\n`, gives(null)),
        row("needs a condition in each case", "- a: {switch: [{return: 1}]}\n", refused(/needs a condition/)),
        row(
            "takes the first case that holds",
            "- a: {switch: [{condition: '${1 > 2}', return: 1}, {condition: true, return: 2}, {condition: true, return: 3}]}\n",
            gives(2),
        ),
        row(
            "goes on where no case holds",
            "- a: {switch: [{condition: false, return: 1}]}\n- b: {return: 2}\n",
            gives(2),
        ),
        row(
            "goes to next where no case holds",
            "- a: {switch: [{condition: false, return: 1}], next: c}\n- b: {return: 2}\n- c: {return: 3}\n",
            gives(3),
        ),
        row("nests steps in a case", "- a: {switch: [{condition: true, steps: [{b: {return: 1}}]}]}\n", gives(1)),
        row(
            "has 50 cases at most",
            `- a:\n    switch:\n${many(51, "      - {condition: false, return: #}")}\n`,
            refused(/51 conditions/),
        ),
        row("needs a boolean", "- a: {switch: [{condition: '${1}', return: 1}]}\n", raises("TypeError")),
    ],
};
