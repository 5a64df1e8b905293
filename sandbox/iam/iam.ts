import type { AccessQuery, Binding, Clock, CloudSettings, Decision, Decisions, Iam, Store } from "../cloud";
import { findAccount } from "./accounts";
import { holds } from "./conditions";
import { DenyPolicies } from "./deny";
import { GroupDirectory, type Membership } from "./groups";
import { memberOf, namesOf } from "./members";
import { Policies, type Grants } from "./policies";
import { ancestry, grantable, projectId, projectIn, projectResource, shortName, typeOf } from "./resources";
import { customRole } from "./custom";
import { basicRoleOf, predefinedRole, type Role } from "../../access/roles";
import { foreignRole, narrowestRole } from "./roles";

type Verdict = Omit<Decision, "id" | "time">;

/** A binding that would allow the request, if it were not for one reason. */
interface Near {
    binding: Binding;
    on: string;
}

/**
 * The sandbox's IAM: decides who may do what by the policies of a resource and of everything above it.
 * The cost of a decision depends on the depth of the resource and the bindings of the principal, not on how many there are.
 * https://cloud.google.com/iam/docs/policies
 */
export function createIam(parts: { clock: Clock; store: Store; decisions: Decisions; settings: CloudSettings }): Iam {
    const { clock, store, decisions, settings } = parts;
    const role = (name: string): Role | undefined =>
        predefinedRole(name) ?? customRole(name, store) ?? foreignRole(name);
    const policies = new Policies(clock, store, settings, role);
    const denials = new DenyPolicies(clock, store, settings);
    const groups = new GroupDirectory(store);

    const evaluate = (query: AccessQuery): Verdict => {
        const { principal, permission } = query;
        const names = ancestry(query.resource, settings, store);
        const member = memberOf(principal);
        const verdict = (allowed: boolean, reason: string): Verdict => ({
            allowed,
            principal: member,
            permission,
            resource: query.resource,
            reason,
            stage: "iam",
            ...(query.request === undefined ? {} : { request: query.request }),
            ...(query.claims === undefined ? {} : { claims: query.claims }),
            ...(query.tool && { tool: true }),
        });

        if (principal.kind === "serviceAccount") {
            const account = findAccount(store, principal.email);
            if (account?.uniqueId !== principal.uniqueId) {
                return verdict(false, `${member} (unique ID ${principal.uniqueId}) was deleted`);
            }
            if (account.disabled) {
                return verdict(false, `${member} is disabled; enable the service account`);
            }
        }

        const memberships = groups.of(principal);
        const emails = memberships.map(({ group }) => group);
        const aliases = namesOf(principal, emails);
        const context = {
            resource: query.resource,
            resourceType: query.resourceType ?? typeOf(query.resource),
            now: clock.now(),
        };
        const project = projectIn(names);
        const denied = denials.denies(project, principal, emails, permission, context);
        if (denied !== undefined) {
            return verdict(false, denied);
        }
        const unmet: Near[] = [];
        for (const on of names) {
            const grants = policies.inForce(on);
            for (const [binding, alias] of granting(grants, aliasesIn(grants, aliases), permission, role)) {
                if (binding.condition === undefined || holds(binding.condition.expression, context)) {
                    return verdict(true, allowedBy(binding, alias, member, memberships, on));
                }
                unmet.push({ binding, on });
            }
        }

        const on = grantable(names);
        const missing = { role: narrowestRole(permission) ?? permission, member, resource: on };
        const reasons = unmet.map(
            (near) =>
                `${near.binding.role} on ${shortName(near.on)} does not apply: its condition ` +
                `"${near.binding.condition?.title ?? near.binding.condition?.expression ?? ""}" is not met`,
        );
        for (const name of names) {
            const coming = policies.onTheWay(name);
            const [found] = coming ? granting(coming.grants, aliasesIn(coming.grants, aliases), permission, role) : [];
            if (coming && found) {
                reasons.push(
                    `${found[0].role} on ${shortName(name)} was granted and arrives in ${Math.ceil(coming.milliseconds / 1000)} s`,
                );
            }
        }
        if (reasons.length === 0) {
            reasons.push(
                `no role of ${member} on ${names.map(shortName).join(" or ")} holds ${permission}; ` +
                    `grant ${missing.role} to ${member === "anonymous" ? "allUsers" : member} on ${shortName(on)}`,
            );
        }
        return {
            ...verdict(false, reasons.join("; ")),
            missing: { ...missing, member: member === "anonymous" ? "allUsers" : member },
        };
    };

    return {
        evaluate,
        check: (query) => decisions.record(evaluate(query)),
        getPolicy: (resource) => policies.get(canonical(resource)),
        auditConfigs: (resource) => policies.auditConfigs(canonical(resource)),
        setPolicy: (resource, policy, updateMask) => policies.set(canonical(resource), policy, updateMask),
        groups,
        delayDeny: (project) => denials.delay(project, policies.propagation),
        deletePolicy(resource) {
            const name = canonical(resource);
            // The nearest policy of a resource without one is that of its project, which must stay.
            if (!name.startsWith("//cloudresourcemanager.googleapis.com/")) {
                policies.delete(name);
            }
        },
        onTheWay: () => policies.allOnTheWay(),
        get propagationMilliseconds() {
            return policies.propagation;
        },
        set propagationMilliseconds(milliseconds) {
            policies.propagation = milliseconds;
        },
    };

    /** The names of a principal, and `projectOwner:p` and the like among the members of a policy if it has that basic role in p. */
    function aliasesIn({ basic }: Grants, aliases: string[]): string[] {
        if (basic.length === 0) {
            return aliases;
        }
        const held = basic.filter((member) => {
            const { role: wanted, project = "" } = basicRoleOf(member) ?? {};
            const { byMember } = policies.inForce(projectResource(projectId(project, settings, store)));
            return aliases.some((alias) => byMember.get(alias)?.some((binding) => binding.role === wanted));
        });
        return [...aliases, ...held];
    }

    /** The name with the project's ID, even if it was given with the number: both have one policy. */
    function canonical(resource: string): string {
        return ancestry(resource, settings, store)[0] ?? resource;
    }
}

/** The bindings of a principal that hold a permission, whatever their conditions. */
function* granting(
    grants: Grants,
    aliases: string[],
    permission: string,
    role: (name: string) => Role | undefined,
): Generator<[Binding, alias: string]> {
    for (const alias of aliases) {
        for (const binding of grants.byMember.get(alias) ?? []) {
            if (role(binding.role)?.permissions.has(permission)) {
                yield [binding, alias];
            }
        }
    }
}

function allowedBy(
    binding: Binding,
    alias: string,
    member: string,
    memberships: readonly Membership[],
    on: string,
): string {
    // The stored form of an account's name carries its unique ID.
    const named = alias.startsWith("serviceAccount:") ? member : alias;
    const path = memberships.find(({ group }) => group === alias)?.path;
    const who = basicRoleOf(alias)
        ? `${alias}, one of whom is ${member},`
        : path
          ? `${named}, which ${path.join(", by ")} is in,`
          : named;
    const condition = binding.condition
        ? ` under the condition "${binding.condition.title ?? binding.condition.expression}"`
        : "";
    return `${binding.role} is granted to ${who} on ${shortName(on)}${condition}`;
}
