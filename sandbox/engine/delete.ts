import { isDefaultProvider } from "./default-provider";
import { stepOf, type Deployment } from "./deployment";
import { dependenciesOf, type ResourceState } from "./state";
import { STACK_TYPE } from "./urn";
import { plainProperties } from "./values";

/**
 * Deletes resources, each after all that depend on it, as many at a time as the run allows.
 * Refuses all of them, naming it, where one is protected.
 */
export async function deleteAll(deployment: Deployment, doomed: ResourceState[]): Promise<void> {
    const guarded = doomed.filter((resource) => resource.protect === true && resource.delete !== true);
    if (guarded.length > 0) {
        for (const { urn } of guarded) {
            deployment.report(
                "error",
                `Unable to delete resource "${urn}" as it is currently marked for protection. To unprotect the resource, remove the protect option from it in the program and run an update`,
                urn,
            );
        }
        deployment.stop();
        return;
    }
    const going = new Set(doomed);
    const byUrn = new Map<string, ResourceState[]>();
    for (const resource of doomed) byUrn.set(resource.urn, [...(byUrn.get(resource.urn) ?? []), resource]);
    const dependents = new Map<ResourceState, ResourceState[]>();
    for (const resource of doomed) {
        for (const dependency of new Set(dependenciesOf(resource).flatMap((urn) => byUrn.get(urn) ?? []))) {
            if (dependency !== resource) dependents.set(dependency, [...(dependents.get(dependency) ?? []), resource]);
        }
    }
    const done = new Map<ResourceState, Promise<void>>();
    const bury = (resource: ResourceState): Promise<void> => {
        let promise = done.get(resource);
        if (promise === undefined) {
            // Set before the recursion: two replaced generations of one URN must not wait for one another.
            let settle: (value: Promise<void>) => void = () => undefined;
            promise = new Promise<void>((resolve) => (settle = resolve));
            done.set(resource, promise);
            settle(
                (async () => {
                    await Promise.all((dependents.get(resource) ?? []).map(bury));
                    await deleteStep(deployment, resource, going);
                })(),
            );
        }
        return promise;
    };
    const outcomes = await Promise.allSettled(doomed.map(bury));
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}

/** Deletes one resource, or only forgets it where its options say so. */
export async function deleteStep(
    deployment: Deployment,
    resource: ResourceState,
    going: ReadonlySet<ResourceState> = new Set(),
    replacing = false,
): Promise<void> {
    const { journal, hooks, dryRun } = deployment.options;
    const { urn } = resource;
    const forget = (): void => {
        if (resource.delete === true) {
            journal.buried(resource);
            const { condemned } = deployment.options;
            condemned.splice(condemned.indexOf(resource), 1);
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
    const names = resource.resourceHooks ?? {};
    const subject = {
        urn,
        ...(resource.id !== undefined && { id: resource.id }),
        oldInputs: resource.inputs,
        oldOutputs: resource.outputs,
    };
    const operation = replacing || resource.delete === true ? "delete-replaced" : "delete";
    await deployment.step(
        stepOf(operation, urn, resource.id),
        { old: resource },
        async () => {
            const real =
                resource.custom &&
                resource.external !== true &&
                resource.retainOnDelete !== true &&
                !goesWithOther(resource, going);
            if (real) {
                await hooks?.run("beforeDelete", names["beforeDelete"] ?? [], subject);
                if (!dryRun) {
                    journal.begin("deleting", resource);
                    try {
                        await deployment.provider(resource.type).delete(deployment.subject(urn, resource.provider), {
                            id: resource.id ?? "",
                            inputs: plainProperties(resource.inputs),
                            outputs: plainProperties(resource.outputs),
                        });
                    } catch (error) {
                        journal.end(urn);
                        throw error;
                    }
                }
            }
            forget();
            if (real) await hooks?.run("afterDelete", names["afterDelete"] ?? [], subject);
        },
        operation === "delete" ? "delete" : null,
    );
}

/** `deletedWith`: the other resource takes this one along. */
function goesWithOther(resource: ResourceState, going: ReadonlySet<ResourceState>): boolean {
    return resource.deletedWith !== undefined && [...going].some(({ urn }) => urn === resource.deletedWith);
}

/** What the program did not register again, and what was replaced and still stands. */
export function abandoned(deployment: Deployment): ResourceState[] {
    const { condemned } = deployment.options;
    const gone = [...deployment.resources.values()].filter(
        ({ urn, type }) => !deployment.seen.has(urn) && type !== STACK_TYPE,
    );
    return deployment.targetedOf([...gone, ...condemned]);
}
