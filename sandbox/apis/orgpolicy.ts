import { orgPolicyCollection, projectNumberOf, rulesFor } from "../iam";
import type { Cloud } from "../cloud";
import {
    applyMask,
    checkEtag,
    etagOf,
    invalidArgument,
    page,
    Resources,
    shortName,
    unimplemented,
    type ApiDefinition,
    type Call,
    type Json,
    type Message,
    type Stored,
} from "./framework";

type Policy = Stored<"google.cloud.orgpolicy.v2.Policy">;
type Rule = Message<"google.cloud.orgpolicy.v2.PolicySpec.PolicyRule">;

const HOST = "orgpolicy.googleapis.com";
const policies = new Resources<Policy>(orgPolicyCollection, "google.cloud.orgpolicy.v2.Policy");

/** The constraints that the sandbox enforces, each with the kind of its rules. */
const ENFORCED: Record<string, "list" | "boolean"> = {
    "iam.allowedPolicyMemberDomains": "list",
    "iam.disableServiceAccountCreation": "boolean",
    "iam.disableServiceAccountKeyCreation": "boolean",
    "iam.managed.disableServiceAccountCreation": "boolean",
    "iam.managed.disableServiceAccountKeyCreation": "boolean",
    "run.allowedIngress": "list",
    "run.managed.requireInvokerIam": "boolean",
};

/** Constraints of these services decide who may call; of others, what the sandbox does not have. */
const ABOUT_CALLS = /^(iam|run|cloudfunctions|storage|iap|custom)\./;

/** Policies of projects, folders and organizations. https://cloud.google.com/resource-manager/docs/reference/orgpolicy/rest */
export const orgpolicy: ApiDefinition = {
    host: HOST,
    unverified: [
        "the sandbox's organization has one customer: every customer ID that iam.allowedPolicyMemberDomains allows stands for the domain of the sandbox's owner and for all service accounts",
        "an owner of a project may set its policies here; at Google that takes roles/orgpolicy.policyAdmin on the organization",
        "of the constraints on IAM, Cloud Run, functions, Storage and IAP those that are not enforced are refused by name",
        "the refusals of run.allowedIngress and run.managed.requireInvokerIam have not Google's exact words",
    ],
    services: {
        "google.cloud.orgpolicy.v2.OrgPolicy": {
            ListPolicies: {
                permission: "orgpolicy.policies.list",
                resource: ({ parent }) => containerResource(parent),
                handle(request, { cloud }) {
                    const found = policies.list(cloud, `${request.parent}/policies`);
                    return page(
                        "policies",
                        found.map((policy) => answer(policy, cloud)),
                        request,
                    );
                },
            },
            GetPolicy: {
                permission: "orgpolicy.policy.get",
                resource: ({ name }) => containerResource(name),
                handle: ({ name }, { cloud }) => answer(policies.get(cloud, name), cloud),
            },
            GetEffectivePolicy: {
                permission: "orgpolicy.policy.get",
                resource: ({ name }) => containerResource(name),
                handle({ name }, { cloud }) {
                    const constraint = checkConstraint(name);
                    const rules = rulesFor(containerResource(name), constraint, cloud);
                    const none = ENFORCED[constraint] === "boolean" ? { enforce: false } : { allowAll: true };
                    return answer({ name, spec: { rules: rules.length > 0 ? rules : [none] } }, cloud);
                },
            },
            CreatePolicy: {
                permission: "orgpolicy.policies.create",
                resource: ({ parent }) => containerResource(parent),
                handle({ parent, policy }, call) {
                    const name = policy.name ?? "";
                    if (containerOf(name) !== parent) {
                        throw invalidArgument(
                            `policy.name "${name}" is not in ${parent}: ${parent}/policies/CONSTRAINT`,
                            "policy.name",
                        );
                    }
                    policies.absent(call.cloud, name);
                    return keep(call, name, policy);
                },
            },
            UpdatePolicy: {
                permission: "orgpolicy.policies.update",
                resource: ({ policy }) => containerResource(policy.name ?? ""),
                handle({ policy, updateMask }, call) {
                    const name = policy.name ?? "";
                    const current = policies.get(call.cloud, name);
                    checkEtag(current, policy.etag);
                    checkEtag(current.spec ?? {}, policy.spec?.etag);
                    // The mask `*` and none both replace the whole policy.
                    const mask = updateMask === "*" ? undefined : updateMask;
                    return keep(call, name, mask ? applyMask(current, policy, mask) : policy);
                },
            },
            DeletePolicy: {
                permission: "orgpolicy.policies.delete",
                resource: ({ name }) => containerResource(name),
                handle({ name, etag }, { cloud }) {
                    checkEtag(policies.get(cloud, name), etag);
                    policies.delete(cloud, name);
                    return {};
                },
            },
        },
    },
};

