import { asText, type Properties } from "../../values";
import type { Kept } from "../resource";
import type { IsHeld, Subject } from "../types";
import { type Binding, bindingOf, bindingsOf, conditionTitle, isSame, without } from "./bindings";
import { Grant } from "./grant";
import { granted } from "./policy-access";

/** The role of one member on one resource. It cannot be changed, so that every difference replaces it. */
export class IamMember extends Grant {
    identify(subject: Subject, inputs: Properties): string {
        const prefix = this.access.idPrefix(this.filled(subject, inputs));
        return `${prefix}/${asText(inputs["role"])}/${asText(inputs["member"])}${conditionTitle(inputs)}`;
    }

    protected bindings(inputs: Properties): Binding[] {
        return [bindingOf(inputs)];
    }

    async create(subject: Subject, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
        const filled = this.filled(subject, inputs);
        const mine = bindingOf(filled);
        const policy = await this.access.change(granted("granting", filled), filled, (bindings) => {
            const binding = bindings.find((b) => isSame(b, mine));
            if (binding === undefined) {
                return [...bindings, mine];
            }
            const there = without(binding.members, mine).length < binding.members.length;
            return there
                ? bindings
                : bindings.map((b) => (b === binding ? { ...b, members: [...b.members, ...mine.members] } : b));
        });
        return { id: this.identify(subject, inputs), outputs: this.outputs(subject, inputs, policy) };
    }

    update(_: Subject, _id: string, _inputs: Properties, old: Kept): Promise<Properties> {
        return Promise.resolve(old.outputs);
    }

    async read(subject: Subject, _: string, inputs: Properties): Promise<Properties | undefined> {
        const policy = await this.access.find(this.access.path(this.filled(subject, inputs)));
        if (policy === undefined) {
            return undefined;
        }
        const mine = bindingOf(inputs);
        const there = bindingsOf(policy).some(
            (b) => isSame(b, mine) && without(b.members, mine).length < b.members.length,
        );
        return there ? this.outputs(subject, inputs, policy) : undefined;
    }

    async delete(subject: Subject, _: string, { inputs }: Kept, isHeld: IsHeld): Promise<void> {
        if (this.sharedKeys(subject, inputs).every(isHeld)) {
            return;
        }
        const filled = this.filled(subject, inputs);
        const mine = bindingOf(filled);
        await this.access.takeAway(granted("revoking", filled), filled, (bindings) =>
            bindings
                .map((b) => (isSame(b, mine) ? { ...b, members: without(b.members, mine) } : b))
                .filter(({ members }) => members.length > 0),
        );
    }
}
