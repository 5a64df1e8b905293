import { defined } from "../../common";
import type { Severity, FileAudit, Finding } from "../../workflow";

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

/** A finding, or a problem of the parser in the form of one. */
export type Message = Pick<Finding, "span" | "severity" | "rule" | "what"> & Partial<Finding>;

/** All that is said of a file, in the order of its lines. */
export function messagesOf({ findings, diagnostics }: FileAudit): Message[] {
    // The audit has a rule of its own for placeholders, which the user can turn off.
    const parser = diagnostics.filter(({ rule, severity }) => rule !== "template-placeholder" || severity === "error");
    return [...findings, ...parser.map((each): Message => ({ ...each, what: each.message }))].sort(
        ({ span: { start: a } }, { span: { start: b } }) => a.line - b.line || a.column - b.column,
    );
}

/** The messages of a report, in the order of files and lines. */
export function reportOf(audits: { file: string; audit: FileAudit }[]): Report {
    return {
        items: audits.flatMap(({ file, audit }) => messagesOf(audit).map((message) => item(file, message))),
        files: audits.length,
        calls: audits.reduce((sum, { audit }) => sum + audit.calls, 0),
    };
}

function item(file: string, { span, severity, rule, what, why, fix, step }: Message): Item {
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
