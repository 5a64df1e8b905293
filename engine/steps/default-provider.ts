import { randomUUID } from "node:crypto";

import { StackError } from "../errors";
import { parameterizationInputs } from "../provider";
import type { ResourceState } from "../state";
import { makeUrn, nameOf, packageOf, plainProperties } from "../values";
import type { Deployment } from "./deployment";
import type { DesiredState } from "./desired-state";

/** Whether a resource is a default provider. Default providers are never shown to the user. */
export function isDefaultProvider({ urn, type }: Pick<ResourceState, "urn" | "type">): boolean {
    return type.startsWith("pulumi:providers:") && /^default(_|$)/.test(nameOf(urn));
}

/**
 * The default provider for a resource, as `URN::ID`. It is added to the state with the first resource of its package, as
 * Pulumi would not import a state without it. It has no events, as with Pulumi.
 */
export function defaultProvider(
    deployment: Deployment,
    desired: Pick<DesiredState, "type" | "version" | "parent" | "name">,
): string {
    const { options, resources } = deployment;
    // A provider resource has no provider itself.
    if (desired.type.startsWith("pulumi:providers:")) {
        return "";
    }
    const pkg = packageOf(desired.type);
    const type = `pulumi:providers:${pkg}`;
    const name = desired.version === "" ? "default" : `default_${desired.version.replace(/\W/g, "_")}`;
    const urn = makeUrn(options.stack, options.project, "", type, name);
    const known = resources.get(urn);
    refuseDisabled(deployment, desired, pkg);
    const outputs = { ...options.providerConfig(pkg), ...(desired.version !== "" && { version: desired.version }) };
    const parameterization = options.packages.parameterizations.of(pkg);
    const internal = parameterization === undefined ? {} : parameterizationInputs(parameterization);
    const inputs = {
        ...outputs,
        ...((desired.version !== "" || parameterization !== undefined) && { __internal: internal }),
    };
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
 * Refuses the default provider of a package that `pulumi:disable-default-providers` lists; `*` stands for all packages. The
 * message is Pulumi's.
 * https://www.pulumi.com/docs/iac/concepts/resources/providers/#disabling-default-providers
 */
function refuseDisabled(
    { options }: Deployment,
    { type, parent, name }: Pick<DesiredState, "type" | "parent" | "name">,
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
