import { type Cloud, ControlError } from "../cloud";
import { checkResource } from "./explain";

/** One binding of a policy. */
export interface Grant {
    role: string;
    member: string;
    /** The full name of what has the policy: `//run.googleapis.com/projects/…`. */
    resource: string;
}

/** Adds a binding to a policy, as a late grant does. @throws Error naming a role, a member or a resource that does not exist */
export function grant(cloud: Cloud, { role, member, resource }: Grant): void {
    checkResource(cloud, resource);
    const policy = cloud.iam.getPolicy(resource);
    const bindings = [...(policy.bindings ?? []), { role, members: [member] }];
    cloud.iam.setPolicy(resource, { ...policy, bindings });
}

/** Takes a binding without a condition away again. @throws ControlError if there is none */
export function revoke(cloud: Cloud, { role, member, resource }: Grant): void {
    checkResource(cloud, resource);
    const policy = cloud.iam.getPolicy(resource);
    const { bindings = [] } = policy;
    const isIt = (binding: (typeof bindings)[number]): boolean =>
        binding.role === role && binding.condition === undefined && binding.members.includes(member);
    if (!bindings.some(isIt)) {
        throw new ControlError(`${member} has no ${role} on ${resource}`, { fix: "see `gcp-invoke sandbox explain`" });
    }
    const left = bindings.map((binding) =>
        isIt(binding) ? { ...binding, members: binding.members.filter((each) => each !== member) } : binding,
    );
    cloud.iam.setPolicy(resource, { ...policy, bindings: left });
}
