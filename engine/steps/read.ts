import { isDeepStrictEqual } from "node:util";

import { StackError } from "../errors";
import type { ResourceState } from "../state";
import { makeUrn, markSecretProperties, plainProperties, UNKNOWN } from "../values";
import { defaultProvider } from "./default-provider";
import type { Deployment } from "./deployment";
import { type Goal, standing } from "./desired";
import { keep, type Plan, registered, type Registered } from "./plan";
import { stepOf } from "./step-event";
import { finished } from "./steps";

/**
 * Takes an existing resource into the stack (`import: ID`), as it is; what stood under its name is replaced by it.
 * Throws where it does not exist.
 */
export async function importResource(
    deployment: Deployment,
    plan: Omit<Plan, "inputs">,
    id: string,
): Promise<ResourceState> {
    const { goal, urn, old } = plan;
    const states = { ...(old && { old }), new: { ...standing(goal, urn), id, inputs: goal.inputs, outputs: {} } };
    const work = async (): Promise<ResourceState> => {
        const found = await deployment.provider(goal.type).read(deployment.subject(urn, plan.provider), id);
        if (found === undefined)
        // Pulumi's words.
        {
            throw new StackError(`resource '${id}' does not exist`);
        }
        const base: ResourceState = {
            ...standing(goal, urn),
            ...(plan.provider !== "" && { provider: plan.provider }),
            id: found.id,
            inputs: found.inputs,
            outputs: {},
        };
        const state = finished(base, found.outputs, { inputs: found.inputs, goal });
        keep(deployment, state, old);
        return state;
    };
    return old === undefined
        ? await deployment.step(stepOf("import", urn, id), states, work)
        : await deployment.step(stepOf("import-replacement", urn, id), states, work, "replace");
}

/** A resource that the program reads and does not own (`.get()`). Throws where it does not exist. */
export async function readResource(deployment: Deployment, goal: Goal, id: string): Promise<Registered> {
    const { options } = deployment;
    const urn = makeUrn(options.stack, options.project, goal.parent, goal.type, goal.name);
    const known = options.operation === "destroy" ? deployment.resources.get(urn) : undefined;
    if (known !== undefined) {
        return registered(known);
    }
    if (id === "") {
        throw new StackError(`Expected an ID for ${urn}`);
    }
    deployment.begin(urn, goal);
    const provider = deployment.provider(goal.type);
    const reference = goal.provider !== "" ? goal.provider : defaultProvider(deployment, goal);
    const before = deployment.resources.get(urn);
    // What stood under its name, and is another one, goes when the program has ended.
    const replaced = before !== undefined && before.external !== true && before.id !== id ? before : undefined;
    const base: ResourceState = {
        ...standing(goal, urn),
        custom: true,
        external: true,
        ...(reference !== "" && { provider: reference }),
        id,
        inputs: goal.inputs,
        outputs: {},
    };
    const state = await deployment.step(
        stepOf(replaced === undefined ? "read" : "read-replacement", urn, id),
        { ...(before && { old: before }), new: base },
        async () => {
            const properties = plainProperties(goal.inputs);
            const known = Object.keys(properties).length > 0 && { inputs: properties, outputs: properties };
            // The read of what is not known yet waits for the update.
            const found =
                id === UNKNOWN
                    ? { id, outputs: {} }
                    : await provider.read(deployment.subject(urn, reference), id, known === false ? undefined : known);
            // Pulumi's words.
            if (found === undefined) {
                throw new StackError(`resource '${id}' does not exist`);
            }
            const state: ResourceState = {
                ...base,
                id: found.id,
                outputs: markSecretProperties(found.outputs, goal.inputs, goal.additionalSecretOutputs),
            };
            keep(deployment, state, replaced);
            if (replaced !== undefined) {
                deployment.resourceProgress.replace(urn);
                deployment.count("replace");
            } else if (before !== undefined && !isDeepStrictEqual(before.outputs, state.outputs)) {
                deployment.count("read");
            }
            return state;
        },
        // Only what changed since the last time is counted.
        null,
    );
    return registered(state);
}

/** Brings what the state says of a resource to what is: its outputs, and its inputs where they were changed behind it. */
export async function refreshStep(deployment: Deployment, old: ResourceState): Promise<void> {
    const { urn } = old;
    await deployment.step(
        stepOf("refresh", urn, old.id),
        { old, new: old },
        async () => {
            if (!old.custom || old.type.startsWith("pulumi:")) {
                // It is nowhere but in the state: counted, as Pulumi counts it, and as it was.
                deployment.changes.same = (deployment.changes.same ?? 0) + 1;
                return old;
            }
            // Of what the stack only reads, it knows no more than the id.
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
                deployment.changes.delete = (deployment.changes.delete ?? 0) + 1;
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
            const kind = changed ? "update" : "same";
            deployment.changes[kind] = (deployment.changes[kind] ?? 0) + 1;
            keep(deployment, state);
            return state;
        },
        null,
    );
}
