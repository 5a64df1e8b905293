import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
    formatGithub,
    formatHtml,
    formatJunit,
    formatLog,
    formatMarkdown,
    formatReport,
    type ProbeReport,
    type Report,
} from "../../../smoke";
import { tableRows, wrap } from "../../../smoke/report/table";

/** A report of every kind of row, with the same text wherever a text may come from outside. */
function reportWith(text: string): Report {
    const row = { kind: "request", caller: text, token: text, expected: text, got: text, seconds: 0.1 } as const;
    return {
        version: 1,
        name: text,
        project: text,
        startedAt: "2026-01-02T03:04:05.000Z",
        seconds: 1.5,
        verdict: "failed",
        identity: text,
        probes: [
            { ...row, name: `1${text}`, target: "orders-123.europe-west1.run.app/a", verdict: "passed", attempts: 1 },
            { ...row, name: `2${text}`, target: "orders-123.europe-west1.run.app/b", verdict: "failed", attempts: 3 },
            {
                ...{ ...row, name: `3${text}`, target: text, verdict: "failed", attempts: 1 },
                ...{ diff: [`- ${text}`, `+ ${text}`], claims: { aud: text } },
                diagnosis: { code: "grant-missing", cause: text, fix: text },
            },
            { ...row, name: `4${text}`, target: "fulfil", verdict: "not-tried", attempts: 0 },
            {
                ...{ ...row, name: `5${text}`, kind: "callers", target: "fulfil", verdict: "passed", attempts: 1 },
                from: text,
                access: {
                    verdict: "proven",
                    ways: [
                        { kind: "caller", member: text, path: `a${text}` },
                        { kind: "administrator", member: text, path: `b${text}`, doubt: text },
                    ],
                    unread: [],
                },
            },
        ],
        untried: [{ receiver: "stock", denial: text, why: text }],
    };
}

const HOSTILE = [
    ...Array.from("<>&\"'`|*_[]()#!~\\@-+=:;%,$\u0000\u001b\u2028\n\r\t é😀"),
    "<script>alert(1)</script>",
    "-->",
    "]]>",
    "</pre>",
    "```",
    "\n\n# heading\n",
    "\n| a |\n",
    "![x](http://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "\n::error::x",
    "@everyone",
    "&lt;",
];

