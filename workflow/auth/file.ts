import type { Diagnostic } from "../syntax";
import { auditWorkflow } from "./checks";
import { definitionsIn } from "./definition";
import { looksLikeWorkflow } from "./documents";
import { applyEdits } from "./edit";
import { type LeftCall, planInjection, unreadable } from "./inject";
import type { AuditOptions, Finding } from "./types";

/** What an audit of a whole file found; places are the file's. */
export interface FileAudit {
    /** What the audit found in all of its definitions. */
    findings: Finding[];
    /** What the parser found. */
    diagnostics: Diagnostic[];
    /** How many HTTP calls they make. */
    calls: number;
    /** How many workflow definitions the file holds; 0 if it is something else. */
    workflows: number;
}

/** Audits a file: YAML, JSON, or Terraform with heredocs. */
export function auditFile(text: string, file: string, options: AuditOptions = {}): FileAudit {
    const found = definitionsIn(text, file).map((definition) => {
        const { parsed, problems, span } = definition;
        const audit = auditWorkflow(parsed, options);
        return {
            findings: audit.findings.map((finding) => ({ ...finding, span: span(finding.span) })),
            diagnostics: [
                ...problems,
                ...parsed.diagnostics.map((diagnostic) => ({ ...diagnostic, span: span(diagnostic.span) })),
            ],
            calls: audit.calls,
        };
    });
    return {
        findings: found.flatMap((f) => f.findings),
        diagnostics: found.flatMap((f) => f.diagnostics),
        calls: found.reduce((sum, f) => sum + f.calls, 0),
        workflows: looksLikeWorkflow(text) ? found.length : 0,
    };
}

/** A file with the credentials added, as {@link FileAudit} reads it. */
export interface FileInjection {
    /** The same string if there was nothing to add. */
    text: string;
    /** The calls that were changed, with their lines in the file. */
    changes: { step: string; line: number; description: string }[];
    /** The calls that need a credential, or another one, and are left to their author. */
    left: LeftCall[];
    /** The errors that keep a definition from being read as it is meant; it is left as it is. */
    unreadable: Diagnostic[];
    /** What is read in another way than a deploy of the file would read it. */
    warnings: Diagnostic[];
    /** How many definitions the file holds; 0 if none is found. */
    workflows: number;
}

/** Adds credentials to the definitions in a file. Heredocs keep their escapes. */
export function injectFile(text: string, file: string, options: AuditOptions = {}): FileInjection {
    const planned = definitionsIn(text, file).map((definition) => {
        const { parsed, problems, span } = definition;
        const { changes, edits, left } = planInjection(parsed, options);
        return {
            unreadable: [
                ...problems.filter(({ severity }) => severity === "error"),
                ...unreadable(parsed).map((d) => ({ ...d, span: span(d.span) })),
            ],
            warnings: problems.filter(({ severity }) => severity === "warning"),
            left: left.map((call) => ({ ...call, span: span(call.span) })),
            changes: changes.map(({ step, description, span: at }) => ({
                step,
                description,
                line: span(at).start.line,
            })),
            edits: edits.map((edit) => definition.edit(edit)),
        };
    });
    return {
        text: applyEdits(
            text,
            planned.flatMap((p) => p.edits),
        ),
        changes: planned.flatMap((p) => p.changes),
        left: planned.flatMap((p) => p.left),
        unreadable: planned.flatMap((p) => p.unreadable),
        warnings: planned.flatMap((p) => p.warnings),
        workflows: looksLikeWorkflow(text) ? planned.length : 0,
    };
}
