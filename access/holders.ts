import { defined } from "../common";
import { chanceOf } from "./conditions";
import { isKnown, type Binding, type Facts, type Unread } from "./facts";
import { groupOf, isClear, isDeleted, normalMember } from "./members";
import { attributesOf, labelOf, projectOf, projectUrl, withPolicies } from "./names";
import { basicRoleOf } from "./roles";

/** A binding that gives a member some of the permissions that were asked for. */
export interface Holder {
    /** Who has them: a member of the binding, or of one of its groups. */
    member: string;
    /** The member that the binding names, as it is written there. */
    named: string;
    /** The groups from the one in the binding to the one that the member is in. */
    groups: readonly string[];
    role: string;
    /** The REST URL of the resource whose policy has the binding. */
    on: string;
    /** Whether the binding has a condition, which holds at times. */
    conditional: boolean;
    /** Which of the permissions that were asked for the role has. It is empty if the role could not be read. */
    permissions: readonly string[];
    /** All permissions of the role, if it could be read. */
    rolePermissions: readonly string[];
    /** The basic role in a project by which the member is one of those that the binding names: `projectOwner:p`. */
    basic?: { role: string; project: string };
    /** Why it is not certain that the member has them. Absent if it is. */
    doubt?: Unread;
}

/** Who holds permissions on a resource, and what could not be read. */
export interface Holders {
    found: Holder[];
    unread: Unread[];
}

/** What a search is made with. */
export interface Scope {
    facts: Facts;
    /** Milliseconds since 1970. */
    now: number;
    /** Whether a member is one that may call, so that nobody has to look into a group. */
    isDeclared: (member: string) => boolean;
}

/** Everybody who holds at least one of the permissions on a resource, by its own policy or by one above it. */
export function holdersOf(scope: Scope, resource: string, permissions: ReadonlySet<string>): Holders {
    const { facts, now } = scope;
    const above = hierarchyOf(facts, resource);
    const attributes = attributesOf(resource, above.number);
    const unread = [...above.unread];
    const found: Holder[] = [];
    for (const on of above.names) {
        const policy = facts.ask("policy", on);
        if (!isKnown(policy)) {
            unread.push(policy);
            continue;
        }
        for (const binding of policy.value.filter(({ members }) => !members.every(isDeleted))) {
            const held = roleOf(facts, binding, permissions);
            const chance = binding.condition ? chanceOf(binding.condition.expression ?? "", attributes, now) : "may";
            if (held === undefined || chance === "never") {
                continue;
            }
            const doubt = held.doubt ?? (chance === "unclear" ? unclear(binding, on) : undefined);
            const members = binding.members.flatMap((named) =>
                expand(scope, named, []).map((each) => ({ each, named })),
            );
            for (const { each, named } of members) {
                found.push({
                    ...{ ...each, named, role: binding.role, on, conditional: binding.condition !== undefined },
                    ...{ permissions: held.permissions, rolePermissions: held.rolePermissions },
                    ...defined({ basic: basicRoleOf(named), doubt: each.doubt ?? doubt }),
                });
            }
        }
    }
    return { found, unread };
}

/** The REST URLs whose policies hold for a resource, the nearest first. */
export function hierarchyOf(
    facts: Facts,
    resource: string,
): { names: string[]; unread: Unread[]; number?: string; wide: string[] } {
    const name = projectOf(resource);
    const own = [...withPolicies(resource)];
    const project = facts.ask("project", name);
    const wide = [projectUrl(name), ...(isKnown(project) ? project.value.ancestors : [])];
    return {
        names: [...own, ...wide],
        wide,
        ...(isKnown(project) ? { unread: [], number: project.value.number } : { unread: [project] }),
    };
}

function roleOf(
    facts: Facts,
    { role }: Binding,
    wanted: ReadonlySet<string>,
): (Pick<Holder, "permissions" | "rolePermissions"> & { doubt?: Unread }) | undefined {
    const known = facts.ask("role", role);
    if (!isKnown(known)) {
        return { permissions: [], rolePermissions: [], doubt: known };
    }
    const permissions = known.value.filter((permission) => wanted.has(permission));
    return permissions.length === 0 ? undefined : { permissions, rolePermissions: known.value };
}

function unclear({ role, condition }: Binding, on: string): Unread {
    return {
        what: `the condition "${condition?.title ?? condition?.expression ?? ""}" of ${role} on ${labelOf(on)}`,
        why: `it is not known when ${condition?.expression ?? "it"} holds`,
    };
}

interface Expanded {
    member: string;
    groups: readonly string[];
    doubt?: Unread;
}

/** The members that a member of a binding stands for: those of a group, or those who have a basic role in a project. */
function expand(scope: Scope, given: string, groups: readonly string[]): Expanded[] {
    const member = normalMember(given);
    if (isDeleted(member) || groups.includes(member)) {
        return [];
    }
    const basic = basicRoleOf(member);
    if (basic) {
        return expandBasic(scope, member, basic, groups);
    }
    const group = groupOf(member);
    if (group === undefined || scope.isDeclared(member)) {
        const doubt = { what: `the member ${member}`, why: "it is of a kind that is not known here" };
        return [{ member, groups, ...(!isClear(member) && { doubt }) }];
    }
    const inside = scope.facts.ask("group", group);
    return isKnown(inside)
        ? inside.value.flatMap((each) => expand(scope, each, [...groups, member]))
        : [{ member, groups, doubt: inside }];
}

function expandBasic(
    scope: Scope,
    member: string,
    { role, project }: { role: string; project: string },
    groups: readonly string[],
): Expanded[] {
    const policy = scope.facts.ask("policy", projectUrl(project));
    return isKnown(policy)
        ? policy.value
              .filter((binding) => binding.role === role)
              .flatMap(({ members }) => members.flatMap((each) => expand(scope, each, [...groups, member])))
        : [{ member, groups, doubt: policy }];
}
