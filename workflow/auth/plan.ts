import type { Parsed } from "../syntax/ast";
import { survey } from "./audit";
import type { CallSite } from "./call-site";
import { injectable, standsElsewhere, anchorOf, writeCredential, type Written } from "./change";
import { checkAudience } from "./check-audience";
import { checkCredential, type Reporter } from "./check-credential";
import { credentialOf, type Left } from "./credential";
import { SecretReader } from "./secret";
import { suppressor } from "./suppress";
import type { AuditOptions } from "./types";

/** What is to be done at one call: written, for itself and those that share its text, or left to its author. */
export type Decision = { site: CallSite; covers: CallSite[] } & (Written | Left);

/** What to write at each call that lacks a credential or has a wrong one, where the receiver is certain. */
export function decide(parsed: Parsed, options: AuditOptions): Decision[] {
    const { sites } = survey(parsed, options);
    const asked = rulesAsked(parsed, options);
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
    asked: (site: CallSite) => string[],
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
                  why: `its text is shared, by an anchor, with call "${others[0]?.call.step.name.text ?? ""}", which takes another credential`,
                  fix: "give each call an auth of its own",
              }))),
    ];
}

function decideOne(source: string, site: CallSite, asked: string[], options: AuditOptions): Decision[] {
    const rules = new Set(asked);
    if (!injectable.some((rule) => rules.has(rule))) {
        return [];
    }
    const credential = credentialOf(site, options);
    const decision = "why" in credential ? credential : writeCredential(source, site, rules, credential);
    return decision === undefined ? [] : [{ site, covers: [site], ...decision }];
}

/** The text in which a call's credential is written: calls that share it through an anchor have the same. */
function placeOf({ auth, entries, call }: CallSite): string {
    const own = entries.find(({ key }) => key === "auth");
    const url = entries.find(({ key }) => key === "url");
    const first = auth.kind === "map" ? (auth.entries[0] ?? own) : (url ?? entries[0]);
    return first === undefined ? `call ${call.action.callee.span.start.offset}` : `entry ${first.keySpan.start.offset}`;
}

/** The rules that a call breaks, but for those that are switched off or that its author means to break. */
export function rulesAsked(parsed: Parsed, options: AuditOptions): (site: CallSite) => string[] {
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
