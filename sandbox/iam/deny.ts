import { matchesWildcards } from "../../common";
import type { Clock, CloudSettings, Principal, Store } from "../cloud";
import { findAccount } from "./accounts";
import { judge, type ConditionContext } from "./conditions";
import { projectNumberOf } from "./initial";

/** The collection of deny policies in the store: `PROJECT/ID` → {@link DenyPolicy}. */
export const denyCollection = "iam.denyPolicies";

/** A rule of a deny policy, as the API has it. */
interface DenyRule {
    deniedPrincipals?: string[];
    exceptionPrincipals?: string[];
    deniedPermissions?: string[];
    exceptionPermissions?: string[];
    denialCondition?: { expression: string; title?: string };
}

export interface DenyPolicy {
    displayName?: string;
    rules?: { description?: string; denyRule?: DenyRule }[];
}

type Named = [name: string, policy: DenyPolicy];

/**
 * Deny policies. Nobody has a permission that they deny, whatever roles allow it.
 * https://cloud.google.com/iam/docs/deny-overview
 */
export class DenyPolicies {
    private readonly pending = new Map<string, { before: Named[]; arrives: number }[]>();

    constructor(
        private readonly clock: Clock,
        private readonly store: Store,
        private readonly settings: CloudSettings,
    ) {}

    /** Call this before a policy of a project changes. Until the change arrives, the policies before it decide. */
    delay(project: string, milliseconds: number): void {
        if (milliseconds <= 0) {
            return;
        }
        const change = { before: this.stored(project), arrives: this.clock.now() + milliseconds };
        this.pending.set(project, [...this.waiting(project), change]);
    }

    /** A sentence on the rule that denies; undefined if no rule denies. */
    denies(
        project: string,
        principal: Principal,
        groups: readonly string[],
        permission: string,
        context: ConditionContext,
    ): string | undefined {
        const policies = this.waiting(project)[0]?.before ?? this.stored(project);
        if (policies.length === 0) {
            return undefined;
        }
        const names = [
            ...this.namesOf(principal),
            ...groups.map((group) => group.replace("group:", "principalSet://goog/group/")),
        ];
        const name = denialName(permission);
        for (const [id, { rules = [] }] of policies) {
            for (const { denyRule: rule = {} } of rules) {
                const covers = (patterns: string[] = []): boolean => patterns.some((pattern) => matches(pattern, name));
                const among = (principals: string[] = []): boolean =>
                    principals.some((one) => names.includes(one) || names.includes(lowerGoogle(one)));
                if (!covers(rule.deniedPermissions) || covers(rule.exceptionPermissions)) {
                    continue;
                }
                if (!among(rule.deniedPrincipals) || among(rule.exceptionPrincipals)) {
                    continue;
                }
                // A condition that cannot be evaluated denies, because that is the safe choice [K].
                if (rule.denialCondition && judge(rule.denialCondition.expression, context) === false) {
                    continue;
                }
                return `the deny policy ${id.slice(id.indexOf("/") + 1)} of the project ${project} denies ${name}`;
            }
        }
        return undefined;
    }

    private stored(project: string): Named[] {
        return this.store.list(denyCollection, `${project}/`) as Named[];
    }

    private waiting(project: string): { before: Named[]; arrives: number }[] {
        const left = (this.pending.get(project) ?? []).filter(({ arrives }) => arrives > this.clock.now());
        if (left.length === 0) {
            this.pending.delete(project);
        } else {
            this.pending.set(project, left);
        }
        return left;
    }

    /** https://cloud.google.com/iam/docs/principal-identifiers#deny */
    private namesOf(principal: Principal): string[] {
        const everyone = "principalSet://goog/public:all";
        switch (principal.kind) {
            case "anonymous":
                return [everyone];
            case "user":
                return [`principal://goog/subject/${principal.email.toLowerCase()}`, everyone];
            case "serviceAccount": {
                const project = findAccount(this.store, principal.email)?.projectId ?? "";
                const number = projectNumberOf(project, this.settings, this.store);
                return [
                    `principal://iam.googleapis.com/projects/-/serviceAccounts/${principal.email}`,
                    `principalSet://cloudresourcemanager.googleapis.com/projects/${number}`,
                    everyone,
                ];
            }
            case "federated":
                return [principal.subject, ...(principal.sets ?? []), everyone];
        }
    }
}

/** People and groups are identified by their email, in upper or lower case. */
function lowerGoogle(principal: string): string {
    return /^principal(Set)?:\/\/goog\/(subject|group)\//.test(principal)
        ? principal.replace(/[^/]+$/, (email) => email.toLowerCase())
        : principal;
}

/** `run.routes.invoke` → `run.googleapis.com/routes.invoke`. https://cloud.google.com/iam/docs/deny-permissions-support */
export function denialName(permission: string): string {
    const [service = "", ...rest] = permission.split(".");
    return `${service === "resourcemanager" ? "cloudresourcemanager" : service}.googleapis.com/${rest.join(".")}`;
}

/** `SERVICE/*.*`, `SERVICE/RESOURCE.*`, `SERVICE/*.VERB`. */
const matches = (pattern: string, name: string): boolean => matchesWildcards(pattern, name, "[^/.]+");
