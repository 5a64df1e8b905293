import assert from "node:assert/strict";
import { auditWorkflow, injectAuth, type AuditOptions, type InjectResult } from "../../../../workflow/auth";
import { parseWorkflow } from "../../../../workflow/syntax";

const targets: AuditOptions = {
    targets: [
        { name: "orders", kind: "run", urlVariable: "ORDERS_URL" },
        { name: "stock", kind: "run", url: "https://stock-1234567890.europe-west1.run.app" },
        { name: "console", kind: "iap", urlVariable: "CONSOLE_URL", audienceVariable: "CONSOLE_AUDIENCE" },
        {
            name: "bigquery",
            kind: "google-api",
            url: "https://bigquery.googleapis.com",
            scopes: ["https://www.googleapis.com/auth/bigquery"],
        },
    ],
};

function inject(source: string, options: AuditOptions = targets, file = "w.yaml"): InjectResult {
    return injectAuth(parseWorkflow(source, { file }), options);
}

/** A workflow of one call, its `args` as given, each line indented. */
function call(args: string[], callee = "http.get"): string {
    return [
        "main:",
        "  steps:",
        "  - ask:",
        `      call: ${callee}`,
        "      args:",
        ...args.map((a) => `        ${a}`),
        "",
    ].join("\n");
}

