import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import nodePath from "node:path";
import { auditWorkflow } from "../../../workflow/auth";
import {
    add,
    and,
    assign,
    attempt,
    call,
    choose,
    concat,
    connector,
    contains,
    eq,
    forEach,
    forRange,
    gives,
    give,
    gt,
    lib,
    multiply,
    not,
    or,
    otherwise,
    parallel,
    path,
    raise,
    set,
    steps,
    subworkflow,
    target,
    then,
    variableOf,
    when,
    workflow,
    type Workflow,
} from "../../../workflow/build";
import { parseWorkflow } from "../../../workflow/syntax";

interface Order {
    id: number;
    items: string[];
    rush: boolean;
}

const args = variableOf<Order>("args");
const orders = target({ name: "orders", kind: "run", urlVariable: "ORDERS_URL" });
const pay = target({ name: "pay", kind: "external", url: "https://pay.example" });
const ordersDeclared = { targets: [orders.declared, pay.declared], closed: true };

/** The YAML, once the parser and the audit have found nothing wrong with it. */
function clean(built: Workflow): string {
    const parsed = parseWorkflow(built.toYaml(), { file: "built.yaml" });
    assert.deepEqual(parsed.diagnostics, []);
    assert.deepEqual(auditWorkflow(parsed, ordersDeclared).findings, []);
    assert.deepEqual(parseWorkflow(built.toJson(), { file: "built.json" }).diagnostics, []);
    return built.toYaml();
}

