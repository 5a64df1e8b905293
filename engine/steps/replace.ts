import { defined } from "../../common";
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
    providerUrnOf,
    UNKNOWN,
    type Value,
    visibleDifferences,
} from "../values";
import { type ChangePlan, createStep } from "./create-and-update";
import { deleteStep } from "./delete";
import type { Deployment } from "./deployment";
import { plannedState, type RegisteredResource, withReplaceOnChanges } from "./plan";
import { stepOf } from "./step-event";

/**
 * Replaces a resource. The new resource is created first, and the old one is deleted when the program has ended. If both
 * cannot exist at the same time, the old one is deleted first, and before it all resources that must be replaced with it.
 *
 * @param checkAsNew - checks the inputs as those of a new resource
 */
export async function replace(
    deployment: Deployment,
    plan: ChangePlan,
    diff: Diff,
    checkAsNew: () => Promise<Properties>,
): Promise<RegisteredResource> {
    const { old, urn, desired } = plan;
    if (old.protect === true && desired.protect === true) {
        refuseToReplace(deployment, urn);
    }
    if (desired.importId !== "") {
        refuseImported(deployment, plan, diff);
    }
    deployment.resourceProgress.replace(urn);
    // The new resource is checked without the old inputs, so that it gets an automatic name of its own.
    const replacement = { ...plan, inputs: await checkAsNew() };
    if (!diff.deleteBeforeReplace) {
        return await createStep(deployment, replacement, { replaced: old, deleteLater: true, diff });
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
    // An update that was interrupted may have deleted it already.
    if (old.pendingReplacement !== true) {
        await deleteStep(deployment, old, true);
    }
    return await recreate(deployment, replacement, diff);
}

/** Creates a resource whose predecessor is deleted already. */
export async function recreate(deployment: Deployment, plan: ChangePlan, diff?: Diff): Promise<RegisteredResource> {
    const { old, urn, desired, inputs } = plan;
    const step = stepOf("replace", urn, old.id, diff && visibleDifferences(diff.detailed, desired.hideDiffs));
    const states = { old, new: { ...plannedState(old), inputs } };
    deployment.emitStep("start", step, states);
    deployment.emitStep("done", step, states);
    deployment.count("replace");
    return await createStep(deployment, plan, { replaced: old, ...defined({ diff }) });
}

/** Says why a protected resource is not replaced. The words are Pulumi's. */
function protectedText(urn: string, root = urn): string {
    const why = root === urn ? "" : ` as part of replacing "${root}"`;
    return `unable to replace resource "${urn}"${why}\nas it is currently marked for protection. To unprotect the resource, remove the \`protect\` option from it in the program and run an update`;
}

/** Refuses to replace a protected resource. A preview goes on, so that it finds every such resource, and then fails. */
function refuseToReplace(deployment: Deployment, urn: string): void {
    const message = protectedText(urn);
    if (!deployment.options.dryRun) {
        throw new StackError(message);
    }
    deployment.report("error", message, urn);
    deployment.refused = true;
}

/** Refuses to replace a resource whose program still says `import`. The words are Pulumi's. */
function refuseImported(deployment: Deployment, { urn }: ChangePlan, { detailed }: Diff): void {
    const paths = detailed
        .filter(({ replaces }) => replaces)
        .map(({ path, before, after }) => `${path}: ${redactedJson(before)} => ${redactedJson(after)}`);
    const message = `previously-imported resources that still specify an ID may not be replaced; please remove the \`import\` declaration of ${urn} from your program, or give it the inputs that the resource has;\n${paths.join("\n")}`;
    if (!deployment.options.dryRun) {
        throw new StackError(message);
    }
    deployment.report("warning", message, urn);
}

function redactedJson(value: unknown): string {
    return JSON.stringify(hideSecrets((value ?? null) as Value));
}

/**
 * The resources that must be replaced together with a resource that is deleted first, in the order of their dependencies:
 * those of its dependents that would be replaced if the properties that come from it were unknown. Behind them come the
 * resources that name it in `replaceWith`.
 */
async function replacedWith(deployment: Deployment, root: ResourceState): Promise<ResourceState[]> {
    const replaced = new Set([root.urn]);
    const candidates = inDependencyOrder(deployment.resources).filter(
        ({ urn, custom, external }) =>
            custom &&
            external !== true &&
            urn !== root.urn &&
            !deployment.resourceProgress.isRegistered(urn) &&
            !deployment.resourceProgress.isCleared(urn),
    );
    const found: ResourceState[] = [];
    for (const resource of candidates) {
        if (!dependenciesOf(resource).some((urn) => replaced.has(urn))) {
            continue;
        }
        if (!(await mustBeReplaced(deployment, resource, replaced))) {
            continue;
        }
        replaced.add(resource.urn);
        found.push(resource);
    }
    const bound = candidates.filter(
        ({ urn, replaceWith }) => !replaced.has(urn) && replaceWith?.includes(root.urn) === true,
    );
    return [...found, ...bound];
}

async function mustBeReplaced(
    deployment: Deployment,
    resource: ResourceState,
    replaced: ReadonlySet<string>,
): Promise<boolean> {
    if (resource.provider !== undefined && replaced.has(providerUrnOf(resource.provider))) {
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
