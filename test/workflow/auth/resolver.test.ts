import assert from "node:assert/strict";
import { survey } from "../../../workflow/auth/audit";
import type { Receiver } from "../../../workflow/auth/receiver";
import { parseWorkflow } from "../../../workflow/syntax";

const orders = { name: "orders", kind: "run" as const, urlVariable: "ORDERS_URL" };

function receivers(source: string): Receiver[] {
    const parsed = parseWorkflow(source, { file: "w.yaml" });
    assert.deepEqual(parsed.diagnostics, []);
    return survey(parsed, { targets: [orders], env: { KNOWN: "https://known-uc.a.run.app" } }).sites.flatMap(
        (site) => site.receivers,
    );
}

/** The receivers of a call whose URL is this expression, after these assignments. */
function to(url: string, ...assign: string[]): string[] {
    const lines = assign.length === 0 ? [] : ["  - init:", "      assign:", ...assign.map((a) => `        - ${a}`)];
    return receivers(
        [
            "main:",
            "  params: [args]",
            "  steps:",
            ...lines,
            "  - call:",
            "      call: http.get",
            "      args:",
            `        url: '${url}'`,
            "",
        ].join("\n"),
    ).map((r) => r.target?.name ?? `${r.kind} ${r.host ?? r.origin}`);
}

describe("resolving the receiver of a call", () => {
    it("follows a target's variable through assignments, maps, lists and concatenation", () => {
        assert.deepEqual(to('${sys.get_env("ORDERS_URL") + "/x"}'), ["orders"]);
        assert.deepEqual(to('${u + "/x"}', 'u: ${sys.get_env("ORDERS_URL")}'), ["orders"]);
        assert.deepEqual(to('${m.a.b + "/x"}', "m: {}", 'm.a: {"b": "${sys.get_env(\\"ORDERS_URL\\")}"}'), ["orders"]);
        assert.deepEqual(to('${l[1] + "/x"}', 'l: ["https://a.example", "${sys.get_env(\\"ORDERS_URL\\")}"]'), [
            "orders",
        ]);
    });

    it("takes what would extend the host of a target for another host", () => {
        assert.deepEqual(to('${sys.get_env("ORDERS_URL") + ".evil.com/"}'), ["unknown unknown"]);
        assert.deepEqual(to('${sys.get_env("ORDERS_URL") + "@evil.com/"}'), ["unknown unknown"]);
        assert.deepEqual(to('${sys.get_env("ORDERS_URL") + args.path}'), ["unknown caller"]);
        assert.deepEqual(to('${"https://x-uc.a.run.app" + args.path}'), ["unknown caller"]);
        assert.deepEqual(to('${"https://x-uc.a.run.app/" + args.path}'), ["run x-uc.a.run.app"]);
    });

    it("lets a project, a location or a number into the host, and nothing that the caller chooses", () => {
        const url = '-aiplatform.googleapis.com/v1"}';
        assert.deepEqual(to(`\${"https://" + sys.get_env("GOOGLE_CLOUD_LOCATION") + "${url}`), [
            "google-api *-aiplatform.googleapis.com",
        ]);
        assert.deepEqual(to(`\${"https://" + text.url_encode(args.region) + "${url}`), [
            "google-api *-aiplatform.googleapis.com",
        ]);
        assert.deepEqual(to(`\${"https://" + args.region + "${url}`), ["unknown caller"]);
        assert.deepEqual(to('${"https://x-uc.a.run.app" + text.url_encode(args.path)}'), ["unknown x-uc.a.run.app*"]);
    });

    it("knows values of environment variables that are given, and that others are the deployer's", () => {
        assert.deepEqual(to('${sys.get_env("KNOWN") + "/x"}'), ["run known-uc.a.run.app"]);
        assert.deepEqual(to('${sys.get_env("OTHER") + "/x"}'), ["unknown env"]);
        assert.deepEqual(to('${default(null, "https://a.example/x")}'), ["external a.example"]);
    });

    it("folds functions over texts", () => {
        assert.deepEqual(to('${text.replace_all("https://X/", "X", "x-uc.a.run.app")}'), ["run x-uc.a.run.app"]);
        assert.deepEqual(to('${text.to_lower("HTTPS://X-UC.A.RUN.APP/") + string(3)}'), ["run x-uc.a.run.app"]);
        assert.deepEqual(to('${if(args.a, "https://a.example/", "https://b.example/")}'), [
            "external a.example",
            "external b.example",
        ]);
    });

    it("joins what branches assign, in order, and forgets what is assigned again", () => {
        const source = (last: string): string => `
main:
  params: [args]
  steps:
  - a:
      assign: [u: https://old.example/]
  - b:
      switch:
      - condition: \${args.x}
        assign: [u: https://one.example/]
      - condition: true
        assign: [u: https://two.example/]
${last}
  - c:
      call: http.get
      args: {url: "\${u}"}
`;
        const hosts = (text: string): (string | undefined)[] =>
            receivers(text)
                .map((r) => r.host)
                .sort();
        assert.deepEqual(hosts(source("")), ["old.example", "one.example", "two.example"]);
        assert.deepEqual(hosts(source("  - d:\n      assign: [u: https://new.example/]")), ["new.example"]);
    });

    it("follows jumps, loops, parallel branches and errors, and ends", () => {
        const found = receivers(`
main:
  steps:
  - init:
      assign: [u: "https://a.example/", n: ""]
  - loop:
      for:
        value: host
        in: ["https://b.example/", "https://c.example/"]
        steps:
        - grow:
            assign: [n: "\${n + host}", u: "\${host}"]
  - branches:
      parallel:
        shared: [u]
        branches:
        - one:
            steps:
            - set:
                try:
                  raise: x
                except:
                  as: e
                  steps:
                  - s: {assign: [u: "https://d.example/"]}
  - call:
      call: http.get
      args: {url: "\${u + n}"}
      next: init
`);
        assert.deepEqual([...new Set(found.map((r) => r.host))].sort(), [
            "a.example",
            "b.example",
            "c.example",
            "d.example",
        ]);
    });

    it("brings arguments from every call site into a subworkflow, and its result back", () => {
        const found = receivers(`
main:
  steps:
  - one: {call: get, args: {url: "https://one.example/"}, result: r}
  - two: {assign: [x: '\${get("https://two.example/")}']}
  - back: {call: http.get, args: {url: "\${r}"}}
get:
  params: [url, other: "https://default.example/"]
  steps:
  - call: {call: http.get, args: {url: "\${url}"}}
  - give: {return: "\${other}"}
`);
        assert.deepEqual(found.map((r) => r.host).sort(), ["default.example", "one.example", "two.example"]);
    });

    it("knows what data decides, and which connector results are URLs of services", () => {
        const found = receivers(`
main:
  steps:
  - get: {call: http.get, args: {url: "https://a.example/"}, result: r}
  - next: {call: http.get, args: {url: "\${r.body.next}"}}
  - service: {call: googleapis.run.v2.projects.locations.services.get, args: {name: n}, result: s}
  - ask: {call: http.get, args: {url: '\${s.uri + "/x"}'}}
  - other: {call: http.get, args: {url: "\${s.description}"}}
`);
        assert.deepEqual(
            found.map((r) => `${r.kind} ${r.origin}`),
            ["external unknown", "unknown data", "run unknown", "unknown data"],
        );
    });
});
