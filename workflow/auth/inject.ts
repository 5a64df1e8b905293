import type { Diagnostic, Parsed, Span } from "../syntax/ast";
import { parseWorkflow } from "../syntax/parse";
import { type LeftCause, leftFor } from "./advice";
import { auditWorkflow, survey } from "./audit";
import type { CallSite } from "./call-site";
import { type Edit, applyEdits, offsetBefore } from "./edit";
import { keyOfAll } from "./domain";
import { placer } from "./place";
import { causesAsked, decide, type Decision, isMended } from "./plan";
import { argument } from "./resolve";
import type { AuditOptions, InjectResult } from "./types";

/** What is changed at one call. */
export interface Change {
    step: string;
    line: number;
    description: string;
    edits: Edit[];
}

/** A call that lacks what is injected elsewhere, and that its author must mend. */
export interface LeftCall {
    step: string;
    /** Where its URL stands, or the call. */
    span: Span;
    /** One word for the reason. */
    cause: LeftCause;
    why: string;
    fix: string;
}

/**
 * Adds the credentials that `missing-auth`, `wrong-auth-type` and `audience-path` ask for, where the receiver is
 * certain; every other byte of the source stays. A source that does not parse is given back as it is.
 * What is left to tell has the places of the source as it was.
 */
export function injectAuth(parsed: Parsed, options: AuditOptions = {}): InjectResult {
    const { changes, left } = planInjection(parsed, options);
    const edits = changes.flatMap((change) => change.edits);
    const source = applyEdits(parsed.source, edits);
    const after = changes.length === 0 ? parsed : parseWorkflow(source, { file: parsed.file });
    const audit = auditWorkflow(after, options);
    const place = placer(parsed.source);
    const before = ({ start, end }: Span): Span => ({
        start: place(offsetBefore(start.offset, edits)),
        end: place(offsetBefore(end.offset, edits)),
    });
    return {
        source,
        changes: changes.map(({ step, line, description }) => ({ step, line, description })),
        left: left.map(({ span, ...call }) => ({ ...call, line: span.start.line })),
        audit: { ...audit, findings: audit.findings.map((f) => ({ ...f, span: before(f.span) })) },
    };
}

/** The changes that {@link injectAuth} makes, with their edits, and the calls that it leaves though they need one. */
export function planInjection(parsed: Parsed, options: AuditOptions = {}): { changes: Change[]; left: LeftCall[] } {
    const decisions = unreadable(parsed).length === 0 ? decide(parsed, options) : [];
    const written = decisions.filter((decision) => "edits" in decision);
    const kept = harmless(parsed, [], written, options);
    const dropped = written
        .filter((decision) => !kept.includes(decision))
        .map(({ site }) => ({ site, ...leftFor("spreads") }));
    return {
        changes: kept.map(({ site, description, edits }) => ({
            step: site.call.step.name.text,
            line: site.urlSpan.start.line,
            description,
            edits,
        })),
        left: [...decisions.filter((decision) => "why" in decision), ...dropped].map(({ site, cause, why, fix }) => ({
            step: site.call.step.name.text,
            span: site.urlSpan,
            cause,
            why,
            fix,
        })),
    };
}

type WrittenDecision = Extract<Decision, { edits: Edit[] }>;

/** What of `next` can be written beside `kept` without harm: all of it most often, else what halving it leaves. */
function harmless(
    parsed: Parsed,
    kept: WrittenDecision[],
    next: WrittenDecision[],
    options: AuditOptions,
): WrittenDecision[] {
    const all = [...kept, ...next];
    if (holds(parsed, all, options)) {
        return all;
    }
    const half = Math.ceil(next.length / 2);
    return next.length < 2
        ? kept
        : harmless(parsed, harmless(parsed, kept, next.slice(0, half), options), next.slice(half), options);
}

/**
 * Whether the source, changed so, is read as it was but for the credentials meant. It is not where `<<` or an anchor
 * brings what is written at one call to another, nor where the source is written in a way that nobody has thought of.
 */
function holds(parsed: Parsed, written: WrittenDecision[], options: AuditOptions): boolean {
    if (written.length === 0) {
        return true;
    }
    const edits = written.flatMap((decision) => decision.edits);
    const after = parseWorkflow(applyEdits(parsed.source, edits), { file: parsed.file });
    if (after.diagnostics.length !== parsed.diagnostics.length) {
        return false;
    }
    const old = survey(parsed, options).sites;
    const seen = survey(after, options);
    const now = seen.sites;
    const asked = causesAsked(after, seen, options);
    const meant = new Set(written.flatMap(({ covers }) => covers.map(keyOf)));
    return (
        old.length === now.length &&
        old.every((site, index) => {
            const changed = now[index];
            return (
                changed !== undefined &&
                valueOf(site, "url") === valueOf(changed, "url") &&
                (meant.has(keyOf(site))
                    ? !asked(changed).some(isMended)
                    : valueOf(site, "auth") === valueOf(changed, "auth"))
            );
        })
    );
}

function keyOf({ call: { step, action } }: CallSite): string {
    return `${step.name.span.start.offset} ${action.callee.span.start.offset}`;
}

function valueOf({ call }: CallSite, name: string): string {
    return keyOfAll(argument(call.args, name, name === "url" ? 0 : Number.NaN));
}

/** What keeps a definition from being read as its author meant it: mistakes in its YAML or in an expression. */
export function unreadable({ diagnostics }: Parsed): Diagnostic[] {
    return diagnostics.filter(
        ({ rule, severity }) => severity === "error" && ["syntax", "expression", "duplicate-key"].includes(rule),
    );
}
