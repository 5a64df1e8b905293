import type { ResourceState } from "../state";
import { differences, same } from "../values";
import type { Deployment } from "./deployment";
import { type Goal, standing } from "./desired";
import { keep, type Registered, wanted } from "./plan";
import { stepOf } from "./step-event";

/**
 * Registers a component, or the stack: it has no provider, so that its inputs decide what is done. The hooks after that
 * run when it has said what its outputs are.
 */
export async function registerComponent(
    deployment: Deployment,
    goal: Goal,
    urn: string,
    old: ResourceState | undefined,
): Promise<Registered> {
    const { hooks } = deployment.options;
    const operation = old === undefined ? "create" : same(old.inputs, goal.inputs) ? "same" : "update";
    const now = new Date().toISOString();
    const { created = now, modified = now } = old ?? {};
    const state: ResourceState = {
        ...standing(goal, urn),
        inputs: goal.inputs,
        outputs: operation === "same" ? (old?.outputs ?? {}) : {},
        created,
        modified,
    };
    const diff = operation === "update" ? differences(old?.inputs ?? {}, goal.inputs) : undefined;
    const before = { urn, newInputs: goal.inputs, ...(old && { oldInputs: old.inputs, oldOutputs: old.outputs }) };
    await deployment.step(
        stepOf(operation, urn, undefined, diff),
        { ...(old && { old }), new: wanted(state) },
        async () => {
            if (operation === "create") {
                await hooks?.run("beforeCreate", goal.hooks.beforeCreate, before);
            }
            if (operation === "update") {
                await hooks?.run("beforeUpdate", goal.hooks.beforeUpdate, before);
            }
            keep(deployment, state);
            return state;
        },
    );
    deployment.resourceProgress.expectOutputs(urn, async (newOutputs) => {
        const subject = { ...before, newOutputs };
        if (operation === "create") {
            await hooks?.run("afterCreate", goal.hooks.afterCreate, subject);
        }
        if (operation === "update") {
            await hooks?.run("afterUpdate", goal.hooks.afterUpdate, subject);
        }
    });
    return { urn, outputs: {} };
}
