import { isDeepStrictEqual } from "node:util";

import { defined } from "../../common";
import { StackError } from "../errors";
import type { ResourceState } from "../state";
import { makeUrn, markSecretProperties, plainProperties, UNKNOWN } from "../values";
import { stateWithOutputs } from "./create-and-update";
import { defaultProvider } from "./default-provider";
import type { Deployment } from "./deployment";
import { desiredFields, type DesiredState } from "./desired-state";
import { type Plan, recordState, type RegisteredResource, toRegistered } from "./plan";
import { stepOf } from "./step-event";

/**
 * Takes an existing resource into the stack (`import: ID`), as it is. It replaces the resource that had its name before.
 * Throws if it does not exist.
 */
export async function importResource(
    deployment: Deployment,
    plan: Omit<Plan, "inputs">,
    id: string,
): Promise<ResourceState> {
    const { desired, urn, old } = plan;
    const planned = { ...desiredFields(desired, urn), id, inputs: desired.inputs, outputs: {} };
    const states = { ...defined({ old }), new: planned };
    const takeOver = async (): Promise<ResourceState> => {
        const found = await deployment
            .provider(desired.type)
            .read(deployment.subject(urn, plan.provider), id, undefined, plainProperties(desired.inputs));
        if (found === undefined) {
            // The message is Pulumi's.
            throw new StackError(`resource '${id}' does not exist`);
        }
        const base: ResourceState = {
            ...desiredFields(desired, urn),
            ...(plan.provider !== "" && { provider: plan.provider }),
            id: found.id,
            inputs: found.inputs,
            outputs: {},
        };
        const state = stateWithOutputs(base, found.outputs, { inputs: found.inputs, desired });
        recordState(deployment, state, old);
        return state;
    };
    const work = (): Promise<ResourceState> => deployment.shared.exclusively([planned], takeOver);
    return old === undefined
        ? await deployment.step(stepOf("import", urn, id), states, work)
        : await deployment.step(stepOf("import-replacement", urn, id), states, work, "replace");
}

/** Reads a resource that the stack does not own (`.get()`). Throws if it does not exist. */
export async function readResource(
    deployment: Deployment,
    desired: DesiredState,
    id: string,
): Promise<RegisteredResource> {
    const { options } = deployment;
    const urn = makeUrn(options.stack, options.project, desired.parent, desired.type, desired.name);
    const kept = options.operation === "destroy" ? deployment.resources.get(urn) : undefined;
    if (kept !== undefined) {
        return toRegistered(kept);
    }
    if (id === "") {
        throw new StackError(`Expected an ID for ${urn}`);
    }
    deployment.begin(urn, desired);
    if (deployment.refuses(urn, desired)) {
        return { urn, outputs: {}, unknown: true };
    }
    const provider = deployment.provider(desired.type);
    const reference = desired.provider !== "" ? desired.provider : defaultProvider(deployment, desired);
    const before = deployment.resources.get(urn);
    // A resource that the stack owned under this name is another one. It is deleted when the program has ended.
    const replaced = before !== undefined && before.external !== true && before.id !== id ? before : undefined;
    const base: ResourceState = {
        ...desiredFields(desired, urn),
        custom: true,
        external: true,
        ...(reference !== "" && { provider: reference }),
        id,
        inputs: desired.inputs,
        outputs: {},
    };
    const state = await deployment.step(
        stepOf(replaced === undefined ? "read" : "read-replacement", urn, id),
        { ...defined({ old: before }), new: base },
        async () => {
            const properties = plainProperties(desired.inputs);
            const given = Object.keys(properties).length > 0 ? { inputs: properties, outputs: properties } : undefined;
            // A resource whose id is not known yet is read by the update.
            const found =
                id === UNKNOWN
                    ? { id, outputs: {} }
                    : await provider.read(deployment.subject(urn, reference), id, given);
            if (found === undefined) {
                // The message is Pulumi's.
                throw new StackError(`resource '${id}' does not exist`);
            }
            const read: ResourceState = {
                ...base,
                id: found.id,
                outputs: markSecretProperties(found.outputs, desired.inputs, desired.additionalSecretOutputs),
            };
            recordState(deployment, read, replaced);
            if (replaced !== undefined) {
                deployment.resourceProgress.replace(urn);
                deployment.count("replace");
            } else if (before !== undefined && !isDeepStrictEqual(before.outputs, read.outputs)) {
                deployment.count("read");
            }
            return read;
        },
        // The work itself counts the step, and only if something has changed since the last run.
        null,
    );
    return toRegistered(state);
}

/** Changes the state of a resource to what the cloud says: its outputs, and those inputs that were changed elsewhere. */
export async function refreshStep(deployment: Deployment, old: ResourceState): Promise<void> {
    const { urn } = old;
    await deployment.step(
        stepOf("refresh", urn, old.id),
        { old, new: old },
        async () => {
            if (!old.custom || old.type.startsWith("pulumi:")) {
                // This resource exists only in the state. Pulumi counts it as unchanged.
                deployment.count("same");
                return old;
            }
            // Of a resource that the stack only reads, nothing is known but the id.
            const known =
                old.external === true
                    ? undefined
                    : { inputs: plainProperties(old.inputs), outputs: plainProperties(old.outputs) };
            const found = await deployment
                .provider(old.type)
                .read(deployment.subject(urn, old.provider), old.id ?? "", known);
            if (found === undefined) {
                deployment.options.journal.forget(urn);
                deployment.resources.delete(urn);
                deployment.count("delete");
                return undefined;
            }
            const state: ResourceState = {
                ...old,
                id: found.id,
                inputs: markSecretProperties(found.inputs, old.inputs),
                outputs: markSecretProperties(
                    found.outputs,
                    { ...old.outputs, ...old.inputs },
                    old.additionalSecretOutputs,
                ),
            };
            const changed = JSON.stringify(state.outputs) !== JSON.stringify(old.outputs);
            deployment.count(changed ? "update" : "same");
            recordState(deployment, state);
            return state;
        },
        null,
    );
}
