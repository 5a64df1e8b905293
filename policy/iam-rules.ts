import {
    grantKind,
    handsOutRoles,
    isAgent,
    isBasicRole,
    isPublic,
    normalMember,
    policyCarrier,
    powerOf,
    usesOfRole,
} from "../access";
import { bindingsOf } from "./bindings";
import { type PolicyRule, type Subject, textAt } from "./rule";

/** Whether a role lets its members invoke something or become an account, and no more: the roles that this package grants. */
function isCallerRole(role: string | undefined): role is string {
    const uses = role === undefined ? undefined : usesOfRole(role);
    return role !== undefined && uses !== undefined && isUsed(uses) && powerOf(role) === undefined;
}

const isUsed = (uses: ReadonlySet<string>): boolean => uses.has("invoke") || uses.has("impersonate");

/** What a grant is on, if that is more than one resource: `projects`, `folder` or `organizations`. */
const wideOf = ({ type }: Subject): string | undefined => /^gcp:(projects|folder|organizations)\//.exec(type)?.[1];

/**
 * Refuses everybody as a caller, or as somebody who acts as an account. A role that is not known here is taken for one that
 * lets in, if its resource can be called or is an account.
 * https://cloud.google.com/run/docs/authenticating/public
 */
export const noPublicInvoker: PolicyRule = {
    name: "no-public-invoker",
    description: "nothing may be invoked by allUsers or allAuthenticatedUsers",
    check: (subject) =>
        bindingsOf(subject).flatMap(({ role, members }) =>
            members
                .filter((member) => isPublic(member) && opens(subject.type, role))
                .map((member) => `grants ${role ?? "a role"} to ${member}; grant it to the service account that calls`),
        ),
};

function opens(type: string, role: string | undefined): boolean {
    const uses = role === undefined ? undefined : usesOfRole(role);
    const carrier = policyCarrier(type);
    return uses === undefined
        ? carrier !== undefined
        : uses.size > 0 || (carrier !== undefined && handsOutRoles(role ?? "") === true);
}

/** Refuses invoker and token-creator roles on anything wider than a single resource. */
export const noProjectWideInvoker: PolicyRule = {
    name: "no-project-wide-invoker",
    description:
        "invoker and token-creator roles are granted on the resource, never on a project, folder or organization",
    check: (subject) => {
        const wide = wideOf(subject);
        const roles = new Set(bindingsOf(subject).flatMap(({ role }) => (isCallerRole(role) ? [role] : [])));
        return wide === undefined
            ? []
            : [...roles].map(
                  (role) =>
                      `grants ${role} on everything below ${wide}; grant it on the service or service account itself`,
              );
    },
};

/** Refuses basic roles, and roles that hand out roles, to whatever is no person and no account of Google's own. */
export const noBroadRoles: PolicyRule = {
    name: "no-broad-roles",
    description:
        "no workload gets a basic role, or a role on a project, folder or organization that lets it hand out roles",
    check: (subject) =>
        bindingsOf(subject).flatMap(({ role, members }) => {
            const reason = role === undefined ? undefined : breadthOf(role, wideOf(subject) !== undefined);
            return reason === undefined
                ? []
                : members
                      .filter((member) => /^(serviceAccount|principal|principalSet):/.test(member) && !isAgent(member))
                      .map((member) => `grants ${role ?? ""} to ${member}, which ${reason}; grant what it needs`);
        }),
};

function breadthOf(role: string, wide: boolean): string | undefined {
    if (isBasicRole(role) || !wide) {
        return isBasicRole(role) ? powerOf(role) : undefined;
    }
    return handsOutRoles(role) === true ? "lets it hand out roles" : powerOf(role);
}

/** Refuses an account that may mint tokens as itself, because it could renew them for ever. */
export const noSelfImpersonation: PolicyRule = {
    name: "no-self-impersonation",
    description: "no service account may mint tokens as itself",
    check: (subject) => {
        const account = textAt(subject.props, "serviceAccountId")?.split("/").at(-1);
        const self = normalMember(`serviceAccount:${account ?? ""}`);
        const roles = bindingsOf(subject).flatMap(({ role, members }) =>
            role !== undefined &&
            usesOfRole(role)?.has("impersonate") === true &&
            members.map(normalMember).includes(self)
                ? [role]
                : [],
        );
        return subject.type.startsWith("gcp:serviceaccount/")
            ? roles.map(
                  (role) =>
                      `lets ${self} impersonate itself with ${role}; let another principal do it, or remove the grant`,
              )
            : [];
    },
};

/**
 * Refuses authoritative grants, because they remove what others granted.
 * https://www.pulumi.com/registry/packages/gcp/api-docs/cloudrunv2/serviceiambinding/
 */
export const noAuthoritativeGrants: PolicyRule = {
    name: "no-authoritative-grants",
    description: "invoker and token-creator roles are granted member by member, not by IamBinding or IamPolicy",
    check: (subject) => {
        const kind = grantKind(subject.type);
        return (kind === "Binding" || kind === "Policy") &&
            subject.type.startsWith("gcp:") &&
            bindingsOf(subject).some(({ role }) => isCallerRole(role))
            ? [`is an Iam${kind}, which removes what others granted; use an IamMember for each member`]
            : [];
    },
};
