import assert from "node:assert/strict";
import { type Completions, completionsAt, type KnownTarget } from "../../../workflow/editor";
import { withCursor } from "./cursor";

const beside: KnownTarget[] = [
    { name: "orders", variable: "ORDERS_URL", from: "Pulumi.yaml" },
    { name: "crm.example.com", url: "https://crm.example.com", from: "sandbox.yaml" },
];

function complete(marked: string, path?: string): Completions {
    const [file, offset] = withCursor(marked, {}, path);
    return completionsAt(file, offset, beside);
}

const labels = (marked: string, path?: string): string[] => complete(marked, path).items.map(({ label }) => label);

/** A cursor, labels that are offered there, and labels that are not. */
type Row = readonly [what: string, marked: string, offered: readonly string[], hidden: readonly string[]];

const STEP = ["call", "assign", "switch", "for", "parallel", "try", "raise", "return", "steps", "next"];

const rows: readonly Row[] = [
    ["keys of a step", "- a:\n    ‸\n", STEP, ["condition", "main"]],
    ["keys of a step that is begun", "- a:\n    ca‸\n", STEP, []],
    ["keys of a step beside others", "- a:\n    call: http.get\n    ‸\n", ["args", "result", "next"], ["call"]],
    ["keys of a step in the map form", "main:\n  steps:\n    - a:\n        ‸", STEP, ["steps.a"]],
    ["keys of a step in JSON", '{"main": {"steps": [{"a": {"‸"}}]}}', STEP, ["main"]],
    ["keys of a step in JSON that is not closed", '{"main": {"steps": [{"a": {"ca‸', STEP, ["main"]],
    ["keys of a step in a map in brackets", "- a: {call: http.get, ‸}\n", ["args", "result"], ["call"]],
    ["keys of a routine", "main:\n  ‸\n", ["params", "steps"], ["call"]],
    ["the first key of a file", "‸", ["main"], ["call"]],
    ["keys of a case", "- a:\n    switch:\n      - ‸", ["condition", "next", "return"], ["params"]],
    ["keys of a loop", "- a:\n    for:\n      value: v\n      ‸", ["in", "range", "index", "steps"], ["value", "call"]],
    ["keys of parallel", "- a:\n    parallel:\n      ‸", ["shared", "branches", "for"], ["call"]],
    [
        "keys of retry",
        "- a:\n    try:\n      call: http.get\n    retry:\n      ‸",
        ["predicate", "max_retries", "backoff"],
        ["call"],
    ],
    [
        "keys of backoff",
        "- a:\n    retry:\n      backoff:\n        ‸",
        ["initial_delay", "max_delay", "multiplier"],
        [],
    ],
    ["keys of except", "- a:\n    except:\n      ‸", ["as", "steps"], ["call"]],
    [
        "arguments of a function",
        "- a:\n    call: http.get\n    args:\n      ‸",
        ["url", "auth", "headers"],
        ["call", "data"],
    ],
    [
        "arguments that are not given yet",
        "- a:\n    call: http.get\n    args:\n      url: x\n      ‸",
        ["auth"],
        ["url"],
    ],
    [
        "arguments of a call in try",
        "- a:\n    try:\n      call: text.split\n      args:\n        ‸",
        ["source", "separator"],
        ["url"],
    ],
    ["arguments of a call below", "- a:\n    args:\n      ‸\n    call: text.split\n", ["source", "separator"], ["url"]],
    [
        "arguments of a connector",
        "- a:\n    call: googleapis.run.v2.projects.locations.services.create\n    args:\n      ‸",
        ["parent", "serviceId", "body", "connector_params"],
        ["url"],
    ],
    [
        "arguments of a subworkflow",
        "main:\n  steps:\n    - a:\n        call: sub\n        args:\n          ‸\nsub:\n  params: [first, second: 1]\n  steps:\n    - b:\n        return: 1\n",
        ["first", "second"],
        ["url"],
    ],
    [
        "keys of auth",
        "- a:\n    call: http.get\n    args:\n      auth:\n        ‸",
        ["type", "audience", "scopes"],
        ["url"],
    ],
    ["types of auth", "- a:\n    call: http.get\n    args:\n      auth:\n        type: ‸", ["OIDC", "OAuth2"], []],
    [
        "keys of connector_params",
        "- a:\n    call: googleapis.run.v2.projects.locations.jobs.run\n    args:\n      connector_params:\n        ‸",
        ["timeout", "skip_polling", "polling_policy"],
        ["body"],
    ],
    [
        "what can be called",
        "main:\n  steps:\n    - a:\n        call: ‸\nsub:\n  steps:\n    - b:\n        return: 1\n",
        ["http.get", "sys.log", "sub", "googleapis.run.v2."],
        ["main"],
    ],
    [
        "methods of a service",
        "- a:\n    call: googleapis.run.v2.‸\n",
        ["googleapis.run.v2.projects.locations.services.get"],
        ["googleapis.bigquery.v2.jobs.insert"],
    ],
    ["steps to go to next", "- a:\n    next: ‸\n- b:\n    return: 1\n", ["a", "b", "end"], ["break", "main"]],
    [
        "steps to go to from a case",
        "- a:\n    switch:\n      - condition: true\n        next: b‸\n- b:\n    return: 1\n",
        ["a", "b", "end"],
        ["break"],
    ],
    [
        "steps to go to from a loop",
        "- a:\n    for:\n      value: v\n      in: [1]\n      steps:\n        - c:\n            next: ‸\n- b:\n    return: 1\n",
        ["a", "b", "c", "break", "continue"],
        [],
    ],
    [
        "steps to go to from a branch, out of which nothing leads",
        "- a:\n    parallel:\n      branches:\n        - one:\n            steps:\n              - c:\n                  next: ‸\n              - d:\n                  return: 1\n- b:\n    return: 1\n",
        ["c", "d"],
        ["b", "break"],
    ],
    [
        "variables and functions of an expression",
        "main:\n  params: [args]\n  steps:\n    - a:\n        assign:\n          - total: 1\n          - next: ${‸}\n",
        ["args", "total", "len", "text.split", "not"],
        ["http.get", "sys.sleep"],
    ],
    [
        "variables of the blocks around only",
        "- a:\n    for:\n      value: inner\n      in: [1]\n      steps:\n        - b:\n            assign:\n              - deep: 1\n- c:\n    assign:\n      - outer: 1\n      - x: ${‸}\n",
        ["outer"],
        ["inner", "deep"],
    ],
    [
        "variables of the block",
        "- a:\n    for:\n      value: inner\n      in: [1]\n      steps:\n        - b:\n            return: ${in‸}\n- c:\n    assign:\n      - outer: 1\n",
        ["inner", "outer"],
        [],
    ],
    [
        "the error that is handled",
        "- a:\n    try:\n      call: http.get\n      args:\n        url: https://x.example\n    except:\n      as: failure\n      steps:\n        - b:\n            return: ${‸}\n",
        ["failure"],
        [],
    ],
    [
        "variables for shared",
        "- a:\n    assign:\n      - sum: 0\n- b:\n    parallel:\n      shared: [‸]\n",
        ["sum"],
        ["len"],
    ],
    ["the policy of parallel", "- b:\n    parallel:\n      exception_policy: ‸\n", ["continueAll"], []],
    [
        "environment variables",
        '- a:\n    return: ${sys.get_env("‸")}\n',
        ["ORDERS_URL", "GOOGLE_CLOUD_PROJECT_ID"],
        ["len"],
    ],
    ["environment variables in double quotes", '- a:\n    return: "${sys.get_env(\\"OR‸', ["ORDERS_URL"], ["len"]],
    ["targets as URLs", "- a:\n    call: http.get\n    args:\n      url: ‸\n", ["orders", "crm.example.com"], []],
    ["policies of retry", "- a:\n    try:\n      call: http.get\n    retry: ‸\n", ["${http.default_retry}"], []],
];

