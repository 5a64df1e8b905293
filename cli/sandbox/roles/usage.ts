import { addTo } from "../../../common";
import type { Decision } from "../../../sandbox/light";

/** A role with what it holds. */
export interface KnownRole {
    name: string;
    permissions: ReadonlySet<string>;
}

/** A grant that a policy holds. */
export interface GrantInState {
    role: string;
    /** The full name of the resource: `//run.googleapis.com/projects/p/locations/l/services/s`. */
    resource: string;
}

/** What an account did on a resource. */
export interface Use {
    resource: string;
    /** The permissions that it used, sorted. */
    permissions: string[];
    /** The narrowest roles that hold them. */
    roles: string[];
    /** How often. */
    times: number;
    /** Whether it was denied: it needs the role and does not have it. */
    denied: boolean;
}

/** What an account needed, and what it was granted for nothing. */
export interface AccountUsage {
    /** The email address. */
    account: string;
    used: Use[];
    /** Grants whose role holds nothing that the account used there. */
    unused: GrantInState[];
    /** Grants of roles that the sandbox does not know what they open, so that it cannot tell. */
    unknown: GrantInState[];
}

/** What the usage of accounts is told from. */
export interface Recorded {
    /** The emails of the accounts in question. */
    accounts: readonly string[];
    decisions: readonly Decision[];
    /** The policies by the full name of their resource, as a sandbox keeps them. */
    policies: Record<string, { bindings?: { role: string; members: string[] }[] }>;
    roles: readonly KnownRole[];
    narrowest: (permissions: readonly string[]) => string[];
}

/** What each account needed by the recorded decisions, and which of its grants it never used. */
export function usageOf({ accounts, decisions, policies, roles, narrowest }: Recorded): AccountUsage[] {
    const byName = new Map(roles.map((role) => [role.name, role]));
    return accounts.map((account) => {
        const own = decisions.filter(
            ({ principal, stage }) => stage === "iam" && principal === `serviceAccount:${account}`,
        );
        const allowed = own.filter((decision) => decision.allowed);
        const unused: GrantInState[] = [];
        const unknown: GrantInState[] = [];
        for (const grant of grantsOf(account, policies)) {
            const role = byName.get(grant.role);
            if (role === undefined || role.permissions.size === 0) {
                unknown.push(grant);
            } else if (!allowed.some((decision) => isBehind(decision, grant.resource, role))) {
                unused.push(grant);
            }
        }
        const denied = own.filter((decision) => !decision.allowed);
        return {
            account,
            used: [...usesOf(allowed, false, narrowest), ...usesOf(denied, true, narrowest)],
            unused,
            unknown,
        };
    });
}

/** Whether a role on a resource can be why a decision allowed something. */
function isBehind(decision: Decision, resource: string, role: KnownRole): boolean {
    return role.permissions.has(decision.permission) && isBelow(decision.resource, resource);
}

/**
 * Whether a grant on one resource holds for another: for itself, and for everything that is in it. Names
 * do not always tell their project; what cannot be told counts as below, so that no grant is called unused wrongly.
 */
export function isBelow(resource: string, above: string): boolean {
    const container = /^\/\/cloudresourcemanager\.googleapis\.com\/(projects|folders|organizations)\/([^/]+)$/.exec(
        above,
    );
    if (!container) {
        return resource === above || resource.startsWith(`${above}/`);
    }
    const [, kind, project] = container;
    const [, named] = /\/projects\/([^/]+)/.exec(resource) ?? [];
    return kind !== "projects" || named === undefined || named === project || /^(_|-|\d+)$/.test(named);
}

function grantsOf(account: string, policies: Recorded["policies"]): GrantInState[] {
    const member = `serviceAccount:${account}`;
    return Object.entries(policies).flatMap(([resource, { bindings = [] }]) =>
        bindings
            .filter(({ members }) => members.some((each) => each.replace(/\?uid=\d+$/, "") === member))
            .map(({ role }) => ({ role, resource })),
    );
}

function usesOf(decisions: readonly Decision[], denied: boolean, narrowest: Recorded["narrowest"]): Use[] {
    const byResource = new Map<string, Decision[]>();
    decisions.forEach((decision) => addTo(byResource, decision.resource, decision));
    return [...byResource].map(([resource, list]) => {
        const permissions = [...new Set(list.map(({ permission }) => permission))].sort();
        return { resource, permissions, roles: narrowest(permissions), times: list.length, denied };
    });
}
