import { asText, type Properties, type Value } from "../../values";
import type { Kept } from "../resource";
import type { IsHeld, Subject } from "../types";
import { type Binding, bindingOf, bindingsOf, conditionTitle, isSame } from "./bindings";
import { Grant } from "./grant";
import { granted } from "./policy-access";

/**
 * All members that have one role on one resource. It takes the role away from everybody else, as the real provider does.
 * https://www.pulumi.com/registry/packages/gcp/api-docs/projects/iambinding/
 */
export class IamBinding extends Grant {
    identify(subject: Subject, inputs: Properties): string {
        const prefix = this.access.idPrefix(this.filled(subject, inputs));
        return `${prefix}/${asText(inputs["role"])}${conditionTitle(inputs)}`;
    }

    protected bindings(inputs: Properties): Binding[] {
        return [bindingOf(inputs)];
    }

    async create(subject: Subject, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
        const filled = this.filled(subject, inputs);
        const mine = bindingOf(filled);
        const policy = await this.access.change(granted("granting", filled), filled, (bindings) =>
            mine.members.length === 0 ? others(bindings, mine) : [...others(bindings, mine), mine],
        );
        return { id: this.identify(subject, inputs), outputs: this.outputs(subject, inputs, policy) };
    }

    async update(subject: Subject, _: string, inputs: Properties): Promise<Properties> {
        return (await this.create(subject, inputs)).outputs;
    }

    async read(subject: Subject, _: string, inputs: Properties): Promise<Properties | undefined> {
        const policy = await this.access.find(this.access.path(this.filled(subject, inputs)));
        const found = policy && bindingsOf(policy).find((each) => isSame(each, bindingOf(inputs)));
        if (policy === undefined || found === undefined) {
            return undefined;
        }
        const outputs = this.outputs(subject, inputs, policy);
        return { ...outputs, members: inOrderOf(found.members, outputs["members"] ?? null) };
    }

    async delete(subject: Subject, _: string, { inputs }: Kept, isHeld: IsHeld): Promise<void> {
        const filled = this.filled(subject, inputs);
        const mine = bindingOf(filled);
        await this.access.takeAway(granted("revoking", filled), filled, (bindings) => [
            ...others(bindings, mine),
            ...this.heldOf(
                bindings.filter((each) => isSame(each, mine)),
                filled,
                isHeld,
            ),
        ]);
    }
}

const others = (bindings: Binding[], mine: Binding): Binding[] => bindings.filter((each) => !isSame(each, mine));

/** The members in the order of the inputs: they are a set, and a policy may have them in another order. */
function inOrderOf(members: string[], known: Value): string[] {
    const given = Array.isArray(known) ? known.map(asText) : [];
    const place = (member: string): number => (given.includes(member) ? given.indexOf(member) : given.length);
    return [...members].sort((a, b) => place(a) - place(b));
}
