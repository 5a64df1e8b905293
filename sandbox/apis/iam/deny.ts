import { denialName, denyCollection, permissions, checkExpression, type DenyPolicy } from "../../iam";
import { ApiError, type Cloud } from "../../cloud";
import {
    checkEtag,
    checkId,
    createOperations,
    etagOf,
    invalidArgument,
    method,
    page,
    Resources,
    typed,
    uid,
    type Json,
    type Method,
} from "../framework";

type Stored = Json & DenyPolicy & { name: string; etag: string };

const policies = new Resources<Stored>(denyCollection);
export const denyOperations = createOperations("iam", "v2", "iam.denypolicies.get");
const TYPE = "google.iam.v2.Policy";
const form = /^policies\/([^/]+(?:\/projects\/[^/]+)?)\/denypolicies(?:\/([^/]+))?$/;
const principal =
    /^(principal:\/\/goog\/subject\/.+@.+|principal:\/\/iam\.googleapis\.com\/projects\/.+|principalSet:\/\/(goog\/(public:all|group\/.+|cloudIdentityCustomerId\/.+)|iam\.googleapis\.com\/.+|cloudresourcemanager\.googleapis\.com\/(projects|folders|organizations)\/.+)|deleted:.+)$/;

/** What a name attaches to: `policies/cloudresourcemanager.googleapis.com%2Fprojects%2Fdemo/denypolicies/ID`. */
function partsOf(name: string, { settings }: Cloud): { project: string; id: string } {
    const [, attachment = "", id = ""] = form.exec(name.replaceAll(/%2F/gi, "/")) ?? [];
    const [, project = ""] = /^cloudresourcemanager\.googleapis\.com\/projects\/([^/]+)$/.exec(attachment) ?? [];
    if (project === "") {
        throw invalidArgument(
            `"${name}" is no deny policy of a project: policies/cloudresourcemanager.googleapis.com%2Fprojects%2FPROJECT/denypolicies/ID`,
            "name",
        );
    }
    return { project: project === settings.projectNumber ? settings.project : project, id };
}

function guarded(verb: string, nameOf: (request: never) => unknown): Pick<Method, "permission" | "resource"> {
    return {
        permission: `iam.denypolicies.${verb}`,
        resource: (request, cloud) => `projects/${partsOf(String(nameOf(request as never)), cloud).project}`,
    };
}

const keyOf = (name: string, cloud: Cloud): string => {
    const { project, id } = partsOf(name, cloud);
    return `${project}/${id}`;
};

/** @throws ApiError INVALID_ARGUMENT where a rule names what nobody and nothing is called */
function check({ rules = [] }: DenyPolicy): void {
    if (rules.length === 0) {
        throw invalidArgument("A deny policy must have at least one rule.", "policy.rules");
    }
    for (const { denyRule: rule } of rules) {
        if (!rule) {
            throw invalidArgument("A rule of a deny policy must have a deny_rule.", "policy.rules");
        }
        for (const name of [...(rule.deniedPermissions ?? []), ...(rule.exceptionPermissions ?? [])]) {
            if (!name.includes("*") && !permissions.some((permission) => denialName(permission) === name)) {
                throw invalidArgument(
                    `Permission ${name} is not supported in deny policies; permissions are named as run.googleapis.com/routes.invoke`,
                    "policy.rules.deny_rule.denied_permissions",
                );
            }
        }
        for (const name of [...(rule.deniedPrincipals ?? []), ...(rule.exceptionPrincipals ?? [])]) {
            if (!principal.test(name)) {
                throw invalidArgument(
                    `"${name}" is no principal of a deny policy; an account is principal://iam.googleapis.com/projects/-/serviceAccounts/EMAIL, a user principal://goog/subject/EMAIL`,
                    "policy.rules.deny_rule.denied_principals",
                );
            }
        }
        if (rule.denialCondition) {
            checkExpression(rule.denialCondition.expression);
        }
    }
}

/** `google.iam.v2.Policies`: deny policies of projects. https://cloud.google.com/iam/docs/reference/rest/v2/policies */
export const denyMethods: Record<string, Method> = {
    ListPolicies: method<{ parent: string; pageSize?: number; pageToken?: string }>({
        ...guarded("list", ({ parent }: { parent: string }) => parent),
        handle(request, { cloud }) {
            const all = policies.list(cloud, partsOf(request.parent, cloud).project);
            // Rules are not listed: whoever wants them gets the policy.
            return page(
                "policies",
                all.map(({ rules: _, ...policy }) => policy),
                request,
            );
        },
    }),
    GetPolicy: method<{ name: string }>({
        ...guarded("get", ({ name }: { name: string }) => name),
        handle: ({ name }, { cloud }) => policies.get(cloud, keyOf(name, cloud)),
    }),
    CreatePolicy: method<{ parent: string; policy: Json & DenyPolicy; policyId?: string }>({
        ...guarded("create", ({ parent }: { parent: string }) => parent),
        handle({ parent, policy, policyId = `deny-${uid().slice(0, 8)}` }, call) {
            const { cloud, time } = call;
            const { project } = partsOf(parent, cloud);
            checkId(
                policyId,
                /^[a-z][a-z0-9.-]{2,62}$/,
                "policy_id",
                "3 to 63 lower-case letters, digits, hyphens and dots, a letter first",
            );
            check(policy);
            const key = `${project}/${policyId}`;
            if (policies.find(cloud, key)) {
                throw new ApiError("ALREADY_EXISTS", `Policy ${policyId} already exists.`);
            }
            cloud.iam.delayDeny(project);
            const created = {
                ...policy,
                name: `policies/cloudresourcemanager.googleapis.com%2Fprojects%2F${project}/denypolicies/${policyId}`,
                uid: uid(),
                kind: "DenyPolicy",
                createTime: time,
                updateTime: time,
            };
            const stored = policies.put(cloud, key, { ...created, etag: etagOf(created) });
            return denyOperations.done(call, "", typed(TYPE, stored));
        },
    }),
    UpdatePolicy: method<{ policy: Json & DenyPolicy & { name?: string } }>({
        ...guarded("update", ({ policy }: { policy: { name?: string } }) => policy.name),
        handle({ policy }, call) {
            const { cloud, time } = call;
            const key = keyOf(policy.name ?? "", cloud);
            const current = policies.get(cloud, key);
            checkEtag(current, policy.etag);
            check(policy);
            cloud.iam.delayDeny(partsOf(current.name, cloud).project);
            const { name, kind, createTime } = current;
            const updated = { ...policy, name, uid: current.uid, kind, createTime, updateTime: time };
            const stored = policies.put(cloud, key, { ...updated, etag: etagOf(updated) });
            return denyOperations.done(call, "", typed(TYPE, stored));
        },
    }),
    DeletePolicy: method<{ name: string; etag?: string }>({
        ...guarded("delete", ({ name }: { name: string }) => name),
        handle({ name, etag }, call) {
            const { cloud } = call;
            const key = keyOf(name, cloud);
            checkEtag(policies.get(cloud, key), etag);
            cloud.iam.delayDeny(partsOf(name, cloud).project);
            return denyOperations.done(call, "", typed(TYPE, policies.delete(cloud, key)));
        },
    }),
};
