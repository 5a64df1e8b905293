import { defined } from "../../common";
import type { ResourceState } from "../state";
import { differences, same } from "../values";
import type { Deployment } from "./deployment";
import { desiredFields, type DesiredState } from "./desired-state";
import { plannedState, recordState, type RegisteredResource } from "./plan";
import { stepOf } from "./step-event";

/**
 * Registers a component, or the stack. It has no provider, so that its inputs alone decide whether it has changed. Its
 * hooks that run after the operation run when it has registered its outputs.
 */
export async function registerComponent(
    deployment: Deployment,
    desired: DesiredState,
    urn: string,
    old: ResourceState | undefined,
): Promise<RegisteredResource> {
    const { hooks } = deployment.options;
    const operation = old === undefined ? "create" : same(old.inputs, desired.inputs) ? "same" : "update";
    const now = new Date().toISOString();
    const { created = now, modified = now } = old ?? {};
    const state: ResourceState = {
        ...desiredFields(desired, urn),
        inputs: desired.inputs,
        outputs: operation === "same" ? (old?.outputs ?? {}) : {},
        created,
        modified,
    };
    const diff = operation === "update" ? differences(old?.inputs ?? {}, desired.inputs) : undefined;
    const hookSubject = {
        urn,
        newInputs: desired.inputs,
        ...defined({ oldInputs: old?.inputs, oldOutputs: old?.outputs }),
    };
    await deployment.step(
        stepOf(operation, urn, undefined, diff),
        { ...defined({ old }), new: plannedState(state) },
        async () => {
            if (operation === "create") {
                await hooks?.run("beforeCreate", desired.hooks.beforeCreate, hookSubject);
            }
            if (operation === "update") {
                await hooks?.run("beforeUpdate", desired.hooks.beforeUpdate, hookSubject);
            }
            recordState(deployment, state);
            return state;
        },
    );
    deployment.resourceProgress.expectOutputs(urn, async (newOutputs) => {
        if (operation === "create") {
            await hooks?.run("afterCreate", desired.hooks.afterCreate, { ...hookSubject, newOutputs });
        }
        if (operation === "update") {
            await hooks?.run("afterUpdate", desired.hooks.afterUpdate, { ...hookSubject, newOutputs });
        }
    });
    return { urn, outputs: {} };
}
