import { expressionSpan, type Diagnostic, type Severity, type Span, type Value } from "../syntax";

/** Collects what a deploy would refuse, with the step that it is in. */
export class Report {
    readonly diagnostics: Diagnostic[] = [];
    step: string | undefined;

    constructor(private readonly source: string) {}

    add(rule: string, message: string, span: Span, severity: Severity = "error"): void {
        this.diagnostics.push({ severity, rule, message, span, ...(this.step !== undefined && { step: this.step }) });
    }

    /** Adds a message about a part of an expression. */
    addIn(
        value: Value & { kind: "expression" },
        part: { start: number; end: number },
        rule: string,
        message: string,
        severity?: Severity,
    ): void {
        this.add(rule, message, this.spanIn(value, part), severity);
    }

    /** The span of a part of an expression in the source. */
    spanIn(value: Value & { kind: "expression" }, part: { start: number; end: number }): Span {
        return expressionSpan(this.source, value.span, value.text, part.start, part.end);
    }
}
