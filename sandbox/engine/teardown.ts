import { deleteAll } from "./delete";
import { Deployment, Stopped, type DeploymentOptions } from "./deployment";
import { Hooks } from "./hooks";
import { Callbacks } from "./callbacks";
import { isDefaultProvider } from "./default-provider";
import { refreshStep } from "./read";
import type { StackResult } from "./stack-types";
import { dependenciesOf, type ResourceState } from "./state";

type Outcome = Omit<StackResult, "outputs">;

/** Deletes all of a stack's resources. */
export async function destroyAll(options: DeploymentOptions): Promise<Outcome> {
    return await guarded(options, async (deployment) => {
        const doomed = destroyed(deployment);
        refuseHooks(doomed);
        await deleteAll(deployment, doomed);
    });
}

/** What a destroy deletes. Throws where something else would lose what it depends on. */
export function destroyed(deployment: Deployment): ResourceState[] {
    const { condemned, targets } = deployment.options;
    const all = [...deployment.resources.values(), ...condemned];
    const doomed = deployment.targetedOf(all);
    targets?.refuseUnknown();
    refuseDependents(all, new Set(doomed));
    return doomed;
}

/** What stays must not lose what it depends on. */
function refuseDependents(all: ResourceState[], doomed: ReadonlySet<ResourceState>): void {
    const going = new Set([...doomed].map(({ urn }) => urn));
    for (const resource of all) {
        const lost = doomed.has(resource) ? undefined : dependenciesOf(resource).find((urn) => going.has(urn));
        if (lost !== undefined)
            throw new Error(`resource ${resource.urn} depends on ${lost} and is no target; give it as a target too`);
    }
}

/** Nobody runs the program, so that nobody could answer its delete hooks: refused before anything is deleted. */
function refuseHooks(doomed: ResourceState[]): void {
    const hooked = doomed.filter(({ resourceHooks: hooks }) => hooks?.["beforeDelete"] ?? hooks?.["afterDelete"]);
    if (hooked.length === 0) return;
    throw new Error(
        `${hooked.map(({ urn }) => urn).join(", ")} has delete hooks, which need the program to run; destroy it with --run-program, or runProgram in code`,
    );
}

/** Reads all of a stack's resources anew. */
export async function refreshAll(options: DeploymentOptions): Promise<Outcome> {
    return await guarded(options, async (deployment) => {
        const read = deployment.targetedOf(deployment.resources.values()).filter((each) => !isDefaultProvider(each));
        options.targets?.refuseUnknown();
        await Promise.all(read.map((resource) => refreshStep(deployment, resource)));
    });
}

async function guarded(options: DeploymentOptions, work: (deployment: Deployment) => Promise<void>): Promise<Outcome> {
    const callbacks = new Callbacks();
    const hooks = new Hooks(callbacks, options.dryRun, () => undefined);
    const deployment = new Deployment({ ...options, hooks });
    try {
        await deployment.cancellable(() => work(deployment));
    } catch (error) {
        if (!(error instanceof Stopped)) deployment.fail(error instanceof Error ? error.message : String(error));
    } finally {
        callbacks.close();
    }
    return {
        result: deployment.failed ? "failed" : "succeeded",
        changes: deployment.changes,
        diagnostics: deployment.diagnostics,
    };
}
