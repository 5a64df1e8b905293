import type { TextDocument } from "vscode-languageserver-textdocument";
import {
    type CompletionItem,
    CompletionItemKind,
    type Diagnostic,
    DiagnosticSeverity,
    type DocumentSymbol,
    MarkupKind,
    type Range,
    SymbolKind,
    type TextEdit,
} from "vscode-languageserver/node";
import { defined } from "../../common";
import type { Edit, Span } from "../../workflow";
import type { Completion, Outline } from "../../workflow/editor";
import type { messagesOf } from "../audit";

const SEVERITIES = {
    error: DiagnosticSeverity.Error,
    warning: DiagnosticSeverity.Warning,
    info: DiagnosticSeverity.Information,
} as const;

const COMPLETIONS: Readonly<Record<Completion["kind"], CompletionItemKind>> = {
    keyword: CompletionItemKind.Keyword,
    property: CompletionItemKind.Property,
    function: CompletionItemKind.Function,
    variable: CompletionItemKind.Variable,
    step: CompletionItemKind.Reference,
    routine: CompletionItemKind.Module,
    value: CompletionItemKind.EnumMember,
    target: CompletionItemKind.Value,
};

/** Offsets are UTF-16 units, as the protocol counts them. */
export function rangeOf(document: TextDocument, { start, end }: Span): Range {
    return { start: document.positionAt(start.offset), end: document.positionAt(end.offset) };
}

/** A message of the audit, with the words that `gcp-invoke audit` has for it. */
export function diagnosticOf(document: TextDocument, message: ReturnType<typeof messagesOf>[number]): Diagnostic {
    const { what, why, fix, span, severity, rule } = message;
    const lines = [what, ...(why === undefined ? [] : [`why: ${why}`]), ...(fix === undefined ? [] : [`fix: ${fix}`])];
    return {
        range: rangeOf(document, span),
        severity: SEVERITIES[severity],
        code: rule,
        source: "gcp-invoke",
        message: lines.join("\n"),
    };
}

export function textEditOf(document: TextDocument, { start, end, text }: Edit): TextEdit {
    return { range: { start: document.positionAt(start), end: document.positionAt(end) }, newText: text };
}

export function completionOf({ label, kind, text, detail, about }: Completion, range: Range): CompletionItem {
    return {
        label,
        kind: COMPLETIONS[kind],
        filterText: label,
        textEdit: { range, newText: text ?? label },
        ...defined({
            detail,
            documentation: about === undefined ? undefined : { kind: MarkupKind.Markdown, value: about },
        }),
    };
}

export function symbolOf(document: TextDocument, outline: Outline): DocumentSymbol {
    return {
        name: outline.name === "" ? "(no name)" : outline.name,
        detail: outline.kind,
        kind: outline.kind === "routine" ? SymbolKind.Function : SymbolKind.Event,
        range: rangeOf(document, outline.span),
        selectionRange: rangeOf(document, outline.nameSpan),
        children: outline.children.map((each) => symbolOf(document, each)),
    };
}
