import assert from "node:assert/strict";
import fc from "fast-check";
import { auditFile, injectFile } from "../../../../workflow/auth";
import { survey } from "../../../../workflow/auth/checks/audit";
import { parseWorkflow } from "../../../../workflow/syntax";

/** Ways to write a URL of a service, of an API, of others and of nobody knows whom. */
const urls = [
    "https://a-abcdefghij-uc.a.run.app",
    "https://A-abcdefghij-UC.a.run.app:443/x?y=1#z",
    "https://a-abcdefghij-uc.a.run.app./x",
    "https://us-central1-p.cloudfunctions.net/fn/x",
    "https://storage.europe-west3.rep.googleapis.com/b",
    "https://user@compute.googleapis.com/x",
    "https://b.example:8443/",
    "https://x.run.app.evil.example/",
    "https://x.run.app@evil.example/",
    "https://xn--bcher-kva.example/",
    "https://x.run%2eapp/",
    "http://a-abcdefghij-uc.a.run.app/x",
    '${"https://a-abcdefghij-uc.a.run.app/" + text.url_encode(args.id)}',
    '${"https://" + args.host + "/x"}',
    '${base + "/x"}',
    '${hosts[args.which] + "/x"}',
    '${text.replace_all("https://HOST/x", "HOST", "a-abcdefghij-uc.a.run.app")}',
];

const double = (text: string): string => JSON.stringify(text);
const single = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const scalars: ((text: string, indent: string) => string)[] = [
    (text) => text,
    double,
    single,
    (text) => `!!str ${single(text)}`,
    (text) => `&anchor ${single(text)}`,
    (text, indent) => `|-\n${indent}  ${text}`,
    (text, indent) => `>\n${indent}  ${text}`,
    (text, indent) => `\n${indent}  ${text}`,
];

const gaps = ["", " # why", "   ", "  # ünïcode 🚀"];

/** `args` in YAML's block style: comments between keys and behind values, keys in quotes, values in any form. */
const block = fc
    .record({
        url: fc.constantFrom(...urls),
        scalar: fc.constantFrom(...scalars),
        key: fc.constantFrom("url:", '"url":', "'url':", "? url\n:", '? "url"\n:'),
        gap: fc.constantFrom(...gaps),
        before: fc.constantFrom("", "# before\n", "timeout: 3\n", "headers: {a: b} # flow\n"),
        after: fc.constantFrom("", "timeout: 3\n", "# after\nbody: {x: [1, 2]}\n", "headers:\n    A: b\n", "\n"),
        auth: fc.constantFrom(
            "",
            "auth:\n    type: OIDC # t\n",
            "auth: {type: OAuth2, scopes: [s, t]}\n",
            "auth:\n    # first\n    audience: https://a-abcdefghij-uc.a.run.app/x # aud\n    type: OIDC\n",
            "auth:\n    scopes:\n    - s\n    - t\n    type: 'OAuth2'\n",
            "auth: { 'type': OIDC, audience: \"https://compute.googleapis.com\" }\n",
            "? auth\n: type: OIDC\n",
            "auth:\n    ? type\n    : OAuth2\n    ? scopes\n    : [s, t]\n",
            'auth: "${oauth}"\n',
            "auth: ${oidc} # e\n",
        ),
        width: fc.constantFrom(1, 2, 4, 7),
    })
    .map(({ url, scalar, key, gap, before, after, auth, width }) => {
        const written = scalar(url, "");
        const rest = written.includes("\n") ? "" : gap;
        const lines = `${before}${key} ${written}${rest}\n${auth}${after}`.split("\n");
        return { width, lines: lines.map((line) => line.replace(/^ {2,4}/, " ".repeat(width))) };
    });

const yaml = fc
    .record({
        args: fc.array(block, { minLength: 1, maxLength: 3 }),
        head: fc.constantFrom("", "\ufeff", "---\n", "# a comment\n"),
        eol: fc.constantFrom("\n", "\r\n"),
        end: fc.constantFrom("\n", "", "\n\n# the end\n"),
    })
    .map(({ args, head, eol, end }) => {
        const calls = args.map(({ width, lines }, index) => {
            const indent = " ".repeat(8 + width);
            const body = lines.map((line) => (line === "" ? "" : indent + line)).join("\n");
            return `    - call${index}:\n        call: http.get\n        args:\n${body}`;
        });
        const init = `    - init:\n        assign:\n        - oauth: {type: OAuth2}\n        - oidc: {type: OIDC}\n        - base: https://a-abcdefghij-uc.a.run.app\n        - hosts: [https://a-abcdefghij-uc.a.run.app, https://b-abcdefghij-uc.a.run.app]\n`;
        const text = `${head}main:\n  params: [args]\n  steps:\n${init}${calls.join("\n").trimEnd()}${end}`;
        return { file: "w.yaml", text: text.replaceAll("\n", eol) };
    });

