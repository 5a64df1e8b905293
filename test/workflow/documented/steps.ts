import { LOOPS } from "./loops";
import { gives, many, raises, refused, row, type StepRow } from "./step-row";

const retried = (retry: string): string =>
    `- i: {assign: [{n: 0}]}\n- t:\n    try:\n      steps:\n        - c: {assign: [{n: '\${n + 1}'}]}\n        - f: {raise: {tags: [HttpError], code: 503}}\n    retry: ${retry}\n    except: {as: e}\n- r: {return: '\${n}'}\n`;
/** The kinds of steps and what is around them, each by its page below https://cloud.google.com/workflows/docs/reference/syntax/ */
export const STEPS: Readonly<Record<string, readonly StepRow[]>> = {
    ...LOOPS,
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
            "may nest 20 calls at most",
            "main: {steps: [{a: {call: s}}]}\ns: {steps: [{b: {call: s}}]}\n",
            raises("RecursionError"),
        ),
    ],
    conditions: [
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
    jumps: [
        row("goes to a step", "- a: {next: c}\n- b: {return: 1}\n- c: {return: 2}\n", gives(2)),
        row("ends", "- a: {next: end}\n- b: {return: 1}\n", gives(null)),
        row("refuses a step that there is not", "- a: {next: x}\n", refused(/'x' to go to next is not defined/)),
        row("takes a name and no expression", "- a: {next: '${x}'}\n", refused(/next takes the name of a step/)),
    ],
    completing: [
        row("returns a value", "- a: {return: {x: [1]}}\n", gives({ x: [1] })),
        row("gives null without return", "- a: {assign: [{x: 1}]}\n", gives(null)),
    ],
    "catching-errors": [
        row(
            "catches the error of a call",
            "- a:\n    try: {call: json.decode, args: {data: '{'}}\n    except: {as: e, steps: [{r: {return: '${e.tags[0]}'}}]}\n",
            gives("ValueError"),
        ),
        row(
            "catches the errors of steps",
            "- a:\n    try: {steps: [{b: {raise: no}}]}\n    except: {as: e, steps: [{r: {return: '${e}'}}]}\n",
            gives("no"),
        ),
        row(
            "takes a list of steps",
            "- a:\n    try: [{b: {raise: no}}]\n    except: {as: e, steps: [{r: {return: '${e}'}}]}\n",
            gives("no"),
        ),
        row(
            "may do nothing about an error",
            "- a:\n    try: {steps: [{b: {raise: no}}]}\n    except: {as: e}\n- c: {return: 1}\n",
            gives(1),
        ),
        row(
            "names a loop",
            "- a: {try: {for: {value: v, in: [1], steps: [{b: {assign: [{x: 1}]}}]}}}\n",
            refused(/loop step name should not be empty/),
        ),
    ],
    "raising-errors": [
        row(
            "raises a text",
            "- a:\n    try: {steps: [{b: {raise: no}}]}\n    except: {as: e, steps: [{r: {return: '${e}'}}]}\n",
            gives("no"),
        ),
        row(
            "raises a map",
            "- a:\n    try: {steps: [{b: {raise: {code: 55}}}]}\n    except: {as: e, steps: [{r: {return: '${e.code}'}}]}\n",
            gives(55),
        ),
        row(
            "raises again what was caught",
            "- a:\n    try: {call: json.decode, args: {data: '{'}}\n    except: {as: e, steps: [{r: {raise: '${e}'}}]}\n",
            raises("ValueError"),
        ),
    ],
    retrying: [
        row(
            "tries as often as max_retries says, and once before",
            retried(
                "{predicate: '${http.default_retry_predicate}', max_retries: 2, backoff: {initial_delay: 1, max_delay: 60, multiplier: 2}}",
            ),
            gives(3),
        ),
        row("has a default that tries five times more", retried("${http.default_retry}"), gives(6)),
        row("has a default for what must not be done twice", retried("${http.default_retry_non_idempotent}"), gives(6)),
        row(
            "knows a predicate that never holds",
            retried("{predicate: '${retry.never}', max_retries: 2, backoff: '${retry.default_backoff}'}"),
            gives(1),
        ),
        row(
            "knows a predicate that always holds",
            retried("{predicate: '${retry.always}', max_retries: 2, backoff: '${retry.default_backoff}'}"),
            gives(3),
        ),
        row(
            "refuses a predicate that there is not",
            retried("{predicate: '${nothing}', max_retries: 2}"),
            refused(/predicate of retry must name/),
        ),
    ],
    expressions: [
        row("computes", "- a: {return: '${1 + 2 * 3}'}\n", gives(7)),
        row("joins texts and numbers", "- a: {return: '${\"n\" + 1}'}\n", gives("n1")),
        row("has 400 characters at most", `- a: {return: '\${"${"x".repeat(400)}"}'}\n`, refused(/more than the 400/)),
        row("may not wait", "- a: {return: '${sys.sleep(1)}'}\n", refused(/blocks/)),
    ],
    datatypes: [
        row("floors", "- a: {return: '${-7 // 2}'}\n", gives(-4)),
        row("divides to doubles", "- a: {return: '${get_type(4 / 2)}'}\n", gives("double")),
        row("adds no boolean to a number", "- a: {return: '${1 + true}'}\n", raises("TypeError")),
        row("takes booleans alone for and, or and not", "- a: {return: '${1 and true}'}\n", raises("TypeError")),
        row("looks with in into maps and lists alone", "- a: {return: '${1 in 1}'}\n", raises("TypeError")),
    ],
};
