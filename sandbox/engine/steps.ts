import { wanted } from "./blind";
import { Stopped, stepOf, type Deployment } from "./deployment";
import { shown } from "./differences";
import { standing } from "./goal";
import type { Diff } from "./provider/types";
import { keep, registered, type Plan, type Registered } from "./register";
import type { ResourceState } from "./state";
import { STASH_TYPE } from "./urn";
import { isObject, markSecretProperties, plainProperties, UNKNOWN, type Properties } from "./values";

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
    const news = plainProperties(plan.inputs);
    const base: ResourceState = { ...standing(goal, urn), ...providerOf(plan), inputs: plan.inputs, outputs: {} };
    const operation = options.replaced === undefined ? "create" : "create-replacement";
    const counted = options.replaced === undefined ? "create" : "replace";
    const step = stepOf(operation, urn, undefined, options.diff && shown(options.diff.detailed, goal.hideDiffs));
    const state = await deployment.step(
        step,
        { ...(options.replaced && { old: options.replaced }), new: base },
        async () => {
            await hooks?.run("beforeCreate", goal.hooks.beforeCreate, { urn, newInputs: plan.inputs });
            journal.begin("creating", base);
            const created = await attempt(deployment, plan, "create", () => provider.create(subject, news, dryRun));
            const state = finished(
                { ...base, ...(created.id !== undefined && { id: created.id }) },
                created.outputs,
                plan,
            );
            keep(deployment, state, options.condemn === true ? options.replaced : undefined);
            deployment.cleared.delete(urn);
            return state;
        },
        counted,
    );
    await hooks?.run("afterCreate", goal.hooks.afterCreate, {
        urn,
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
                inputs: plainProperties(old.inputs),
                outputs: plainProperties(old.outputs),
            };
            const outputs = await attempt(deployment, plan, "update", () =>
                provider.update(subject, plainOld, plainProperties(plan.inputs), dryRun),
            );
            const state = finished(base, outputs, plan, old.outputs["output"]);
            keep(deployment, state);
            return state;
        },
    );
    await hooks?.run("afterUpdate", goal.hooks.afterUpdate, { ...before, newOutputs: state.outputs });
    return registered(state);
}

/** Runs a provider's operation, again as long as the resource's error hooks ask for it. */
async function attempt<T>(deployment: Deployment, plan: Plan, operation: string, work: () => Promise<T>): Promise<T> {
    const { journal, hooks, dryRun } = deployment.options;
    const errors: string[] = [];
    for (;;) {
        try {
            return await work();
        } catch (error) {
            errors.unshift(error instanceof Error ? error.message : String(error));
            const names = plan.goal.hooks.onError;
            const subject = {
                urn: plan.urn,
                newInputs: plan.inputs,
                ...(plan.old !== undefined && { oldInputs: plan.old.inputs }),
            };
            const again =
                !dryRun && !deployment.failed && !(error instanceof Stopped) && names.length > 0
                    ? await hooks?.retry(names, subject, operation, errors)
                    : false;
            if (again !== true) {
                journal.end(plan.urn);
                throw error;
            }
        }
    }
}

function providerOf(plan: Plan): { provider?: string } {
    return plan.provider === "" ? {} : { provider: plan.provider };
}

/**
 * A state with a provider's outputs, what was secret in the inputs marked in them.
 *
 * @param stashed - what the output of a `Stash` is: as secret as it was when it was stashed
 */
export function finished(
    base: ResourceState,
    outputs: Properties,
    plan: { inputs: Properties; goal: { additionalSecretOutputs: string[] } },
    stashed = plan.inputs["input"],
): ResourceState {
    const now = new Date().toISOString();
    const isStash = base.type === STASH_TYPE && stashed !== undefined;
    const secrets = isStash ? { ...plan.inputs, output: stashed } : plan.inputs;
    const previewed = isObject(outputs) && outputs["id"] === UNKNOWN;
    return {
        ...base,
        outputs: markSecretProperties(outputs, secrets, plan.goal.additionalSecretOutputs),
        ...(!previewed && { created: base.created ?? now, modified: now }),
    };
}
