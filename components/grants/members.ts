import * as pulumi from "@pulumi/pulumi";
import { argumentError, log } from "../base";
import { type Grant, type Grantee, grantRole, grantRoles, warned } from "./grant";
import { memberNames } from "./owner";
import { rolesOf } from "./roles";
import type { GrantResource } from "../grant-resource";
import type { Target } from "../target";
import { defined, isEveryone } from "../../common";

/** https://cloud.google.com/iam/docs/principal-identifiers. The address of an account seldom comes from a hand, and in unit tests from a mock. */
const MEMBER =
    /^((user|group):[^\s@]+@[^\s@.]+(\.[^\s@.]+)+|domain:[^\s@.]+(\.[^\s@.]+)+|serviceAccount:\S+|(principal|principalSet):\/\/\S+)$/;

/**
 * Returns an IAM member that is not everyone: a grant to everyone would open the resource to the public.
 * @param argument Where it is in the arguments, for errors.
 * @throws ResourceError for everyone, in any spelling, and for what is no member
 */
export function checkedMember(
    component: pulumi.Resource,
    argument: string,
    member: pulumi.Input<string>,
): pulumi.Output<string> {
    return pulumi.output(member).apply((who) => {
        if (isEveryone(who)) {
            throw argumentError(component, argument, `${who} would open it to everyone; grant it to a principal`);
        }
        if (!MEMBER.test(who)) {
            throw argumentError(
                component,
                argument,
                `"${who}" is no member; it looks like serviceAccount:NAME@PROJECT.iam.gserviceaccount.com, user:NAME@DOMAIN, group:NAME@DOMAIN or domain:DOMAIN`,
            );
        }
        return who;
    });
}

/**
 * Grants a role to each member of an argument's list. Without a resource the grant is on the project, because the role can be
 * granted on nothing narrower, and the preview warns of that.
 * @param kind The name of the argument without its `s`, such as `invoker`.
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
        void log.warn(
            `${kind}s: ${role} is granted on the project, because it can be granted on nothing narrower; it holds for all of its kind there`,
            component,
        );
    }
    const names = memberNames(`${name}-${kind}`, members);
    const request = { role, ...defined({ resource }) };
    return warned(
        members.map((given, index) => {
            const member = checkedMember(component, `${kind}s[${index}]`, given);
            return grantRole(component, names[index] ?? name, name, request, { member, project });
        }),
    );
}

/**
 * Lets a member call an invokable, by a grant on the invokable itself. Every `grantInvoke` method does this.
 * @param project The project of the invokable.
 * @throws ResourceError for `allUsers` and `allAuthenticatedUsers`, and if only a trigger may call it
 */
export function grantInvoker(
    invokable: pulumi.Resource & Target,
    name: string,
    member: pulumi.Input<string>,
    project: pulumi.Output<string>,
    opts?: pulumi.CustomResourceOptions,
): Grant {
    const grantee = { member: checkedMember(invokable, "grantInvoke", member), project };
    const grants = grantInvoking(invokable, "grantInvoke", { name, label: name, target: invokable }, grantee, opts);
    const [grant] = grants.slice(-1);
    if (grant === undefined) {
        throw argumentError(invokable, "grantInvoke", "made no grant");
    }
    return grant;
}

/**
 * Lets a member call a target: in each of its regions, if it has several. The last grant is made after the others, so that whoever
 * waits for that one has access in all regions.
 * @param argument Where the target is in the arguments, for errors.
 */
export function grantInvoking(
    component: pulumi.Resource,
    argument: string,
    { name, label, target }: { name: string; label: string; target: Target },
    grantee: Grantee,
    opts?: pulumi.CustomResourceOptions,
): Grant[] {
    const roles = rolesOf(component, argument, target);
    if (target.regions === undefined) {
        return grantRoles(component, name, label, roles, grantee, opts);
    }
    const made: Grant[] = [];
    const regions = Object.keys(target.regions);
    for (const [index, request] of roles.entries()) {
        const before = index < roles.length - 1 ? [] : made.map(({ binding }) => binding);
        const options = pulumi.mergeOptions(opts, { dependsOn: before });
        made.push(grantRole(component, `${name}-${regions[index] ?? ""}`, label, request, grantee, options));
    }
    return warned(made);
}
