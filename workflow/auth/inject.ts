import type { Entry, Parsed, Span } from "../syntax/ast";
import { parseWorkflow } from "../syntax/parse";
import { auditWorkflow, auditSurvey, survey } from "./audit";
import { audienceFor } from "./audience";
import type { CallSite } from "./call-site";
import { credentialFor } from "./check-credential";
import type { Edit, NewEntry } from "./edit";
import { applyEdits, insertAfter, offsetBefore, removeEntry, replaceEntry, replaceScalar } from "./edit";
import { placer } from "./place";
import { SecretReader } from "./secret";
import type { AuditOptions, DeclaredTarget, Finding, InjectResult } from "./types";

/** What is changed at one call. */
export interface Change {
    step: string;
    line: number;
    description: string;
    edits: Edit[];
}

/**
 * Adds the credentials that `missing-auth`, `wrong-auth-type` and `audience-path` ask for, where the receiver is
 * certain; every other byte of the source stays. A source that does not parse is given back as it is.
 * What is left to tell has the places of the source as it was.
 */
export function injectAuth(parsed: Parsed, options: AuditOptions = {}): InjectResult {
    const changes = planInjection(parsed, options);
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
        audit: { ...audit, findings: audit.findings.map((f) => ({ ...f, span: before(f.span) })) },
    };
}

/** The changes that {@link injectAuth} makes, with their edits. */
export function planInjection(parsed: Parsed, options: AuditOptions = {}): Change[] {
    const seen = survey(parsed, options);
    const { findings } = auditSurvey(parsed, seen, { ...options, rules: {} });
    const done = new Set<number>();
    const secrets = new SecretReader(parsed);
    return seen.sites.flatMap((site) => {
        const change = changeFor(parsed.source, site, findings, options) ?? secretChange(site, secrets);
        const place = change?.edits[0]?.start;
        // The same text can stand for two calls, through a YAML alias.
        if (change === undefined || place === undefined || done.has(place)) {
            return [];
        }
        done.add(place);
        return change;
    });
}

function secretChange(site: CallSite, secrets: SecretReader): Change | undefined {
    const change = secrets.change(site);
    return (
        change && {
            step: site.call.step.name.text,
            line: site.urlSpan.start.line,
            description: `sends the secret of target ${site.receivers[0]?.target?.name ?? ""}`,
            edits: [change.header, ...(change.read === undefined ? [] : [change.read])],
        }
    );
}

function changeFor(
    source: string,
    site: CallSite,
    findings: readonly Finding[],
    options: AuditOptions,
): Change | undefined {
    const credential = credentialOf(site, options);
    const { action, step } = site.call;
    const args = action.args;
    const url = site.entries.find((entry) => entry.key === "url");
    if (credential === undefined || args === undefined || url === undefined) {
        return undefined;
    }
    const change = (description: string, edits: Edit[]): Change => ({
        step: step.name.text,
        line: url.keySpan.start.line,
        description,
        edits,
    });
    const has = (rule: string): boolean => {
        const auth = site.entries.find((entry) => entry.key === "auth");
        const within = auth === undefined ? [] : [auth.value.span.start.offset, auth.value.span.end.offset];
        return findings.some(
            (f) =>
                f.rule === rule &&
                f.span.start.offset >= (within[0] ?? Infinity) &&
                f.span.start.offset <= (within[1] ?? -Infinity),
        );
    };
    if (site.auth.kind === "none") {
        return site.header === "absent"
            ? change(`adds auth ${describe(credential)}`, [
                  insertAfter(source, args.span, url, { key: "auth", value: credential }),
              ])
            : undefined;
    }
    if (site.auth.kind !== "map" || site.auth.entries.length === 0) {
        return undefined;
    }
    const { span, entries } = site.auth;
    const [type, ...rest] = credential;
    const written = entries.find((entry) => entry.key === "type");
    if (type === undefined || written === undefined) {
        return undefined;
    }
    if (has("wrong-auth-type")) {
        return change(`changes auth to ${describe(credential)}`, [
            replaceScalar(source, span, written, textOf(type)),
            ...replaceRest(source, span, entries, written, rest),
        ]);
    }
    const [audience] = rest;
    if (audience?.key !== "audience" || !has("audience-path")) {
        return undefined;
    }
    const old = entries.find((entry) => entry.key === "audience");
    return change(`sets the audience to ${textOf(audience)}`, [
        old === undefined
            ? insertAfter(source, span, written, audience)
            : replaceScalar(source, span, old, textOf(audience)),
    ]);
}

/** Entries that belong to the other type give way to the one that belongs to this. */
function replaceRest(
    source: string,
    span: Parameters<typeof insertAfter>[1],
    entries: Entry[],
    type: Entry,
    rest: NewEntry[],
): Edit[] {
    const stale = entries.filter((entry) => entry !== type && /^(audience|scopes?)$/.test(entry.key));
    const [first, ...others] = stale;
    const [wanted] = rest;
    return [
        ...others.map((entry) => removeEntry(source, span, entries, entry)),
        ...(wanted === undefined
            ? first === undefined
                ? []
                : [removeEntry(source, span, entries, first)]
            : [
                  first === undefined
                      ? insertAfter(source, span, type, wanted)
                      : replaceEntry(source, span, first, wanted),
              ]),
    ];
}

/** The `auth` that every receiver of the call takes; `undefined` where that is not certain. */
function credentialOf(site: CallSite, options: AuditOptions): NewEntry[] | undefined {
    const [first, ...others] = site.receivers;
    const type = first && credentialFor(first);
    if (
        type === undefined ||
        others.some((receiver) => credentialFor(receiver) !== type) ||
        site.receivers.some((r) => r.scheme !== "https" || (options.closed === true && r.target === undefined))
    ) {
        return undefined;
    }
    if (type === "OAuth2") {
        const scopes = sharedScopes(site.receivers.map((r) => r.target));
        return [{ key: "type", value: type }, ...(scopes === undefined ? [] : [{ key: "scopes", value: scopes }])];
    }
    const audience = audienceFor(site);
    return audience === undefined
        ? undefined
        : [
              { key: "type", value: type },
              { key: "audience", value: audience },
          ];
}

function sharedScopes(targets: (DeclaredTarget | undefined)[]): string | string[] | undefined {
    const all = [...new Set(targets.flatMap((target) => target?.scopes ?? []))];
    const everyone = targets.every((target) => target?.scopes !== undefined && target.scopes.length > 0);
    return everyone ? (all.length === 1 ? all[0] : all) : undefined;
}

function textOf(entry: NewEntry): string {
    return typeof entry.value === "string" ? entry.value : "";
}

function describe(credential: NewEntry[]): string {
    const shown = credential.map(({ key, value }) => {
        const text = typeof value === "string" ? value : `${value.length} scopes`;
        return key === "type" ? text : `${key} ${text}`;
    });
    return shown.join(", ");
}
