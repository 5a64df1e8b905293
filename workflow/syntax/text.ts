import { ExpressionError, parseExpression } from "../expression";
import type { Severity, Span, Value } from "./ast";
import { findPlaceholder } from "./placeholder";
import { expressionSpan } from "./scalar";

/** Collects the mistakes. */
interface Reporter {
    readonly source: string;
    report(rule: string, message: string, span: Span, severity?: Severity): void;
}

/** A text as a value. It is an expression if the whole text is `${…}`; a text that only resembles one is reported. */
export function readText(text: string, span: Span, reader: Reporter): Value {
    const placeholder = findPlaceholder(text);
    if (placeholder !== undefined && !isWrittenMap(text)) {
        reader.report(
            "template-placeholder",
            `"${placeholder.text}" is a template placeholder (${placeholder.tool}): deployed as it is, it is plain text`,
            span,
            "warning",
        );
    }
    const inner = /^\s*\$\{([\s\S]*)\}\s*$/.exec(text)?.[1];
    if (inner === undefined) {
        if (/^\s*\$\{[^}]*$/.test(text)) {
            reader.report(
                "interpolation",
                "a text that begins with ${ and has no } is not an expression",
                span,
                "warning",
            );
        }
        if (/(?<!\$)\$\{[^}]*\}/.test(text)) {
            reader.report(
                "interpolation",
                'a text with ${…} inside is not an expression and stays as it is: write ${"text" + name} as the whole value',
                span,
                "warning",
            );
        }
        return { kind: "literal", value: text, span };
    }
    try {
        return { kind: "expression", expression: parseExpression(inner), text: inner, span };
    } catch (error) {
        if (!(error instanceof ExpressionError)) {
            throw error;
        }
        reader.report("expression", error.message, expressionSpan(reader.source, span, inner, error.start, error.end));
        return { kind: "literal", value: text, span };
    }
}

/** Whether a text is an expression that is a map, `${{"a": 1}}`, and not a template's `${{ a }}`. */
function isWrittenMap(text: string): boolean {
    const [, inner] = /^\s*\$\{(\{[\s\S]*\})\}\s*$/.exec(text) ?? [];
    try {
        return inner !== undefined && parseExpression(inner).kind === "map";
    } catch {
        return false;
    }
}