describe("injectAuth", () => {
    it("writes an explicit audience from the variable of the target that a call goes to", () => {
        const { source, audit } = inject(call(['url: ${sys.get_env("ORDERS_URL") + "/reserve"}', "timeout: 3"]));
        assert.equal(
            source,
            call([
                'url: ${sys.get_env("ORDERS_URL") + "/reserve"}',
                "auth:",
                "  type: OIDC",
                '  audience: ${sys.get_env("ORDERS_URL")}',
                "timeout: 3",
            ]),
        );
        assert.deepEqual(audit.findings, []);
    });

    it("uses a target's own audience variable where there is one", () => {
        const { source } = inject(call(['url: ${sys.get_env("CONSOLE_URL") + "/"}']));
        assert.match(source, /audience: \$\{sys\.get_env\("CONSOLE_AUDIENCE"\)\}/);
    });

    it("writes the origin of a literal service and a function's URL up to its name", () => {
        assert.match(
            inject(call(["url: https://a-uc.a.run.app/x?y=1"])).source,
            /audience: https:\/\/a-uc\.a\.run\.app\n/,
        );
        assert.match(
            inject(call(["url: https://r-p.cloudfunctions.net/fn/sub"])).source,
            /audience: https:\/\/r-p\.cloudfunctions\.net\/fn\n/,
        );
    });

    it("asks for an access token for Google APIs, with the scopes that a target declares", () => {
        assert.equal(
            inject(call(["url: https://compute.googleapis.com/x"])).source,
            call(["url: https://compute.googleapis.com/x", "auth:", "  type: OAuth2"]),
        );
        assert.equal(
            inject(call(["url: https://bigquery.googleapis.com/x"])).source,
            call([
                "url: https://bigquery.googleapis.com/x",
                "auth:",
                "  type: OAuth2",
                "  scopes: https://www.googleapis.com/auth/bigquery",
            ]),
        );
    });

    it("keeps comments, flow style and line ends as they are", () => {
        const source = call(["url: https://a-uc.a.run.app # the root", "timeout: 3 # short"]).replaceAll("\n", "\r\n");
        assert.equal(
            inject(source).source,
            source.replace(
                "# the root\r\n",
                "# the root\r\n        auth:\r\n          type: OIDC\r\n          audience: https://a-uc.a.run.app\r\n",
            ),
        );
        const flow = 'main: {steps: [{a: {call: http.get, args: {url: "https://a-uc.a.run.app", timeout: 3}}}]}\n';
        assert.equal(
            inject(flow).source,
            flow.replace('run.app",', 'run.app", auth: {type: OIDC, audience: https://a-uc.a.run.app},'),
        );
    });

    it("keeps JSON in its own formatting", () => {
        const json = `[{"a":{"call":"http.get","args":{"url":"https://a-uc.a.run.app"}}}]`;
        const injected = inject(json, targets, "w.json").source;
        assert.deepEqual(JSON.parse(injected), [
            {
                a: {
                    call: "http.get",
                    args: { url: "https://a-uc.a.run.app", auth: { type: "OIDC", audience: "https://a-uc.a.run.app" } },
                },
            },
        ]);
        const pretty = JSON.stringify(JSON.parse(json), null, 4);
        assert.equal(inject(pretty, targets, "w.json").source, JSON.stringify(JSON.parse(injected), null, 4));
    });

    it("swaps a wrong type in place, and the fields that belong to it", () => {
        assert.equal(
            inject(call(["url: https://a-uc.a.run.app/x", "auth:", "  type: OAuth2", "  scopes: s # why"])).source,
            call([
                "url: https://a-uc.a.run.app/x",
                "auth:",
                "  type: OIDC",
                "  audience: https://a-uc.a.run.app # why",
            ]),
        );
        assert.equal(
            inject(call(["url: https://compute.googleapis.com/x", "auth: {type: OIDC, audience: a}"])).source,
            call(["url: https://compute.googleapis.com/x", "auth: {type: OAuth2}"]),
        );
    });

    it("takes the path off an audience, and sets one where the default has a path", () => {
        const other = [
            "url: https://a-uc.a.run.app/x",
            "auth:",
            "  audience: https://a-uc.a.run.app/y",
            "  type: OIDC",
        ];
        assert.equal(
            inject(call(other)).source,
            call(["url: https://a-uc.a.run.app/x", "auth:", "  audience: https://a-uc.a.run.app", "  type: OIDC"]),
        );
        assert.equal(
            inject(call(["url: https://a-uc.a.run.app/x", "auth:", "  type: OIDC"])).source,
            call(["url: https://a-uc.a.run.app/x", "auth:", "  type: OIDC", "  audience: https://a-uc.a.run.app"]),
        );
    });

    it("leaves an audience that is the whole URL to its author: it can be a custom audience of the service", () => {
        for (const url of ["https://a-uc.a.run.app/x", '${sys.get_env("ORDERS_URL") + "/x"}']) {
            const source = call([`url: ${url}`, "auth:", `  audience: ${url}`, "  type: OIDC"]);
            const { source: after, changes, left } = inject(source);
            assert.equal(after, source);
            assert.deepEqual(changes, []);
            assert.deepEqual(
                left.map(({ cause }) => cause),
                ["audience-written"],
            );
        }
    });

    it("leaves alone what is unknown, external, plain http or carries a header already", () => {
        for (const args of [
            ["url: ${args.url}"],
            ["url: https://example.com/x"],
            ["url: http://a-uc.a.run.app/x"],
            ["url: https://a-uc.a.run.app/x", "headers:", "  Authorization: ${token}"],
            ['url: ${"https://a-uc.a.run.app" + args.path}'],
        ]) {
            const source = call(args).replace("main:\n", "main:\n  params: [args]\n");
            assert.equal(inject(source).source, source);
        }
    });

    it("leaves alone what its author means, says why, and only that", () => {
        const public_ = "# gcp-invoke-ignore missing-auth: open to everyone";
        const source = call([public_, "url: https://a-uc.a.run.app/x"]);
        assert.equal(inject(source).source, source);
        assert.notEqual(inject(source.replace(": open to everyone", "")).source, source.replace(": open", ""));
        assert.equal(inject(source.replace(": open to everyone", "")).changes.length, 1);
    });

    it("writes what an alias shares only where it is good for every call", () => {
        const shared = (url: string): string =>
            `${call(["url: https://a-uc.a.run.app/x", "auth: &auth {type: OIDC}"])}  - b: {call: http.get, args: {url: "${url}", auth: *auth}}\n`;
        assert.match(inject(shared("https://a-uc.a.run.app/y")).source, /&auth \{type: OIDC, audience: https:\/\/a-uc/);
        assert.match(
            inject(shared("https://b-uc.a.run.app/y")).source,
            /&auth \{type: OIDC, audience: https:\/\/a-uc[^}]*\}\n.*auth: \{type: OIDC, audience: https:\/\/b-uc\.a\.run\.app\}/,
        );
        const api = shared("https://compute.googleapis.com/y").replace("{type: OIDC}", "{type: OAuth2}");
        const { source, left } = inject(api);
        assert.equal(source, api);
        assert.deepEqual(
            left.map(({ step, why }) => [step, why]),
            [["ask", 'an anchor shares its text with step "b"']],
        );
    });

    it("writes what an auth from a variable should have been, and keeps the variable", () => {
        const source = (auth: string): string =>
            call(["url: https://a-uc.a.run.app/x", `auth: ${auth} # why`]).replace(
                "  steps:\n",
                "  steps:\n  - init: {assign: [{given: {type: OAuth2}}]}\n",
            );
        assert.equal(
            inject(source("${given}")).source,
            source("X").replace(
                "auth: X # why",
                "auth:\n          type: OIDC\n          audience: https://a-uc.a.run.app # why",
            ),
        );
    });

    it("writes beside keys that are written out with a question mark", () => {
        const source = call(["? url", ": https://a-uc.a.run.app/x", "timeout: 3"]);
        assert.equal(
            inject(source).source,
            source.replace(
                "run.app/x\n",
                "run.app/x\n        auth:\n          type: OIDC\n          audience: https://a-uc.a.run.app\n",
            ),
        );
    });

    it("writes once what calls share by an anchor or <<, and nothing that would reach another call", () => {
        const two = (second: string): string =>
            `${call(["url: https://a-uc.a.run.app/x"]).replace("args:", "args: &a")}  - b: {call: http.get, args: ${second}}\n`;
        for (const second of ["*a", "{<<: *a}", "{<<: *a, timeout: 3}"]) {
            const { source, audit } = inject(two(second));
            assert.equal(source.split("type: OIDC").length - 1, 1, second);
            assert.deepEqual(audit.findings, [], second);
        }
        const spread = two("{<<: *a, url: https://b.example}");
        const { source, left } = inject(spread);
        assert.equal(source, spread);
        assert.deepEqual(
            left.map(({ step, line }) => [step, line]),
            [["ask", 6]],
        );
        const merged = `- x: {assign: [{base: &b {url: "https://a-uc.a.run.app"}}]}\n- y:\n    call: http.get\n    args:\n      <<: *b\n      timeout: 3\n`;
        assert.match(inject(merged).source, /<<: \*b\n {6}timeout: 3\n {6}auth:\n {8}type: OIDC/);
    });

    it("writes out what an alias stands for where other places have the same text, and leaves what it cannot", () => {
        const url = "https://a-uc.a.run.app/x";
        const init = `- init: {assign: [{r: &r {url: "${url}", body: {n: 1, f: 1.0, t: "1"}}}]}\n`;
        const asked = `${init}- ask:\n    call: http.post\n    args: *r # why\n- done: {return: *r}\n`;
        assert.equal(
            inject(asked).source,
            asked.replace(
                "args: *r",
                `args:\n      url: ${url}\n      auth:\n        type: OIDC\n        audience: https://a-uc.a.run.app\n      body:\n        "n": 1\n        f: 1.0\n        t: '1'`,
            ),
        );
        for (const place of [
            "return: *r",
            "call: sys.log, args: {json: *r}",
            "call: http.post, args: {url: https://b.example/, body: *r}",
            "call: sub, args: {given: *r}",
            "assign: [{x: [{<<: *r}]}]",
        ]) {
            const source = `main:\n  steps:\n  - ask: {call: http.get, args: &r {url: "${url}"}}\n  - other: {${place}}\nsub: {params: [given], steps: [{s: {return: 1}}]}\n`;
            const { source: same, left } = inject(source);
            assert.equal(same, source);
            assert.deepEqual(
                left.map(({ step, cause, why }) => [step, cause, why]),
                [["ask", "shared", 'an anchor shares its text with step "other"']],
            );
        }
    });

    it("tells which calls it leaves, why, and what to do", () => {
        const init = "  - init: {assign: [{request: {url: https://a-uc.a.run.app/x}}]}\n";
        const { source, left, audit } = inject(
            call([]).replace("  steps:\n", `  steps:\n${init}`).replace("args:", "args: ${request}"),
        );
        assert.match(source, /args: \$\{request\}/);
        assert.deepEqual(left, [
            {
                step: "ask",
                line: 6,
                cause: "args",
                why: "its args are not written as a map of their own",
                fix: "write them as a map, with auth: {type: OIDC, audience: https://a-uc.a.run.app}",
            },
        ]);
        assert.deepEqual(
            audit.findings.map(({ rule }) => rule),
            ["missing-auth"],
        );
        const why = (...args: string[]): string | undefined =>
            inject(call(args).replace("main:\n", "main:\n  params: [args]\n")).left[0]?.why;
        const api = "url: https://compute.googleapis.com/x";
        assert.match(why("url: http://a-uc.a.run.app/x") ?? "", /HTTPS endpoints only/);
        assert.match(why(api, "headers: ${args.headers}") ?? "", /headers are an expression/);
        assert.match(
            why(
                'url: ${"https://a-uc.a.run.app" + sys.get_env("P")}',
                "auth: {type: OIDC, audience: https://a-uc.a.run.app/x}",
            ) ?? "",
            /receiver is not known/,
        );
        assert.equal(why(api), undefined);
    });

    it("touches nothing where an expression does not parse", () => {
        const source = call(["url: https://a-uc.a.run.app/x", "body: ${a[:1]}"]);
        assert.equal(inject(source).source, source);
        assert.notEqual(inject(source.replace("${a[:1]}", "a")).source, source.replace("${a[:1]}", "a"));
    });

    it("follows folded texts and pairs roots with audiences, but not where the caller chooses a part of the host", () => {
        const written = (url: string): string =>
            inject(call([`url: ${url}`]).replace("main:\n", "main:\n  params: [args]\n")).source;
        const one = '${text.split("https://a-uc.a.run.app/x,y", ",")[0]}';
        assert.match(written(one), /audience: https:\/\/a-uc\.a\.run\.app\n/);
        const pair = 'if(args.b, "https://a-uc.a.run.app", "https://b-uc.a.run.app")';
        const paired = written(`\${${pair} + "/x"}`);
        assert.ok(paired.includes(`audience: \${${pair}}\n`), paired);
        assert.deepEqual(inject(paired).audit.findings, []);
        assert.doesNotMatch(written('${"https://" + text.url_encode(args.s) + ".a.run.app/x"}'), /auth:/);
    });

    it("tells what is left at its place in the source as the author wrote it", () => {
        const bad = ["  - bad:", "      call: http.get", "      args:", "        url: http://b.example", ""].join("\n");
        const { audit, changes } = inject(call(["url: https://a-uc.a.run.app/x"]) + bad);
        assert.equal(changes.length, 1);
        assert.deepEqual(
            audit.findings.map(({ rule, span }) => [rule, span.start.line, span.start.column]),
            [["insecure-scheme", 10, 14]],
        );
    });

    it("reads the secret of an external target once, and sends it with each call", () => {
        const secret = { header: "Authorization", prefix: "Bearer ", version: "projects/p/secrets/pay/versions/3" };
        const options: AuditOptions = {
            targets: [{ name: "pay", kind: "external", url: "https://pay.example", secret }],
        };
        const second = [
            "  - again:",
            "      call: http.get",
            "      args:",
            "        url: https://pay.example/2",
            "",
        ].join("\n");
        const { source, audit } = inject(call(["url: https://pay.example/1"]) + second, options);
        assert.equal(
            source,
            `main:
  steps:
  - read_pay_secret:
      call: googleapis.secretmanager.v1.projects.secrets.versions.accessString
      args:
        project_id: p
        secret_id: pay
        version: '3'
      result: pay_secret
  - ask:
      call: http.get
      args:
        url: https://pay.example/1
        headers:
          Authorization: \${"Bearer " + pay_secret}
  - again:
      call: http.get
      args:
        url: https://pay.example/2
        headers:
          Authorization: \${"Bearer " + pay_secret}
`,
        );
        assert.deepEqual(audit.findings, []);
        assert.equal(inject(source, options).source, source);
        for (const [first, step] of [
            [
                '- pay_secret: {assign: [{"read_pay\\x5fsecret": 1}]}\n',
                /^- read_pay_secret_:\n(.*\n)*? +result: pay_secret_\n- pay_/,
            ],
            ["- {init: {return: 1}}\n", /^- \{read_pay_secret: .*\}\n- \{init: /],
            ["- &s init: {return: 1}\n", /^- &s init/],
            ["- *s\n", /^- \*s\n/],
        ] as const) {
            const calls = `${first}${second.replace(/^ {2}/gm, "")}`;
            assert.match(inject(calls, options).source, step);
        }
    });

    it("is idempotent", () => {
        const once = inject(call(["url: https://stock-1234567890.europe-west1.run.app/x"]));
        assert.equal(once.changes.length, 1);
        assert.equal(inject(once.source).changes.length, 0);
    });

    it("gives a source that does not parse back as it is", () => {
        const { source, changes } = inject("main: [");
        assert.equal(source, "main: [");
        assert.deepEqual(changes, []);
    });
});

describe("auditWorkflow for a closed set of targets", () => {
    const audit = (source: string): string[] =>
        auditWorkflow(parseWorkflow(source, { file: "w.yaml" }), { ...targets, closed: true }).findings.map(
            (f) => f.rule,
        );

    it("refuses a call that needs a credential and goes to nothing declared", () => {
        assert.deepEqual(audit(call(["url: https://a-uc.a.run.app/x"])), ["undeclared-target"]);
        assert.deepEqual(audit(call(["url: https://compute.googleapis.com/x", "auth: {type: OAuth2}"])), [
            "undeclared-target",
        ]);
    });

    it("accepts the same call to a declared target, and calls to hosts that need no credential of Google's", () => {
        const source = call(["url: https://stock-1234567890.europe-west1.run.app/x"]);
        assert.deepEqual(inject(source, { ...targets, closed: true }).audit.findings, []);
        assert.deepEqual(audit(call(["url: https://example.com"])), []);
    });

    it("lists the targets that no call uses", () => {
        const parsed = parseWorkflow(call(['url: ${sys.get_env("ORDERS_URL")}']), { file: "w.yaml" });
        assert.deepEqual(auditWorkflow(parsed, targets).unusedTargets, ["stock", "console", "bigquery"]);
    });

    it("counts a connector of a declared API as its use", () => {
        const parsed = parseWorkflow(call(["projectId: p"], "googleapis.bigquery.v2.jobs.list"), { file: "w.yaml" });
        assert.ok(!auditWorkflow(parsed, targets).unusedTargets.includes("bigquery"));
    });
});
