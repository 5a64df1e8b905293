import { groupBy } from "../../../common";
import { type Parsed, Lines } from "../../syntax";
import { type Cause, fixInBody, type Left, leftFor, ruleOf } from "../advice";
import { checkSite, isUrlItself, openedBy, suppressor, type Survey, survey } from "../checks";
import type { CallSite } from "../calls";
import { isOwner, writeCredential, type Written } from "./change";
import { audienceRemedy, authRemedy, credentialOf } from "../credentials";
import { SecretReader } from "./secret";
import type { AuditOptions } from "../types";

/** A call that needs a credential, or another one, which the injector cannot write: its author must. */
export interface LeftSite extends Left {
    site: CallSite;
}

/** What is to be written for a call, and for those that share its text. */
export interface Proposal {
    covers: CallSite[];
    written: Written;
    /** What is done for each call instead if this proposal would change something else as well. */
    otherwise: (reason: Left) => (Proposal | LeftSite)[];
}

/** What a call should send. */
interface Want {
    site: CallSite;
    rules: string[];
    /** Calls with the same key should send the same. */
    key: string;
    write: (rules: ReadonlySet<string>) => Written | Left | undefined;
}

/** What to write at each call that lacks a credential or has a wrong one, if the receiver is certain. */
export function propose(parsed: Parsed, options: AuditOptions): (Proposal | LeftSite)[] {
    const seen = survey(parsed, options);
    const lines = new Lines(parsed.source);
    const asked = causesAsked(parsed, seen, options);
    const secrets = new SecretReader(lines, parsed.program);
    const groups = groupBy(seen.sites, authOffset);

    function want(site: CallSite): Want | LeftSite | undefined {
        const target = secrets.lacks(site);
        if (target !== undefined) {
            return { site, rules: [], key: `secret ${target.name}`, write: () => secrets.write(site, target) };
        }
        const causes = asked(site);
        const left = leftToAuthor(site, causes, options);
        if (left !== undefined || !causes.some(isMended)) {
            return left && { site, ...left };
        }
        const rules = causes.map(ruleOf);
        const credential = credentialOf(site, options);
        return "why" in credential
            ? { site, ...credential }
            : {
                  site,
                  rules,
                  key: JSON.stringify(credential),
                  write: (all) => writeCredential(lines, site, all, credential),
              };
    }

    const delivered = seen.deliveries.flatMap((site) => leftInBody(site, asked(site), options));
    const proposals = [...groups.values()].flatMap((group) => {
        const found = group.flatMap((site) => want(site) ?? []);
        const wants = found.filter((each): each is Want => "write" in each);
        const left = found.filter((each): each is LeftSite => "why" in each);
        const owners = wants.filter(({ site }) => isOwner(lines, site));
        const shared = [...new Map(owners.map((owner) => [owner.key, owner])).values()];
        return [
            ...left,
            ...shared.flatMap((owner) => {
                const alike = wants.filter(({ key }) => key === owner.key);
                return together(owner, alike, (each) => isOwner(lines, each.site));
            }),
            ...wants.filter(({ key }) => shared.every((owner) => owner.key !== key)).flatMap(alone),
        ];
    });
    return [...proposals, ...delivered];
}

/** A body is its author's: it is listed with what to write in it. */
function leftInBody(site: CallSite, causes: Cause[], options: AuditOptions): LeftSite[] {
    const fix = causes.some((cause) => ruleOf(cause) === "audience-path")
        ? audienceRemedy(site)
        : authRemedy(site, options, "write");
    const isLeft = causes.some((cause) => mended.includes(ruleOf(cause)));
    return isLeft ? [{ site, ...leftFor("delivered", fixInBody(fix, site.tokenFields)) }] : [];
}

const mended: string[] = ["missing-auth", "wrong-auth-type", "audience-path", "missing-scope"];

/** One text for all calls that share it, or for each its own if it has one. */
function together(owner: Want, alike: Want[], owns: (want: Want) => boolean): (Proposal | LeftSite)[] {
    const written = owner.write(new Set(alike.flatMap(({ rules }) => rules)));
    const apart = (reason: Left): (Proposal | LeftSite)[] =>
        alike.flatMap((want) => (owns(want) ? { site: want.site, ...reason } : alone(want)));
    return written === undefined
        ? []
        : "why" in written
          ? apart(written)
          : [{ covers: alike.map(({ site }) => site), written, otherwise: apart }];
}

function alone({ site, rules, write }: Want): (Proposal | LeftSite)[] {
    const written = write(new Set(rules));
    return written === undefined
        ? []
        : "why" in written
          ? [{ site, ...written }]
          : [{ covers: [site], written, otherwise: (reason) => [{ site, ...reason }] }];
}

/** The text in which a call's credential is written: calls that share it through an anchor have the same. */
function authOffset({ auth, entries, call }: CallSite): number {
    const own = entries.find(({ key }) => key === "auth");
    const url = entries.find(({ key }) => key === "url");
    const first = auth.kind === "map" ? (auth.entries[0] ?? own) : (url ?? entries[0]);
    return first === undefined ? -call.action.callee.span.start.offset : first.keySpan.start.offset;
}

/** The causes of findings that the injector fixes. */
function isMended(cause: Cause): boolean {
    return (
        mended.includes(ruleOf(cause)) &&
        !["missing-auth/opened", "missing-auth/misplaced", "audience-path/url"].includes(cause)
    );
}

/** The reason to leave a call as it is because its author may have meant it so; the call is listed with what to do. */
function leftToAuthor(site: CallSite, causes: Cause[], options: AuditOptions): Left | undefined {
    if (causes.includes("audience-path/url")) {
        return leftFor("audience-written", audienceRemedy(site));
    }
    const beyond = site.receivers.some((receiver) => receiver.beyondAudience);
    if (causes.includes("wrong-auth-type/access-token") && beyond && isUrlItself(site)) {
        return leftFor("audience-written", authRemedy(site, options, "write"));
    }
    if (causes.includes("missing-auth/misplaced")) {
        return leftFor("misplaced", authRemedy(site, options, "write"));
    }
    if (causes.includes("missing-auth/sometimes")) {
        return leftFor("sometimes", authRemedy(site, options, site.auth.kind === "none" ? "add" : "write"));
    }
    return causes.includes("missing-auth/opened") ? leftFor("opened", authRemedy(site, options, "add")) : undefined;
}

/** The causes of the findings at a call, without those that an option or a comment switches off. */
function causesAsked(parsed: Parsed, { calls }: Survey, options: AuditOptions): (site: CallSite) => Cause[] {
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
