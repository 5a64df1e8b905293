import * as assert from "node:assert/strict";
import { deployError, parseWorkflow, validateWorkflow } from "../../../workflow";

const check = (source: string) => validateWorkflow(parseWorkflow(source, { file: "w.yaml" }));
const rules = (source: string): string[] =>
    check(source).map(({ rule, span }) => `${span.start.line}:${span.start.column} ${rule}`);

/** What is refused, beside its nearest sound neighbour. */
const pairs: [what: string, wrong: string, place: string, right: string][] = [
    [
        "an undefined variable",
        "- a: {return: '${x + 1}'}\n",
        "1:18 undefined-variable",
        "- i: {assign: [x: 1, y: 2]}\n- a: {return: '${x + y}'}\n",
    ],
    [
        "a variable of a loop outside of it",
        "- l: {for: {value: v, in: [1], steps: [{s: {assign: [x: 1]}}]}}\n- a: {return: '${x}'}\n",
        "2:18 undefined-variable",
        "- i: {assign: [x: 0]}\n- l: {for: {value: v, in: [1], steps: [{s: {assign: [x: 1]}}]}}\n- a: {return: '${x}'}\n",
    ],
    [
        "the error's name outside of except",
        "- a:\n    try: {raise: oops}\n    except: {as: e, steps: [{s: {assign: [x: 1]}}]}\n- b: {return: '${e}'}\n",
        "4:18 undefined-variable",
        "- a:\n    try: {raise: oops}\n    except: {as: e, steps: [{s: {return: '${e}'}}]}\n",
    ],
    [
        "an unknown step to go to",
        "- a: {next: c}\n- b: {next: end}\n",
        "1:13 undefined-step",
        "- a: {next: b}\n- b: {next: end}\n",
    ],
    [
        "a jump into nested steps",
        "- a: {next: c}\n- b: {steps: [{c: {return: 1}}]}\n",
        "1:13 undefined-step",
        "- a: {return: 1}\n- b: {steps: [{c: {next: a}}]}\n",
    ],
    [
        "a jump out of a parallel branch",
        "- a: {parallel: {branches: [{b: {steps: [{c: {next: d}}]}}]}}\n- d: {return: 1}\n",
        "1:53 undefined-step",
        "- a: {parallel: {branches: [{b: {steps: [{c: {next: d}}, {d: {assign: [x: 1]}}]}}]}}\n",
    ],
    [
        "break outside of a loop",
        "- a: {next: break}\n",
        "1:13 misplaced-jump",
        "- l: {for: {value: v, in: [1], steps: [{a: {next: break}}]}}\n",
    ],
    [
        "break in a parallel loop",
        "- p: {parallel: {for: {value: v, in: [1], steps: [{a: {next: break}}]}}}\n",
        "1:62 misplaced-jump",
        "- p: {parallel: {for: {value: v, in: [1], steps: [{a: {next: continue}}]}}}\n",
    ],
    [
        "an unknown subworkflow",
        "- a: {call: sub}\n",
        "1:13 undefined-function",
        "main: {steps: [{a: {call: sub}}]}\nsub: {steps: [{a: {return: 1}}]}\n",
    ],
    [
        "an unknown function in an expression",
        "- a: {return: '${text.trim(\"x\")}'}\n",
        "1:18 undefined-function",
        "- a: {return: '${text.to_upper(\"x\")}'}\n",
    ],
    [
        "a blocking function in an expression",
        "- a: {return: '${http.get(\"https://x\")}'}\n",
        "1:18 blocking-call",
        "- a: {call: http.get, args: {url: 'https://x'}}\n",
    ],
    [
        "an unknown argument",
        "- a: {call: http.get, args: {uri: 'https://x', url: 'https://x'}}\n",
        "1:30 arguments",
        "- a: {call: http.get, args: {url: 'https://x'}}\n",
    ],
    ["a missing argument", "- a: {call: http.get}\n", "1:13 arguments", "- a: {call: sys.log, args: {text: x}}\n"],
    [
        "too many arguments in an expression",
        "- a: {return: '${len(\"a\", 1)}'}\n",
        "1:18 arguments",
        "- a: {return: '${len(\"a\")}'}\n",
    ],
    [
        "two steps of one name",
        "- a: {next: end}\n- a: {next: end}\n",
        "2:3 duplicate-step",
        "- a: {steps: [{a: {next: end}}]}\n",
    ],
    ["a step named like a word of next", "- end: {return: 1}\n", "1:3 reserved-name", "- ende: {return: 1}\n"],
    [
        "an outer variable that a branch assigns without sharing it",
        "- i: {assign: [x: 1]}\n- p: {parallel: {branches: [{b: {assign: [x: 2]}}]}}\n",
        "2:43 not-shared",
        "- i: {assign: [x: 1]}\n- p: {parallel: {shared: [x], branches: [{b: {assign: [x: 2]}}]}}\n",
    ],
    [
        "a shared variable that is not there",
        "- p: {parallel: {shared: [x], branches: [{b: {assign: [y: 2]}}]}}\n",
        "1:27 undefined-variable",
        "- i: {assign: [x: 1]}\n- p: {parallel: {shared: [x], branches: [{b: {assign: [y: 2]}}]}}\n",
    ],
    [
        "another exception policy",
        "- p: {parallel: {exception_policy: stop, branches: [{b: {assign: [y: 2]}}]}}\n",
        "1:36 shape",
        "- p: {parallel: {exception_policy: continueAll, branches: [{b: {assign: [y: 2]}}]}}\n",
    ],
    [
        "a misspelt key of retry",
        "- a:\n    try: {call: sys.now}\n    retry: {max_retrys: 3}\n",
        "3:13 unknown-key",
        "- a:\n    try: {call: sys.now}\n    retry: {max_retries: 3, backoff: {initial_delay: 1}}\n",
    ],
    [
        "a predicate that does not exist",
        "- a:\n    try: {call: sys.now}\n    retry: {predicate: '${mine}'}\n",
        "3:24 undefined-function",
        "- a:\n    try: {call: sys.now}\n    retry: {predicate: '${http.default_retry_predicate}'}\n",
    ],
    [
        "a policy where a predicate belongs",
        "- a:\n    try: {call: sys.now}\n    retry: {predicate: '${http.default_retry}'}\n",
        "3:24 undefined-function",
        "- a:\n    try: {call: sys.now}\n    retry: '${http.default_retry}'\n",
    ],
    [
        "a predicate that takes no error",
        "main: {steps: [{a: {try: {call: sys.now}, retry: {predicate: '${p}'}}}]}\np: {steps: [{r: {return: true}}]}\n",
        "1:62 arguments",
        "main: {steps: [{a: {try: {call: sys.now}, retry: {predicate: '${p}'}}}]}\np: {params: [e], steps: [{r: {return: true}}]}\n",
    ],
    [
        "a workflow without main",
        "sub: {steps: [{a: {return: 1}}]}\n",
        "1:1 no-main",
        "main: {steps: [{a: {return: 1}}]}\n",
    ],
    [
        "two parameters of main",
        "main: {params: [a, b], steps: [{a: {return: 1}}]}\n",
        "1:1 limit",
        "main: {params: [a], steps: [{a: {return: 1}}]}\n",
    ],
    [
        "51 assignments",
        `- a: {assign: [${Array.from({ length: 51 }, (_, n) => `x${n}: 1`).join(", ")}]}\n`,
        "1:6 limit",
        `- a: {assign: [${Array.from({ length: 50 }, (_, n) => `x${n}: 1`).join(", ")}]}\n`,
    ],
    [
        "an expression of 401 characters",
        `- a: {return: '\${"${"x".repeat(396)}"}'}\n`,
        "1:15 limit",
        `- a: {return: '\${"${"x".repeat(395)}"}'}\n`,
    ],
    [
        "11 branches",
        `- p: {parallel: {branches: [${Array.from({ length: 11 }, (_, n) => `{b${n}: {assign: [x: 1]}}`).join(", ")}]}}\n`,
        "1:17 limit",
        `- p: {parallel: {branches: [${Array.from({ length: 10 }, (_, n) => `{b${n}: {assign: [x: 1]}}`).join(", ")}]}}\n`,
    ],
];

