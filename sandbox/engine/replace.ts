import { wanted } from "./blind";
import { packageOf, stepOf, type Deployment } from "./deployment";
import { deleteStep } from "./delete";
import { shown } from "./differences";
import type { Diff } from "./provider/types";
import type { Registered } from "./register";
import { dependenciesOf, inDependencyOrder, type ResourceState } from "./state";
import { createStep, type ChangePlan } from "./steps";
import { isObject, mapMembers, plainProperties, UNKNOWN, type Properties } from "./values";

/**
 * Replaces a resource: the new one first, the old one when the program has ended; or, where both cannot exist at once,
 * the old one first, and before it all that would have to be replaced with it.
 */
export async function replace(
    deployment: Deployment,
    plan: ChangePlan,
    diff: Diff,
    fresh: () => Promise<Properties>,
): Promise<Registered> {
    const { old, urn } = plan;
    refuseProtected(old);
    deployment.replaced.add(urn);
    // A replacement is checked as a new resource is: it gets a name of its own.
    const inputs = await fresh();
    const again = { ...plan, inputs };
    if (!diff.deleteBeforeReplace) {
        return await createStep(deployment, again, { replaced: old, condemn: true, diff });
    }
    const dependents = await replacedWith(deployment, old);
    dependents.forEach(refuseProtected);
    for (const dependent of dependents.reverse()) {
        await deleteStep(deployment, dependent, new Set(), true);
        deployment.cleared.set(dependent.urn, dependent);
        deployment.replaced.add(dependent.urn);
    }
    const step = stepOf("replace", urn, old.id, shown(diff.detailed, plan.goal.hideDiffs));
    const states = { old, new: { ...wanted(old), inputs } };
    deployment.tell("start", step, states);
    await deleteStep(deployment, old, new Set(), true);
    deployment.tell("done", step, states);
    return await createStep(deployment, again, { replaced: old, diff });
}

function refuseProtected(resource: ResourceState): void {
    if (resource.protect === true) {
        throw new Error(
            `unable to replace resource "${resource.urn}" as it is currently marked for protection; remove the protect option from it in the program and run an update first`,
        );
    }
}

/**
 * What must be replaced together with a resource that is deleted first: of all that depends on it, what would be
 * replaced were those of its properties unknown that come from it. In the order of dependency.
 */
async function replacedWith(deployment: Deployment, root: ResourceState): Promise<ResourceState[]> {
    const replaced = new Set([root.urn]);
    const found: ResourceState[] = [];
    for (const resource of inDependencyOrder(deployment.resources)) {
        if (replaced.has(resource.urn) || !resource.custom || deployment.seen.has(resource.urn)) continue;
        const bound = resource.replaceWith?.some((urn) => replaced.has(urn)) === true;
        if (!bound && !dependenciesOf(resource).some((urn) => replaced.has(urn))) continue;
        if (!bound && !(await mustBeReplaced(deployment, resource, replaced))) continue;
        replaced.add(resource.urn);
        found.push(resource);
    }
    return found;
}

async function mustBeReplaced(
    deployment: Deployment,
    resource: ResourceState,
    replaced: ReadonlySet<string>,
): Promise<boolean> {
    if (
        resource.provider !== undefined &&
        replaced.has(resource.provider.slice(0, resource.provider.lastIndexOf("::")))
    )
        return true;
    const properties = Object.entries(resource.propertyDependencies ?? {})
        .filter(([, urns]) => urns.some((urn) => replaced.has(urn)))
        .map(([property]) => property);
    if (properties.length === 0 || packageOf(resource.type) === "pulumi") return false;
    const inputs = plainProperties(resource.inputs);
    const news = mapMembers(inputs, (value, key) => (properties.includes(key) ? UNKNOWN : value));
    if (!isObject(news)) return false;
    const diff = await deployment
        .provider(resource.type)
        .diff(
            deployment.subject(resource.urn, resource.provider),
            { id: resource.id ?? "", inputs, outputs: plainProperties(resource.outputs) },
            news,
        );
    return diff.detailed.some((entry) => entry.replaces);
}