describe("completions in a workflow", () => {
    for (const [what, marked, offered, hidden] of rows) {
        it(`offer ${what}`, () => {
            const found = labels(marked);
            assert.deepEqual(
                offered.filter((label) => !found.includes(label)),
                [],
                `missing among ${found.join(", ")}`,
            );
            assert.deepEqual(
                hidden.filter((label) => found.includes(label)),
                [],
            );
        });
    }

    it("offer nothing in a comment, in a text, or where a name is made up", () => {
        for (const marked of ["# ca‸\n", "- a: # ‸\n", '- a:\n    return: ${"te‸"}\n', "- ‸\n"]) {
            assert.deepEqual(labels(marked), [], marked);
        }
    });

    it("replace what is written of the name", () => {
        const { items, start } = complete("- a:\n    call: http.g‸\n");
        assert.equal(start, "- a:\n    call: ".length);
        assert.ok(items.some(({ label }) => label === "http.get"));
        assert.equal(complete("- a:\n    return: ${1 + text.sp‸}\n").start, "- a:\n    return: ${1 + ".length);
    });

    it("write the URL of a target as its environment variable, or as it is", () => {
        const { items } = complete("- a:\n    call: http.get\n    args:\n      url: ‸\n");
        assert.deepEqual(
            items.map(({ text }) => text),
            ['${sys.get_env("ORDERS_URL")}', "https://crm.example.com"],
        );
    });

    it("are the same in a heredoc of Terraform, whose escapes they keep in place", () => {
        const before = 'x = "$${y}"\nsource_contents = <<-EOF\n  - a:\n      assign:\n        - one: $${len("")}\n';
        const { items, start } = complete(`${before}        - two: $\${on‸}\n  EOF\n`, "/main.tf");
        assert.ok(items.some(({ label }) => label === "one"));
        assert.equal(start, `${before}        - two: $\${`.length);
    });

    it("are there while other lines have errors", () => {
        const broken =
            'main:\n  steps:\n    - a:\n        assign:\n          - one: "not closed\n    - b:\n        return: ${‸}\n';
        assert.ok(labels(broken).includes("one") || labels(broken).includes("len"));
        assert.ok(
            labels("- a:\n    assign:\n      - one: 1\n- b:\n    retu: {\n- c:\n    return: ${o‸}\n").includes("one"),
        );
    });
});