/** Flow style and JSON: blanks, line breaks, commas and quotes in any place where they may stand. */
const flow = fc
    .record({
        url: fc.constantFrom(...urls),
        json: fc.boolean(),
        blank: fc.constantFrom("", " ", "\n", "\n\t", "\r\n  "),
        colon: fc.constantFrom(": ", " : ", ":\n "),
        last: fc.boolean(),
        auth: fc.constantFrom<Record<string, unknown> | undefined>(
            undefined,
            { type: "OIDC" },
            { type: "OAuth2", scopes: ["s"] },
            { audience: "https://a-abcdefghij-uc.a.run.app/x", type: "OIDC" },
        ),
    })
    .map(({ url, json, blank, colon, last, auth }) => {
        const gap = json ? blank : blank.replace("\t", " ");
        const write = (value: unknown): string => {
            if (Array.isArray(value)) {
                return `[${value.map(write).join(`,${gap}`)}]`;
            }
            if (typeof value === "object" && value !== null) {
                const entries = Object.entries(value).map(([key, item]) => `${double(key)}${colon}${write(item)}`);
                return `{${gap}${entries.join(`,${gap}`)}${gap}}`;
            }
            return JSON.stringify(value);
        };
        const own = { url, ...(auth && { auth }) };
        const args = last ? { timeout: 3, ...own } : { ...own, timeout: 3 };
        const init = { init: { assign: [{ base: "https://b.example" }, { hosts: ["https://b.example"] }] } };
        const program = { main: { params: ["args"], steps: [init, { ask: { call: "http.get", args } }] } };
        return { file: json ? "w.json" : "w.yaml", text: write(program) };
    });

const mended = ["missing-auth", "wrong-auth-type", "audience-path"];

const runs = Number(process.env["PROPERTY_RUNS"] ?? 100);

describe("inject, however a definition is written", () => {
    for (const [name, styles] of [
        ["in block style", yaml],
        ["in flow style and JSON", flow],
    ] as const) {
        it(`${name}: takes nothing away but what was wrong, is idempotent, parses, and leaves nothing to mend`, () => {
            fc.assert(
                fc.property(styles, ({ file, text }) => {
                    const before = auditFile(text, file);
                    fc.pre(before.diagnostics.every(({ severity }) => severity !== "error"));
                    const { text: injected, changes, left } = injectFile(text, file);
                    const after = auditFile(injected, file);
                    assert.deepEqual(after.diagnostics.length, before.diagnostics.length, injected);
                    assert.equal(injectFile(injected, file).text, injected);
                    assert.ok(
                        !after.findings.some(
                            ({ rule, step }) => mended.includes(rule) && !left.some((call) => call.step === step),
                        ),
                        `${after.findings.map(({ what }) => what).join("\n")}\n${injected}`,
                    );
                    for (const { why } of left) {
                        assert.match(
                            why,
                            /HTTPS|root|receiver is not known|not Google's|different credentials|whole URL/,
                            text,
                        );
                    }
                    if (file.endsWith(".json")) {
                        JSON.parse(injected);
                    }
                    assert.deepEqual(comments(injected), comments(text), injected);
                    if (changes.every(({ description }) => description.startsWith("adds"))) {
                        assert.ok(isWithin(text, injected), injected);
                    }
                    const urlsOf = (source: string): string[] =>
                        survey(parseWorkflow(source, { file }), {}).sites.flatMap(({ receivers }) =>
                            receivers.map(({ shown }) => shown),
                        );
                    assert.deepEqual(urlsOf(injected), urlsOf(text));
                }),
                { numRuns: runs },
            );
        });
    }
});

function comments(text: string): string[] {
    return text.match(/# \w+/gu) ?? [];
}

/** Whether all of a text is in another, in order, with things between. */
function isWithin(text: string, whole: string): boolean {
    let next = 0;
    for (const character of whole) {
        if (text.startsWith(character, next)) {
            next += character.length;
        }
    }
    return next === text.length;
}
