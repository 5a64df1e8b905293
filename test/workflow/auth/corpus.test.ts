import assert from "node:assert/strict";
import { auditFile, injectFile } from "../../../workflow/auth";
import { corpusFiles, needCorpus, ownFiles, targetsOf } from "./corpus";
import expected from "./corpus-findings.json";
import { mutants } from "./mutants";

type Findings = Record<string, number[]>;

function findingLines(text: string, file: string): Findings {
    const found: Findings = {};
    for (const { rule, span } of auditFile(text, file).findings) {
        (found[rule] ??= []).push(span.start.line);
    }
    return found;
}

const { about, ...byFile } = expected;

/** The definitions that lie beside the checkout on some machines, and our own on each: the same must hold of both. */
const SETS = [
    {
        title: "auditing other people's definitions (read from beside the checkout)",
        files: corpusFiles,
        need: needCorpus,
        findings: byFile,
        least: { mutants: 100, mended: 50, injected: 20 },
    },
    {
        title: "auditing definitions of our own",
        files: ownFiles,
        need: () => undefined,
        findings: {},
        least: { mutants: 30, mended: 15, injected: 1 },
    },
];

it("the findings of a reader say how they were found", () => assert.ok(about));

for (const { title, files, need, findings: wanted, least } of SETS) {
    describe(title, () => {
        beforeEach(function () {
            need(this);
        });

        it("finds in each file what a reader finds, and nothing else", () => {
            const found = Object.fromEntries(
                files()
                    .map(({ name, text }): [string, Findings] => [name, findingLines(text, name)])
                    .filter(([, each]) => Object.keys(each).length > 0),
            );
            assert.deepEqual(found, wanted);
        });

        it("catches at least 95 % of the mistakes put into clean files, each as exactly that mistake", () => {
            const missed: string[] = [];
            let total = 0;
            for (const { name, text } of files()) {
                const targets = targetsOf(text);
                const before = auditFile(text, name, { targets });
                if (before.findings.some(({ severity }) => severity !== "info") || before.diagnostics.length > 0) {
                    continue;
                }
                const known = new Set(before.findings.map(({ rule }) => rule));
                for (const mutant of mutants(text, name, targets)) {
                    total++;
                    const after = auditFile(mutant.text, name, { targets }).findings.filter(
                        ({ rule }) => !known.has(rule),
                    );
                    const rules = after.map(({ rule }) => rule);
                    if (rules.length === 0 || !rules.every((rule) => rule === mutant.rule)) {
                        missed.push(
                            `${name}: ${mutant.what}: expected ${mutant.rule}, found ${rules.join(", ") || "nothing"}`,
                        );
                    }
                }
            }
            const caught = ((total - missed.length) / total) * 100;
            console.log(`      ${total - missed.length} of ${total} mutants caught: ${caught.toFixed(1)} %`);
            assert.ok(total > least.mutants, `only ${total} mutants were made`);
            assert.ok(caught >= 95, missed.join("\n"));
        });

        it("mends the mistakes put into clean files, each as its author could have, and touches no other", () => {
            const mendable = ["missing-auth", "wrong-auth-type", "audience-path"];
            let mended = 0;
            for (const { name, text } of files()) {
                const targets = targetsOf(text);
                const { findings, diagnostics } = auditFile(text, name, { targets });
                const clean = findings.length === 0 && diagnostics.length === 0;
                for (const mutant of !clean ? [] : mutants(text, name, targets)) {
                    const { text: injected, changes, left } = injectFile(mutant.text, name, { targets });
                    if (mendable.includes(mutant.rule) && left.length === 0) {
                        assert.ok(changes.length > 0, `${name}: ${mutant.what}`);
                        assert.deepEqual(
                            auditFile(injected, name, { targets }).findings,
                            [],
                            `${name}: ${mutant.what}`,
                        );
                        mended++;
                    } else if (!mendable.includes(mutant.rule)) {
                        assert.equal(injected, mutant.text, `${name}: ${mutant.what}`);
                    }
                }
            }
            console.log(`      ${mended} mended`);
            assert.ok(mended > least.mended);
        });

        it("leaves every byte alone that it does not insert, is idempotent, and what it wrote audits clean", () => {
            let injected = 0;
            for (const { name, text } of files()) {
                for (const source of [text, ...withoutAuth(text, name)]) {
                    const once = injectFile(source, name);
                    assert.equal(injectFile(once.text, name).text, once.text, name);
                    injected += once.changes.length;
                    const left = auditFile(once.text, name).findings.map(({ rule }) => rule);
                    const before = auditFile(source, name).findings.map(({ rule }) => rule);
                    assert.ok(
                        !left.some(
                            (rule) => rule === "missing-auth" || (rule !== "placeholder" && !before.includes(rule)),
                        ),
                        `${name}: ${left.join()}`,
                    );
                    assert.ok(isSubsequence(source.split("\n"), once.text.split("\n")), name);
                }
            }
            assert.ok(injected > least.injected, `only ${injected} calls were injected`);
        });

        function withoutAuth(text: string, name: string): string[] {
            return mutants(text, name)
                .filter(({ rule }) => rule === "missing-auth")
                .map((mutant) => mutant.text);
        }
    });
}

/** Whether the lines that are left once the inserted ones are taken out are the source's. */
function isSubsequence(lines: string[], of: string[]): boolean {
    let next = 0;
    for (const line of of) {
        if (line === lines[next]) {
            next++;
        }
    }
    return next === lines.length;
}
