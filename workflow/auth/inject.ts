import type { Entry, Parsed, Span } from "../syntax/ast";
import { parseWorkflow } from "../syntax/parse";
import { auditWorkflow, survey } from "./audit";
import { audienceFor } from "./audience";
import type { CallSite } from "./call-site";
import { checkAudience } from "./check-audience";
import { checkCredential, credentialFor, type Reporter } from "./check-credential";
import type { Edit, NewEntry } from "./edit";
import {
    applyEdits,
    hasExplicitKey,
    insertAfter,
    offsetBefore,
    removeEntries,
    replaceEntry,
    replaceScalar,
} from "./edit";
import { placer } from "./place";
import { SecretReader } from "./secret";
import { suppressor } from "./suppress";
import type { AuditOptions, DeclaredTarget, InjectResult } from "./types";

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
    const { sites } = survey(parsed, options);
    const asked = rulesAsked(parsed, options);
    const secrets = new SecretReader(parsed);
    const shared = new Map<number | undefined, CallSite[]>();
    for (const site of sites) {
        const place = writtenAt(site);
        shared.set(place, [...(shared.get(place) ?? []), site]);
    }
    return [...shared].flatMap(([place, [first, ...others]]) => {
        if (place === undefined || first === undefined) {
            return [];
        }
        // One text can stand for several calls, through a YAML alias: it is written where it is good for all of them.
        const credential = JSON.stringify(credentialOf(first, options));
        if (others.some((site) => JSON.stringify(credentialOf(site, options)) !== credential)) {
            return [];
        }
        const rules = new Set([first, ...others].flatMap(asked));
        return changeFor(parsed.source, first, rules, options) ?? secretChange(first, secrets) ?? [];
    });
}

/** Where the text begins that a change of this call's credential would be in: its `auth`, or else its `args`. */
function writtenAt({ auth, entries }: CallSite): number | undefined {
    return (auth.kind === "map" ? auth.entries : entries)[0]?.keySpan.start.offset;
}

/** The rules that a call breaks, but for those that are switched off or that its author means to break. */
function rulesAsked(parsed: Parsed, options: AuditOptions): (site: CallSite) => string[] {
    const suppressed = suppressor(parsed.source);
    return (site) => {
        const found: string[] = [];
        const reporter: Reporter = {
            closed: false,
            report: (rule, span) => {
                if (options.rules?.[rule] !== "off" && !suppressed(rule, span)) {
                    found.push(rule);
                }
            },
        };
        checkCredential(site, reporter);
        checkAudience(site, options.targets ?? [], reporter);
        return found;
    };
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
    asked: ReadonlySet<string>,
    options: AuditOptions,
): Change | undefined {
    const credential = credentialOf(site, options);
    const { action, step } = site.call;
    const args = action.args;
    const url = site.entries.find((entry) => entry.key === "url");
    if (credential === undefined || args === undefined || url === undefined || hasExplicitKey(source, url)) {
        return undefined;
    }
    const change = (description: string, edits: Edit[]): Change => ({
        step: step.name.text,
        line: url.keySpan.start.line,
        description,
        edits,
    });
    if (site.auth.kind === "none") {
        return asked.has("missing-auth") && site.header === "absent" && isWithin(args.span, url)
            ? change(`adds auth ${describe(credential)}`, [
                  insertAfter(source, args.span, url, { key: "auth", value: credential }),
              ])
            : undefined;
    }
    const [type, ...rest] = credential;
    if (site.auth.kind !== "map" || type === undefined) {
        return undefined;
    }
    const { span, entries } = site.auth;
    const written = entries.find((entry) => entry.key === "type");
    if (written === undefined || !isWithin(span, written) || hasExplicitKey(source, written)) {
        return undefined;
    }
    if (asked.has("wrong-auth-type")) {
        return change(`changes auth to ${describe(credential)}`, [
            replaceScalar(source, span, written, textOf(type)),
            ...replaceRest(source, span, entries, written, rest),
        ]);
    }
    const [audience] = rest;
    if (audience?.key !== "audience" || !asked.has("audience-path")) {
        return undefined;
    }
    const old = entries.find((entry) => entry.key === "audience");
    return change(`sets the audience to ${textOf(audience)}`, [
        old === undefined
            ? insertAfter(source, span, written, audience)
            : replaceScalar(source, span, old, textOf(audience)),
    ]);
}

/** Not so where an alias stands for the map: then its text belongs to another place. */
function isWithin(map: Span, { keySpan }: Entry): boolean {
    return keySpan.start.offset >= map.start.offset && keySpan.end.offset <= map.end.offset;
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
        ...removeEntries(source, span, entries, wanted === undefined ? stale : others),
        ...(wanted === undefined
            ? []
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
        site.receivers.some(
            (r) => r.scheme !== "https" || r.chosen === true || (options.closed === true && r.target === undefined),
        )
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
