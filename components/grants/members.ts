import * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import { type Grant, grantRole, grantRoles, rolesOf, warned } from "./grant";
import { memberNames } from "./owner";
import type { GrantResource, Target } from "../target";

/**
 * A member that is somebody: never everyone, which would open what is granted to the public.
 * @param argument Where it stands in the arguments, for errors.
 */
export function checkedMember(
    component: pulumi.Resource,
    argument: string,
    member: pulumi.Input<string>,
): pulumi.Output<string> {
    return pulumi.output(member).apply((who) => {
        if (who === "allUsers" || who === "allAuthenticatedUsers") {
            throw argumentError(component, argument, `${who} would open it to everyone; grant it to a principal`);
        }
        if (!/^(user|serviceAccount|group|domain|principal|principalSet):/.test(who)) {
            throw argumentError(
                component,
                argument,
                `"${who}" is no member; it looks like serviceAccount:NAME@PROJECT.iam.gserviceaccount.com`,
            );
        }
        return who;
    });
}

/**
 * Grants a role to the members that an argument lists, nobody by default. Without a resource it is on the project, because
 * nothing narrower carries the role: the preview says so.
 * @param kind The argument without its `s`: `invoker`.
 */
export function grantMembers(
    component: pulumi.Resource,
    name: string,
    kind: string,
    members: pulumi.Input<string>[] | undefined,
    { role, resource, project }: { role: string; resource?: GrantResource; project: pulumi.Output<string> },
): Grant[] {
    if (members === undefined || members.length === 0) {
        return [];
    }
    if (resource === undefined) {
        void pulumi.log.warn(
            `${kind}s: ${role} is granted on the project, as nothing narrower carries it; it holds for all of its kind there`,
            component,
        );
    }
    const names = memberNames(`${name}-${kind}`, members);
    const request = { role, ...(resource && { resource }) };
    return warned(
        members.map((given, index) => {
            const member = checkedMember(component, `${kind}s[${index}]`, given);
            return grantRole(component, names[index] ?? name, name, request, { member, project });
        }),
    );
}

/**
 * What `grantInvoke` of every invokable does: lets a member in, on the invokable itself.
 * @param project the invokable's
 * @throws ResourceError for `allUsers` and `allAuthenticatedUsers`, and where nobody may be let in
 */
export function grantInvoker(
    invokable: pulumi.Resource & Target,
    name: string,
    member: pulumi.Input<string>,
    project: pulumi.Output<string>,
    opts?: pulumi.CustomResourceOptions,
): Grant {
    const roles = rolesOf(invokable, "grantInvoke", invokable);
    const grantee = { member: checkedMember(invokable, "grantInvoke", member), project };
    const [grant] = grantRoles(invokable, name, name, roles, grantee, opts);
    if (grant === undefined) {
        throw argumentError(invokable, "grantInvoke", "made no grant");
    }
    return grant;
}
