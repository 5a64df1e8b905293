import { gives, raises, refused, row, type StepRow } from "./step-row";

const retried = (retry: string): string =>
    `- i: {assign: [{n: 0}]}\n- t:\n    try:\n      steps:\n        - c: {assign: [{n: '\${n + 1}'}]}\n        - f: {raise: {tags: [HttpError], code: 503}}\n    retry: ${retry}\n    except: {as: e}\n- r: {return: '\${n}'}\n`;
/** What `except` computes of the error that an action raises; null where there is none. */
const caught = (action: string, expression: string): string =>
    `- a:\n    try: {${action}}\n    except: {as: e, steps: [{r: {return: '\${${expression}}'}}]}\n`;

/** Errors, each by its page below https://cloud.google.com/workflows/docs/reference/syntax/ */
export const ERRORS: Readonly<Record<string, readonly StepRow[]>> = {
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
        row(
            "gives a map with tags and a message",
            caught("call: json.decode, args: {data: '{'}", "[keys(e), get_type(e.message), e.tags]"),
            gives([["message", "tags"], "string", ["ValueError"]]),
        ),
        row(
            "looks for a tag with in",
            caught("call: json.decode, args: {data: 1}", '"TypeError" in e.tags'),
            gives(true),
        ),
        ...["assign: [{y: 1}]", "call: sys.now", "return: 7", "steps: [{z: {return: 7}}]"].map((action) =>
            row(
                `may hold ${action}`,
                `- a:\n    try: {raise: no}\n    except: {as: e, steps: [{b: {${action}}}]}\n`,
                gives(/7/.test(action) ? 7 : null),
            ),
        ),
        row(
            "keeps what it sets of the variables around it",
            "- i: {assign: [{x: 1}]}\n- a:\n    try: {raise: no}\n    except: {as: e, steps: [{b: {assign: [{x: 2}]}}]}\n- c: {return: '${x}'}\n",
            gives(2),
        ),
        row("does nothing where there is no error", caught("assign: [{y: 1}]", "e"), gives(null)),
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
    "error-types": [
        ...Object.entries({
            IndexError: "[1][1]",
            KeyError: "{}.k",
            TypeError: "1 + true",
            ValueError: "int(string(1.5))",
            ZeroDivisionError: "1 // 0",
        }).map(([tag, expression]) =>
            row(`has ${tag}`, caught(`assign: [{y: "\${${expression}}"}]`, "e.tags"), gives([tag])),
        ),
        row(
            "lets a limit that is passed not be caught",
            "- a:\n    try: {steps: [{b: {assign: [{s: x}]}}, {f: {for: {value: i, range: [1, 19], steps: [{c: {assign: [{s: '${s + s}'}]}}]}}}]}\n    except: {as: e, steps: [{r: {return: caught}}]}\n",
            raises("ResourceLimitError"),
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
};
