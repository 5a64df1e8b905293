import { StackError } from "../errors";
import { dependenciesOf, type ResourceState } from "../state";
import { STACK_TYPE } from "../values";
import { deleteAll, reportProtected } from "./delete";
import type { Deployment } from "./deployment";
import { stepOf } from "./step-event";

/**
 * The resources that are deleted when the program has ended: those that it did not register again, and those that were
 * replaced. Only targeted ones are among them.
 */
export async function resourcesToPrune(deployment: Deployment): Promise<ResourceState[]> {
    const unregistered = [...deployment.resources.values()].filter(
        ({ urn, type }) => !deployment.resourceProgress.isRegistered(urn) && type !== STACK_TYPE,
    );
    return await withinTargets(deployment, [...unregistered, ...deployment.options.pendingDeletes]);
}

/** An error message if a target, or a resource to replace, is neither in the state nor in the program. */
export function missingTargets({ options, resources, resourceProgress }: Deployment): string | undefined {
    const { targets, replaces } = options;
    const known = [resources, new Set(options.pendingDeletes.map(({ urn }) => urn)), resourceProgress];
    const missing = [...(targets?.missing(known) ?? []), ...(replaces?.missing(known) ?? [])];
    if (missing.length === 0) {
        return undefined;
    }
    return `no resource of the stack is ${missing.map((text) => `"${text}"`).join(", ")}; give a URN as the state lists it`;
}

/**
 * Deletes all targeted resources of a stack.
 *
 * @param refuse - whether nothing is deleted if one of them is protected, as after a preview
 */
export async function destroyStack(deployment: Deployment, refuse = true): Promise<void> {
    const missing = missingTargets(deployment);
    if (missing !== undefined) {
        throw new StackError(missing);
    }
    const { pendingDeletes } = deployment.options;
    const toDelete = await withinTargets(deployment, [...deployment.resources.values(), ...pendingDeletes]);
    if (refuse && reportProtected(deployment, toDelete)) {
        return;
    }
    await deleteAll(deployment, toDelete);
}

/**
 * Those of the resources that are targeted. Everything that depends on a deleted resource must be deleted too, and is
 * therefore refused, with Pulumi's message, if it is not targeted. The other resources are left as they are.
 */
async function withinTargets(deployment: Deployment, candidates: ResourceState[]): Promise<ResourceState[]> {
    const { targets, pendingDeletes } = deployment.options;
    if (targets === undefined) {
        return candidates;
    }
    const all = [...deployment.resources.values(), ...pendingDeletes];
    const named = new Set(deployment.targetedOf(all).map(({ urn }) => urn));
    const allowed = withDependents(all, named);
    const toDelete = candidates.filter(({ urn }) => allowed.has(urn));
    const unnamed = toDelete.filter(({ urn }) => !named.has(urn));
    for (const { urn } of unnamed) {
        deployment.report(
            "error",
            `Resource '${urn}' will be destroyed but was not specified in --target list.\nGive it as a target as well to proceed.`,
            urn,
        );
    }
    if (unnamed.length > 0) {
        deployment.refused = true;
        if (!deployment.options.dryRun) {
            deployment.stop();
            return [];
        }
    }
    for (const resource of candidates) {
        if (allowed.has(resource.urn) || resource.delete === true) {
            continue;
        }
        await deployment.step(stepOf("same", resource.urn, resource.id), { old: resource, new: resource }, () =>
            Promise.resolve(resource),
        );
    }
    return toDelete;
}

/** The URNs of some resources, and of all resources that depend on them. */
function withDependents(all: ResourceState[], named: ReadonlySet<string>): Set<string> {
    const dependents = new Map<string, string[]>();
    for (const resource of all) {
        for (const urn of dependenciesOf(resource)) {
            const known = dependents.get(urn);
            if (known === undefined) {
                dependents.set(urn, [resource.urn]);
            } else {
                // The root has thousands of children, so that a copy for each of them would be too much.
                known.push(resource.urn);
            }
        }
    }
    const found = new Set(named);
    for (const urn of found) {
        for (const dependent of dependents.get(urn) ?? []) {
            found.add(dependent);
        }
    }
    return found;
}
