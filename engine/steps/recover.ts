import type { Diagnostic } from "../events";
import type { PendingOperation, StateFile } from "../state";
import { plainProperties } from "../values";
import { Deployment, type DeploymentOptions } from "./deployment";
import { finished } from "./steps";

/**
 * Settles what an interrupted update left open. A creation may have succeeded without anyone having been told: where
 * the inputs decide the id, the resource is looked up and taken in. Updates and deletions are simply done again.
 * Returns what the user has to know of it.
 */
export async function resolvePending(options: DeploymentOptions, state: StateFile): Promise<Diagnostic[]> {
    const deployment = new Deployment(options);
    for (const pending of [...state.snapshot.pending]) {
        if (pending.type === "creating") {
            await adopt(deployment, pending, state);
        }
        state.end(pending.resource.urn);
    }
    return deployment.diagnostics;
}

async function adopt(deployment: Deployment, { resource }: PendingOperation, state: StateFile): Promise<void> {
    const provider = deployment.provider(resource.type);
    const subject = deployment.subject(resource.urn, resource.provider);
    const inputs = plainProperties(resource.inputs);
    const id = provider.identify?.(subject, inputs);
    if (id === undefined) {
        // What the engine itself serves lives in the state alone; another kind may be left behind.
        if (!resource.type.startsWith("pulumi:")) {
            deployment.report(
                "warning",
                "an interrupted update may have made this resource; look for it, it is made again",
                resource.urn,
            );
        }
        return;
    }
    const found = await provider.read(subject, id, { inputs, outputs: {} });
    if (found === undefined) {
        return;
    }
    const before = state.snapshot.resources.get(resource.urn);
    const adopted = finished({ ...resource, id }, found.outputs, {
        inputs: resource.inputs,
        goal: { additionalSecretOutputs: resource.additionalSecretOutputs ?? [] },
    });
    const replaced = before !== undefined && before.id !== id ? before : undefined;
    state.set(adopted, replaced);
    deployment.resources.set(adopted.urn, adopted);
}
