import { defined } from "../../common";
import { CloudError, type Diff, InitFailed } from "../provider";
import type { ResourceState } from "../state";
import {
    isObject,
    markSecretProperties,
    plainProperties,
    type Properties,
    STASH_TYPE,
    UNKNOWN,
    visibleDifferences,
} from "../values";
import type { Deployment } from "./deployment";
import { desiredFields } from "./desired-state";
import { type Plan, plannedState, recordState, type RegisteredResource, toRegistered } from "./plan";
import { attempt } from "./retry";
import { stepOf } from "./step-event";

/** A plan for a resource that exists. */
export type ChangePlan = Plan & { old: ResourceState };

/** How a resource is created in place of another one. */
interface Replacement {
    replaced?: ResourceState;
    /** Whether the replaced resource still exists, and must be deleted later. @default false */
    deleteLater?: boolean;
    /** Why the resource is replaced. */
    diff?: Diff;
}

/** Creates a resource. In a preview, it only says what the resource would be. */
export async function createStep(
    deployment: Deployment,
    plan: Plan,
    { replaced, deleteLater = false, diff }: Replacement = {},
): Promise<RegisteredResource> {
    const { desired, urn } = plan;
    const { journal, hooks, dryRun } = deployment.options;
    const provider = deployment.provider(desired.type);
    const subject = deployment.subject(urn, plan.provider);
    const base: ResourceState = {
        ...desiredFields(desired, urn),
        ...providerOf(plan),
        inputs: plan.inputs,
        outputs: {},
    };
    const operation = replaced === undefined ? "create" : "create-replacement";
    const counted = replaced === undefined ? "create" : deleteLater ? "replace" : null;
    const hookSubject = { urn, newInputs: plan.inputs };
    const state = await deployment.step(
        stepOf(operation, urn, undefined, diff && visibleDifferences(diff.detailed, desired.hideDiffs)),
        { ...defined({ old: replaced }), new: base },
        async () => {
            await hooks?.run("beforeCreate", desired.hooks.beforeCreate, hookSubject);
            journal.begin("creating", base);
            const inputs = toProvider(desired.type, plan.inputs);
            return await deployment.shared.exclusively([base], async () => {
                const created = await withInitError(() =>
                    attempt(
                        deployment,
                        { names: desired.hooks.onError, subject: hookSubject, operation: "create" },
                        () =>
                            provider.create(subject, inputs, dryRun).catch((error: unknown) => {
                                throw deleteLater ? explainedTwin(error) : error;
                            }),
                    ),
                );
                const identified = { ...base, ...defined({ id: created.id, initErrors: created.error?.reasons }) };
                const made = stateWithOutputs(identified, created.outputs, plan);
                recordState(deployment, made, deleteLater ? replaced : undefined);
                if (created.error) {
                    throw created.error;
                }
                return made;
            });
        },
        counted,
    );
    await hooks?.run("afterCreate", desired.hooks.afterCreate, {
        ...hookSubject,
        ...defined({ id: state.id }),
        newInputs: state.inputs,
        newOutputs: state.outputs,
    });
    return toRegistered(state);
}

/** The error of a replacement that cannot be made because the resource that it replaces is still there. */
function explainedTwin(error: unknown): unknown {
    if (!(error instanceof CloudError) || error.httpStatus !== 409) {
        return error;
    }
    const fix =
        "the resource that it replaces is still there and has the same name: give the new one another name, " +
        "or set its option deleteBeforeReplace: true, with which it is not there for a while; nothing was changed";
    return new CloudError(error.httpStatus, error.status, `${error.message}; ${fix}`, { cause: error });
}

/** Changes a resource without replacing it. */
export async function updateStep(deployment: Deployment, plan: ChangePlan, diff: Diff): Promise<RegisteredResource> {
    const { desired, urn, old } = plan;
    const { journal, hooks, dryRun } = deployment.options;
    const provider = deployment.provider(desired.type);
    const subject = deployment.subject(urn, plan.provider);
    const hookSubject = {
        urn,
        id: old.id ?? "",
        oldInputs: old.inputs,
        oldOutputs: old.outputs,
        newInputs: plan.inputs,
    };
    const base: ResourceState = {
        ...desiredFields(desired, urn),
        ...providerOf(plan),
        ...defined({ id: old.id, created: old.created }),
        inputs: plan.inputs,
        outputs: {},
    };
    const state = await deployment.step(
        stepOf("update", urn, old.id, visibleDifferences(diff.detailed, desired.hideDiffs)),
        { old, new: plannedState(base) },
        async () => {
            await hooks?.run("beforeUpdate", desired.hooks.beforeUpdate, hookSubject);
            journal.begin("updating", base);
            const before = {
                id: old.id ?? "",
                inputs: toProvider(desired.type, old.inputs),
                outputs: toProvider(desired.type, old.outputs),
            };
            const inputs = toProvider(desired.type, plan.inputs);
            return await deployment.shared.exclusively([old, base], async () => {
                const updated = await withInitError(() =>
                    attempt(
                        deployment,
                        { names: desired.hooks.onError, subject: hookSubject, operation: "update" },
                        async () => ({ outputs: await provider.update(subject, before, inputs, dryRun) }),
                    ),
                );
                const changed = stateWithOutputs(
                    { ...base, ...defined({ initErrors: updated.error?.reasons }) },
                    updated.outputs,
                    plan,
                );
                recordState(deployment, changed);
                if (updated.error) {
                    throw updated.error;
                }
                return changed;
            });
        },
    );
    await hooks?.run("afterUpdate", desired.hooks.afterUpdate, { ...hookSubject, newOutputs: state.outputs });
    return toRegistered(state);
}

/** What an operation returns; if it made the resource and then failed, what it made and the error. */
async function withInitError(
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

/** Properties as a provider gets them. Only resources that the engine itself serves keep the marks of secrets. */
export function toProvider(type: string, properties: Properties): Properties {
    return type === STASH_TYPE ? properties : plainProperties(properties);
}

function providerOf(plan: Plan): { provider?: string } {
    return plan.provider === "" ? {} : { provider: plan.provider };
}

/** A state with the outputs that a provider returned. What was secret in the inputs is marked in the outputs too. */
export function stateWithOutputs(
    base: ResourceState,
    outputs: Properties,
    plan: { inputs: Properties; desired: { additionalSecretOutputs: string[] } },
): ResourceState {
    const now = new Date().toISOString();
    const secrets = base.type === STASH_TYPE ? {} : plan.inputs;
    const previewed = isObject(outputs) && outputs["id"] === UNKNOWN;
    return {
        ...base,
        outputs: markSecretProperties(outputs, secrets, plan.desired.additionalSecretOutputs),
        ...(!previewed && { created: base.created ?? now, modified: now }),
    };
}
