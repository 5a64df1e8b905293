import { deleteAll } from "./delete";
import { Deployment, type DeploymentOptions } from "./deployment";
import { Hooks } from "./hooks";
import { Callbacks } from "./callbacks";
import { refreshStep } from "./read";
import type { StackResult } from "./stack-types";

type Outcome = Omit<StackResult, "outputs">;

/** Deletes all of a stack's resources. */
export async function destroyAll(options: DeploymentOptions): Promise<Outcome> {
    return await guarded(options, async (deployment) => {
        const doomed = [...deployment.resources.values(), ...options.condemned].filter(({ urn }) =>
            deployment.targeted(urn),
        );
        await deleteAll(deployment, doomed);
    });
}

/** Reads all of a stack's resources anew. */
export async function refreshAll(options: DeploymentOptions): Promise<Outcome> {
    return await guarded(options, async (deployment) => {
        const read = [...deployment.resources.values()].filter(
            ({ urn, custom, type }) => custom && !type.startsWith("pulumi:") && deployment.targeted(urn),
        );
        await Promise.all(read.map((resource) => refreshStep(deployment, resource)));
    });
}

async function guarded(options: DeploymentOptions, work: (deployment: Deployment) => Promise<void>): Promise<Outcome> {
    // Without a program there is nobody to call: a resource with delete hooks says so when its turn comes.
    const callbacks = new Callbacks();
    const hooks = new Hooks(callbacks, options.dryRun, () => undefined);
    const deployment = new Deployment({ ...options, hooks });
    try {
        await work(deployment);
    } catch (error) {
        deployment.fail(error instanceof Error ? error.message : String(error));
    } finally {
        callbacks.close();
    }
    return {
        result: deployment.failed ? "failed" : "succeeded",
        changes: deployment.changes,
        diagnostics: deployment.diagnostics,
    };
}
