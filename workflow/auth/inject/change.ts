import type { Entry, Span, Lines } from "../../syntax";
import { type Left, leftFor } from "../advice";
import type { CallSite } from "../calls";
import { describe, inFlow, entryText } from "../credentials";
import {
    append,
    type Edit,
    insertAfter,
    mapOf,
    type Meant,
    type NewEntry,
    removeEntries,
    replaceEntry,
    replaceScalar,
    valueOf,
    valueRange,
    type WritableEntry,
    writeOut,
} from "../edit";

/** What to write at a call, in words and as edits. */
export interface Written {
    description: string;
    edits: Edit[];
    /** The entry that the `args` of a call that shares the text have after the edits. */
    meant: (site: CallSite) => Meant;
    /** The step that is new at the beginning of the call's routine. */
    step?: string;
    /** What the author can write by hand instead. */
    byHand: string;
}

/** Whether the text that holds the call's credential belongs to this call: it does not come from an alias or a `<<`. */
export function isOwner(lines: Lines, site: CallSite): boolean {
    return site.auth.kind === "none"
        ? ownEntries(site).at(0)?.key === "url"
        : ownEntries(site).some(({ key }) => key === "auth") && !standsElsewhere(lines, site);
}

/** The entries that are written in the call's `args` itself, the URL's first: people look for `auth` behind it. */
export function ownEntries({ call, entries }: CallSite): Entry[] {
    const { args } = call.action;
    const own = args === undefined ? [] : entries.filter((entry) => isWithin(args.span, entry));
    return own.sort((a, b) => Number(b.key === "url") - Number(a.key === "url"));
}

/** Where `auth` stands for something written elsewhere: an alias, or an expression. */
function standsElsewhere({ source }: Lines, { auth }: CallSite): boolean {
    return auth.kind === "map" && (auth.entries.length === 0 || source[auth.span.start.offset] === "*");
}

/** Gives a call this credential, as the rules that it breaks ask for it, or `undefined` if they ask for nothing. */
export function writeCredential(
    lines: Lines,
    site: CallSite,
    asked: ReadonlySet<string>,
    credential: NewEntry[],
): Written | Left | undefined {
    if (site.headers.open && site.auth.kind === "none") {
        return leftFor("headers", inFlow(credential));
    }
    if (site.auth.kind !== "none" && isOwner(lines, site)) {
        return correct(lines, site, asked, credential);
    }
    const entry = { key: "auth", value: credential };
    const edit = writeEntry(lines, site, entry);
    const old = ownEntries(site).find(({ key }) => key === "auth");
    const range = old && valueRange(lines.source, old);
    return edit === undefined
        ? leftFor("args", inFlow(credential))
        : {
              description: `${range === undefined ? "adds" : "writes"} auth ${describe(credential)}${range === undefined ? "" : ` in place of ${lines.source.slice(range.start, range.end)}`}`,
              edits: [edit],
              meant: () => ({ key: "auth", value: valueOf(credential) }),
              byHand: `auth: ${inFlow(credential)}`,
          };
}

/** Writes an entry into the `args` of a call, wherever they stand now: it is the call's alone. */
export function writeEntry(lines: Lines, site: CallSite, entry: WritableEntry): Edit | undefined {
    const { action } = site.call;
    const { args } = action;
    const own = ownEntries(site);
    const old = own.find(({ key }) => key === entry.key);
    const [first] = own;
    if (args?.kind !== "map" || site.entries.length === 0) {
        return undefined;
    }
    if (old !== undefined) {
        return replaceEntry(lines, args.span, old, entry);
    }
    if (first !== undefined) {
        return insertAfter(lines, args.span, first, entry);
    }
    if (lines.source[args.span.start.offset] !== "*") {
        return append(lines, args.span, entry);
    }
    const all: WritableEntry[] = site.entries.filter(({ key }) => key !== entry.key);
    const url = all.findIndex(({ key }) => key === "url");
    return writeOut(lines, action.span, args.span, [...all.slice(0, url + 1), entry, ...all.slice(url + 1)]);
}

/** Changes the entries of an `auth` that is written in place. */
function correct(
    lines: Lines,
    { auth }: CallSite,
    asked: ReadonlySet<string>,
    credential: NewEntry[],
): Written | Left | undefined {
    const [wanted, ...rest] = credential;
    const entries = auth.kind === "map" ? auth.entries : [];
    const type = entries.find(({ key }) => key === "type");
    if (auth.kind !== "map" || wanted === undefined || type === undefined || !isWithin(auth.span, type)) {
        return leftFor("type-elsewhere", inFlow(credential));
    }
    const byHand = `auth: ${inFlow(credential)}`;
    if (asked.has("wrong-auth-type")) {
        return {
            description: `changes auth to ${describe(credential)}`,
            edits: [
                replaceScalar(lines, auth.span, type, entryText(wanted)),
                ...replaceRest(lines, auth.span, entries, type, rest),
            ],
            meant: (site) => corrected(site, /^(type|audience|scopes?)$/, credential),
            byHand,
        };
    }
    if (asked.has("missing-scope")) {
        return {
            description: `changes auth to ${describe(credential)}`,
            edits: replaceRest(lines, auth.span, entries, type, rest),
            meant: (site) => corrected(site, /^scopes?$/, rest),
            byHand,
        };
    }
    const [audience] = rest;
    const old = entries.find(({ key }) => key === "audience");
    return audience === undefined
        ? undefined
        : {
              description: `sets the audience to ${entryText(audience)}`,
              edits: [
                  old === undefined
                      ? insertAfter(lines, auth.span, type, audience)
                      : replaceScalar(lines, auth.span, old, entryText(audience)),
              ],
              meant: (site) => corrected(site, /^audience$/, [audience]),
              byHand,
          };
}

/** The `auth` of a call with new entries in place of those of certain names. */
function corrected({ auth }: CallSite, gone: RegExp, credential: NewEntry[]): Meant {
    const kept = auth.kind === "map" ? auth.entries.filter(({ key }) => !gone.test(key)) : [];
    const written = credential.map(({ key, value }) => ({ key, value: valueOf(value) }));
    return { key: "auth", value: mapOf([...kept, ...written]) };
}

/** Entries that belong to the other type give way to the one that belongs to this. */
function replaceRest(lines: Lines, span: Span, entries: Entry[], type: Entry, rest: NewEntry[]): Edit[] {
    const stale = entries.filter((entry) => entry !== type && /^(audience|scopes?)$/.test(entry.key));
    const [first, ...others] = stale;
    const [wanted] = rest;
    return [
        ...removeEntries(lines, span, entries, wanted === undefined ? stale : others),
        ...(wanted === undefined
            ? []
            : [
                  first === undefined
                      ? insertAfter(lines, span, type, wanted)
                      : replaceEntry(lines, span, first, wanted),
              ]),
    ];
}

/**
 * Whether an entry is written inside a map. It is not if an alias stands for the map or `<<` brings the entry in.
 */
export function isWithin(map: Span, { keySpan }: Entry): boolean {
    return keySpan.start.offset >= map.start.offset && keySpan.end.offset <= map.end.offset;
}
