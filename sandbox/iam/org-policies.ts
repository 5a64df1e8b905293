import { ApiError, type CloudSettings, type Store } from "../cloud";
import { ancestry } from "./resources";

/** The collection of organization policies: `projects/p/policies/run.allowedIngress` → a policy. */
export const orgPolicyCollection = "orgpolicy.policies";

/** One rule of a policy, as the API has it. */
export interface OrgPolicyRule {
    enforce?: boolean;
    allowAll?: boolean;
    denyAll?: boolean;
    values?: { allowedValues?: string[]; deniedValues?: string[] };
}

interface OrgPolicy {
    spec?: { rules?: OrgPolicyRule[]; inheritFromParent?: boolean; reset?: boolean };
}

/** The legacy constraints that have a managed one beside them, under which an organization can set the same. */
const managed: Record<string, string> = {
    "iam.disableServiceAccountKeyCreation": "iam.managed.disableServiceAccountKeyCreation",
    "iam.disableServiceAccountCreation": "iam.managed.disableServiceAccountCreation",
};

/**
 * The rules that are in force for a resource: those of its nearest policy, and of policies above as long as each inherits.
 * https://cloud.google.com/resource-manager/docs/organization-policy/understanding-hierarchy
 * @param resource a full resource name
 */
export function rulesFor(
    resource: string,
    constraint: string,
    { settings, store }: { settings: CloudSettings; store: Store },
): OrgPolicyRule[] {
    const rules: OrgPolicyRule[] = [];
    for (const name of ancestry(resource, settings, store)) {
        const container = name.replace("//cloudresourcemanager.googleapis.com/", "");
        const policy = store.get(orgPolicyCollection, `${container}/policies/${constraint}`) as OrgPolicy | undefined;
        const { spec } = policy ?? {};
        // A policy that has only a dry run decides nothing.
        if (spec === undefined) {
            continue;
        }
        rules.push(...(spec.rules ?? []));
        if (spec.reset === true || spec.inheritFromParent !== true) {
            break;
        }
    }
    return rules;
}

/** Whether a boolean constraint is enforced for a resource. */
export function isEnforced(
    resource: string,
    constraint: string,
    parts: { settings: CloudSettings; store: Store },
): boolean {
    return [constraint, managed[constraint] ?? constraint].some((name) =>
        rulesFor(resource, name, parts).some(({ enforce }) => enforce === true),
    );
}

/** Whether a list constraint allows a value for a resource. What is denied anywhere is denied. */
export function allows(rules: readonly OrgPolicyRule[], isValue: (value: string) => boolean): boolean {
    const has = (values: string[] = []): boolean => values.some((value) => isValue(value.replace(/^is:/, "")));
    if (rules.some(({ denyAll, values }) => denyAll === true || has(values?.deniedValues))) {
        return false;
    }
    const isRestricted = rules.some(({ values }) => values?.allowedValues !== undefined);
    return !isRestricted || rules.some(({ allowAll, values }) => allowAll === true || has(values?.allowedValues));
}

/** The refusal of what a constraint does not allow, with the detail by which clients tell which constraint it was. */
export function violation(message: string, constraint: string, subject: string, description: string): ApiError {
    return new ApiError("FAILED_PRECONDITION", message, [
        {
            "@type": "type.googleapis.com/google.rpc.PreconditionFailure",
            violations: [{ type: `constraints/${constraint}`, subject, description }],
        },
    ]);
}

const DOMAINS = "iam.allowedPolicyMemberDomains";

/**
 * Domain restricted sharing. A sandbox has one organization and so one customer: its members are the domain of the
 * sandbox's owner, and all service accounts. The whole new policy is checked, and not only what is new in it.
 * https://cloud.google.com/organization-policy/restrict-domains
 * @throws ApiError FAILED_PRECONDITION, in the words of
 * https://cloud.google.com/knowledge/kb/organization-policy-violation-when-setting-iam-policy-000004666
 */
export function checkMemberDomains(
    resource: string,
    members: readonly string[],
    parts: { settings: CloudSettings; store: Store },
): void {
    const rules = rulesFor(resource, DOMAINS, parts);
    if (rules.length === 0) {
        return;
    }
    const domain = parts.settings.owner.split("@")[1]?.toLowerCase();
    const outside = members.find((member) => !allows(rules, (value) => isMemberOf(member, value, domain)));
    if (outside === undefined) {
        return;
    }
    const refused = violation(
        "One or more users named in the policy do not belong to a permitted customer, perhaps due to an organization policy.",
        DOMAINS,
        resource,
        `User ${outside} is not in permitted organization.`,
    );
    refused.details.push({
        "@type": "type.googleapis.com/google.rpc.DebugInfo",
        detail: `${DOMAINS} does not permit ${outside}; a service that everybody may call needs no member: set invokerIamDisabled on it`,
    });
    throw refused;
}

/** Whether a member of a policy belongs to a customer (`C0…`), or to an organization's set of principals. */
function isMemberOf(member: string, value: string, domain: string | undefined): boolean {
    const [, kind = "", rest = ""] = /^([A-Za-z]+):(.*)$/.exec(member) ?? [];
    switch (kind) {
        // What was deleted can do nothing, and the conveniences of a project are in its organization.
        case "deleted":
        case "serviceAccount":
        case "projectOwner":
        case "projectEditor":
        case "projectViewer":
            return true;
        case "user":
        case "group":
        case "domain":
            return (rest.split("@").at(-1) ?? rest).toLowerCase() === domain;
        case "principal":
        case "principalSet":
            return value.startsWith("principalSet:");
        default:
            return false;
    }
}
