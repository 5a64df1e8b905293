import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
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
    init,
    keyed,
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

    it("computes the keys of a map, and keeps a key that only resembles an expression", () => {
        const held = variableOf<Record<string, boolean | number>>("held");
        const rush = args.get("rush");
        const built = workflow({
            params: [args],
            steps: [
                assign("held", set(held, keyed<boolean | number>([args.get("items").at(0), rush], ["all", 1]))),
                give("done", { "${args.id}": 1, plain: held }),
            ],
        });
        assert.deepEqual(clean(built).trimEnd().split("\n").slice(3), [
            "  steps:",
            "    - held:",
            "        assign:",
            "          - held: '${{args.items[0]: args.rush, \"all\": 1}}'",
            "    - done:",
            "        return:",
            '          ${"${args.id}"}: 1',
            "          plain: ${held}",
        ]);
    });

    it("has every kind of step", () => {
        const total = variableOf<number>("total");
        const greet = subworkflow<{ name: string }, string>("greet", ["name"], ({ name }) => [
            give("greeting", concat("Hello ", name)),
        ]);
        const hello = greet.call("hello", { name: "you" });
        const query = connector("query", "googleapis.bigquery.v2.jobs.query", {
            projectId: lib.sys.getEnv("GOOGLE_CLOUD_PROJECT_ID"),
            body: { query: "SELECT 1" },
        });
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

    it("makes variables with the types of their first values", () => {
        const start = init("start", { total: 0, names: [] as string[], order: { id: args.get("id"), paid: false } });
        const { total, names, order } = start.vars;
        const yaml = clean(
            workflow({
                params: [args],
                steps: [
                    start,
                    assign(
                        "next",
                        set(total, add(total, order.get("id"))),
                        set(names, lib.list.concat(names, "x")),
                        set(order.get("paid"), true),
                    ),
                    choose("paid", when(order.get("paid"), [give("done", total)])),
                ],
            }),
        );
        assert.match(yaml, /assign:\n +- total: 0\n +- names: \[\]\n +- order:\n +id: \$\{args\.id\}\n +paid: false\n/);
        assert.throws(
            () => workflow({ steps: [give("done", total)] }),
            /reads the variable "total", which no step of it sets/,
        );
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
        const folder = nodePath.join(__dirname, "../../../workflow");
        const table = JSON.parse(readFileSync(nodePath.join(folder, "run/connectors/methods.json"), "utf8")) as Record<
            string,
            { methods: Record<string, string> }
        >;
        const made = Object.keys(table).map((service): [string, string[]] => {
            const types = readFileSync(nodePath.join(folder, "build/apis", `${service}.ts`), "utf8");
            return [
                service,
                Array.from(types.matchAll(/^ {4}"googleapis\.\w+\.\w+\.(.+?)":/gm), ([, name = ""]) => name),
            ];
        });
        assert.deepEqual(
            Object.fromEntries(made),
            Object.fromEntries(Object.entries(table).map(([service, { methods }]) => [service, Object.keys(methods)])),
            "run npm run generate -- connectors",
        );
    });

    it("knows what connectors take and give", () => {
        const query = connector("query", "googleapis.bigquery.v2.jobs.query", {
            projectId: "p",
            body: { query: concat("SELECT ", lib.string(1)), maxResults: 10, useLegacySql: false },
        });
        const publish = connector("publish", "googleapis.pubsub.v1.projects.topics.publish", {
            topic: concat("projects/p/topics/", query.result.get("jobReference").get("jobId")),
            body: { messages: [{ data: "eA==", attributes: { rows: lib.string(query.result.get("totalRows")) } }] },
        });
        const yaml = clean(workflow({ steps: [query, publish, give("done", publish.result.get("messageIds").at(0))] }));
        assert.match(yaml, /topic: \$\{"projects\/p\/topics\/" \+ query\.jobReference\.jobId\}/);
        assert.match(yaml, /rows: \$\{string\(query\.totalRows\)\}/);
        assert.match(yaml, /return: \$\{publish\.messageIds\[0\]\}/);
        const content = connector(
            "read",
            "googleapis.storage.v1.objects.get",
            { bucket: "b", object: "o", alt: "media" },
            gives<{ lines: string[] }>(),
        );
        assert.equal(content.result.get("lines").at(0).text, "read.lines[0]");
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
            const start = init("start", { total: 0, order: { id: args.get("id") } });
            /* eslint-disable @typescript-eslint/no-unsafe-argument -- what does not exist has no type */
            // @ts-expect-error no such variable
            give("g", start.vars.totl);
            // @ts-expect-error what is shared is there
            parallel("p", [start.vars.totals], []);
            /* eslint-enable @typescript-eslint/no-unsafe-argument */
            // @ts-expect-error a variable keeps the type of its first value
            set(start.vars.total, "none");
            // @ts-expect-error so do its fields
            set(start.vars.order.get("id"), "none");
            // @ts-expect-error a number is no condition
            when(start.vars.total, "end");
            // @ts-expect-error a text is no condition
            choose("c", when("x > 1", "end"));
            // @ts-expect-error a loop goes through a list
            forEach("f", start.vars.total, "item", () => []);
            // @ts-expect-error a step leads to a step
            then(start, "nowhere");
            const greet = subworkflow<{ name: string }, string>("greet", ["name"], () => []);
            // @ts-expect-error an argument is missing
            greet.call("hello", {});
            // @ts-expect-error an argument has a wrong type
            greet.call("hello", { name: 1 });
            // @ts-expect-error there is no such parameter
            subworkflow<{ name: string }, string>("greet", ["nam"], () => []);
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
            // @ts-expect-error a query is a text
            connector("c", "googleapis.bigquery.v2.jobs.query", { projectId: "p", body: { query: 1 } });
            // @ts-expect-error the request has no such field
            connector("c", "googleapis.bigquery.v2.jobs.query", { projectId: "p", body: { querry: "SELECT 1" } });
            const topic = "projects/p/topics/t";
            // @ts-expect-error messages are a list
            connector("c", "googleapis.pubsub.v1.projects.topics.publish", { topic, body: { messages: { data: "" } } });
            const access = { role: "READER", specialGroup: args.get("id") } as const;
            // @ts-expect-error a group is a text
            connector("c", "googleapis.bigquery.v2.datasets.insert", { projectId: "p", body: { access: [access] } });
            // @ts-expect-error an order is a text
            connector("c", "googleapis.logging.v2.entries.list", { body: { orderBy: 3 } });
            // @ts-expect-error the projections are full and minimal
            connector("c", "googleapis.bigquery.v2.jobs.list", { projectId: "p", projection: "most" });
            const jobs = connector("c", "googleapis.bigquery.v2.jobs.list", { projectId: "p" });
            // @ts-expect-error the answer has no such field
            jobs.result.get("job");
            // @ts-expect-error numbers are compared to numbers
            gt("a", 1);
        };
        assert.equal(typeof compiles, "function");
    });
});
