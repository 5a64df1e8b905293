import assert from "node:assert/strict";
import { survey } from "../../../../workflow/auth/checks/audit";
import type { Receiver } from "../../../../workflow/auth/receivers/receiver";
import { parseWorkflow } from "../../../../workflow/syntax";

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

    it("follows a target's variable through a key that is an expression, and takes an unknown key for any", () => {
        const target = '"${sys.get_env(\\"ORDERS_URL\\")}"';
        assert.deepEqual(to('${m.u + "/x"}', "k: u", `m: {"\${k}": ${target}}`), ["orders"]);
        assert.deepEqual(to('${m.u + "/x"}', "k: v", `m: {u: "https://a.example", "\${k}": ${target}}`), [
            "external a.example",
        ]);
        assert.deepEqual(to('${m.u + "/x"}', `m: {u: "https://a.example", "\${args.k}": ${target}}`).sort(), [
            "external a.example",
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

    it("knows that a number that the caller chooses makes another host", () => {
        const found = (n: string): (boolean | undefined)[] =>
            receivers(
                `main:\n  params: [args]\n  steps:\n  - a: {call: http.get, args: {url: '\${"https://x-" + string(${n}) + ".us-central1.run.app/"}'}}\n`,
            ).map(({ chosen }) => chosen);
        assert.deepEqual(found("int(args.n)"), [true]);
        assert.deepEqual(found("int(args.n) * 2 + 1"), [true]);
        assert.deepEqual(found('int(sys.get_env("N"))'), [undefined]);
        assert.deepEqual(found("2 * 21"), [undefined]);
    });

    it("lets no key that is not known go by a field that is", () => {
        const url = '${m.u + "/x"}';
        const known = "m: {u: https://compute.googleapis.com}";
        assert.deepEqual(to(url, known), ["google-api compute.googleapis.com"]);
        assert.deepEqual(to(url, known, '"m[args.k]": ${args.v}').sort(), [
            "google-api compute.googleapis.com",
            "unknown caller",
        ]);
        assert.deepEqual(to(url, known, "n: {}", '"n[args.k]": ${args.v}', "m: ${map.merge(m, n)}").sort(), [
            "google-api compute.googleapis.com",
            "unknown caller",
        ]);
        assert.deepEqual(to(url, known, "n: {}", '"n[args.k]": ${args.v}', "m: ${if(args.b, m, n)}").sort(), [
            "google-api compute.googleapis.com",
            "unknown caller",
        ]);
        assert.deepEqual(
            to(url, 'm: \'${default({"u": "https://compute.googleapis.com", args.k: args.v}, {})}\'').sort(),
            ["google-api compute.googleapis.com", "unknown caller"],
        );
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

    it("knows the URLs of services and functions wherever a connector gives them, and no other field of theirs", () => {
        const kinds = (method: string, ...urls: string[]): string[] =>
            receivers(
                [
                    "main:",
                    "  steps:",
                    `  - get: {call: googleapis.${method}, args: {name: n}, result: r}`,
                    ...urls.map((url, index) => `  - ask${index}: {call: http.get, args: {url: '\${${url} + "/x"}'}}`),
                    "",
                ].join("\n"),
            ).map(({ kind }) => kind);
        const run = "run.v2.projects.locations.services";
        assert.deepEqual(kinds(`${run}.get`, "r.uri", "r.urls[0]", "r.labels.uri"), ["run", "run", "unknown"]);
        assert.deepEqual(kinds(`${run}.list`, "r.services[2].uri", "r.services[0].urls[1]", "r.services[0].name"), [
            "run",
            "run",
            "unknown",
        ]);
        const v1 = "run.v1.namespaces.services";
        assert.deepEqual(kinds(`${v1}.get`, "r.status.url", "r.status.address.url"), ["run", "run"]);
        assert.deepEqual(kinds(`${v1}.list`, "r.items[0].status.url", "r.items[0].spec.url"), ["run", "unknown"]);
        const functions = "projects.locations.functions";
        assert.deepEqual(
            kinds(`cloudfunctions.v2.${functions}.get`, "r.url", "r.serviceConfig.uri", "r.buildConfig.uri"),
            ["function", "run", "unknown"],
        );
        assert.deepEqual(kinds(`cloudfunctions.v2.${functions}.list`, "r.functions[0].serviceConfig.uri"), ["run"]);
        assert.deepEqual(kinds(`cloudfunctions.v1.${functions}.list`, "r.functions[0].httpsTrigger.url"), ["function"]);
        assert.deepEqual(kinds(`cloudfunctions.v1.${functions}.get`, "r.httpsTrigger.url", "r.url"), [
            "function",
            "unknown",
        ]);
        assert.deepEqual(kinds(`${run}.create`, "r.response.uri", "r.metadata.uri"), ["run", "unknown"]);
        assert.deepEqual(kinds("run.v2.projects.locations.jobs.get", "r.uri"), ["unknown"]);
    });

    it("follows the URLs of listed services through a loop", () => {
        const found = receivers(`
main:
  steps:
  - list: {call: googleapis.run.v2.projects.locations.services.list, args: {parent: p}, result: r}
  - each:
      for:
        value: service
        in: \${r.services}
        steps:
        - ask: {call: http.get, args: {url: '\${service.uri + "/x"}'}}
`);
        assert.deepEqual(
            found.map(({ kind }) => kind),
            ["run"],
        );
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
