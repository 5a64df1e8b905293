import assert from "node:assert/strict";
import { auditFile, type AuditOptions, injectFile } from "../../../../workflow/auth";

const service = "projects/p/locations/l/namespaces/n/services/depot";
const orders = {
    name: "orders",
    kind: "run",
    url: "https://orders-abc-ew.a.run.app",
    urlVariable: "ORDERS_URL",
} as const;
const depot = { name: "depot", kind: "run", urlVariable: "DEPOT_URL" } as const;
const byVariable: AuditOptions = {
    targets: [orders, { ...depot, privateService: { variable: "DEPOT_PRIVATE_SERVICE" } }],
};
const byName: AuditOptions = { targets: [orders, { ...depot, privateService: { name: service } }] };
const written = '${sys.get_env("DEPOT_PRIVATE_SERVICE")}';
const url = '${sys.get_env("DEPOT_URL") + "/x"}';

const flow = (...args: string[]): string =>
    [
        "main:",
        "  steps:",
        "    - ask: # first",
        "        call: http.post",
        ...args.map((each) => `        ${each}`),
        "    - done:",
        "        return: ok",
        "",
    ].join("\n");

/** Calls of the target in every style, none of which names its private service. */
const sources: Record<string, string> = {
    "w.yaml": flow("args:", `  url: ${url} # the depot`, "  timeout: 3"),
    "flow.yaml": flow(`args: {url: '${url}', timeout: 3}`),
    "auth.yaml": flow(
        "args:",
        "  auth:",
        "    type: OIDC",
        '    audience: ${sys.get_env("DEPOT_URL")}',
        `  url: ${url}`,
    ),
    "block.yaml": flow("args:", "  url: >-", `    ${url}`, "  timeout: 3"),
    "variable.yaml": flow("args:", "  url: ${u}").replace(
        "    - ask:",
        `    - set: {assign: [{u: '${url}'}]}\n    - ask:`,
    ),
    "w.json": JSON.stringify({ main: { steps: [{ ask: { call: "http.post", args: { url } } }] } }, undefined, 2),
    "dense.json": JSON.stringify({ main: { steps: [{ ask: { call: "http.post", args: { url, body: {} } } }] } }),
    "w.tf": [
        'resource "google_workflows_workflow" "w" {',
        "  source_contents = <<-EOF",
        flow("args:", `  url: $${url}`).trimEnd(),
        "  EOF",
        "}",
        "",
    ].join("\n"),
};

describe("the injection of private services", () => {
    for (const [file, source] of Object.entries(sources)) {
        for (const [how, options, text] of [
            ["variable", byVariable, "DEPOT_PRIVATE_SERVICE"],
            ["name", byName, service],
        ] as const) {
            it(`writes the ${how} beside auth into ${file}, once, and changes no other line`, () => {
                assert.ok(
                    auditFile(source, file, options).findings.some(({ cause }) => cause === "private-service/missing"),
                );
                const { text: after, left, changes } = injectFile(source, file, options);
                assert.deepEqual(left, []);
                assert.ok(
                    changes.some(
                        ({ description, step, line }) =>
                            step === "ask" && line > 0 && /private service of target depot/.test(description),
                    ),
                );
                assert.equal(changes.length, 1);
                assert.equal(after.split(text).length, 2, after);
                assert.deepEqual(auditFile(after, file, options).findings, [], after);
                assert.equal(injectFile(after, file, options).text, after);
                // What was there is there, in its order.
                let from = 0;
                for (const word of source.split(/[\s{},]+/)) {
                    from = after.indexOf(word, from);
                    assert.ok(from >= 0, `${word} is gone from\n${after}`);
                }
            });
        }
    }

    it("leaves calls to other targets, and to hosts that nobody declared, as they are", () => {
        const other = flow("args:", '  url: ${sys.get_env("ORDERS_URL")}', "  auth: {type: OIDC}");
        assert.equal(injectFile(other, "w.yaml", byVariable).text, other);
        const named = flow(
            "args:",
            '  url: ${sys.get_env("ORDERS_URL")}',
            `  private_service_name: ${service}`,
            "  auth: {type: OIDC}",
        );
        assert.equal(injectFile(named, "w.yaml", byVariable).text, named);
    });

    it("takes the target's own name and no other", () => {
        const naming = (name: string): string =>
            flow(
                "args:",
                `  url: ${url}`,
                `  private_service_name: ${name}`,
                "  auth: {type: OIDC, audience: '${sys.get_env(\"DEPOT_URL\")}'}",
            );
        const causes = (name: string, options: AuditOptions) =>
            auditFile(naming(name), "w.yaml", options).findings.map(({ cause }) => cause);
        assert.deepEqual(causes(`'${written}'`, byVariable), []);
        const both: AuditOptions = {
            targets: [
                { ...orders, privateService: { variable: "ORDERS_PRIVATE_SERVICE" } },
                { ...depot, privateService: { variable: "DEPOT_PRIVATE_SERVICE" } },
            ],
        };
        assert.deepEqual(causes(`'${written}'`, both), []);
        assert.deepEqual(causes(`'${written.replace("DEPOT", "ORDERS")}'`, both), ["private-service/other"]);
        assert.deepEqual(causes(service, byName), []);
        assert.deepEqual(causes(service, byVariable), ["private-service/other"]);
        assert.deepEqual(causes(`${service}2`, byName), ["private-service/other"]);
        assert.notDeepEqual(causes("${args.name}", byName), []);
        assert.notDeepEqual(causes(`'\${sys.get_env("ORDERS_URL")}'`, byName), []);
    });

    it("takes the name of a service for no address", () => {
        const { findings } = auditFile(flow("args:", `  url: ${written}`), "w.yaml", byVariable);
        assert.match(JSON.stringify(findings), /the private service of target depot, which is no address/);
    });
});
