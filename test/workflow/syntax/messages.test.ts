import * as assert from "node:assert/strict";
import fc from "fast-check";
import { parseWorkflow, validateWorkflow } from "../../../workflow";

/** Broken sources, each with all that is said of it: the place, what is wrong, and the way out. */
const SAID: [source: string, ...said: string[]][] = [
    ["- a: {return: 1\n", "2:1 a { is opened here or before and not closed, or its content is not indented"],
    [
        '{"main": {"steps": [{"a": {"return": 1}}]}, // comment\n}\n',
        "1:45 JSON has no comments: remove it, or write the workflow in YAML, whose comments begin with #",
    ],
    [
        '// a comment first\n{\n  "main": {"steps": [{"a": {"return": 1}}]}\n}\n',
        "1:1 JSON has no comments: remove it, or write the workflow in YAML, whose comments begin with #",
    ],
    [
        '{\n  /* block */\n  "main": {"steps": [{"a": {"return": 1}}]}\n}\n',
        "2:3 JSON has no comments: remove it, or write the workflow in YAML, whose comments begin with #",
    ],
    ["{'main': {'steps': []}}\n", "1:20 steps must have at least one step"],
    [
        "main:\n  steps:\n    - a:\n      return: 1\n",
        '4:7 a step is one name with a map below it, but "a" and "return" are at the same indentation: indent what belongs to the step further than its name',
    ],
    [
        'main:\n  steps:\n    - a:\n        call: http.get\n        args:\n          url: ${"https://x" + y}\n          auth:\n            type: OIDC\n          foo: bar\n',
        "6:32 error evaluating call argument: symbol 'y' is neither a variable nor a sub-workflow name",
        "9:11 http.get has no parameter 'foo'; it takes url, timeout, headers, query, auth, private_service_name, ca_certificate, body",
    ],
    [
        "main:\n\tsteps:\n\t  - a: {return: 1}\n",
        "2:1 YAML takes no tab as indentation: write blanks instead",
        "3:1 YAML takes no tab as indentation: write blanks instead",
    ],
    [
        '- a:\n    return: ${"a: b" + 1}\n',
        "2:13 an expression that holds a colon followed by a space, or a #, must be in single quotes: '${…}'",
    ],
    ["- a:\n    assign:\n      - x = 1\n", '3:9 an assignment must be one `- variable: value`, but found "x = 1"'],
    ["- a:\n    assign:\n      x: 1\n", "3:7 assign must be a list, but found a map"],
    [
        '- a:\n    call: http.gett\n    args: {url: "https://x"}\n',
        "2:11 'http.gett' is neither a function of the standard library nor a sub-workflow name; did you mean \"http.get\"?",
    ],
    [
        "- a:\n    switch:\n      - condition: ${1 == 1}\n        next: nowhere\n",
        "4:15 the step 'nowhere' to go to next is not defined in this block or one around it",
    ],
    [
        "- a:\n    for:\n      value: v\n      steps:\n        - b: {return: 1}\n",
        '2:5 for needs either "in" or "range"',
    ],
    [
        "- a:\n    for:\n      value: v\n      in: ${[1,2]\n      steps:\n        - b: {return: 1}\n",
        "4:11 a text that begins with ${ and has no } is not an expression",
        "4:11 for … in needs a list or an expression that gives one",
    ],
    ["- a:\n    return: ${1 +}\n", "2:18 expected a value, but the expression ends"],
    ["- a:\n    return: ${foo(}\n", "2:19 expected a value, but the expression ends"],
    ["- a:\n    return: ${'single'}\n", '2:15 unexpected character "\'": strings are written in double quotes'],
    ["- a:\n    return: ${a && b}\n", '2:17 unexpected character "&": the operator is and'],
    [
        "- a:\n    return: ${x == null ? 1 : 2}\n",
        "2:13 an expression that holds a colon followed by a space, or a #, must be in single quotes: '${…}'",
    ],
    ['- a:\n    return: ${len("x"}\n', '2:22 expected ")", but the expression ends'],
    ["main:\n  params: args\n  steps:\n    - a: {return: 1}\n", '2:11 params must be a list, but found "args"'],
    ["main:\n  - a: {return: 1}\n", '1:1 the routine "main" must be a map with "steps": put the list below "steps:"'],
    [
        "foo:\n  steps:\n    - a: {return: 1}\n",
        "1:1 the routine 'main' is missing: a workflow with named routines starts there",
    ],
    ["just text\n", "1:1 a workflow is a list of steps, or a map with the routine main"],
    ["\n", "1:1 a workflow is a list of steps, or a map with the routine main, but this source is empty"],
    [
        '- a:\n    try:\n      call: http.get\n      args: {url: "https://x"}\n    retry:\n      predicate: ${http.default_retry_predicat}\n      max_retries: 3\n',
        '6:18 the predicate of retry must name a sub-workflow or a predicate of the standard library, ${name}; did you mean "http.default_retry_predicate"?',
    ],
    [
        "- a:\n    try:\n      for: {value: v, in: [1], steps: [{b: {return: 1}}]}\n",
        '3:7 loop step name should not be empty: put the loop into a named step below "steps:"',
    ],
    ["- a: {try: {}}\n", "1:7 try needs a call or steps"],
    [
        "- a: {next: '${x}'}\n",
        "1:13 next takes the name of a step, and no expression: use a switch whose cases each have a next",
    ],
    [
        "- a:\n    for:\n      value: v\n      in: [1]\n      steps:\n        - b: {for: {value: v, in: [2], steps: [{c: {return: 1}}]}}\n",
        "6:28 the loop variable 'v' is also a variable around the loop: give one of them another name",
    ],
    [
        "- a: {for: {value: v, index: i, in: [1], steps: [{b: {assign: [{x: 1}]}}]}}\n- c: {assign: [{i: 1}]}\n",
        "1:30 the loop variable 'i' is also a variable around the loop: give one of them another name",
    ],
    [
        "- a: {for: {value: v, in: [1], steps: [{b: {assign: [{x: 1}]}}]}}\n- c: {return: '${v}'}\n",
        "2:18 error evaluating return value: symbol 'v' is neither a variable nor a sub-workflow name",
    ],
    [
        '- a:\n    return: ${"a: " + b}\n- b:\n    return: ${"c: " + b}\n- c: {return: [${x}, 1]}\n',
        "2:13 an expression that holds a colon followed by a space, or a #, must be in single quotes: '${…}'",
        "4:13 an expression that holds a colon followed by a space, or a #, must be in single quotes: '${…}'",
        "5:17 inside { } or [ ] an expression must be in quotes: '${…}'",
    ],
    [
        "- a:\n    parallel:\n      branches:\n        b1:\n          steps:\n            - c: {return: 1}\n",
        "4:9 branches must be a list of named steps, each `- name: …`, but found a map",
    ],
    [
        "- a:\n    parallel:\n      shared: x\n      branches:\n        - b1:\n            steps:\n              - c: {assign: [x: 1]}\n",
        '3:15 shared must be a list, but found "x"',
    ],
    [
        "- step one: {assign: [x: 1]}\n- step-two: {return: ${x}}\n",
        "2:23 inside { } or [ ] an expression must be in quotes: '${…}'",
    ],
    ["- a: {return: ${x}}\n", "1:16 inside { } or [ ] an expression must be in quotes: '${…}'"],
    [
        "- a:\n    call: googleapis.run.v2.projects.locations.services.gett\n    args: {name: x}\n",
        "2:11 the connector 'googleapis.run.v2.projects.locations.services.gett' is not known here, so that a run here ends at it; did you mean \"googleapis.run.v2.projects.locations.services.get\"?",
    ],
    [
        "- a:\n    call: googleapis.pubsub.v1.projects.topics.publish\n    args: {body: {}}\n",
        "2:11 googleapis.pubsub.v1.projects.topics.publish needs the argument 'topic'",
    ],
    ["- a: {return: 99999999999999999999}\n", "1:15 the integer 99999999999999999999 does not fit 64 bits"],
    [
        "- a: {raise: {code: 1}, next: b}\n- a: {return: 1}\n",
        "1:31 the step 'b' to go to next is not defined in this block or one around it; did you mean \"a\"?",
        "2:3 the step name 'a' occurs twice in one list",
    ],
    ["- a:\n    Return: 1\n", '2:5 unknown key "Return" in step "a"; did you mean "return"?'],
    [
        "- a:\n    return: ${sys.sleep(5)}\n- b:\n    result: x\n",
        "2:15 error evaluating return value: sys.sleep blocks, so it cannot be used in an expression: use a call step",
        '4:5 "result" belongs to "call", which is missing here',
    ],
    [
        "- a:\n    assign:\n      - my-var: 1\n      - my-map.x-y: 2\n",
        '3:9 "my-var" is no name for a variable: letters, digits and underscores, not starting with a digit',
        '4:9 "my-map.x-y" cannot be assigned to: it must be a variable or a part of one, as m.key or m["my-key"]',
    ],
    [
        '- a:\n    assign:\n      - m["a b"]: 1\n      - "m.x y": 2\n      - 1x: 3\n',
        "3:9 symbol 'm' has no value here: no step that runs before assigns it",
        '4:9 "m.x y" cannot be assigned to: expected an operator or the end of the expression, but found "y"',
        '5:9 "1x" is no name for a variable: letters, digits and underscores, not starting with a digit',
    ],
    [
        "steps:\n  - a: {return: 1}\n",
        '1:1 "steps" belongs below the name of a routine: put "main:" above it and indent it',
    ],
    ["main:\n  step:\n    - a: {return: 1}\n", '2:3 unknown key "step" in the routine "main"; did you mean "steps"?'],
    [
        "- a: {return: \"${'x'}\"}\n- b: {next: continue}\n",
        '1:18 unexpected character "\'": strings are written in double quotes',
        "2:13 'continue' is used outside of a for loop",
    ],
    ["- a: &x {return: 1}\n- *x\n", '1:18 step "return" must be a map, but found "1"'],
    [
        "- a:\n    call: sub\n    args: {b: 1}\n",
        "2:11 'sub' is neither a function of the standard library nor a sub-workflow name",
    ],
    [
        "main: {steps: [{a: {call: sub, args: {b: 1}}}]}\nsub: {params: [a], steps: [{r: {return: '${a}'}}]}\n",
        "1:27 sub needs the argument 'a'",
        "1:39 sub has no parameter 'b'; did you mean \"a\"?",
    ],
    [
        "- a: {return: yes}\n",
        "1:15 yes is text in YAML 1.2 and something else in YAML 1.1: put it in quotes, or write it another way",
    ],
    ["- a: {next: }\n", "1:13 next must be a name, but found nothing"],
    ['- a: {return: ${"x}}\n', "1:16 inside { } or [ ] an expression must be in quotes: '${…}'"],
];

