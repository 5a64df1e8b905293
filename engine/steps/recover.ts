import type { Diagnostic } from "../events";
import type { PendingOperation, StateFile } from "../state";
import { plainProperties } from "../values";
import { stateWithOutputs } from "./create-and-update";
import { Deployment } from "./deployment";
import type { DeploymentOptions } from "./deployment-options";

/**
 * Settles the operations that an interrupted update left open. A resource may have been created without a record of it:
 * if its inputs decide its id, it is looked up and taken into the state. Updates and deletions are simply done again.
 *
 * @returns messages to the user
 */
export async function resolvePending(options: DeploymentOptions, state: StateFile): Promise<Diagnostic[]> {
    const deployment = new Deployment(options);
    for (const pending of [...state.snapshot.pending]) {
        if (pending.type === "creating") {
            await adoptCreated(deployment, pending, state);
        }
        state.end(pending.resource.urn);
    }
    return deployment.diagnostics;
}

/** Takes a resource into the state if it was created. */
async function adoptCreated(deployment: Deployment, { resource }: PendingOperation, state: StateFile): Promise<void> {
    const provider = deployment.provider(resource.type);
    const subject = deployment.subject(resource.urn, resource.provider);
    const inputs = plainProperties(resource.inputs);
    const id = provider.identify?.(subject, inputs);
    if (id === undefined) {
        // A resource that the engine itself serves exists only in the state. Any other may be left behind in the cloud.
        if (!resource.type.startsWith("pulumi:")) {
            deployment.report(
                "warning",
                "an interrupted update may have created this resource, and this update creates it again; look for the old one",
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
    const adopted = stateWithOutputs({ ...resource, id }, found.outputs, {
        inputs: resource.inputs,
        desired: { additionalSecretOutputs: resource.additionalSecretOutputs ?? [] },
    });
    const replaced = before !== undefined && before.id !== id ? before : undefined;
    state.set(adopted, replaced);
    deployment.resources.set(adopted.urn, adopted);
}
