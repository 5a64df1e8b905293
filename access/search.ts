import type { Answer, Question, Way } from "./answer";
import { denied, unclearDenial } from "./denials";
import { isKnown, type Fact, type Facts, type Project, type Receiver, type Unread } from "./facts";
import { hierarchyOf, holdersOf, type Holder, type Scope } from "./holders";
import { accountOf, covers, isAgent, isPublic, normalMember } from "./members";
import { accountsIn, accountUrl, isSame, isWide, projectOf, projectOfAccount } from "./names";
import { openings } from "./openings";
import { ACT_AS, administration, entranceOf, IMPERSONATE, serviceBehind } from "./targets";
import { verdictOf } from "./verdict";

/**
 * Who may call a target, by what is known: by its own policy and those above it, by becoming an account that may call, and by
 * changing the policy or the code. What is not known is in the answer, and the verdict is never better than what is known.
 * It has no effects of its own; `gatherAnswer` reads what it needs.
 */
export function whoMayCall(question: Question, facts: Facts): Answer {
    return new Search(question, facts).run();
}

class Search {
    private readonly declared: ReadonlySet<string>;
    private readonly scope: Scope;
    private readonly administers: ReadonlySet<string>;
    private readonly ways: Way[] = [];
    private readonly unread: Unread[] = [];
    private readonly numbers: string[] = [];

    constructor(
        private readonly question: Question,
        private readonly facts: Facts,
    ) {
        const own = (question.grants ?? []).filter(({ resource }) => isSame(resource, question.target));
        this.declared = new Set([...question.allowed, ...own.map(({ member }) => member)].map(normalMember));
        this.scope = { facts, now: question.now, isDeclared: (member) => covers(this.declared, member) };
        this.administers = administration(question.target);
    }

    run(): Answer {
        const { target } = this.question;
        const entrances = [target, ...this.behind()];
        const administrators = entrances.flatMap((entrance) => this.administratorsOf(entrance));
        const found = [
            ...this.doorsOf(entrances),
            ...entrances.flatMap((entrance) => this.callersOf(entrance, administrators)),
            ...accountsIn(target).flatMap((email) => this.keysOf(email, this.unread)),
        ];
        this.ways.push(...administrators, ...found);
        this.becoming(found, administrators);
        const ways = unique(this.ways);
        const unread = [...new Map(this.unread.map((each) => [`${each.what}: ${each.why}`, each])).values()];
        return { target, ways, unread, verdict: verdictOf(ways, unread, this.question) };
    }

    /** Identity-Aware Proxy decides alone if it is on. If it is off, the service itself decides. */
    private behind(): string[] {
        const service = serviceBehind(this.question.target);
        if (service === undefined) {
            return [];
        }
        const receiver = this.facts.ask("receiver", service);
        if (!isKnown(receiver)) {
            this.unread.push(receiver);
            return [];
        }
        return receiver.value.iap ? [] : [service];
    }

    private doorsOf(entrances: readonly string[]): Way[] {
        const { expected, target } = this.question;
        const service = entrances.find((each) => IS_SERVICE.test(each)) ?? serviceBehind(target);
        if (service === undefined) {
            return [];
        }
        const receiver: { value: Receiver } | Unread = this.facts.ask("receiver", service);
        if (!isKnown(receiver)) {
            this.unread.push(receiver);
            return [];
        }
        return openings(service, receiver.value, expected);
    }

    private administratorsOf(entrance: string): Way[] {
        const { found } = holdersOf(this.scope, entrance, this.administers);
        return found
            .filter(({ member }) => !this.isAgentOf(entrance, member))
            .map((holder) => this.wayOf(holder, "administrator", []));
    }

    private callersOf(entrance: string, administrators: readonly Way[]): Way[] {
        const { found, unread } = holdersOf(this.scope, entrance, entranceOf(entrance).permissions);
        this.unread.push(...unread);
        return found.flatMap((holder) => this.classify(holder, entrance, [], administrators));
    }

    /** Whoever may become an account that may call may call too. The search goes on from each account that it finds. */
    private becoming(found: readonly Way[], administrators: readonly Way[]): void {
        const seen = new Set<string>();
        const waiting = found.filter(({ kind }) => kind === "caller" || kind === "stranger");
        for (let way = waiting.shift(); way !== undefined; way = waiting.shift()) {
            const email = accountOf(way.member);
            if (email === undefined || seen.has(email) || isAgent(way.member)) {
                continue;
            }
            seen.add(email);
            const more = this.impersonatorsOf(email, way, administrators);
            this.ways.push(...more);
            waiting.push(...more.filter(({ kind }) => kind === "stranger" || kind === "caller"));
        }
    }

    private impersonatorsOf(email: string, way: Way, administrators: readonly Way[]): Way[] {
        const account = accountUrl(email);
        // What is not known of an account that must not call anyway changes nothing.
        const unread = way.kind === "caller" ? this.unread : [];
        if (projectOfAccount(email) === "-") {
            unread.push({ what: `who may become ${email}`, why: "its name does not tell its project" });
            return [];
        }
        const own = holdersOf(this.scope, account, administration(account)).found;
        const more = own
            .filter(({ member }) => !this.isAgentOf(account, member))
            .map((holder) => this.wayOf(holder, "administrator", way.steps));
        const holders = holdersOf(this.scope, account, IMPERSONATE);
        unread.push(...holders.unread);
        const others = holders.found.filter(({ member }) => accountOf(member) !== email);
        return [
            ...more,
            ...this.keysOf(email, unread, way),
            ...others.flatMap((holder) => this.classify(holder, account, [way], [...administrators, ...more])),
        ];
    }

