import { type DeclaredTarget, parseAddress } from "../../../workflow/auth";
import { survey } from "../../../workflow/auth/checks/audit";
import type { CallSite } from "../../../workflow/auth/calls/call-site";
import { applyEdits, type Edit } from "../../../workflow/auth/edit/edit";
import { type Entry, parseWorkflow } from "../../../workflow/syntax";

export interface Mutant {
    what: string;
    rule: string;
    text: string;
}

/** The mistakes that people make, one at a time, at each call of a source that has a credential and a known host. */
export function mutants(source: string, file: string, targets: DeclaredTarget[] = []): Mutant[] {
    const parsed = parseWorkflow(source, { file });
    const main = parsed.program?.routines.find((r) => r.name.text === "main");
    const own = main?.params[0]?.name.text;
    const [param, addParam] = own === undefined ? ["mutated", withParam(source)] : [own];
    return survey(parsed, { targets }).sites.flatMap((site) => {
        const auth = site.entries.find((e) => e.key === "auth");
        const url = site.entries.find((e) => e.key === "url");
        const known = site.receivers.every((r) => r.kind !== "unknown" && r.kind !== "external");
        if (auth === undefined || url === undefined || site.auth.kind !== "map" || !known) {
            return [];
        }
        const mutate = (what: string, rule: string, edits: (Edit | undefined)[]): Mutant[] =>
            edits.includes(undefined)
                ? []
                : [
                      {
                          what: `${what} in ${site.call.step.name.text}`,
                          rule,
                          text: applyEdits(
                              source,
                              edits.filter((e) => e !== undefined),
                          ),
                      },
                  ];
        const oidc = site.auth.type === "OIDC";
        const callerChosen = oidc ? "id-token-elsewhere" : "token-leak";
        const inMain = site.call.routine === main && (own !== undefined || addParam !== undefined);
        return [
            ...mutate("auth removed", "missing-auth", [withoutEntry(source, auth)]),
            ...mutate("type swapped", "wrong-auth-type", [swapped(source, site)]),
            ...mutate("http:", "insecure-scheme", [replaced(source, url, "https://", "http://")]),
            ...(oidc
                ? [
                      ...mutate("audience with a path", "audience-path", [audience(site, `${root(site)}/a/path`)]),
                      ...mutate("another audience", "audience-mismatch", [
                          audience(site, "https://another-98765-ew.a.run.app"),
                      ]),
                  ]
                : []),
            ...(inMain
                ? mutate("host of the caller", callerChosen, [
                      set(url, `\${"https://" + ${param}.mutated_host + "/path"}`),
                      ...(addParam === undefined ? [] : [addParam]),
                  ])
                : []),
        ];
    });
}

/** For a `main` that takes no argument yet. */
function withParam(source: string): Edit | undefined {
    const steps = /^main:[ \t]*\r?\n(?:[ \t]*(?:#.*)?\r?\n)*(?=([ \t]+)steps:)/m.exec(source);
    const at = (steps?.index ?? 0) + (steps?.[0].length ?? 0);
    return steps === null ? undefined : { start: at, end: at, text: `${steps[1] ?? ""}params: [mutated]\n` };
}

function set(entry: Entry, text: string): Edit {
    return { start: entry.value.span.start.offset, end: entry.value.span.end.offset, text };
}

/** The entry's lines taken out. */
export function withoutEntry(source: string, entry: Entry): Edit {
    const start = source.lastIndexOf("\n", entry.keySpan.start.offset) + 1;
    const lastCharacter =
        entry.value.span.start.offset +
        source.slice(entry.value.span.start.offset, entry.value.span.end.offset).trimEnd().length;
    const newline = source.indexOf("\n", lastCharacter);
    return { start, end: newline < 0 ? source.length : newline + 1, text: "" };
}

function swapped(source: string, site: CallSite): Edit | undefined {
    const type = site.auth.kind === "map" ? site.auth.entries.find((e) => e.key === "type") : undefined;
    const other = site.auth.kind === "map" && site.auth.type === "OIDC" ? "OAuth2" : "OIDC";
    return type && set(type, other);
}

function replaced(source: string, entry: Entry, from: string, to: string): Edit | undefined {
    const at = source.indexOf(from, entry.value.span.start.offset);
    return at >= 0 && at < entry.value.span.end.offset ? { start: at, end: at + from.length, text: to } : undefined;
}

function audience(site: CallSite, text: string): Edit | undefined {
    const entries = site.auth.kind === "map" ? site.auth.entries : [];
    const [old, type] = ["audience", "type"].map((key) => entries.find((e) => e.key === key));
    if (old !== undefined) {
        return set(old, text);
    }
    if (type === undefined) {
        return undefined;
    }
    const end = type.value.span.end.offset;
    return { start: end, end, text: `\n${" ".repeat(type.keySpan.start.column - 1)}audience: ${text}` };
}

function root(site: CallSite): string {
    const [receiver] = site.receivers;
    return receiver?.audience ?? parseAddress(receiver?.shown ?? "")?.audience ?? "";
}
