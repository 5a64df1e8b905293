import { isDeepStrictEqual } from "node:util";

import { ProviderError } from "../../errors";
import { asText, isObject, type Properties, type Value } from "../../values";
import type { Kept } from "../resource";
import type { IsHeld, Subject } from "../types";
import { type Binding, bindingsOf } from "./bindings";
import { Grant } from "./grant";

/**
 * The whole IAM policy of one resource. It takes away every grant that it does not name, and when it is deleted all of them,
 * as the real provider does. https://www.pulumi.com/registry/packages/gcp/api-docs/projects/iampolicy/
 */
export class IamPolicy extends Grant {
    identify(subject: Subject, inputs: Properties): string {
        return this.access.idPrefix(this.filled(subject, inputs));
    }

    protected bindings(inputs: Properties): Binding[] {
        return bindingsIn(inputs);
    }

    async create(subject: Subject, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
        const filled = this.filled(subject, inputs);
        const bindings = bindingsIn(inputs);
        const policy = await this.access.change("setting the policy", filled, () => bindings);
        return { id: this.identify(subject, inputs), outputs: this.outputs(subject, inputs, policy) };
    }

    async update(subject: Subject, _: string, inputs: Properties): Promise<Properties> {
        return (await this.create(subject, inputs)).outputs;
    }

    async read(subject: Subject, _: string, inputs: Properties): Promise<Properties | undefined> {
        const policy = await this.access.find(this.access.path(this.filled(subject, inputs)));
        if (policy === undefined) {
            return undefined;
        }
        const outputs = this.outputs(subject, inputs, policy);
        const bindings = bindingsOf(policy);
        return isDeepStrictEqual(sorted(bindings), sorted(bindingsIn(inputs)))
            ? outputs
            : { ...outputs, policyData: JSON.stringify({ bindings }) };
    }

    async delete(subject: Subject, _: string, { inputs }: Kept, isHeld: IsHeld): Promise<void> {
        const filled = this.filled(subject, inputs);
        await this.access.takeAway("removing the policy", filled, (bindings) => this.heldOf(bindings, filled, isHeld));
    }
}

/** The bindings of `policyData`, which `gcp.organizations.getIAMPolicy` makes. */
function bindingsIn({ policyData }: Properties): Binding[] {
    let policy: Value;
    try {
        policy = JSON.parse(asText(policyData)) as Value;
    } catch {
        policy = null;
    }
    if (!isObject(policy)) {
        throw new ProviderError(`policyData is not the JSON of a policy`, {
            fix: "give the policyData of gcp.organizations.getIAMPolicy",
        });
    }
    return bindingsOf(policy);
}

/** Bindings in an order of their own, so that the order in which they and their members were given makes no difference. */
function sorted(bindings: Binding[]): string[] {
    return bindings
        .filter(({ members }) => members.length > 0)
        .map(({ role, members, condition = {} }) =>
            JSON.stringify([role, [...members].sort(), condition["title"], condition["expression"]]),
        )
        .sort();
}
