import { matchesWildcards } from "../common";
import type { DenyRule, Unread } from "./facts";
import { isPublic } from "./members";

const EVERYBODY = "principalSet://goog/public:all";

/**
 * Whether deny rules take a permission from a member. `maybe` is a rule that depends on the request, or on who is in a set:
 * nothing is proven by it.
 * https://cloud.google.com/iam/docs/deny-overview
 * @param isDeclared Whether a member may call anyway, so that an exception for it lets in nobody else.
 */
export function denied(
    member: string,
    permission: string,
    rules: readonly DenyRule[],
    isDeclared: (member: string) => boolean,
): "yes" | "maybe" | "no" {
    const results = rules.map((rule) => byRule(member, nameInDenials(permission), rule, isDeclared));
    return results.includes("yes") ? "yes" : results.includes("maybe") ? "maybe" : "no";
}

function byRule(
    member: string,
    permission: string,
    rule: DenyRule,
    isDeclared: (member: string) => boolean,
): "yes" | "maybe" | "no" {
    const names = (patterns: readonly string[] = []) => patterns.some((pattern) => matches(pattern, permission));
    if (!names(rule.deniedPermissions) || names(rule.exceptionPermissions)) {
        return "no";
    }
    const own = nameOfMember(member);
    const principals = (rule.deniedPrincipals ?? []).map(normal);
    const exceptions = (rule.exceptionPrincipals ?? []).map(normal);
    if (own !== undefined && exceptions.includes(own)) {
        return "no";
    }
    // A set can hold the member. A single principal can be in the set that the member is.
    const others = exceptions.filter((exception) =>
        own === undefined || isSet(exception) ? !isDeclaredName(exception, isDeclared) : false,
    );
    const sure = principals.includes(EVERYBODY) || (own !== undefined && principals.includes(own));
    if (sure) {
        return rule.denialCondition === undefined && others.length === 0 ? "yes" : "maybe";
    }
    return own === undefined || principals.some(isSet) ? "maybe" : "no";
}

/** A single member as deny policies name it; undefined for a set of members. https://cloud.google.com/iam/docs/principal-identifiers */
function nameOfMember(member: string): string | undefined {
    if (isPublic(member)) {
        return undefined;
    }
    const [, kind = "", value = ""] = /^(user|serviceAccount):(.+)$/.exec(member) ?? [];
    switch (kind) {
        case "user":
            return `principal://goog/subject/${value}`;
        case "serviceAccount":
            return `principal://iam.googleapis.com/projects/-/serviceAccounts/${value}`;
        default:
            return member.startsWith("principal://") ? member : undefined;
    }
}

/** Whether a principal of a deny policy is a declared member. */
function isDeclaredName(principal: string, isDeclared: (member: string) => boolean): boolean {
    const [, user] = /^principal:\/\/goog\/subject\/(.+)$/.exec(principal) ?? [];
    const [, account] =
        /^principal:\/\/iam\.googleapis\.com\/projects\/-\/serviceAccounts\/(.+)$/.exec(principal) ?? [];
    const [, group] = /^principalSet:\/\/goog\/group\/(.+)$/.exec(principal) ?? [];
    const named = user ? `user:${user}` : account ? `serviceAccount:${account}` : group ? `group:${group}` : principal;
    return isDeclared(named);
}

const isSet = (principal: string): boolean => principal.startsWith("principalSet:");

/** People, groups and accounts are named in upper or lower case. */
const normal = (principal: string): string =>
    /\/(subject|group|serviceAccounts)\//.test(principal)
        ? principal.replace(/[^/]+$/, (email) => email.toLowerCase())
        : principal;

/** `run.routes.invoke` → `run.googleapis.com/routes.invoke`. https://cloud.google.com/iam/docs/deny-permissions-support */
function nameInDenials(permission: string): string {
    const [service = "", ...rest] = permission.split(".");
    return `${service === "resourcemanager" ? "cloudresourcemanager" : service}.googleapis.com/${rest.join(".")}`;
}

/** `SERVICE/*.*`, `SERVICE/RESOURCE.*`, `SERVICE/*.VERB`. */
const matches = (pattern: string, name: string): boolean => matchesWildcards(pattern, name, "[^/.]+");

/** What is not known where a rule may deny a member. */
export const unclearDenial = (member: string): Unread => ({
    what: `whether a deny policy keeps out ${member}`,
    why: "its rule has a condition, or names sets of principals",
});
