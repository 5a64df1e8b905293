import { type Diff, InitFailed } from "../provider";
import type { ResourceState } from "../state";
import {
    isObject,
    markSecretProperties,
    plainProperties,
    type Properties,
    shown,
    STASH_TYPE,
    UNKNOWN,
} from "../values";
import type { Deployment } from "./deployment";
import { standing } from "./desired";
import { keep, type Plan, registered, type Registered, wanted } from "./plan";
import { attempt } from "./retry";
import { stepOf } from "./step-event";

/** A plan for a resource that exists. */
export type ChangePlan = Plan & { old: ResourceState };

/** Makes a resource; in a preview says what it would be. `replaced` is what it stands in for. */
export async function createStep(
    deployment: Deployment,
    plan: Plan,
    options: { replaced?: ResourceState; condemn?: boolean; diff?: Diff } = {},
): Promise<Registered> {
    const { goal, urn } = plan;
    const { journal, hooks, dryRun } = deployment.options;
    const provider = deployment.provider(goal.type);
    const subject = deployment.subject(urn, plan.provider);
    const news = toProvider(goal.type, plan.inputs);
    const base: ResourceState = { ...standing(goal, urn), ...providerOf(plan), inputs: plan.inputs, outputs: {} };
    const { replaced } = options;
    const operation = replaced === undefined ? "create" : "create-replacement";
    const step = stepOf(operation, urn, undefined, options.diff && shown(options.diff.detailed, goal.hideDiffs));
    const told = { urn, newInputs: plan.inputs };
    const state = await deployment.step(
        step,
        { ...(replaced && { old: replaced }), new: base },
        async () => {
            await hooks?.run("beforeCreate", goal.hooks.beforeCreate, told);
            journal.begin("creating", base);
            const created = await partly(() =>
                attempt(deployment, { names: goal.hooks.onError, subject: told, operation: "create" }, () =>
                    provider.create(subject, news, dryRun),
                ),
            );
            const state = finished(
                {
                    ...base,
                    ...(created.id !== undefined && { id: created.id }),
                    ...(created.error && { initErrors: created.error.reasons }),
                },
                created.outputs,
                plan,
            );
            keep(deployment, state, options.condemn === true ? replaced : undefined);
            if (created.error) {
                throw created.error;
            }
            return state;
        },
        replaced === undefined ? "create" : options.condemn === true ? "replace" : null,
    );
    await hooks?.run("afterCreate", goal.hooks.afterCreate, {
        ...told,
        ...(state.id !== undefined && { id: state.id }),
        newInputs: state.inputs,
        newOutputs: state.outputs,
    });
    return registered(state);
}

/** Changes a resource in place. */
export async function updateStep(deployment: Deployment, plan: ChangePlan, diff: Diff): Promise<Registered> {
    const { goal, urn, old } = plan;
    const { journal, hooks, dryRun } = deployment.options;
    const provider = deployment.provider(goal.type);
    const subject = deployment.subject(urn, plan.provider);
    const before = { urn, id: old.id ?? "", oldInputs: old.inputs, oldOutputs: old.outputs, newInputs: plan.inputs };
    const base: ResourceState = {
        ...standing(goal, urn),
        ...providerOf(plan),
        ...(old.id !== undefined && { id: old.id }),
        ...(old.created !== undefined && { created: old.created }),
        inputs: plan.inputs,
        outputs: {},
    };
    const state = await deployment.step(
        stepOf("update", urn, old.id, shown(diff.detailed, goal.hideDiffs)),
        { old, new: wanted(base) },
        async () => {
            await hooks?.run("beforeUpdate", goal.hooks.beforeUpdate, before);
            journal.begin("updating", base);
            const plainOld = {
                id: old.id ?? "",
                inputs: toProvider(goal.type, old.inputs),
                outputs: toProvider(goal.type, old.outputs),
            };
            const updated = await partly(() =>
                attempt(deployment, { names: goal.hooks.onError, subject: before, operation: "update" }, async () => ({
                    outputs: await provider.update(subject, plainOld, toProvider(goal.type, plan.inputs), dryRun),
                })),
            );
            const failed = updated.error && { initErrors: updated.error.reasons };
            const state = finished({ ...base, ...failed }, updated.outputs, plan);
            keep(deployment, state);
            if (updated.error) {
                throw updated.error;
            }
            return state;
        },
    );
    await hooks?.run("afterUpdate", goal.hooks.afterUpdate, { ...before, newOutputs: state.outputs });
    return registered(state);
}

/** What an operation made, also where it made the resource and then failed. */
async function partly(
    work: () => Promise<{ id?: string; outputs: Properties }>,
): Promise<{ id?: string; outputs: Properties; error?: InitFailed }> {
    try {
        return await work();
    } catch (error) {
        if (!(error instanceof InitFailed)) {
            throw error;
        }
        return { id: error.id, outputs: error.outputs, error };
    }
}

/** Values as a resource's provider is given them: only what the engine itself serves is told what is secret. */
export function toProvider(type: string, properties: Properties): Properties {
    return type === STASH_TYPE ? properties : plainProperties(properties);
}

function providerOf(plan: Plan): { provider?: string } {
    return plan.provider === "" ? {} : { provider: plan.provider };
}

/** A state with a provider's outputs, what was secret in the inputs marked in them. */
export function finished(
    base: ResourceState,
    outputs: Properties,
    plan: { inputs: Properties; goal: { additionalSecretOutputs: string[] } },
): ResourceState {
    const now = new Date().toISOString();
    const secrets = base.type === STASH_TYPE ? {} : plan.inputs;
    const previewed = isObject(outputs) && outputs["id"] === UNKNOWN;
    return {
        ...base,
        outputs: markSecretProperties(outputs, secrets, plan.goal.additionalSecretOutputs),
        ...(!previewed && { created: base.created ?? now, modified: now }),
    };
}
