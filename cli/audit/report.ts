import { defined } from "../../common";
import type { Diagnostic, Severity, FileAudit, Finding } from "../../workflow";

/** One message about one file: a finding, or a problem that the parser found. */
export interface Item {
    file: string;
    line: number;
    column: number;
    endLine: number;
    endColumn: number;
    severity: Severity;
    rule: string;
    what: string;
    why?: string;
    fix?: string;
    step?: string;
}

export interface Report {
    items: Item[];
    files: number;
    calls: number;
}

/** The messages of a report, in the order of files and lines. */
export function reportOf(audits: { file: string; audit: FileAudit }[]): Report {
    return {
        items: audits.flatMap(({ file, audit }) =>
            [...audit.findings.map((f) => item(file, f)), ...parserItems(file, audit.diagnostics)].sort(
                (a, b) => a.line - b.line || a.column - b.column,
            ),
        ),
        files: audits.length,
        calls: audits.reduce((sum, { audit }) => sum + audit.calls, 0),
    };
}

function parserItems(file: string, diagnostics: readonly Diagnostic[]): Item[] {
    // The audit has a rule of its own for placeholders, which the user can turn off.
    return diagnostics
        .filter(({ rule, severity }) => rule !== "template-placeholder" || severity === "error")
        .map((d) => item(file, { ...d, what: d.message }));
}

function item(
    file: string,
    {
        span,
        severity,
        rule,
        what,
        why,
        fix,
        step,
    }: Pick<Finding, "span" | "severity" | "rule" | "what"> & Partial<Finding>,
): Item {
    return {
        file,
        line: span.start.line,
        column: span.start.column,
        endLine: span.end.line,
        endColumn: span.end.column,
        severity,
        rule,
        what,
        ...defined({ why, fix, step }),
    };
}

/** How many items of each severity. */
export function count(items: readonly Item[]): Record<Severity, number> {
    const counts = { error: 0, warning: 0, info: 0 };
    for (const { severity } of items) {
        counts[severity]++;
    }
    return counts;
}
