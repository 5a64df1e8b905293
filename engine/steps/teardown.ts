import { Callbacks, hooksKept, RegisteredHooks } from "../callbacks";
import { StackError, Stopped } from "../errors";
import type { Outcome } from "../events";
import { dependenciesOf, type ResourceState } from "../state";
import { isDefaultProvider } from "./default-provider";
import { Deployment, type DeploymentOptions } from "./deployment";
import { keep } from "./plan";
import { destroy, unknownTargets } from "./prune";
import { refreshStep } from "./read";
import { messageOf } from "../../errors";

/**
 * Deletes all of a stack's resources.
 *
 * @param preview - whether nothing goes where one of them is protected, as after a preview; else the others go
 */
export async function destroyAll(options: DeploymentOptions, preview: boolean): Promise<Outcome> {
    return await guarded(options, async (deployment) => {
        const { condemned } = options;
        refuseHooks(deployment.targetedOf([...deployment.resources.values(), ...condemned]));
        await destroy(deployment, preview);
    });
}

/** Nobody runs the program, so that nobody could answer its delete hooks: refused before anything is deleted. */
function refuseHooks(doomed: ResourceState[]): void {
    const hooked = doomed.filter(({ resourceHooks }) => {
        const { beforeDelete, afterDelete } = hooksKept(resourceHooks);
        return beforeDelete.length + afterDelete.length > 0;
    });
    if (hooked.length === 0) {
        return;
    }
    throw new StackError(`${hooked.map(({ urn }) => urn).join(", ")} has delete hooks, which need the program to run`, {
        fix: "destroy it with --run-program, or runProgram in code",
    });
}

/** Reads all of a stack's resources anew. */
export async function refreshAll(options: DeploymentOptions): Promise<Outcome> {
    return await guarded(options, async (deployment) => {
        const read = deployment
            .targetedOf(deployment.resources.values())
            .filter((each) => each.pendingReplacement !== true && !isDefaultProvider(each));
        const unknown = unknownTargets(deployment);
        if (unknown !== undefined) {
            throw new StackError(unknown);
        }
        await Promise.all(read.map((resource) => refreshStep(deployment, resource)));
        forgetGone(deployment);
    });
}

/** Nothing is to name what a refresh has found gone: Pulumi would not import such a state. */
function forgetGone(deployment: Deployment): void {
    const there = new Set([...deployment.resources.keys(), ...deployment.options.condemned.map(({ urn }) => urn)]);
    const kept = (urns: string[]): string[] => urns.filter((urn) => there.has(urn));
    for (const resource of deployment.resources.values()) {
        const named = [...dependenciesOf(resource), ...(resource.replaceWith ?? [])];
        if (kept(named).length === named.length) {
            continue;
        }
        const { parent, deletedWith, dependencies, propertyDependencies, replaceWith, ...rest } = resource;
        keep(deployment, {
            ...rest,
            ...(parent !== undefined && there.has(parent) && { parent }),
            ...(deletedWith !== undefined && there.has(deletedWith) && { deletedWith }),
            ...(dependencies && { dependencies: kept(dependencies) }),
            ...(propertyDependencies && {
                propertyDependencies: Object.fromEntries(
                    Object.entries(propertyDependencies).map(([key, urns]) => [key, kept(urns)]),
                ),
            }),
            ...(replaceWith && { replaceWith: kept(replaceWith) }),
        });
    }
}

async function guarded(options: DeploymentOptions, work: (deployment: Deployment) => Promise<void>): Promise<Outcome> {
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
        result: deployment.failed || deployment.flawed ? "failed" : "succeeded",
        changes: deployment.changes,
        diagnostics: deployment.diagnostics,
    };
}