describe("reports in other formats", () => {
    const plain = reportWith("word");
    const pieces = fc.oneof(fc.constantFrom("word", ...HOSTILE), fc.string({ unit: "binary", maxLength: 3 }));
    const texts = fc.array(pieces, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
    const always = (holds: (text: string) => void) => fc.assert(fc.property(texts, holds), { numRuns: 300 });

    it("shows requests to a service at one place, with what was not tried", () => {
        const markdown = formatMarkdown([plain]);
        assert.deepEqual(markdown.match(/^#### .*/gm), ["#### orders", "#### word", "#### fulfil", "#### stock"]);
        assert.match(markdown, /\| ✗ \| 2word \| word \| {2}\| word \| word \| word \(3 tries\) \|/);
        assert.match(markdown, /^\*\*2word\*\* failed: expected word, got word$/m);
        assert.match(markdown, /^- not tried: denial by word: word$/m);
        assert.match(formatHtml([plain]), /<h3>orders<\/h3>[^]*1word[^]*2word[^]*<h3>word<\/h3>/);
    });

    it("tells who may call, and from where, as whom and with which token each probe was made, in every format", () => {
        const ways = [
            "caller: user:ann@example.com → roles/run.invoker on orders",
            "administrator: user:bob@example.com → x",
        ];
        const [one, two] = ways.map((way) => way.replace(/^\w+: /, ""));
        const probe: ProbeReport = {
            kind: "callers",
            verdict: "passed",
            ...{ name: "nobody else → orders", target: "orders", caller: "anybody", token: "none" },
            ...{ from: "nowhere: policies were read", expected: "only declared callers", got: "proven" },
            ...{ attempts: 1, seconds: 1 },
            access: {
                verdict: "proven",
                unread: [],
                ways: [
                    { kind: "caller", member: "user:ann@example.com", path: one ?? "" },
                    { kind: "administrator", member: "user:bob@example.com", path: two ?? "" },
                ],
            },
        };
        const inside: ProbeReport = {
            kind: "request",
            verdict: "failed",
            ...{ name: "broken token → orders", target: "orders", caller: "a forger", token: "forged" },
            ...{ from: "inside Google Cloud, by the workflow inside", expected: "401", got: "401, 3 times" },
            ...{ attempts: 1, seconds: 1 },
        };
        const report: Report = { ...plain, name: "orders", project: "demo", probes: [inside, probe], untried: [] };
        const unescaped = (text: string) =>
            text
                .replace(/\\(?=[\\`*_[\]#!|~])|\u200b/g, "")
                .replaceAll("&gt;", ">")
                .replaceAll("%3A", ":");
        const formats = { html: formatHtml, markdown: formatMarkdown, junit: formatJunit, github: formatGithub };
        for (const [format, make] of Object.entries(formats)) {
            const text = unescaped(make([report]));
            for (const part of [...ways, "who may call orders (proven)", "inside Google Cloud", "a forger", "forged"]) {
                assert.ok(text.includes(part), `${format} lacks ${part}:\n${text}`);
            }
        }
        const entries = formatLog([report])
            .split("\n")
            .map((line) => JSON.parse(line) as { probe?: { access?: object } });
        assert.deepEqual(
            entries.flatMap(({ probe: each }) => each?.access ?? []),
            [probe.access],
        );
        const table = formatReport(report);
        assert.match(table, /broken token → orders +a forger \(inside\) +orders +forged +401/);
        assert.match(
            table,
            /^ {2}who may call orders \(proven\): caller: user:ann@example\.com; administrator: user:bob/m,
        );
    });

    it("counts Google's own agents in tables and Markdown, and names each in the other formats", () => {
        const agent = (at: number) => `serviceAccount:service-${at}@gcp-sa-pubsub.iam.gserviceaccount.com`;
        const agents = [1, 2, 3].map((at) => ({ kind: "agent" as const, member: agent(at), path: `${agent(at)} → x` }));
        const ways = [
            ...[...agents, { kind: "caller" as const, member: "user:ann@example.com", path: "ann → x" }],
            { kind: "agent" as const, member: "agent:doubted", path: "doubted → x", doubt: "it is one" },
        ];
        const [, , , , last] = plain.probes;
        assert.ok(last);
        const report = { ...plain, probes: [{ ...last, access: { verdict: "proven" as const, ways, unread: [] } }] };
        assert.match(
            formatReport(report),
            /^ {2}who may call fulfil \(proven\): caller: user:ann@example\.com; agent: agent:doubted \(\?\); 3 agents of Google\n {6}\(gcp-invoke who names each\)$/m,
        );
        assert.match(formatMarkdown([report]), /^- 3 agents of Google \(gcp-invoke who names each\)$/m);
        for (const text of [formatReport(report), formatMarkdown([report])]) {
            assert.ok(text.includes("doubted") && !text.includes("gcp-sa-pubsub"), text);
        }
        for (const make of [formatHtml, formatJunit, formatGithub, formatLog]) {
            for (const { member } of agents) {
                assert.ok(make([report]).includes(member.slice(member.indexOf(":") + 1)), make.name);
            }
        }
    });

    it("keeps every line of a table within its width, and loses no part of a cell", () => {
        const cell = fc
            .array(fc.constantFrom("a", "b", "-", "/", ".", "@", ":", " ", "é", "😀"), { maxLength: 90 })
            .map((signs) => signs.join(""));
        const row = fc.array(cell, { minLength: 3, maxLength: 3 });
        const squeezed = (text: string) => text.replace(/\s/g, "");
        fc.assert(
            fc.property(
                fc.array(row, { minLength: 1, maxLength: 4 }),
                fc.integer({ min: 40, max: 150 }),
                (rows, width) => {
                    const lines = tableRows(rows, width);
                    assert.equal(lines.length, rows.length);
                    for (const line of lines.flat()) {
                        assert.ok(line.length <= width && !/\p{Cs}/u.test(line), `${width}: ${line}`);
                    }
                },
            ),
        );
        fc.assert(
            fc.property(cell, fc.integer({ min: 1, max: 30 }), (text, width) => {
                const lines = wrap(text, Math.max(width, 2));
                assert.equal(squeezed(lines.join("")), squeezed(text));
            }),
        );
    });

    it("is no wider than 120 columns as a table, and than any other width that is asked for", () => {
        const long = "a-long-name ".repeat(8);
        const [row] = plain.probes;
        assert.ok(row);
        const probe = { ...row, name: long, caller: long, target: long, token: long, expected: long, got: long };
        for (const width of [undefined, 72, 80, 100, 200]) {
            const text = formatReport({ ...plain, probes: [probe], untried: [] }, width === undefined ? {} : { width });
            for (const line of text.split("\n")) {
                assert.ok(line.length <= (width ?? 120), line);
            }
            assert.equal(text.match(/long/g)?.length, 6 * 8);
        }
        assert.ok(formatReport(plain, { width: -5 }).includes("word"));
    });

    it("is HTML with the same elements, whatever the texts are", () => {
        const elements = (html: string) => html.match(/<[^>]*>/g);
        const expected = elements(formatHtml([plain]));
        always((text) => {
            const html = formatHtml([reportWith(text)]);
            assert.deepEqual(elements(html), expected);
            assert.doesNotMatch(html.replace(/[\n\t]/g, ""), /\p{Cc}/u);
        });
        assert.doesNotMatch(formatHtml([plain]), /<script|<img|<link|https?:|url\(/);
    });

    it("is Markdown with the same rows and headings, and no HTML, whatever the texts are", () => {
        const shape = (markdown: string) =>
            markdown
                .replace(/^(`{3,})(diff|sh)\n[^]*?^\1$/gm, "CODE $2")
                .split("\n")
                .map(
                    (line) =>
                        `${/^(#+|\||CODE \w+|- |Fix:|)/.exec(line)?.[0] ?? ""}${line.match(/(?<!\\)\|/g)?.length ?? 0}`,
                );
        const expected = shape(formatMarkdown([plain]));
        always((text) => {
            const markdown = formatMarkdown([reportWith(text)]);
            assert.deepEqual(shape(markdown), expected);
            const prose = markdown.replace(/^(`{3,})(diff|sh)\n[^]*?^\1$/gm, "");
            assert.doesNotMatch(prose, /<|(?<!\\)!\[|(?<!\\)\]\(|(?<!\w)@(?!\u200b)/);
        });
    });

    it("is JUnit, annotations and log entries of which each is one, whatever the texts are", () => {
        const tags = (xml: string) => xml.match(/<\/?[a-z]+/g);
        always((text) => {
            const report = reportWith(text);
            assert.deepEqual(tags(formatJunit([report])), tags(formatJunit([plain])));
            // The last line is the summary, which has the name of the component as it is.
            const commands = (github: string) => github.split("\n").filter((line) => /^::/.test(line)).length;
            assert.equal(commands(formatGithub([{ ...report, name: "word" }])), 5);
            const entries = formatLog([report])
                .split("\n")
                .map((line) => JSON.parse(line) as { severity: string; message: string });
            assert.deepEqual(
                entries.map(({ severity }) => severity),
                ["ERROR", "ERROR", "ERROR", "NOTICE", "INFO", "NOTICE"],
            );
        });
    });
});
