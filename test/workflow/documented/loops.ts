import { gives, many, raises, refused, row, type StepRow } from "./step-row";

const loop = (more: string, body = "- s: {assign: [{n: '${n + v}'}]}"): string =>
    `- i: {assign: [{n: 0}]}\n- l:\n    for:\n      value: v\n      ${more}\n      steps:\n        ${body}\n- r: {return: '\${n}'}\n`;
/** A parallel step whose error is caught; `n` is 0 before it, and the result. */
const parallel = (inner: string): string =>
    `- i: {assign: [{n: 0}, {m: 7}]}\n- t: {try: {steps: [{p: {parallel: {${inner}}}}]}, except: {as: e}}\n- r: {return: '\${n}'}\n`;
const each = "shared: [n], for: {value: v, in: [1, 2], steps: [{a: {assign: [{n: '${n + v}'}]}}]}";

/** Variables, loops and parallel steps, each by its page below https://cloud.google.com/workflows/docs/reference/syntax/ */
export const LOOPS: Readonly<Record<string, readonly StepRow[]>> = {
    variables: [
        row("assigns in order", "- a: {assign: [{x: 1}, {y: '${x + 1}'}]}\n- b: {return: '${y}'}\n", gives(2)),
        row(
            "assigns a part of a map",
            "- a: {assign: [{m: {}}, {m.k: 1}, {'m[\"a b\"]': 2}]}\n- b: {return: '${m}'}\n",
            gives({ k: 1, "a b": 2 }),
        ),
        row(
            "assigns an element of a list",
            "- a: {assign: [{l: [1, 2]}, {'l[0]': 5}]}\n- b: {return: '${l}'}\n",
            gives([5, 2]),
        ),
        row(
            "has 50 assignments in a step at most",
            `- a:\n    assign:\n${many(51, "      - x#: 1")}\n`,
            refused(/51 assignments/),
        ),
        row("refuses a variable that nothing assigns", "- a: {return: '${x}'}\n", refused(/symbol 'x' is neither/)),
        row(
            "assigns the result of a call",
            "- a: {call: json.decode, args: {data: '1'}, result: x}\n- b: {return: '${x}'}\n",
            gives(1),
        ),
        row(
            "begins a name with a letter or an underscore",
            "- a: {assign: [{_x9: 1}]}\n- b: {return: '${_x9}'}\n",
            gives(1),
        ),
        ...["1x", "my-var", "ä", "a b"].map((name) =>
            row(
                `has only letters, digits and underscores in a name: ${name}`,
                `- a: {assign: [{"${name}": 1}]}\n`,
                refused(/is no name for a variable/),
            ),
        ),
        row(
            "copies a value that is assigned",
            "- a: {assign: [{x: [1]}, {y: '${x}'}, {'y[0]': 2}]}\n- b: {return: ['${x}', '${y}']}\n",
            gives([[1], [2]]),
        ),
        row(
            "clears what an except block assigned",
            "- a:\n    try: {raise: x}\n    except: {as: e, steps: [{b: {assign: [{x: 1}]}}]}\n- c: {return: '${x}'}\n",
            refused(/symbol 'x' is neither/),
        ),
        row(
            "lets loops within loops set variables around them, which stay",
            "- i: {assign: [{w: foo}]}\n- o: {for: {value: a, in: [1, 2], steps: [{b: {assign: [{c: '${w}'}]}}, {d: {for: {value: e, in: [5, 8], steps: [{f: {assign: [{w: '${e}'}, {g: '${c}'}]}}]}}}]}}\n- r: {return: '${w}'}\n",
            gives(8),
        ),
        row(
            "counts 8 bytes for each value, and what it holds",
            `- a: {assign: [{s: ${"x".repeat(1000)}}, {l: []}]}\n- f: {for: {value: i, range: [1, 520], steps: [{b: {assign: [{l: '\${list.concat(l, s)}'}]}}]}}\n`,
            raises("ResourceLimitError"),
        ),
        row(
            "may hold what takes less than 512 KB",
            `- a: {assign: [{s: ${"x".repeat(1000)}}, {l: []}]}\n- f: {for: {value: i, range: [1, 240], steps: [{b: {assign: [{l: '\${list.concat(l, s)}'}]}}]}}\n- r: {return: '\${len(l)}'}\n`,
            gives(240),
        ),
    ],
    iteration: [
        row("goes through a list", loop("in: [1, 2, 3]"), gives(6)),
        row(
            "goes through the keys of a map",
            "- i: {assign: [{n: ''}]}\n- l:\n    for:\n      value: k\n      in: '${keys({\"a\": 1, \"b\": 2})}'\n      steps: [{s: {assign: [{n: '${n + k}'}]}}]\n- r: {return: '${n}'}\n",
            gives("ab"),
        ),
        row("goes through a range, its end included", loop("range: [1, 3]"), gives(6)),
        row(
            "has the index of an element",
            loop("index: i2\n      in: [5, 5]", "- s: {assign: [{n: '${n + i2}'}]}"),
            gives(1),
        ),
        row("ends by break", loop("in: [1, 2]", "- s: {assign: [{n: '${n + v}'}], next: break}"), gives(1)),
        row(
            "goes on by continue",
            loop("in: [1, 2]", "- s: {next: continue}\n        - t: {assign: [{n: 9}]}"),
            gives(0),
        ),
        row("needs in or range", loop("index: j"), refused(/needs either "in" or "range"/)),
        row(
            "keeps its variables to itself",
            "- l: {for: {value: v, in: [1], steps: [{s: {assign: [{x: 1}]}}]}}\n- r: {return: '${x}'}\n",
            refused(/symbol 'x' is neither/),
        ),
        row(
            "has a variable that is nowhere else",
            "- i: {assign: [{v: 1}]}\n- l: {for: {value: v, in: [1], steps: [{s: {assign: [{x: 1}]}}]}}\n",
            refused(/also a variable around the loop/),
        ),
        row("refuses break outside of a loop", "- a: {next: break}\n", refused(/outside of a for loop/)),
        row("takes an expression for a list", loop("in: '${[1, 2]}'"), gives(3)),
        row("takes expressions for the ends of a range", loop("range: ['${1 + 1}', '${2 * 2}']"), gives(9)),
        row("takes negative ends of a range", loop("range: [-3, -1]"), gives(-6)),
        row(
            "starts the index at 0, in a range too",
            loop("index: j\n      range: [7, 9]", "- s: {assign: [{n: '${n + j}'}]}"),
            gives(3),
        ),
        row(
            "has one name in several loops that are not nested",
            "- i: {assign: [{n: 0}]}\n- a: {for: {value: v, index: j, in: [1, 2], steps: [{s: {assign: [{n: '${n + v}'}]}}]}}\n- b: {for: {value: v, index: j, in: [3], steps: [{s: {assign: [{n: '${n + v}'}]}}]}}\n- r: {return: '${n}'}\n",
            gives(6),
        ),
        row(
            "refuses one name in nested loops",
            "- a: {for: {value: v, in: [1], steps: [{b: {for: {value: v, in: [2], steps: [{c: {assign: [{x: 1}]}}]}}}]}}\n",
            refused(/also a variable around the loop/),
        ),
        row(
            "has an index that is nowhere else",
            "- i: {assign: [{j: 1}]}\n- a: {for: {value: v, index: j, in: [1], steps: [{c: {assign: [{x: 1}]}}]}}\n",
            refused(/also a variable around the loop/),
        ),
        row("needs a variable", "- a: {for: {in: [1], steps: [{c: {assign: [{x: 1}]}}]}}\n", refused(/needs "value"/)),
        row("needs steps", "- a: {for: {value: v, in: [1]}}\n", refused(/steps/)),
        row("takes either in or range", loop("in: [1]\n      range: [1, 2]"), refused(/not both/)),
        row("goes through nothing but lists and maps", loop("in: '${\"abc\"}'"), raises("TypeError")),
        row("goes through nothing where the list is empty", loop("in: []"), gives(0)),
        row("refuses continue outside of a loop", "- a: {next: continue}\n", refused(/outside of a for loop/)),
    ],
    "parallel-steps": [
        row(
            "runs branches that share variables",
            "- i: {assign: [{n: 0}]}\n- p:\n    parallel:\n      shared: [n]\n      branches:\n        - a: {assign: [{n: '${n + 1}'}]}\n        - b: {assign: [{n: '${n + 2}'}]}\n- r: {return: '${n}'}\n",
            gives(3),
        ),
        row(
            "runs iterations",
            "- i: {assign: [{n: 0}]}\n- p:\n    parallel:\n      shared: [n]\n      for: {value: v, in: [1, 2], steps: [{a: {assign: [{n: '${n + v}'}]}}]}\n- r: {return: '${n}'}\n",
            gives(3),
        ),
        row(
            "refuses to write what is not shared",
            "- i: {assign: [{n: 0}]}\n- p: {parallel: {branches: [{a: {assign: [{n: 1}]}}, {b: {assign: [{m: 1}]}}]}}\n",
            refused(/not listed in shared/),
        ),
        row(
            "knows continueAll alone as policy",
            "- p: {parallel: {exception_policy: stop, branches: [{a: {assign: [{n: 1}]}}]}}\n",
            refused(/can only be continueAll/),
        ),
        row(
            "raises UnhandledBranchError for what a branch raises",
            "- p: {parallel: {branches: [{a: {raise: no}}, {b: {assign: [{m: 1}]}}]}}\n",
            raises("UnhandledBranchError"),
        ),
        row(
            "has 10 branches at most",
            `- p:\n    parallel:\n      branches:\n${many(11, "        - b#: {assign: [{x: 1}]}")}\n`,
            refused(/11 branches/),
        ),
        row(
            "nests two levels at most",
            "- p: {parallel: {branches: [{a: {parallel: {branches: [{b: {parallel: {branches: [{c: {assign: [{x: 1}]}}]}}}]}}}]}}\n",
            refused(/deeper than 2 levels/),
        ),
        row(
            "goes on with the other branches where one raises, by default",
            parallel("shared: [n], branches: [{a: {raise: x}}, {b: {assign: [{n: '${n + 1}'}]}}]"),
            gives(1),
        ),
        row(
            "goes on with the other branches by continueAll",
            parallel(
                "exception_policy: continueAll, shared: [n], branches: [{a: {raise: x}}, {b: {assign: [{n: 2}]}}]",
            ),
            gives(2),
        ),
        row(
            "reads what is not shared",
            parallel("shared: [n], branches: [{a: {assign: [{n: '${m}'}]}}, {b: {assign: [{x: 1}]}}]"),
            gives(7),
        ),
        row(
            "clears what a branch assigned",
            "- p: {parallel: {branches: [{a: {assign: [{x: 1}]}}, {b: {assign: [{y: 1}]}}]}}\n- r: {return: '${x}'}\n",
            refused(/symbol 'x' is neither/),
        ),
        row(
            "shares only what is assigned before",
            "- p: {parallel: {shared: [q], branches: [{a: {assign: [{x: 1}]}}, {b: {assign: [{y: 1}]}}]}}\n",
            refused(/the shared variable 'q' is not defined/),
        ),
        row("takes a limit", parallel(`concurrency_limit: 1, ${each}`), gives(3)),
        row("takes an expression for a limit", parallel(`concurrency_limit: '\${1 + 1}', ${each}`), gives(3)),
        ...["0", "-1", "1.5", "many"].map((limit) =>
            row(
                `takes a positive integer alone as limit, and not ${limit}`,
                parallel(`concurrency_limit: ${limit}, ${each}`),
                refused(/integer of at least 1/),
            ),
        ),
        row(
            "checks a limit that is computed",
            "- p: {parallel: {concurrency_limit: '${0}', branches: [{a: {assign: [{x: 1}]}}]}}\n",
            raises("ValueError"),
        ),
        row("needs branches or a loop", "- p: {parallel: {shared: []}}\n", refused(/needs either "branches" or "for"/)),
        row(
            "has not both branches and a loop",
            "- p: {parallel: {branches: [{a: {assign: [{x: 1}]}}], for: {value: v, in: [1], steps: [{b: {assign: [{x: 1}]}}]}}}\n",
            refused(/not both/),
        ),
    ],
};
