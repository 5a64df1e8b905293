import { denialName, denyCollection, permissions, checkExpression } from "../../iam";
import { ApiError, type Cloud } from "../../cloud";
import {
    createOperations,
    crud,
    etagOf,
    invalidArgument,
    Resources,
    uid,
    type Call,
    type Methods,
    type Stored,
} from "../framework";

const TYPE = "google.iam.v2.Policy";
type Policy = Stored<typeof TYPE, "name" | "etag">;

const policies = new Resources<Policy>(denyCollection);
export const denyOperations = createOperations("iam", "v2", "iam.denypolicies.get");
const form = /^policies\/([^/]+(?:\/projects\/[^/]+)?)\/denypolicies(?:\/([^/]+))?$/;
const principal =
    /^(principal:\/\/goog\/subject\/.+@.+|principal:\/\/iam\.googleapis\.com\/projects\/.+|principalSet:\/\/(goog\/(public:all|group\/.+|cloudIdentityCustomerId\/.+)|iam\.googleapis\.com\/.+|cloudresourcemanager\.googleapis\.com\/(projects|folders|organizations)\/.+)|deleted:.+)$/;

/** Deny policies of projects. https://cloud.google.com/iam/docs/reference/rest/v2/policies */
export const denyMethods: Methods<"google.iam.v2.Policies"> = crud({
    resources: policies,
    singular: "Policy",
    plural: "Policies",
    permissions: "iam.denypolicies",
    idField: "policyId",
    newId: () => `deny-${uid().slice(0, 8)}`,
    taken: (id) => new ApiError("ALREADY_EXISTS", `Policy ${id} already exists.`),
    naming: {
        create: (parent, id) => `${parent}/${id}`,
        key: keyOf,
        checkedOn: (name, cloud) => `projects/${attachmentOf(name, cloud).project}`,
    },
    kept: [],
    build,
    deleting: ({ cloud }, { name }) => cloud.iam.delayDeny(attachmentOf(name, cloud).project),
    // A list has no rules; clients get a policy to see its rules.
    listed: ({ rules: _, ...policy }) => policy,
    operations: { operations: denyOperations, type: TYPE, answersDeleted: true, inLocation: false },
});

function build({ cloud, time }: Call, name: string, wanted: Partial<Policy>, current: Policy | undefined): Policy {
    checkRules(wanted);
    const { project, id } = attachmentOf(name, cloud);
    // This comes before the change is stored, because what is stored now decides until the change arrives.
    cloud.iam.delayDeny(project);
    const policy = {
        ...wanted,
        name: `policies/cloudresourcemanager.googleapis.com%2Fprojects%2F${project}/denypolicies/${id}`,
        uid: current?.uid ?? uid(),
        kind: "DenyPolicy",
        createTime: current?.createTime ?? time,
        updateTime: time,
    };
    return { ...policy, etag: etagOf(policy) };
}

/** The project and the ID in `policies/cloudresourcemanager.googleapis.com%2Fprojects%2Fdemo/denypolicies/ID`. */
function attachmentOf(name: string, { settings }: Cloud): { project: string; id: string } {
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

/** `demo/no-invokers`, or `demo` for all that are attached to the project. */
function keyOf(name: string, cloud: Cloud): string {
    const { project, id } = attachmentOf(name, cloud);
    return id === "" ? project : `${project}/${id}`;
}

/** @throws ApiError INVALID_ARGUMENT if a rule names an unknown permission or no principal */
function checkRules({ rules = [] }: Partial<Policy>): void {
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
            checkExpression(rule.denialCondition.expression ?? "");
        }
    }
}
