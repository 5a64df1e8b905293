import { StackError } from "../errors";
import type { Diff } from "../provider";
import { dependenciesOf, inDependencyOrder, type ResourceState } from "../state";
import {
    hideSecrets,
    isObject,
    mapMembers,
    packageOf,
    plainProperties,
    type Properties,
    shown,
    UNKNOWN,
    type Value,
} from "../values";
import { deleteStep } from "./delete";
import type { Deployment } from "./deployment";
import { type Registered, wanted, withReplaceOnChanges } from "./plan";
import { stepOf } from "./step-event";
import { type ChangePlan, createStep } from "./steps";

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
    const { old, urn, goal } = plan;
    if (old.protect === true && goal.protect === true) {
        refuse(deployment, urn, protectedText(urn));
    }
    if (goal.importId !== "") {
        refuseImported(deployment, plan, diff);
    }
    deployment.resourceProgress.replace(urn);
    // A replacement is checked as a new resource is: it gets a name of its own.
    const inputs = await fresh();
    const again = { ...plan, inputs };
    if (!diff.deleteBeforeReplace) {
        return await createStep(deployment, again, { replaced: old, condemn: true, diff });
    }
    const dependents = await replacedWith(deployment, old);
    for (const dependent of dependents) {
        if (dependent.protect === true) {
            throw new StackError(protectedText(dependent.urn, urn));
        }
        deployment.resourceProgress.delete(dependent.urn);
    }
    deployment.resourceProgress.delete(urn);
    for (const dependent of dependents.reverse()) {
        await deleteStep(deployment, dependent, true);
        deployment.resourceProgress.clear(dependent);
    }
    // What was deleted already, by an update that was interrupted, is not deleted again.
    if (old.pendingReplacement !== true) {
        await deleteStep(deployment, old, true);
    }
    return await recreate(deployment, again, diff);
}

/** Makes a resource whose predecessor is deleted already. */
export async function recreate(deployment: Deployment, plan: ChangePlan, diff?: Diff): Promise<Registered> {
    const { old, urn, goal, inputs } = plan;
    const step = stepOf("replace", urn, old.id, diff && shown(diff.detailed, goal.hideDiffs));
    const states = { old, new: { ...wanted(old), inputs } };
    deployment.tell("start", step, states);
    deployment.tell("done", step, states);
    deployment.count("replace");
    return await createStep(deployment, plan, { replaced: old, ...(diff && { diff }) });
}

/** In Pulumi's words. */
function protectedText(urn: string, root = urn): string {
    const why = root === urn ? "" : ` as part of replacing "${root}"`;
    return `unable to replace resource "${urn}"${why}\nas it is currently marked for protection. To unprotect the resource, remove the \`protect\` option from it in the program and run an update`;
}

/** A preview goes on, so that all there is to say is said, and fails. */
function refuse(deployment: Deployment, urn: string, message: string): void {
    if (!deployment.options.dryRun) {
        throw new StackError(message);
    }
    deployment.report("error", message, urn);
    deployment.flawed = true;
}

/** In Pulumi's words. */
function refuseImported(deployment: Deployment, { urn }: ChangePlan, { detailed }: Diff): void {
    const paths = detailed
        .filter(({ replaces }) => replaces)
        .map(({ path, before, after }) => `${path}: ${told(before)} => ${told(after)}`);
    const message = `previously-imported resources that still specify an ID may not be replaced; please remove the \`import\` declaration of ${urn} from your program, or give it the inputs that the resource has;\n${paths.join("\n")}`;
    if (!deployment.options.dryRun) {
        throw new StackError(message);
    }
    deployment.report("warning", message, urn);
}

function told(value: unknown): string {
    return JSON.stringify(hideSecrets((value ?? null) as Value));
}

/**
 * What must be replaced together with a resource that is deleted first: of all that depends on it, what would be
 * replaced were those of its properties unknown that come from it, in the order of dependency; then what is bound to it
 * by `replaceWith`.
 */
async function replacedWith(deployment: Deployment, root: ResourceState): Promise<ResourceState[]> {
    const replaced = new Set([root.urn]);
    const open = inDependencyOrder(deployment.resources).filter(
        ({ urn, custom, external }) =>
            custom &&
            external !== true &&
            urn !== root.urn &&
            !deployment.resourceProgress.isRegistered(urn) &&
            !deployment.resourceProgress.isCleared(urn),
    );
    const found: ResourceState[] = [];
    for (const resource of open) {
        if (!dependenciesOf(resource).some((urn) => replaced.has(urn))) {
            continue;
        }
        if (!(await mustBeReplaced(deployment, resource, replaced))) {
            continue;
        }
        replaced.add(resource.urn);
        found.push(resource);
    }
    const bound = open.filter(({ urn, replaceWith }) => !replaced.has(urn) && replaceWith?.includes(root.urn) === true);
    return [...found, ...bound];
}

async function mustBeReplaced(
    deployment: Deployment,
    resource: ResourceState,
    replaced: ReadonlySet<string>,
): Promise<boolean> {
    if (
        resource.provider !== undefined &&
        replaced.has(resource.provider.slice(0, resource.provider.lastIndexOf("::")))
    ) {
        return true;
    }
    const properties = Object.entries(resource.propertyDependencies ?? {})
        .filter(([, urns]) => urns.some((urn) => replaced.has(urn)))
        .map(([property]) => property);
    if (properties.length === 0 || packageOf(resource.type) === "pulumi") {
        return false;
    }
    const inputs = plainProperties(resource.inputs);
    const news = mapMembers(inputs, (value, key) => (properties.includes(key) ? UNKNOWN : value));
    if (!isObject(news)) {
        return false;
    }
    const diff = await deployment
        .provider(resource.type)
        .diff(
            deployment.subject(resource.urn, resource.provider),
            { id: resource.id ?? "", inputs, outputs: plainProperties(resource.outputs) },
            news,
        );
    return withReplaceOnChanges(diff, resource.replaceOnChanges ?? []).detailed.some((entry) => entry.replaces);
}