describe("validateWorkflow", () => {
    for (const [what, wrong, place, right] of pairs) {
        it(`refuses ${what}, and takes the same without it`, () => {
            assert.deepEqual(rules(wrong), [place]);
            assert.deepEqual(rules(right), []);
        });
    }

    it("suggests the name that was meant", () => {
        assert.match(
            check("- i: {assign: [order: 1]}\n- a: {return: '${ordr}'}\n")[0]?.message ?? "",
            /did you mean "order"/,
        );
    });

    it("reports the problems of parser and checks together, in the order of the source", () => {
        assert.deepEqual(rules("- a: {return: '${x}'}\n- b: {retrun: 1, next: end}\n- c: {next: d}\n"), [
            "1:18 undefined-variable",
            "2:7 unknown-key",
            "3:13 undefined-step",
        ]);
    });
});

describe("deployError", () => {
    it("says it in Google's words", () => {
        assert.equal(
            deployError(check("- step1: {assign: [varA: 1]}\n- step2: {return: '${varC}'}\n")),
            "failed to build: error in step step2: error evaluating return value: symbol 'varC' is neither a variable nor a sub-workflow name; did you mean \"varA\"?",
        );
    });
    it("says nothing where there are warnings only", () => {
        assert.equal(deployError(check("- a: {return: 'hello-${x}'}\n")), undefined);
        assert.equal(check("- a: {return: 'hello-${x}'}\n").length, 1);
    });

    it("warns of connector_params that nothing reads, and not of those that are documented or computed", () => {
        const warnings = (params: string): string[] => {
            const source = `- i: {assign: [{k: timeout}]}\n- a: {call: googleapis.batch.v1.projects.locations.jobs.create, args: {parent: x, body: {}, connector_params: ${params}}}\n`;
            return validateWorkflow(parseWorkflow(source, { file: "w.yaml" })).map(
                ({ severity, message, step }) => `${severity} ${step ?? ""} ${message}`,
            );
        };
        const documented =
            "{timeout: 5, skip_polling: false, scopes: x, polling_policy: {initial_delay: 1, multiplier: 2, max_delay: 3}, '${k}': 7}";
        assert.deepEqual(warnings(documented), []);
        assert.deepEqual(warnings("{timeuot: 5, polling_policy: {initial_dely: 1, wait: 2}}"), [
            'warning a unknown key "timeuot" in connector_params; did you mean "timeout"?',
            'warning a unknown key "initial_dely" in polling_policy; did you mean "initial_delay"?',
            'warning a unknown key "wait" in polling_policy; known are initial_delay, multiplier, max_delay',
        ]);
    });
});
