import assert from "node:assert/strict";
import * as fc from "fast-check";
import { formatGithub, formatHtml, formatJunit, formatLog, formatMarkdown, type Report } from "../../../smoke";

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
        assert.match(markdown, /\| ✗ \| 2word \| word \| word \| word \| word \(3 tries\) \|/);
        assert.match(markdown, /^\*\*2word\*\* failed: expected word, got word$/m);
        assert.match(markdown, /^- not tried: denial by word: word$/m);
        assert.match(formatHtml([plain]), /<h3>orders<\/h3>[^]*1word[^]*2word[^]*<h3>word<\/h3>/);
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
            assert.equal(commands(formatGithub([{ ...report, name: "word" }])), 4);
            const entries = formatLog([report])
                .split("\n")
                .map((line) => JSON.parse(line) as { severity: string; message: string });
            assert.deepEqual(
                entries.map(({ severity }) => severity),
                ["ERROR", "ERROR", "ERROR", "NOTICE", "NOTICE"],
            );
        });
    });
});
