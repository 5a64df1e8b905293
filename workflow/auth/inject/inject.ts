import { groupBy } from "../../../common";
import { type Diagnostic, type Parsed, type Span, Lines, parseWorkflow } from "../../syntax";
import type { LeftCause } from "../advice";
import { auditWorkflow } from "../checks";
import { type Edit, Edited } from "../edit";
import { propose } from "./plan";
import { proposePrivateServices } from "./private-service";
import { editsOf, type Settled, settle } from "./settle";
import type { AuditOptions, InjectResult } from "../types";

/** What is changed at one call. */
export interface Change {
    /** The name of the step. */
    step: string;
    /** Where its URL is, or the call. */
    span: Span;
    /** What is written, such as `adds auth OIDC, audience https://…`. */
    description: string;
    /** The edits that write it. Calls that share a text share them. */
    edits: Edit[];
}

/** A call that needs a credential, or another one, which the injector cannot write: its author must. */
export interface LeftCall {
    /** The name of the step. */
    step: string;
    /** Where its URL is, or the call. */
    span: Span;
    /** One word for the reason. */
    cause: LeftCause;
    /** Why the injector leaves it. */
    why: string;
    /** What its author can do. */
    fix: string;
}

/** What an injection does: the calls that it changes, by which edits, and those that it leaves though they need one. */
export interface Injection {
    changes: Change[];
    edits: Edit[];
    left: LeftCall[];
}

/**
 * Adds the credentials that `missing-auth`, `wrong-auth-type` and `audience-path` ask for, if the receiver is
 * certain; every other byte of the source stays. A source that has errors is given back as it is.
 * The findings that remain have their places in the source as it was before.
 *
 * @example
 * const { source, changes, left } = injectAuth(parseWorkflow(text, { file: "fulfil.yaml" }), { targets });
 *
 * @throws Error if `universeDomain` is no domain
 */
export function injectAuth(parsed: Parsed, options: AuditOptions = {}): InjectResult {
    const { changes, edits, left } = planInjection(parsed, options);
    const edited = new Edited(parsed.source, edits);
    const after =
        edits.length === 0
            ? parsed
            : parseWorkflow(edited.text, { file: parsed.file, format: parsed.format, maxBytes: Infinity });
    const audit = auditWorkflow(after, options);
    const lines = new Lines(parsed.source);
    const before = ({ start, end }: Span): Span => lines.span(edited.before(start.offset), edited.before(end.offset));
    return {
        source: edited.text,
        changes: changes.map(({ step, span, description }) => ({ step, line: span.start.line, description })),
        left: left.map(({ span, ...call }) => ({ ...call, line: span.start.line })),
        audit: { ...audit, findings: audit.findings.map((f) => ({ ...f, span: before(f.span) })) },
    };
}

/** Plans what {@link injectAuth} does: first the credentials, and then the private services in what these make of the source. */
export function planInjection(parsed: Parsed, options: AuditOptions = {}): Injection {
    if (unreadable(parsed).length > 0) {
        return { changes: [], edits: [], left: [] };
    }
    const first = injectionOf(settle(parsed, propose(parsed, options)));
    if (options.targets?.some(({ privateService }) => privateService !== undefined) !== true) {
        return first;
    }
    const edited = new Edited(parsed.source, first.edits);
    const after = parseWorkflow(edited.text, { file: parsed.file, format: parsed.format, maxBytes: Infinity });
    const second = injectionOf(settle(after, proposePrivateServices(after, options)));
    const lines = new Lines(parsed.source);
    const spanBefore = ({ start, end }: Span): Span =>
        lines.span(edited.before(start.offset), edited.before(end.offset));
    const editBefore = ({ start, end, text }: Edit): Edit => ({
        ...{ start: edited.before(start), end: edited.before(end), text },
    });
    const later = second.edits.map(editBefore);
    // Both may write at the same place, in either order. What would be written into a text that is new itself is left to its author.
    const text = new Edited(edited.text, second.edits).text;
    const edits = [
        [...later, ...first.edits],
        [...first.edits, ...later],
    ].find((each) => new Edited(parsed.source, each).text === text);
    const added = (edits === undefined ? [] : second.changes).map((change) => ({
        ...change,
        span: spanBefore(change.span),
        edits: change.edits.map(editBefore),
    }));
    return {
        changes: [
            ...groupBy([...first.changes, ...added], ({ step, span }) => `${step} ${span.start.offset}`).values(),
        ].map(together),
        edits: edits ?? first.edits,
        left: [...first.left, ...second.left.map((call) => ({ ...call, span: spanBefore(call.span) }))],
    };
}

/** What is changed at one call, as one change. */
const together = (changes: Change[]): Change => ({
    ...(changes[0] as Change),
    description: changes.map(({ description }) => description).join(", "),
    edits: changes.flatMap(({ edits }) => edits),
});

function injectionOf({ kept, left }: Settled): Injection {
    return {
        changes: kept.flatMap(({ covers, written: { description, edits } }) =>
            covers.map(({ call, urlSpan }) => ({ step: call.step.name.text, span: urlSpan, description, edits })),
        ),
        edits: editsOf(kept),
        left: left.map(({ site: { call, urlSpan }, cause, why, fix }) => ({
            step: call.step.name.text,
            span: urlSpan,
            cause,
            why,
            fix,
        })),
    };
}

/** The errors of a definition. One that has any is not read as its author meant it, so nothing is injected into it. */
export function unreadable({ diagnostics }: Parsed): Diagnostic[] {
    return diagnostics.filter(({ severity }) => severity === "error");
}
