import * as pulumi from "@pulumi/pulumi";
import type { GrantRef } from "../../smoke";
import { bindRole, policyUrl } from "./binding";
import { memoized, memoizedPerProgram } from "../base";
import { declaredGrants } from "./declared";
import { warnWhereShared } from "./shared-grant";
import type { GrantResource, RoleRequest } from "../grant-resource";

/** A grant as plain data: which member has which role on which resource. */
export interface GrantInfo {
    /** The IAM member, such as `serviceAccount:fulfil@p.iam.gserviceaccount.com`. */
    member: pulumi.Output<string>;
    /** The role, such as `roles/run.invoker`. */
    role: string;
    /** The REST URL of the resource whose policy has the binding. */
    resource: pulumi.Output<string>;
    /** What reports call the resource: the key of the target, such as `orders`. */
    label: string;
}

/**
 * A role that a member has on a resource.
 * @example new Job("nightly", { ... }, { dependsOn: orders.grantInvoke("nightly", account.member).binding });
 */
export interface Grant {
    /** The `…IamMember` resource, for others to depend on. */
    readonly binding: pulumi.CustomResource;
    /** The grant as plain data. */
    readonly info: GrantInfo;
}

/** Grants as the smoke check reads them, and as components register them. */
export const refsOf = memoized((grants: Grant[]): pulumi.Output<GrantRef[]> => {
    // Members come first: while they are unknown, no output is made for each of the resources.
    const members = [...new Set(grants.map(({ info }) => info.member))];
    return pulumi.all(members).apply((known) =>
        pulumi.all(grants.map(({ info }) => info.resource)).apply((resources) =>
            grants.map(({ info: { member, role, label } }, index) => ({
                member: known[members.indexOf(member)] ?? "",
                role,
                resource: resources[index] ?? "",
                label,
            })),
        ),
    );
});

/** Returns the grants as they are, remembers them for the checks, and warns of each that the program makes in another place too. */
export function warned(grants: Grant[]): Grant[] {
    const declared = declaredGrants();
    declared.pending += grants.length;
    refsOf(grants).apply((refs) => {
        declared.pending -= grants.length;
        declared.grants.push(...refs);
        refs.forEach((ref, index) => {
            const grant = grants[index];
            if (grant !== undefined) {
                warnWhereShared(grant.binding, ref);
            }
        });
    });
    return grants;
}

/** Whom a role is granted to. */
export interface Grantee {
    member: pulumi.Output<string>;
    /** The caller's project, for grants on a project and for resources that name none. */
    project: pulumi.Output<string>;
}

/** Makes one grant. Its maker passes it to {@link warned} with the component's other grants, as one output is enough for all. */
export function grantRole(
    component: pulumi.Resource,
    name: string,
    label: string,
    { role, resource }: RoleRequest,
    { member, project }: Grantee,
    options: pulumi.CustomResourceOptions = {},
): Grant {
    // The old member keeps its access until the new one has it. Given a name, the provider would delete the old grant first.
    const own = { parent: component, deleteBeforeReplace: false, ...options };
    const binding = bindRole(name, resource, project, { role, member }, own);
    const grant = { binding, info: { member, role, resource: policyUrl(resource, project), label } };
    madeGrants().push({ grant, resource });
    return grant;
}

/** The grants that the program has made until now, in their order, each with the resource that the program named. */
export const madeGrants = memoizedPerProgram((): { grant: Grant; resource: GrantResource | undefined }[] => []);

/** Makes several grants. Their names end in a number, which works because the requests always come in the same order. */
export function grantRoles(
    component: pulumi.Resource,
    name: string,
    label: string,
    requests: RoleRequest[],
    grantee: Grantee,
    options: pulumi.CustomResourceOptions = {},
): Grant[] {
    return warned(
        requests.map((request, index) =>
            grantRole(component, index === 0 ? name : `${name}-${index + 1}`, label, request, grantee, options),
        ),
    );
}

/** What a gate or a workload waits for: the given resources, and every binding of the grants. */
export function bindingsOf(checked: pulumi.Resource[], ...grants: Grant[][]): pulumi.Resource[] {
    return [...checked, ...grants.flat().map(({ binding }) => binding)];
}