    /** Whoever holds a key of an account may act as it, and sign in its name. */
    private keysOf(email: string, unread: Unread[], next?: Way): Way[] {
        const keys = this.facts.ask("keys", email);
        if (!isKnown(keys)) {
            unread.push(keys);
            return [];
        }
        const steps = next?.steps ?? [];
        return keys.value.map((key) => ({
            ...{
                kind: "stranger",
                member: `key ${key} of ${email}`,
                steps: [{ kind: "key", key, account: email }, ...steps],
            },
            ...(next?.doubt && { doubt: next.doubt }),
        }));
    }

    /** What kind of way a holder has. A stranger whom deny policies keep out has none. */
    private classify(holder: Holder, goal: string, [next]: Way[], administrators: readonly Way[]): Way[] {
        const { member, permissions, rolePermissions, on } = holder;
        const steps = next?.steps ?? [];
        if (covers(this.declared, member) || this.isGranted(holder)) {
            return [this.wayOf(holder, "caller", steps)];
        }
        if (this.isAgentOf(goal, member)) {
            return [this.wayOf(holder, "agent", steps)];
        }
        const allDenied = permissions.map((permission) => this.deniedOn(goal, member, permission));
        if (allDenied.length > 0 && allDenied.every((each) => each === "yes")) {
            return [];
        }
        const maybe = allDenied.length > 0 && allDenied.every((each) => each !== "no");
        const doubt =
            holder.doubt ??
            next?.doubt ??
            this.doubtOfAgent(goal, member) ??
            (maybe ? unclearDenial(member) : undefined);
        const administers =
            (isWide(on) && rolePermissions.some((each) => this.administers.has(each))) ||
            this.administersByBasicRole(holder) ||
            (permissions.length > 0 &&
                permissions.every((each) => each === ACT_AS) &&
                administrators.some((each) => each.member === member && isWideWay(each)));
        const kind = isPublic(member) ? "public" : administers ? "administrator" : "stranger";
        return [{ ...this.wayOf(holder, kind, steps), ...(doubt && { doubt }) }];
    }

    /** Whether a member that the binding names by its basic role, as `projectOwner:p`, administers the target by that role. */
    private administersByBasicRole({ basic }: Holder): boolean {
        const role = basic && this.facts.ask("role", basic.role);
        const own = projectOf(this.question.target);
        const project = this.facts.ask("project", own);
        const names = [own, ...(isKnown(project) ? [project.value.number] : [])];
        return (
            role !== undefined &&
            isKnown(role) &&
            names.includes(basic?.project ?? "") &&
            role.value.some((each) => this.administers.has(each))
        );
    }

    /** Whether the binding itself was declared, though its member may not call by other ways. */
    private isGranted({ named, role, on }: Holder): boolean {
        const { grants = [] } = this.question;
        return grants.some(
            (grant) =>
                grant.role === role && normalMember(grant.member) === normalMember(named) && isSame(grant.resource, on),
        );
    }

    private wayOf(
        { member, named, groups, role, on, conditional, doubt }: Holder,
        kind: Way["kind"],
        steps: Way["steps"],
    ): Way {
        const step = { kind: "binding" as const, member: named, groups, role, on, conditional };
        return { kind, member, steps: [step, ...steps], ...(doubt && { doubt }) };
    }

    private deniedOn(goal: string, member: string, permission: string): "yes" | "maybe" | "no" {
        const rules = hierarchyOf(this.facts, goal).wide.flatMap((on) => {
            const known = this.facts.ask("denials", on);
            // A deny policy can only take access away. If it may not be read, nobody is trusted to be denied.
            return isKnown(known) ? known.value : [];
        });
        return denied(member, permission, rules, this.scope.isDeclared);
    }

    /** Why it is not known whether an account of Google's own acts for this project: without its number nobody can tell. */
    private doubtOfAgent(goal: string, member: string): Unread | undefined {
        return isAgent(member)
            ? this.projectsOf(goal).find((project): project is Unread => !isKnown(project))
            : undefined;
    }

    private isAgentOf(goal: string, member: string): boolean {
        const numbers = this.projectsOf(goal).flatMap((project) => (isKnown(project) ? [project.value.number] : []));
        return isAgent(member, numbers);
    }

    private projectsOf(goal: string): Fact<Project>[] {
        return [projectOf(this.question.target), projectOf(goal)].map((name) => this.facts.ask("project", name));
    }
}

/** The REST URL of what has an ingress. */
const IS_SERVICE = /^https:\/\/(run|cloudfunctions)\.googleapis\.com\/.*\/(services|functions)\//;

const isWideWay = ({ steps: [first] }: Way): boolean => first?.kind === "binding" && isWide(first.on);

/** Each way once. The first one is the shortest. */
function unique(ways: readonly Way[]): Way[] {
    const keyOf = ({ kind, member, steps: [first] }: Way) => JSON.stringify([kind, member, first]);
    return [...new Map([...ways].reverse().map((way) => [keyOf(way), way])).values()].reverse();
}
