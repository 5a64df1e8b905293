import { randomUUID } from "node:crypto";

import { packageOf, type Deployment } from "./deployment";
import type { Goal } from "./goal";
import type { ResourceState } from "./state";
import { makeUrn, nameOf } from "./urn";

/** Whether a resource is a default provider: of those Pulumi's user is not told. */
export function isDefaultProvider({ urn, type }: Pick<ResourceState, "urn" | "type">): boolean {
    return type.startsWith("pulumi:providers:") && /^default(_|$)/.test(nameOf(urn));
}

/**
 * The `URN::ID` of the default provider for a resource, made the first time that one of its package is registered: a
 * state without it could not be imported by Pulumi. Pulumi does not tell its user of default providers; nor does this.
 */
export function defaultProvider(deployment: Deployment, goal: Pick<Goal, "type" | "version">): string {
    const { options, resources } = deployment;
    // A provider has none itself.
    if (goal.type.startsWith("pulumi:providers:")) return "";
    const pkg = packageOf(goal.type);
    const type = `pulumi:providers:${pkg}`;
    const name = goal.version === "" ? "default" : `default_${goal.version.replace(/\W/g, "_")}`;
    const urn = makeUrn(options.stack, options.project, "", type, name);
    const known = resources.get(urn);
    const inputs = {
        ...options.providerConfig(pkg),
        ...(goal.version !== "" && { version: goal.version, __internal: {} }),
    };
    const state: ResourceState = {
        urn,
        custom: true,
        id: known?.id ?? randomUUID(),
        type,
        inputs,
        outputs: inputs,
    };
    if (!deployment.seen.has(urn)) {
        deployment.seen.set(urn, state);
        resources.set(urn, state);
        options.journal.set(state);
    }
    return `${urn}::${state.id ?? ""}`;
}
