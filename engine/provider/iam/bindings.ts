import { asText, isObject, type Properties } from "../../values";
import { canonicalMember } from "../equivalence";

/** A role, and who has it under which condition, in an IAM policy. */
export interface Binding {
    role: string;
    members: string[];
    condition?: Properties;
}

/** The binding that a grant describes by `role`, `condition`, and `member` or `members`. */
export function bindingOf(inputs: Properties): Binding {
    const { condition, member, members } = inputs;
    return {
        role: asText(inputs["role"]),
        members: Array.isArray(members) ? members.map(asText) : [asText(member)],
        ...(isObject(condition) && {
            condition: Object.fromEntries(Object.entries(condition).filter(([key]) => key !== "__defaults")),
        }),
    };
}

export function bindingsOf(policy: Properties): Binding[] {
    return Array.isArray(policy["bindings"]) ? (policy["bindings"] as unknown as Binding[]) : [];
}

/** Some members without those of another binding, compared as IAM compares them. */
export function without(members: string[], other: Binding): string[] {
    const others = other.members.map(canonicalMember);
    return members.filter((member) => !others.includes(canonicalMember(member)));
}

/** Whether two bindings have the same role and condition. */
export function isSame(a: Binding, b: Binding): boolean {
    const fieldOf = (binding: Binding, key: string) => binding.condition?.[key] ?? "";
    return (
        a.role === b.role && ["title", "description", "expression"].every((key) => fieldOf(a, key) === fieldOf(b, key))
    );
}

/** What tells two grants of the same role apart in their ids: the title of the condition. */
export function conditionTitle(inputs: Properties): string {
    return isObject(inputs["condition"]) ? `/${asText(inputs["condition"]["title"])}` : "";
}
