import assert from "node:assert/strict";
import { type FormatName, formats } from "../../../cli/audit/formats";
import { reportOf, type Report } from "../../../cli/audit/report";
import { auditFile, auditRules } from "../../../workflow/auth";
import { assertPrinted } from "../../support/printed";

const plain = (_: unknown, text: string): string => text;

function report(source: string, file = "a dir/w.yaml"): Report {
    return reportOf([{ file, audit: auditFile(source, file) }]);
}

const bad = report("main:\n  steps:\n  - a:\n      call: http.get\n      args:\n        url: https://a-uc.a.run.app\n");
const good = report("main:\n  steps:\n  - a:\n      return: 1\n");

function write(format: FormatName, of: Report): string {
    return formats[format](of, plain);
}

describe("the formats of an audit", () => {
    it("as text: place, rule, problem, reason and fix, and a summary", () => {
        assert.equal(
            write("text", bad),
            [
                'a dir/w.yaml:6:14: error missing-auth: call "a" sends no credential to https://a-uc.a.run.app (Cloud Run), which needs an ID token',
                `    why: ${auditRules["missing-auth"].why}`,
                "    fix: add auth: {type: OIDC, audience: https://a-uc.a.run.app}",
                "",
                "1 file, 1 HTTP call: 1 error, 0 warnings, 0 info",
                "     1  missing-auth",
                "",
            ].join("\n"),
        );
        assert.equal(write("text", good), "1 file, 0 HTTP calls: nothing found\n");
    });

    it("as JSON, with counts", () => {
        const { items, summary } = JSON.parse(write("json", bad)) as Report & { summary: unknown };
        assertPrinted("audit", JSON.parse(write("json", bad)));
        assertPrinted("audit", JSON.parse(write("json", good)));
        assert.deepEqual(summary, { error: 1, warning: 0, info: 0 });
        assert.deepEqual(
            [items[0]?.rule, items[0]?.line, items[0]?.column, items[0]?.step],
            ["missing-auth", 6, 14, "a"],
        );
    });

    it("as commands for GitHub Actions, escaped", () => {
        assert.match(
            write("github", report("main:\n  steps: [\n", "a,b:c.yaml")),
            /^::error file=a%2Cb%3Ac\.yaml,line=\d+,col=\d+,endLine=\d+,title=syntax::[^\n]+\n$/,
        );
        assert.equal(write("github", good), "");
    });

    it("as SARIF 2.1.0: required properties, places from 1, rules by index", () => {
        interface Log {
            version: string;
            runs: {
                tool: { driver: { name: string; rules: { id: string; shortDescription: { text: string } }[] } };
                results: {
                    ruleId: string;
                    ruleIndex: number;
                    level: string;
                    message: { text: string };
                    locations: {
                        physicalLocation: { artifactLocation: { uri: string }; region: Record<string, number> };
                    }[];
                }[];
            }[];
        }
        const log = JSON.parse(write("sarif", bad)) as Log;
        assert.deepEqual(Object.keys(log).sort(), ["$schema", "runs", "version"]);
        assert.equal(log.version, "2.1.0");
        const [run] = log.runs;
        const { rules } = run!.tool.driver;
        assert.equal(new Set(rules.map((r) => r.id)).size, rules.length);
        assert.ok(rules.every((r) => r.shortDescription.text !== ""));
        const [result] = run!.results;
        assert.equal(rules[result!.ruleIndex]?.id, result!.ruleId);
        assert.ok(["none", "note", "warning", "error"].includes(result!.level));
        const { artifactLocation, region } = result!.locations[0]!.physicalLocation;
        assert.equal(artifactLocation.uri, "a%20dir/w.yaml");
        assert.deepEqual(region, { startLine: 6, startColumn: 14, endLine: 6, endColumn: 36 });
        assert.deepEqual((JSON.parse(write("sarif", good)) as Log).runs[0]?.results, []);
    });
});
