import type { Entry, Span } from "../syntax/ast";
import { type Left, leftFor } from "./advice";
import type { CallSite } from "./call-site";
import { describe, inFlow, textOf } from "./credential";
import { type Edit, insertAfter, type NewEntry, removeEntries, replaceEntry, replaceScalar } from "./edit";

/** What to write at a call, in words and as edits. */
export interface Written {
    description: string;
    edits: Edit[];
}

/** The entry of `args` that a new one is put behind: the URL's, or where a `<<` brings that in, one of their own. */
export function anchorOf({ call, entries }: CallSite): Entry | undefined {
    const { args } = call.action;
    const own = args === undefined ? [] : entries.filter((entry) => isWithin(args.span, entry));
    return own.find(({ key }) => key === "url") ?? own[0];
}

/** Where `auth` stands for something written elsewhere: an alias, or an expression. */
export function standsElsewhere(source: string, site: CallSite): boolean {
    const { auth } = site;
    return auth.kind === "map" && (auth.entries.length === 0 || source[auth.span.start.offset] === "*");
}

/** Gives a call this credential, as the rules that it breaks ask for it; `undefined` where they ask for nothing. */
export function writeCredential(
    source: string,
    site: CallSite,
    asked: ReadonlySet<string>,
    credential: NewEntry[],
): Written | Left | undefined {
    const args = site.call.action.args?.span;
    const anchor = anchorOf(site);
    if (site.headers.open && site.auth.kind === "none") {
        return leftFor("headers", inFlow(credential));
    }
    if (args === undefined || anchor === undefined) {
        return leftFor("args", inFlow(credential));
    }
    if (site.auth.kind === "none") {
        return {
            description: `adds auth ${describe(credential)}`,
            edits: [insertAfter(source, args, anchor, { key: "auth", value: credential })],
        };
    }
    const written = site.entries.find(({ key }) => key === "auth");
    if (standsElsewhere(source, site)) {
        return written === undefined || !isWithin(args, written)
            ? leftFor("auth-elsewhere", inFlow(credential))
            : {
                  description: `writes auth ${describe(credential)} in place of ${source.slice(written.value.span.start.offset, written.value.span.end.offset).trim()}`,
                  edits: [replaceEntry(source, args, written, { key: "auth", value: credential })],
              };
    }
    return correct(source, site, asked, credential);
}

/** Changes the entries of an `auth` that is written in place. */
function correct(
    source: string,
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
    if (asked.has("wrong-auth-type")) {
        return {
            description: `changes auth to ${describe(credential)}`,
            edits: [
                replaceScalar(source, auth.span, type, textOf(wanted)),
                ...replaceRest(source, auth.span, entries, type, rest),
            ],
        };
    }
    const [audience] = rest;
    const old = entries.find(({ key }) => key === "audience");
    return audience === undefined
        ? undefined
        : {
              description: `sets the audience to ${textOf(audience)}`,
              edits: [
                  old === undefined
                      ? insertAfter(source, auth.span, type, audience)
                      : replaceScalar(source, auth.span, old, textOf(audience)),
              ],
          };
}

/** Entries that belong to the other type give way to the one that belongs to this. */
function replaceRest(source: string, span: Span, entries: Entry[], type: Entry, rest: NewEntry[]): Edit[] {
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

/** Not so where an alias stands for the map, or `<<` brings the entry in: then its text belongs to another place. */
function isWithin(map: Span, { keySpan }: Entry): boolean {
    return keySpan.start.offset >= map.start.offset && keySpan.end.offset <= map.end.offset;
}
