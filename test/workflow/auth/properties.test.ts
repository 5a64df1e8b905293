import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import { injectAuth, type AuditOptions } from "../../../workflow/auth";
import { survey } from "../../../workflow/auth/checks/audit";
import { unreadable } from "../../../workflow/auth/inject/inject";
import { keyOfAll } from "../../../workflow/auth/flow/domain";
import { argument } from "../../../workflow/auth/flow/argument";
import { parseWorkflow } from "../../../workflow/syntax";

const options: AuditOptions = {
    targets: [
        { name: "orders", kind: "run", urlVariable: "ORDERS_URL" },
        { name: "console", kind: "iap", urlVariable: "CONSOLE_URL", audienceVariable: "CONSOLE_AUDIENCE" },
        { name: "stock", kind: "run", url: "https://stock-1234567890.europe-west1.run.app" },
    ],
};

const roots = fc.constantFrom(
    "https://a-abcdefghij-uc.a.run.app",
    "https://stock-1234567890.europe-west1.run.app",
    "https://us-central1-p.cloudfunctions.net/fn",
    "https://compute.googleapis.com",
    "https://b.example",
    "http://a-abcdefghij-uc.a.run.app",
);
const url = fc.oneof(
    fc.tuple(roots, fc.constantFrom("", "/", "/x", "/x?y=1")).map((parts) => parts.join("")),
    fc.constantFrom(
        '${sys.get_env("ORDERS_URL")}',
        '${sys.get_env("ORDERS_URL") + "/x"}',
        '${sys.get_env("CONSOLE_URL") + "/x"}',
        '${base + "/x"}',
        "${base}",
        "${args.url}",
        '${"https://a-" + sys.get_env("GOOGLE_CLOUD_PROJECT_NUMBER") + ".us-central1.run.app/x"}',
    ),
);
const auth = fc.option(
    fc.record(
        {
            type: fc.constantFrom("OIDC", "OAuth2"),
            audience: fc.constantFrom("https://a-abcdefghij-uc.a.run.app", "https://a-abcdefghij-uc.a.run.app/x"),
            scopes: fc.constantFrom("s", ["s", "t"]),
        },
        { requiredKeys: ["type"] },
    ),
    { nil: undefined },
);
const args = fc
    .record({
        url,
        auth,
        headers: fc.option(fc.dictionary(fc.constantFrom("A", "B"), fc.string()), { nil: undefined }),
        body: fc.jsonValue(),
        timeout: fc.nat(100),
    })
    .chain((full) =>
        fc.shuffledSubarray(["auth", "headers", "body", "timeout"] as const).map((keys) => ({
            url: full.url,
            ...Object.fromEntries(keys.map((k): [string, unknown] => [k, full[k]]).filter(([, v]) => v !== undefined)),
        })),
    );
const program = fc
    .tuple(
        roots,
        fc.array(fc.record({ method: fc.constantFrom("get", "post", "request"), args }), {
            minLength: 1,
            maxLength: 5,
        }),
    )
    .map(([base, calls]) => ({
        main: {
            params: ["args"],
            steps: [
                { init: { assign: [{ base }] } },
                ...calls.map((call, i) => ({
                    [`call${i}`]: { call: `http.${call.method}`, args: call.args },
                })),
            ],
        },
    }));
const source = fc.oneof(
    fc
        .tuple(program, fc.constantFrom(2, 4))
        .map(([p, indent]) => ({ file: "w.yaml", text: stringify(p, { indent, lineWidth: 0 }) })),
    program.map((p) => ({ file: "w.yaml", text: stringify(p, { collectionStyle: "flow", lineWidth: 0 }) })),
    program.map((p) => ({ file: "w.yaml", text: stringify(p, { lineWidth: 0 }).replaceAll("\n", "\r\n") })),
    fc
        .tuple(program, fc.constantFrom(undefined, 2, "\t"))
        .map(([p, indent]) => ({ file: "w.json", text: JSON.stringify(p, null, indent) })),
);

describe("inject, for any program", () => {
    it("leaves no error that it could have mended, changes nothing else of any call, and is idempotent", () => {
        fc.assert(
            fc.property(source, ({ file, text }) => {
                const parsed = parseWorkflow(text, { file });
                fc.pre(parsed.program !== undefined && unreadable(parsed).length === 0);
                const before = survey(parsed, options).sites;
                const result = injectAuth(parsed, options);
                const again = parseWorkflow(result.source, { file });
                assert.deepEqual(
                    again.diagnostics.map((d) => d.message),
                    parsed.diagnostics.map((d) => d.message),
                );
                assert.equal(injectAuth(again, options).source, result.source);
                const after = survey(again, options).sites;
                assert.equal(after.length, before.length);
                for (const [i, site] of before.entries()) {
                    for (const name of ["url", "method", "headers", "body", "timeout"]) {
                        const now = after[i]!.call.args;
                        assert.equal(
                            keyOfAll(argument(now, name, 0)),
                            keyOfAll(argument(site.call.args, name, 0)),
                            name,
                        );
                    }
                    assert.equal(after[i]!.call.action.callee.text, site.call.action.callee.text);
                }
                const left = new Set(result.left.map(({ step }) => step));
                for (const { rule, what, step = "" } of result.audit.findings) {
                    const mendable = ["missing-auth", "wrong-auth-type", "audience-path"].includes(rule);
                    assert.ok(!mendable || left.has(step), `${rule}: ${what}\n${result.source}`);
                }
                for (const { why, step } of result.left) {
                    const anchored = /[&*]a\d/.test(text);
                    assert.ok(
                        /HTTPS|receiver is not known|not Google's|whole URL/.test(why) || anchored,
                        `${step} was left: ${why}\n${text}`,
                    );
                }
            }),
            { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 100) },
        );
    });
});
