import { StackError } from "../errors";
import { dependenciesOf, type ResourceState } from "../state";
import { STACK_TYPE } from "../values";
import type { Deployment } from "./deployment";
import { desiredFields, type DesiredState } from "./desired-state";
import { plannedState, recordState, type RegisteredResource, toRegistered } from "./plan";
import { stepOf } from "./step-event";

/** Whether a resource is among those that the run is limited to. Providers and the stack itself always are. */
export function isInScope(deployment: Deployment, desired: DesiredState, urn: string): boolean {
    const dependencies = dependenciesOf({
        ...desiredFields(desired, urn),
        provider: desired.provider,
        inputs: {},
        outputs: {},
    });
    // Every resource is checked, because a resource may be targeted only because it depends on a targeted one.
    const targeted = deployment.isTargeted(urn, dependencies);
    return targeted || desired.type === STACK_TYPE || desired.type.startsWith("pulumi:providers:");
}

/** Leaves a resource that the run is not limited to as it was, or does not create it. */
export async function leaveOutOfScope(
    deployment: Deployment,
    desired: DesiredState,
    urn: string,
    old: ResourceState | undefined,
): Promise<RegisteredResource> {
    if (old !== undefined) {
        await leaveUnchanged(deployment, old, old);
        // The program will register the outputs of a component all the same.
        if (!desired.custom) {
            deployment.resourceProgress.expectOutputs(urn, () => Promise.resolve());
        }
        return toRegistered(old);
    }
    deployment.resourceProgress.skip(urn);
    const state = { ...desiredFields(desired, urn), inputs: desired.inputs, outputs: {} };
    await deployment.step(stepOf("same", urn), { old: state, new: plannedState(state) }, () => Promise.resolve());
    return { urn, outputs: {}, unknown: true };
}

/** Records a resource that is left as it is. */
export async function leaveUnchanged(deployment: Deployment, old: ResourceState, state: ResourceState): Promise<void> {
    await deployment.step(stepOf("same", state.urn, old.id), { old, new: plannedState(state) }, () => {
        recordState(deployment, state);
        return Promise.resolve(state);
    });
}

/** Refuses a resource that depends on one that the run does not create, as it is not limited to it. */
export function refuseDependencyOutOfScope(deployment: Deployment, state: ResourceState): void {
    for (const urn of new Set(dependenciesOf(state))) {
        if (!deployment.resourceProgress.isSkipped(urn)) {
            continue;
        }
        // The message is Pulumi's, with its repeated word.
        const message = `Resource '${state.urn}' depends on '${urn}' which was was not specified in --target list.`;
        if (!deployment.options.dryRun) {
            throw new StackError(message);
        }
        deployment.report("error", message, state.urn);
        deployment.refused = true;
        deployment.resourceProgress.withdraw(urn);
    }
}
