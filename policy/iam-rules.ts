import { isEveryone } from "../common";
import { at, type PolicyRule, type Subject, textAt, textsIn } from "./rule";

/** Roles that let their members invoke something. */
const invokers = new Set([
    "roles/run.invoker",
    "roles/run.servicesInvoker",
    "roles/cloudfunctions.invoker",
    "roles/workflows.invoker",
    "roles/iap.httpsResourceAccessor",
]);

/** Roles that let their members act as a service account. */
const minters = new Set(["roles/iam.serviceAccountTokenCreator", "roles/iam.serviceAccountOpenIdTokenCreator"]);

/** Whether this package has rules for a role. */
const isWatched = (role: string | undefined): role is string =>
    role !== undefined && (invokers.has(role) || minters.has(role));

/** The members of a grant or a binding. */
function membersOf(props: unknown): string[] {
    const member = textAt(props, "member");
    return [...(member === undefined ? [] : [member]), ...Object.values(textsIn(at(props, "members")))];
}

/** What a type grants by: `Member` of `gcp:cloudrunv2/serviceIamMember:ServiceIamMember`. */
function grantKind(type: string): string | undefined {
    return /I[aA][mM](Member|Binding|Policy)$/.exec(type)?.[1];
}

/** The bindings of a policy in JSON. */
function bindingsIn(policyData: string | undefined): { role: string | undefined; members: string[] }[] {
    let policy: unknown;
    try {
        policy = JSON.parse(policyData ?? "{}");
    } catch {
        return [];
    }
    const bindings = at(policy, "bindings");
    return (Array.isArray(bindings) ? (bindings as unknown[]) : []).map((binding) => ({
        role: textAt(binding, "role"),
        members: membersOf(binding),
    }));
}

/** The roles and members of a grant of any kind, which is one binding or a whole policy. */
function grantsOf({ type, props }: Subject): { role: string | undefined; members: string[] }[] {
    return grantKind(type) === undefined
        ? []
        : [{ role: textAt(props, "role"), members: membersOf(props) }, ...bindingsIn(textAt(props, "policyData"))];
}

/**
 * Refuses invoker roles for everybody.
 * https://cloud.google.com/run/docs/authenticating/public
 */
export const noPublicInvoker: PolicyRule = {
    name: "no-public-invoker",
    description: "nothing may be invoked by allUsers or allAuthenticatedUsers",
    check: (subject) =>
        grantsOf(subject).flatMap(({ role, members }) =>
            members
                .filter((member) => isEveryone(member) && invokers.has(role ?? ""))
                .map((member) => `grants ${role ?? ""} to ${member}; grant it to the service account that calls`),
        ),
};

/** Refuses invoker and token-creator roles on anything wider than a single resource. */
export const noProjectWideInvoker: PolicyRule = {
    name: "no-project-wide-invoker",
    description:
        "invoker and token-creator roles are granted on the resource, never on a project, folder or organization",
    check: (subject) => {
        const wide = /^gcp:(projects|folder|organizations)\//.exec(subject.type)?.[1];
        const roles = new Set(grantsOf(subject).flatMap(({ role }) => (isWatched(role) ? [role] : [])));
        return wide === undefined
            ? []
            : [...roles].map(
                  (role) =>
                      `grants ${role} on everything below ${wide}; grant it on the service or service account itself`,
              );
    },
};

/** Refuses an account that may mint tokens as itself, because it could renew them for ever. */
export const noSelfImpersonation: PolicyRule = {
    name: "no-self-impersonation",
    description: "no service account may mint tokens as itself",
    check: (subject) => {
        const account = textAt(subject.props, "serviceAccountId")?.split("/").at(-1);
        const self = `serviceAccount:${account ?? ""}`;
        const roles = grantsOf(subject).flatMap(({ role, members }) =>
            role !== undefined && minters.has(role) && members.includes(self) ? [role] : [],
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
    check: ({ type, props }) => {
        const kind = grantKind(type);
        const role = textAt(props, "role");
        const policy = textAt(props, "policyData") ?? "";
        const named =
            kind === "Binding" ? isWatched(role) : [...invokers, ...minters].some((each) => policy.includes(each));
        return (kind === "Binding" || kind === "Policy") && type.startsWith("gcp:") && named
            ? [`is an Iam${kind}, which removes what others granted; use an IamMember for each member`]
            : [];
    },
};
