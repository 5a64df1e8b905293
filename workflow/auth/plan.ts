import type { Parsed } from "../syntax/ast";
import { type Cause, type Left, leftFor, ruleOf } from "./advice";
import { checkSite, openedBy, type Survey, survey } from "./audit";
import type { CallSite } from "./call-site";
import { standsElsewhere, anchorOf, writeCredential, type Written } from "./change";
import { credentialOf } from "./credential";
import { audienceRemedy, authRemedy } from "./remedy";
import { SecretReader } from "./secret";
import { suppressor } from "./suppress";
import type { AuditOptions } from "./types";

/** What is to be done at one call: written, for itself and those that share its text, or left to its author. */
export type Decision = { site: CallSite; covers: CallSite[] } & (Written | Left);

/** What to write at each call that lacks a credential or has a wrong one, where the receiver is certain. */
export function decide(parsed: Parsed, options: AuditOptions): Decision[] {
    const seen = survey(parsed, options);
    const { sites } = seen;
    const asked = causesAsked(parsed, seen, options);
    const secrets = new SecretReader(parsed);
    const shared = new Map<string, CallSite[]>();
    for (const site of sites) {
        const place = placeOf(site);
        shared.set(place, [...(shared.get(place) ?? []), site]);
    }
    return [...shared.values()].flatMap((group) => {
        const secret = group[0] && secretOf(group[0], secrets);
        return secret === undefined ? decideTogether(parsed.source, group, asked, options) : secret;
    });
}

/** Calls whose credential is in one text, through a YAML anchor: it is changed where that is good for all of them. */
function decideTogether(
    source: string,
    group: CallSite[],
    asked: (site: CallSite) => Cause[],
    options: AuditOptions,
): Decision[] {
    const owners = group.filter((site) =>
        site.auth.kind === "none" ? anchorOf(site)?.key === "url" : !standsElsewhere(source, site),
    );
    const [owner] = owners.length > 0 ? owners : group;
    const keyOf = (site: CallSite): string => JSON.stringify(credentialOf(site, options));
    const alike = group.filter((site) => owner !== undefined && keyOf(site) === keyOf(owner));
    const apart = group.filter((site) => !alike.includes(site));
    const decisions = (owners.length > 0 ? apart : group).flatMap((site) =>
        decideOne(source, site, asked(site), options),
    );
    const others = apart.filter((site) => !decisions.some((each) => each.site === site && "edits" in each));
    if (owner === undefined || owners.length === 0) {
        return decisions;
    }
    const together = decideOne(source, owner, alike.flatMap(asked), options).map((each) => ({
        ...each,
        covers: alike,
    }));
    return [
        ...decisions,
        ...(others.length === 0
            ? together
            : together.map(({ site, covers }) => ({
                  site,
                  covers,
                  ...leftFor("shared", others[0]?.call.step.name.text ?? ""),
              }))),
    ];
}

/** The causes of findings that the injector mends. */
export function isMended(cause: Cause): boolean {
    const mended = ["missing-auth", "wrong-auth-type", "audience-path"];
    return mended.includes(ruleOf(cause)) && cause !== "missing-auth/opened" && cause !== "audience-path/url";
}

/** What its author may mean: it is listed, with what to do. */
function leftToAuthor(site: CallSite, causes: Cause[], options: AuditOptions): Left | undefined {
    if (causes.includes("audience-path/url")) {
        return leftFor("audience-written", audienceRemedy(site));
    }
    return causes.includes("missing-auth/opened") ? leftFor("opened", authRemedy(site, options, "add")) : undefined;
}

function decideOne(source: string, site: CallSite, asked: Cause[], options: AuditOptions): Decision[] {
    const decision = asked.some(isMended)
        ? mend(source, site, new Set(asked.map(ruleOf)), options)
        : leftToAuthor(site, asked, options);
    return decision === undefined ? [] : [{ site, covers: [site], ...decision }];
}

function mend(
    source: string,
    site: CallSite,
    rules: ReadonlySet<string>,
    options: AuditOptions,
): Written | Left | undefined {
    const credential = credentialOf(site, options);
    return "why" in credential ? credential : writeCredential(source, site, rules, credential);
}

/** The text in which a call's credential is written: calls that share it through an anchor have the same. */
function placeOf({ auth, entries, call }: CallSite): string {
    const own = entries.find(({ key }) => key === "auth");
    const url = entries.find(({ key }) => key === "url");
    const first = auth.kind === "map" ? (auth.entries[0] ?? own) : (url ?? entries[0]);
    return first === undefined ? `call ${call.action.callee.span.start.offset}` : `entry ${first.keySpan.start.offset}`;
}

/** The causes of what is found at a call, but for those that are switched off or that its author means. */
export function causesAsked(parsed: Parsed, { calls }: Survey, options: AuditOptions): (site: CallSite) => Cause[] {
    const suppressed = suppressor(parsed.source);
    const { program } = parsed;
    const opened = openedBy(calls);
    return (site) => {
        const found: Cause[] = [];
        if (program !== undefined) {
            checkSite(site, {
                options: { ...options, closed: false },
                program,
                openedBy: opened,
                report: (cause, span, ..._facts) => {
                    const rule = ruleOf(cause);
                    if (options.rules?.[rule] !== "off" && !suppressed(rule, span)) {
                        found.push(cause);
                    }
                },
            });
        }
        return found;
    };
}

function secretOf(site: CallSite, secrets: SecretReader): Decision[] | undefined {
    const change = secrets.change(site);
    return (
        change && [
            {
                site,
                covers: [site],
                description: `sends the secret of target ${site.receivers[0]?.target?.name ?? ""}`,
                edits: [change.header, ...(change.read === undefined ? [] : [change.read])],
            },
        ]
    );
}
