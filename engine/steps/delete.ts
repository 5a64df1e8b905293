import { defined } from "../../common";
import { hooksFromState } from "../callbacks";
import { dependenciesOf, inDependencyLevels, type ResourceState } from "../state";
import { plainProperties } from "../values";
import type { IsHeld } from "../provider";
import { isDefaultProvider } from "./default-provider";
import type { Deployment } from "./deployment";
import { attempt } from "./retry";
import { stepOf } from "./step-event";
import { InvokeError } from "../../errors";

/** Thrown if a protected resource would be deleted. Resources that do not depend on it may still be deleted. */
class Protected extends InvokeError {
    readonly code = "protected";

    constructor(urn: string) {
        super(
            `resource "${urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, remove the \`protect\` option from it in the program and run an update`,
        );
    }
}

/**
 * Deletes resources in Pulumi's order: each after all resources that depend on it, and as many at a time as the run allows.
 * After a failure, the resources of the same level are still deleted, and none after them. A protected resource fails the
 * run, but everything that it does not depend on is deleted.
 */
export async function deleteAll(deployment: Deployment, toDelete: ResourceState[]): Promise<void> {
    for (const { urn } of toDelete) {
        deployment.resourceProgress.delete(urn);
    }
    const kept = new Set<string>();
    const protectedOnes: ResourceState[] = [];
    for (const level of inDependencyLevels(toDelete).reverse()) {
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
                        protectedOnes.push(resource);
                        deployment.report("error", error.message, resource.urn);
                        keepWithDependencies(deployment, resource, kept);
                    } else {
                        deployment.failFor(error, resource.urn);
                    }
                }
            }),
        );
    }
    if (protectedOnes.length > 0) {
        deployment.stop();
    }
}

/**
 * Reports every resource that is protected, as a preview would have done, and then fails the run.
 *
 * @returns whether there is one
 */
export function reportProtected(deployment: Deployment, toDelete: ResourceState[]): boolean {
    const protectedOnes = toDelete.filter((resource) => resource.protect === true && resource.delete !== true);
    for (const { urn } of protectedOnes) {
        deployment.report("error", new Protected(urn).message, urn);
    }
    if (protectedOnes.length > 0) {
        deployment.stop();
    }
    return protectedOnes.length > 0;
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
 * Deletes one resource, or only removes it from the state if its options say so.
 *
 * @param replacing - whether it will be created again: it then stays in the state, marked, until its replacement exists
 */
export async function deleteStep(deployment: Deployment, resource: ResourceState, replacing = false): Promise<void> {
    const { journal, hooks, dryRun } = deployment.options;
    const { urn } = resource;
    const removeFromState = (): void => {
        if (resource.delete === true) {
            journal.deleted(resource);
            const { pendingDeletes } = deployment.options;
            pendingDeletes.splice(pendingDeletes.indexOf(resource), 1);
        } else if (replacing) {
            const pending = { ...resource, pendingReplacement: true };
            journal.set(pending);
            deployment.resources.set(urn, pending);
        } else {
            journal.forget(urn);
            deployment.resources.delete(urn);
        }
    };
    // As with Pulumi, default providers have no events.
    if (isDefaultProvider(resource)) {
        removeFromState();
        return;
    }
    const hookNames = hooksFromState(resource.resourceHooks);
    const subject = {
        urn,
        ...defined({ id: resource.id }),
        oldInputs: resource.inputs,
        oldOutputs: resource.outputs,
    };
    const alreadyDeleted = resource.pendingReplacement === true && resource.delete !== true && !replacing;
    const isReplaced = replacing || resource.delete === true;
    const { external = false } = resource;
    const operation = external
        ? isReplaced
            ? "discard-replaced"
            : "discard"
        : isReplaced
          ? "delete-replaced"
          : "delete";
    await deployment.step(
        stepOf(alreadyDeleted ? "remove-pending-replace" : operation, urn, resource.id),
        { old: resource },
        async () => {
            if (!alreadyDeleted) {
                await hooks?.run("beforeDelete", hookNames.beforeDelete, subject);
                if (!isReplaced && resource.protect === true) {
                    throw new Protected(urn);
                }
                if (!dryRun && existsInCloud(deployment, resource)) {
                    await deployment.shared.exclusively([resource], () =>
                        deleteFromCloud(deployment, resource, { names: hookNames.onError, subject }),
                    );
                }
            }
            removeFromState();
        },
        isReplaced || alreadyDeleted ? null : operation,
    );
    if (!alreadyDeleted) {
        await hooks?.run("afterDelete", hookNames.afterDelete, subject);
    }
}

/** Whether the cloud has something to delete for a resource. */
function existsInCloud(deployment: Deployment, resource: ResourceState): boolean {
    return (
        resource.custom &&
        resource.external !== true &&
        resource.retainOnDelete !== true &&
        // Deleting the other resource deletes this one too.
        (resource.deletedWith === undefined || !deployment.resourceProgress.isDeleted(resource.deletedWith)) &&
        !isItsReplacement(deployment, resource)
    );
}

/** Whether the replacement of a resource is the same one in the cloud. Deleting it would then delete the replacement. */
function isItsReplacement(deployment: Deployment, resource: ResourceState): boolean {
    const successor = resource.delete === true ? deployment.resources.get(resource.urn) : undefined;
    return successor !== undefined && isSameType(successor, resource) && successor.id === resource.id;
}

/** Tells what must stay when a resource is deleted: its replacement has it, or another resource, as a grant of the same role. */
function heldByOthers(deployment: Deployment, resource: ResourceState): IsHeld {
    const { resourceProgress: progress, options } = deployment;
    // One that was deleted for its replacement is there again when that is registered. A destroy registers all, and deletes them.
    const isGone = (urn: string): boolean =>
        progress.isDeleted(urn) && (options.operation === "destroy" || !progress.isRegistered(urn));
    return deployment.shared.heldBy((other) =>
        other.urn === resource.urn ? resource.delete === true : !isGone(other.urn) && other.pendingReplacement !== true,
    );
}

function isSameType(other: ResourceState, resource: ResourceState): boolean {
    return other.type === resource.type && other.external !== true;
}

async function deleteFromCloud(
    deployment: Deployment,
    resource: ResourceState,
    hooks: Pick<Parameters<typeof attempt>[1], "names" | "subject">,
): Promise<void> {
    deployment.options.journal.begin("deleting", resource);
    const old = {
        id: resource.id ?? "",
        inputs: plainProperties(resource.inputs),
        outputs: plainProperties(resource.outputs),
    };
    await attempt(deployment, { ...hooks, operation: "delete" }, () =>
        deployment
            .provider(resource.type)
            .delete(deployment.subject(resource.urn, resource.provider), old, heldByOthers(deployment, resource)),
    );
}