function keep(call: Call, name: string, wanted: Partial<Policy>): Json {
    const { cloud, time } = call;
    const constraint = checkConstraint(name);
    const { spec, dryRunSpec, alternate } = wanted;
    if (alternate !== undefined) {
        throw unimplemented("policy.alternate, which Google has deprecated");
    }
    checkRules(constraint, spec?.rules ?? []);
    if (spec?.reset === true && ((spec.rules ?? []).length > 0 || spec.inheritFromParent === true)) {
        throw invalidArgument("a policy that is reset has neither rules nor inherit_from_parent", "policy.spec");
    }
    const policy: Policy = {
        name,
        ...(spec && { spec: { ...spec, etag: etagOf({ ...spec, time }), updateTime: time } }),
        ...(dryRunSpec && { dryRunSpec: { ...dryRunSpec, updateTime: time } }),
    };
    return answer(policies.put(cloud, name, { ...policy, etag: etagOf(policy) }), cloud);
}

/** @throws ApiError UNIMPLEMENTED for a constraint on calls that would be kept and not enforced */
function checkConstraint(name: string): string {
    const constraint = shortName(name);
    if (ABOUT_CALLS.test(constraint) && !(constraint in ENFORCED)) {
        throw unimplemented(`the constraint ${constraint} (it enforces ${Object.keys(ENFORCED).join(", ")})`);
    }
    return constraint;
}

function checkRules(constraint: string, rules: readonly Rule[]): void {
    const kind = ENFORCED[constraint];
    for (const rule of rules) {
        if (rule.condition !== undefined) {
            throw unimplemented("a rule with a condition, as there are no tags (policy.spec.rules.condition)");
        }
        if (kind !== undefined && Object.keys(rule.parameters ?? {}).length > 0) {
            throw invalidArgument(`${constraint} has no parameters`, "policy.spec.rules.parameters");
        }
        if (kind !== undefined && (rule.enforce !== undefined) !== (kind === "boolean")) {
            const allowed = kind === "boolean" ? "enforce" : "values, allow_all or deny_all";
            throw invalidArgument(
                `${constraint} is a ${kind} constraint: its rules have ${allowed}`,
                "policy.spec.rules",
            );
        }
        if (constraint === "iam.allowedPolicyMemberDomains" && rule.values?.deniedValues?.length) {
            throw invalidArgument(`${constraint} takes no denied values: name what is allowed`, "policy.spec.rules");
        }
    }
    if (kind === "boolean" && rules.length > 1) {
        throw invalidArgument(`${constraint} takes one rule without a condition`, "policy.spec.rules");
    }
}

/** The project, folder or organization that has a policy. */
function containerOf(name: string): string {
    return name.replace(/\/policies\/[^/]+$/, "");
}

const containerResource = (name: string): string => `//cloudresourcemanager.googleapis.com/${containerOf(name)}`;

/** Google answers the project's number, whatever the request named it by. */
function answer(policy: Policy, { settings, store }: Cloud): Json {
    const [, project, rest = ""] = /^projects\/([^/]+)(\/.*)$/.exec(policy.name) ?? [];
    return project === undefined
        ? policy
        : { ...policy, name: `projects/${projectNumberOf(project, settings, store)}${rest}` };
}