describe("what is said of a broken source", () => {
    for (const [source, ...said] of SAID) {
        it(`names the place and the way out: ${JSON.stringify(source.slice(0, 60))}`, () => {
            const found = validateWorkflow(parseWorkflow(source, { file: "w.workflows" })).map(
                ({ span: { start }, message }) => `${start.line}:${start.column} ${message}`,
            );
            assert.deepEqual(found, said);
        });
    }

    it("has no comments of JavaScript in JSON, and leaves // in texts alone", () => {
        const sound = '{"main": {"steps": [{"a": {"return": "https://x // y /* z */"}}]}}';
        assert.deepEqual(validateWorkflow(parseWorkflow(sound, { file: "w.json" })), []);
        for (const broken of [`// c\n${sound}`, `/* c */ ${sound}`, sound.replace('{"a"', '/* c */ {"a"')]) {
            const [first, second] = validateWorkflow(parseWorkflow(broken, { file: "w.json" }));
            assert.match(first?.message ?? "", /^JSON has no comments/, broken);
            assert.equal(second, undefined);
        }
    });

    /** Steps of three lines each; the number is the line that has the mistake, with what the message says of it. */
    const STEPS: readonly [text: string, line: number, says: RegExp][] = [
        ["    call: sys.log\n    args: {text: fine}\n", 0, /^/],
        ["    assign:\n      - x: '${\"a: \" + b}'\n", 0, /^/],
        ['    assign:\n      - x: ${"a: " + b}\n', 3, /single quotes/],
        ["    assign:\n      - x: ${map.get(a, {k: 1})}\n", 3, /single quotes/],
        ["    call: http.get\n    args: {url: ${u}, headers: {a: ${b}}}\n", 3, /in quotes/],
        ["    return: [${a}, ${b}]\n    next: end\n", 2, /in quotes/],
        ["\tcall: x\n    next: end\n", 2, /no tab/],
        ["    call: x\n\tnext: end\n", 3, /no tab/],
        ["    call: x\n  \tnext: end\n", 3, /no tab/],
    ];

    it("names each broken line of a source, and no other", () => {
        fc.assert(
            fc.property(fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 12 }), (steps) => {
                const source = steps.map(([text], at) => `- s${at}:\n${text}`).join("");
                const expected = steps.flatMap(([, line, says], at) =>
                    line === 0 ? [] : [{ line: at * 3 + line, says }],
                );
                const found = parseWorkflow(source, { file: "w.yaml" }).diagnostics.filter(
                    ({ rule }) => rule === "syntax",
                );
                assert.deepEqual(
                    found.map(({ span }) => span.start.line),
                    expected.map(({ line }) => line),
                    source,
                );
                expected.forEach(({ says }, at) => assert.match(found[at]?.message ?? "", says));
            }),
        );
    });
});
