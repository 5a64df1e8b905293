import { randomUUID } from "node:crypto";

import { StackError } from "../errors";
import type { ResourceState } from "../state";
import { makeUrn, nameOf, packageOf, plainProperties } from "../values";
import type { Deployment } from "./deployment";
import type { Goal } from "./desired";

/** Whether a resource is a default provider: of those Pulumi's user is not told. */
export function isDefaultProvider({ urn, type }: Pick<ResourceState, "urn" | "type">): boolean {
    return type.startsWith("pulumi:providers:") && /^default(_|$)/.test(nameOf(urn));
}

/**
 * The `URN::ID` of the default provider for a resource, made the first time that one of its package is registered: a
 * state without it could not be imported by Pulumi. Pulumi does not tell its user of default providers; nor does this.
 */
export function defaultProvider(
    deployment: Deployment,
    goal: Pick<Goal, "type" | "version" | "parent" | "name">,
): string {
    const { options, resources } = deployment;
    // A provider has none itself.
    if (goal.type.startsWith("pulumi:providers:")) {
        return "";
    }
    const pkg = packageOf(goal.type);
    const type = `pulumi:providers:${pkg}`;
    const name = goal.version === "" ? "default" : `default_${goal.version.replace(/\W/g, "_")}`;
    const urn = makeUrn(options.stack, options.project, "", type, name);
    const known = resources.get(urn);
    refuseDisabled(deployment, goal, pkg);
    const outputs = { ...options.providerConfig(pkg), ...(goal.version !== "" && { version: goal.version }) };
    const inputs = { ...outputs, ...(goal.version !== "" && { __internal: {} }) };
    const state: ResourceState = {
        urn,
        custom: true,
        id: known?.id ?? randomUUID(),
        type,
        inputs,
        outputs,
    };
    if (!deployment.resourceProgress.isRegistered(urn)) {
        deployment.resourceProgress.register(state);
        resources.set(urn, state);
        options.journal.set(state);
    }
    return `${urn}::${state.id ?? ""}`;
}

/**
 * `pulumi:disable-default-providers` lists packages, or `*`, whose resources must name a provider. In Pulumi's words.
 * https://www.pulumi.com/docs/iac/concepts/resources/providers/#disabling-default-providers
 */
function refuseDisabled(
    { options }: Deployment,
    { type, parent, name }: Pick<Goal, "type" | "parent" | "name">,
    pkg: string,
): void {
    const { "disable-default-providers": listed } = plainProperties(options.providerConfig("pulumi"));
    if (typeof listed !== "string") {
        return;
    }
    const disabled = (listed.startsWith("[") ? JSON.parse(listed) : [listed]) as unknown[];
    if (pkg === "pulumi" || !disabled.some((each) => each === pkg || each === "*")) {
        return;
    }
    const urn = makeUrn(options.stack, options.project, parent, type, name);
    throw new StackError(`Default provider for '${pkg}' disabled. '${urn}' must use an explicit provider.`);
}
