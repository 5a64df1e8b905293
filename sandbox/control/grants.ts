import { messageOf } from "../../errors";
import { type Cloud, ControlError, type Policy } from "../cloud";
import { checkResource } from "./explain";
import { memberToPrincipal } from "./member";

/** One binding of a policy. */
export interface Grant {
    role: string;
    member: string;
    /** The full name of what has the policy: `//run.googleapis.com/projects/…`. */
    resource: string;
}

/**
 * Adds a binding to a policy. It arrives as late as all others.
 * @throws ControlError naming a role, a member or a resource that does not exist
 */
export function grant(cloud: Cloud, given: Grant): void {
    const { role, member } = given;
    change(cloud, given, (bindings) => [...bindings, { role, members: [member] }]);
}

/** Takes a binding without a condition away, if it is there. @throws ControlError as {@link grant} does */
export function revoke(cloud: Cloud, given: Grant): void {
    change(cloud, given, (bindings) =>
        bindings.map((binding) =>
            binding.role === given.role && binding.condition === undefined
                ? { ...binding, members: binding.members.filter((member) => member !== given.member) }
                : binding,
        ),
    );
}

type Bindings = NonNullable<Policy["bindings"]>;

function change(cloud: Cloud, { role, member, resource }: Grant, changed: (bindings: Bindings) => Bindings): void {
    checkResource(cloud, resource);
    memberToPrincipal(cloud, member);
    const policy = cloud.iam.getPolicy(resource);
    try {
        cloud.iam.setPolicy(resource, { ...policy, bindings: changed(policy.bindings ?? []) });
    } catch (error) {
        throw new ControlError(
            `${role} of ${member} on ${resource} cannot be changed: ${messageOf(error)}`.slice(0, 300),
            {
                fix: "name a role that the resource supports, such as roles/run.invoker",
            },
        );
    }
}