describe("the workflow builder", () => {
    it("writes a workflow as a person would", () => {
        const reserve = orders.post<{ ok: boolean }>("reserve", "/reserve", { body: { id: args.get("id") } });
        const built = workflow({
            params: [args],
            steps: [
                attempt("try_it", [reserve], { retry: "default" }),
                choose(
                    "check",
                    when(eq(reserve.result.get("body").get("ok"), true), [give("done", { status: "reserved" })]),
                    otherwise([raise("failed", "sold out")]),
                ),
            ],
        });
        assert.equal(
            clean(built),
            `main:
  params:
    - args
  steps:
    - try_it:
        try:
          call: http.post
          args:
            url: \${sys.get_env("ORDERS_URL") + "/reserve"}
            body:
              id: \${args.id}
            auth:
              type: OIDC
              audience: \${sys.get_env("ORDERS_URL")}
          result: reserve
        retry: \${http.default_retry}
    - check:
        switch:
          - condition: \${reserve.body.ok == true}
            return:
              status: reserved
          - condition: true
            raise: sold out
`,
        );
    });

    it("has every kind of step", () => {
        const total = variableOf<number>("total");
        const greet = subworkflow<{ name: string }, string>("greet", ["name"], ({ name }) => [
            give("greeting", concat("Hello ", name)),
        ]);
        const hello = greet.call("hello", { name: "you" });
        const query = connector(
            "query",
            "googleapis.bigquery.v2.jobs.query",
            { projectId: lib.sys.getEnv("GOOGLE_CLOUD_PROJECT_ID"), body: { query: "SELECT 1" } },
            gives<{ rows: unknown[] }>(),
        );
        const last = give("last", [total, hello.result, query.result.get("rows")]);
        const yaml = clean(
            workflow({
                params: [args],
                subworkflows: [greet],
                steps: [
                    assign("init", set(total, 0)),
                    hello,
                    query,
                    forEach("each", args.get("items"), "item", (item) => [
                        orders.get("look", path`/items/${item}`),
                        assign("count", set(total, add(total, 1))),
                    ]),
                    forRange("numbers", [1, 3], "n", (n) => [assign("sum", set(total, add(total, n)))]),
                    parallel(
                        "at_once",
                        [total],
                        [
                            steps("one", [assign("a", set(total, multiply(add(total, 1), 2)))]),
                            steps("two", [
                                pay.post("charge", "/charge", { headers: { "X-Id": lib.string(args.get("id")) } }),
                            ]),
                        ],
                    ),
                    attempt("careful", [pay.get("status", "/status")], {
                        except: (e) => [
                            choose("which", when(contains(e.get("tags"), "TimeoutError"), last), otherwise("end")),
                        ],
                    }),
                    then(assign("jump", set(total, 1)), last),
                    last,
                ],
            }),
        );
        assert.match(yaml, /total: \$\{\(total \+ 1\) \* 2\}/);
        assert.match(
            yaml,
            /url: \$\{sys\.get_env\("ORDERS_URL"\) \+ "\/items\/" \+ text\.url_encode\(string\(item\)\)\}/,
        );
        assert.match(
            yaml,
            /- charge:\n +call: http\.post\n +args:\n +url: https:\/\/pay\.example\/charge\n +headers:\n +X-Id: \$\{string\(args\.id\)\}\n/,
        );
        assert.match(yaml, /next: last/);
    });

    it("keeps the meaning of nested operators", () => {
        const [a, b, c] = [variableOf<boolean>("a"), variableOf<boolean>("b"), variableOf<boolean>("c")];
        assert.equal(and(or(a, b), c).text, "(a or b) and c");
        assert.equal(or(and(a, b), c).text, "a and b or c");
        assert.equal(not(and(a, b)).text, "not (a and b)");
        assert.equal(eq(gt(1, 2), true).text, "(1 > 2) == true");
    });

    it("keeps texts apart from expressions", () => {
        const yaml = workflow({
            steps: [give("done", { literal: "${not.this}", name: lib.sys.getEnv("X") })],
        }).toYaml();
        assert.match(yaml, /literal: \$\{"\$\{not\.this\}"\}/);
        assert.match(yaml, /name: \$\{sys\.get_env\("X"\)\}/);
    });

    it("names a result only where a later step uses it", () => {
        const look = orders.get("look", "/");
        assert.doesNotMatch(workflow({ steps: [look] }).toYaml(), /result:/);
        assert.match(workflow({ steps: [look, give("done", look.result)] }).toYaml(), /result: look/);
    });

    it("refuses what the deploy would refuse", () => {
        const look = orders.get("look", "/");
        assert.throws(
            () => workflow({ steps: [give("done", look.result)] }),
            /reads the variable "look", which no step of it sets/,
        );
        assert.throws(() => workflow({ steps: [look, look] }), /two steps "look"/);
        assert.throws(() => workflow({ form: "list", params: [args], steps: [] }), /list form .* takes no parameters/);
        const long = concat("x".repeat(400), "y");
        assert.throws(
            () => workflow({ steps: [give("done", long)] }),
            /405 characters|has 4\d\d characters; Workflows takes 400/,
        );
        assert.throws(() => target({ name: "x", kind: "run", url: "http://x.run.app" }), /write an https: URL/);
    });

    it("refuses what is wrong between steps: what is shared and not set, leads nowhere, or does not exist", () => {
        const total = variableOf<number>("total");
        const [first, second] = [assign("first", set(total, 1)), assign("second", set(total, 2))];
        assert.throws(
            () => workflow({ steps: [parallel("both", [total], [steps("a", [first]), steps("b", [second])])] }),
            /step "both": .*total/,
        );
        assert.throws(
            () => workflow({ steps: [first, parallel("both", [], [steps("a", [second]), steps("b", [])])] }),
            /total/,
        );
        assert.throws(() => workflow({ steps: [then(first, second)] }), /step "first": .*second/);
        assert.throws(() => workflow({ steps: [call("x", "htp.get", { url: "https://b.example" })] }), /htp\.get/);
        const lost = subworkflow<object, number>("lost", [], () => [give("done", 1)]);
        assert.throws(() => workflow({ steps: [lost.call("ask", {})] }), /lost/);
        assert.throws(() => set(add(total, 1), 1), /cannot be set/);
    });

    it("sets parts of variables, counts rounds, and bounds what runs at once", () => {
        const order = variableOf<{ status: string; lines: Record<string, number> }>("order");
        const rounds = forEach("each", ["a", "b"], "line", (line, index) => [
            assign("note", set(order.get("lines").at(line), index)),
        ]);
        const yaml = clean(
            workflow({
                steps: [
                    assign("init", set(order, { status: "", lines: {} }), set(order.get("status"), "new")),
                    parallel("all", [order], rounds, { concurrencyLimit: 2, continueAll: true }),
                    give("done", order),
                ],
            }),
        );
        assert.match(yaml, /- order\.status: new\n/);
        assert.match(
            yaml,
            /exception_policy: continueAll\n +concurrency_limit: 2\n +for:\n +value: line\n +index: line_index\n/,
        );
        assert.match(yaml, /- order\.lines\[line\]: \$\{line_index\}\n/);
        assert.throws(
            () => workflow({ steps: [assign("a", set(order.get("status"), "new"))] }),
            /reads the variable "order"/,
        );
    });

    it("takes connectors that it does not know by their names, and knows all of the table", () => {
        const yaml = workflow({ steps: [call("x", "googleapis.apigee.v1.organizations.get", { name: "n" })] }).toYaml();
        assert.match(yaml, /call: googleapis\.apigee\.v1\.organizations\.get/);
        const { connectorTypes } = createRequire(__filename)("../../../scripts/connector-types.cjs") as {
            connectorTypes: () => string;
        };
        const file = nodePath.join(__dirname, "../../../workflow/build/connectors.ts");
        assert.equal(readFileSync(file, "utf8"), connectorTypes(), "run node scripts/connector-types.cjs");
    });

    it("does not compile where a type shows the mistake", () => {
        const compiles = (): void => {
            // @ts-expect-error a path begins with /, so that it cannot become part of the host
            orders.get("look", ".evil.com");
            // @ts-expect-error there is no place for auth
            orders.get("look", "/", { auth: { type: "OAuth2" } });
            // @ts-expect-error a condition is a boolean
            when(args.get("id"), "end");
            // @ts-expect-error the argument has no such field
            args.get("nothing");
            // @ts-expect-error a number does not fit a text
            set(variableOf<string>("s"), 1);
            // @ts-expect-error what is shared is a variable
            parallel("p", ["total"], []);
            // @ts-expect-error there is no such method
            connector("c", "googleapis.bigquery.v2.jobs.ask", {});
            // @ts-expect-error the method needs a project
            connector("c", "googleapis.bigquery.v2.jobs.query", { body: {} });
            // @ts-expect-error the method takes no such argument
            connector("c", "googleapis.bigquery.v2.jobs.query", { projectId: "p", project: "p" });
            // @ts-expect-error the method takes no body
            connector("c", "googleapis.run.v2.projects.locations.services.get", { name: "n", body: {} });
            // @ts-expect-error numbers are compared to numbers
            gt("a", 1);
        };
        assert.equal(typeof compiles, "function");
    });
});
