import { pathToFileURL } from "node:url";
import { auditRules, isRule } from "../../workflow";
import type { Item, Report } from "./report";

const levels = { error: "error", warning: "warning", info: "note" };

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarif(report: Report): Record<string, unknown> {
    const ids = [...new Set([...Object.keys(auditRules), ...report.items.map((item) => item.rule)])];
    return {
        $schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [
            {
                tool: { driver: { name: "gcp-invoke", rules: ids.map(rule) } },
                columnKind: "utf16CodeUnits",
                results: report.items.map((item) => result(item, ids)),
            },
        ],
    };
}

function rule(id: string): Record<string, unknown> {
    const known = isRule(id) ? auditRules[id] : undefined;
    return {
        id,
        shortDescription: { text: known?.title ?? `the definition's ${id.replaceAll("-", " ")}` },
        ...(known && {
            fullDescription: { text: known.why },
            defaultConfiguration: { level: levels[known.severity] },
        }),
    };
}

function result(item: Item, ids: string[]): Record<string, unknown> {
    return {
        ruleId: item.rule,
        ruleIndex: ids.indexOf(item.rule),
        level: levels[item.severity],
        message: { text: item.fix === undefined ? item.what : `${item.what}. Fix: ${item.fix}` },
        locations: [
            {
                physicalLocation: {
                    artifactLocation: { uri: uri(item.file) },
                    region: {
                        startLine: item.line,
                        startColumn: item.column,
                        endLine: item.endLine,
                        endColumn: item.endColumn,
                    },
                },
            },
        ],
    };
}

/** A relative path stays relative, so that findings are shown in any checkout. */
function uri(file: string): string {
    return file.startsWith("/") ? pathToFileURL(file).href : file.split("/").map(encodeURIComponent).join("/");
}
