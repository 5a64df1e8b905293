import { hooksKept } from "../callbacks";
import { Stopped } from "../errors";
import { dependenciesOf, inLevels, type ResourceState } from "../state";
import { plainProperties } from "../values";
import { isDefaultProvider } from "./default-provider";
import type { Deployment } from "./deployment";
import { attempt } from "./retry";
import { stepOf } from "./step-event";
import { InvokeError, messageOf } from "../../errors";

/** A protected resource was to be deleted. Others may go. */
class Protected extends InvokeError {
    readonly code = "protected";

    constructor(urn: string) {
        super(
            `resource "${urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, remove the \`protect\` option from it in the program and run an update`,
        );
    }
}

/**
 * Deletes resources, each after all that depend on it, as many at a time as the run allows, in Pulumi's order: a failure
 * lets those end that may go at the same time, and none after them. A protected resource fails the run; all goes that it
 * does not depend on.
 */
export async function deleteAll(deployment: Deployment, doomed: ResourceState[]): Promise<void> {
    for (const { urn } of doomed) {
        deployment.resourceProgress.delete(urn);
    }
    const kept = new Set<string>();
    const guarded: ResourceState[] = [];
    for (const level of inLevels(doomed).reverse()) {
        if (deployment.failed) {
            break;
        }
        await Promise.all(
            level.map(async (resource) => {
                if (kept.has(resource.urn)) {
                    return;
                }
                try {
                    await deleteStep(deployment, resource);
                } catch (error) {
                    if (error instanceof Protected) {
                        guarded.push(resource);
                        deployment.report("error", error.message, resource.urn);
                        keepWithDependencies(deployment, resource, kept);
                    } else if (error instanceof Stopped) {
                        deployment.stop();
                    } else {
                        deployment.fail(messageOf(error), resource.urn);
                    }
                }
            }),
        );
    }
    if (guarded.length > 0) {
        deployment.stop();
    }
}

/** Refuses all of them, naming each that is protected, and deletes nothing: what a preview would have said. */
export function refuseProtected(deployment: Deployment, doomed: ResourceState[]): boolean {
    const guarded = doomed.filter((resource) => resource.protect === true && resource.delete !== true);
    for (const { urn } of guarded) {
        deployment.report("error", new Protected(urn).message, urn);
    }
    if (guarded.length > 0) {
        deployment.stop();
    }
    return guarded.length > 0;
}

function keepWithDependencies(deployment: Deployment, resource: ResourceState, kept: Set<string>): void {
    kept.add(resource.urn);
    for (const urn of dependenciesOf(resource)) {
        const dependency = deployment.resources.get(urn);
        if (dependency !== undefined && !kept.has(urn)) {
            keepWithDependencies(deployment, dependency, kept);
        }
    }
}

/**
 * Deletes one resource, or only forgets it where its options say so. What is deleted to be replaced stays in the state,
 * marked, until its replacement is there.
 */
export async function deleteStep(deployment: Deployment, resource: ResourceState, replacing = false): Promise<void> {
    const { journal, hooks, dryRun } = deployment.options;
    const { urn } = resource;
    const forget = (): void => {
        if (resource.delete === true) {
            journal.buried(resource);
            const { condemned } = deployment.options;
            condemned.splice(condemned.indexOf(resource), 1);
        } else if (replacing) {
            const pending = { ...resource, pendingReplacement: true };
            journal.set(pending);
            deployment.resources.set(urn, pending);
        } else {
            journal.forget(urn);
            deployment.resources.delete(urn);
        }
    };
    // Pulumi tells nobody of its default providers.
    if (isDefaultProvider(resource)) {
        forget();
        return;
    }
    const kept = hooksKept(resource.resourceHooks);
    const subject = {
        urn,
        ...(resource.id !== undefined && { id: resource.id }),
        oldInputs: resource.inputs,
        oldOutputs: resource.outputs,
    };
    const gone = resource.pendingReplacement === true && resource.delete !== true && !replacing;
    const original = replacing || resource.delete === true;
    const { external = false } = resource;
    const operation = external ? (original ? "discard-replaced" : "discard") : original ? "delete-replaced" : "delete";
    await deployment.step(
        stepOf(gone ? "remove-pending-replace" : operation, urn, resource.id),
        { old: resource },
        async () => {
            if (!gone) {
                await hooks?.run("beforeDelete", kept.beforeDelete, subject);
                if (!original && resource.protect === true) {
                    throw new Protected(urn);
                }
                if (!dryRun && isReal(deployment, resource)) {
                    await destroy(deployment, resource, kept.onError, subject);
                }
            }
            forget();
        },
        original || gone ? null : operation,
    );
    if (!gone) {
        await hooks?.run("afterDelete", kept.afterDelete, subject);
    }
}

/** Whether anything is to be done about a resource in the cloud. */
function isReal(deployment: Deployment, resource: ResourceState): boolean {
    return (
        resource.custom &&
        resource.external !== true &&
        resource.retainOnDelete !== true &&
        // The other resource takes this one along.
        (resource.deletedWith === undefined || !deployment.resourceProgress.isDeleted(resource.deletedWith)) &&
        !stillHeld(deployment, resource)
    );
}

/**
 * Whether another resource of the stack stands for the same in the cloud, as its replacement or as a second grant to the
 * same member: deleting this one would end what that one gives.
 */
function stillHeld(deployment: Deployment, resource: ResourceState): boolean {
    const provider = deployment.provider(resource.type);
    const keyOf = ({ urn, provider: by, inputs }: ResourceState): string | undefined =>
        provider.sharedKey?.(deployment.subject(urn, by), plainProperties(inputs));
    const original = resource.delete === true;
    const key = keyOf(resource);
    return [...deployment.resources.values()].some((other) => {
        const stays =
            other.urn === resource.urn
                ? original
                : !deployment.resourceProgress.isDeleted(other.urn) && other.pendingReplacement !== true;
        return (
            stays &&
            other.type === resource.type &&
            other.external !== true &&
            ((key !== undefined && keyOf(other) === key) ||
                (original && other.urn === resource.urn && other.id === resource.id))
        );
    });
}

async function destroy(
    deployment: Deployment,
    resource: ResourceState,
    names: string[],
    subject: Parameters<typeof attempt>[1]["subject"],
): Promise<void> {
    deployment.options.journal.begin("deleting", resource);
    await attempt(deployment, { names, subject, operation: "delete" }, () =>
        deployment.provider(resource.type).delete(deployment.subject(resource.urn, resource.provider), {
            id: resource.id ?? "",
            inputs: plainProperties(resource.inputs),
            outputs: plainProperties(resource.outputs),
        }),
    );
}
