import { type Diagnostic, type Parsed, type Parse, type Span, Lines, parseWorkflow } from "../syntax";
import { documentsIn, type WorkflowDocument } from "./documents";
import type { Edit } from "./edit";

/** A workflow definition in a file, parsed. Offsets count UTF-16 units. */
export interface Definition {
    parsed: Parsed;
    /** What is wrong with its place in the file; an error keeps the definition from being read, so that it has no program. */
    problems: Diagnostic[];
    /** The place in the file of an offset in the definition's source. */
    toFile: (offset: number) => number;
    /** A place in the source as a place in the file. */
    span: (span: Span) => Span;
    /** A change of the source as a change of the file. */
    edit: (edit: Edit) => Edit;
}

/**
 * The workflow definitions in a file: YAML, JSON, or Terraform with heredocs.
 *
 * @param read parses each of them, as `parseWorkflow` does
 */
export function definitionsIn(text: string, file: string, read: Parse = parseWorkflow): Definition[] {
    const lines = new Lines(text);
    return documentsIn(text, file).map((document) => {
        const toFile = (offset: number): number => document.toFile(offset);
        return {
            parsed: parse(document, file, read),
            problems: problemsOf(document, lines),
            toFile,
            span: ({ start, end }) => lines.span(toFile(start.offset), toFile(end.offset)),
            edit: (edit) => ({ start: toFile(edit.start), end: toFile(edit.end), text: document.escape(edit.text) }),
        };
    });
}

/** A definition that its file keeps from being read has no program. */
function parse({ source, problem }: WorkflowDocument, file: string, read: Parse): Parsed {
    return problem?.severity === "error" ? { source, file, format: "yaml", diagnostics: [] } : read(source, { file });
}

function problemsOf({ problem }: WorkflowDocument, lines: Lines): Diagnostic[] {
    if (problem === undefined) {
        return [];
    }
    const { start, end, ...rest } = problem;
    return [{ ...rest, span: lines.span(start, end) }];
}
