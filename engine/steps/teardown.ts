import { defined } from "../../common";
import { Callbacks, hooksFromState, RegisteredHooks } from "../callbacks";
import { StackError, Stopped } from "../errors";
import type { Outcome } from "../events";
import { dependenciesOf, type ResourceState } from "../state";
import { isDefaultProvider } from "./default-provider";
import { Deployment } from "./deployment";
import type { DeploymentOptions } from "./deployment-options";
import { recordState } from "./plan";
import { destroyStack, missingTargets } from "./prune";
import { refreshStep } from "./read";
import { messageOf } from "../../errors";

/**
 * Deletes all resources of a stack.
 *
 * @param preview - whether nothing is deleted if one of them is protected, as after a preview
 */
export async function destroyAll(options: DeploymentOptions, preview: boolean): Promise<Outcome> {
    return await runDeployment(options, async (deployment) => {
        const { pendingDeletes } = options;
        refuseHooks(deployment.targetedOf([...deployment.resources.values(), ...pendingDeletes]));
        await destroyStack(deployment, preview);
    });
}

/** Refuses resources with delete hooks before anything is deleted: without the program, nothing can call them. */
function refuseHooks(toDelete: ResourceState[]): void {
    const hooked = toDelete.filter(({ resourceHooks }) => {
        const { beforeDelete, afterDelete } = hooksFromState(resourceHooks);
        return beforeDelete.length + afterDelete.length > 0;
    });
    if (hooked.length === 0) {
        return;
    }
    throw new StackError(`${hooked.map(({ urn }) => urn).join(", ")} has delete hooks, which need the program to run`, {
        fix: "destroy it with --run-program, or runProgram in code",
    });
}

/** Reads all resources of a stack again. */
export async function refreshAll(options: DeploymentOptions): Promise<Outcome> {
    return await runDeployment(options, async (deployment) => {
        const read = deployment
            .targetedOf(deployment.resources.values())
            .filter((each) => each.pendingReplacement !== true && !isDefaultProvider(each));
        const missing = missingTargets(deployment);
        if (missing !== undefined) {
            throw new StackError(missing);
        }
        await Promise.all(read.map((resource) => refreshStep(deployment, resource)));
        forgetDeletedDependencies(deployment);
    });
}

/**
 * Removes every reference to a resource that the refresh has found deleted: Pulumi would not import a state with such a
 * reference.
 */
function forgetDeletedDependencies(deployment: Deployment): void {
    const existing = new Set([
        ...deployment.resources.keys(),
        ...deployment.options.pendingDeletes.map(({ urn }) => urn),
    ]);
    const kept = (urns: string[]): string[] => urns.filter((urn) => existing.has(urn));
    for (const resource of deployment.resources.values()) {
        const named = [...dependenciesOf(resource), ...(resource.replaceWith ?? [])];
        if (kept(named).length === named.length) {
            continue;
        }
        const { parent, deletedWith, dependencies, propertyDependencies, replaceWith, ...rest } = resource;
        recordState(deployment, {
            ...rest,
            ...defined({
                parent: parent !== undefined && existing.has(parent) ? parent : undefined,
                deletedWith: deletedWith !== undefined && existing.has(deletedWith) ? deletedWith : undefined,
                dependencies: dependencies && kept(dependencies),
                propertyDependencies:
                    propertyDependencies &&
                    Object.fromEntries(Object.entries(propertyDependencies).map(([key, urns]) => [key, kept(urns)])),
                replaceWith: replaceWith && kept(replaceWith),
            }),
        });
    }
}

/** Runs an operation that needs no program, and turns its error into a failed outcome. */
async function runDeployment(
    options: DeploymentOptions,
    work: (deployment: Deployment) => Promise<void>,
): Promise<Outcome> {
    const callbacks = new Callbacks();
    const hooks = new RegisteredHooks(callbacks, options.dryRun, () => undefined);
    const deployment = new Deployment({ ...options, hooks });
    try {
        await deployment.cancellable(() => work(deployment));
    } catch (error) {
        if (!(error instanceof Stopped)) {
            deployment.fail(messageOf(error));
        }
    } finally {
        callbacks.close();
    }
    return {
        result: deployment.failed || deployment.refused ? "failed" : "succeeded",
        changes: deployment.changes,
        diagnostics: deployment.diagnostics,
    };
}
