import { StackError } from "../errors";
import { dependenciesOf, type ResourceState } from "../state";
import { STACK_TYPE } from "../values";
import { deleteAll, refuseProtected } from "./delete";
import type { Deployment } from "./deployment";
import { stepOf } from "./step-event";

/** What the program did not register again, and what was replaced and still stands, as far as the targets go. */
export async function abandoned(deployment: Deployment): Promise<ResourceState[]> {
    const gone = [...deployment.resources.values()].filter(
        ({ urn, type }) => !deployment.resourceProgress.isRegistered(urn) && type !== STACK_TYPE,
    );
    return await withinTargets(deployment, [...gone, ...deployment.options.condemned]);
}

/** What is wrong where a target, or what is to be replaced, is neither in the state nor in the program. */
export function unknownTargets({ options, resources, resourceProgress }: Deployment): string | undefined {
    const { targets, replaces } = options;
    const known = [resources, new Set(options.condemned.map(({ urn }) => urn)), resourceProgress];
    const unknown = [...(targets?.unknown(known) ?? []), ...(replaces?.unknown(known) ?? [])];
    if (unknown.length === 0) {
        return undefined;
    }
    return `no resource of the stack is ${unknown.map((text) => `"${text}"`).join(", ")}; give a URN as the state lists it`;
}

/** Deletes all of a stack, as far as the targets go; first of all it looks for what is protected, as a preview would. */
export async function destroy(deployment: Deployment, refuse = true): Promise<void> {
    const unknown = unknownTargets(deployment);
    if (unknown !== undefined) {
        throw new StackError(unknown);
    }
    const { condemned } = deployment.options;
    const doomed = await withinTargets(deployment, [...deployment.resources.values(), ...condemned]);
    if (refuse && refuseProtected(deployment, doomed)) {
        return;
    }
    await deleteAll(deployment, doomed);
}

/**
 * Of what would go, what the targets name. What depends on it would have to go as well, so that it must be named too: in
 * Pulumi's words. The rest is left as it is.
 */
async function withinTargets(deployment: Deployment, gone: ResourceState[]): Promise<ResourceState[]> {
    const { targets, condemned } = deployment.options;
    if (targets === undefined) {
        return gone;
    }
    const all = [...deployment.resources.values(), ...condemned];
    const named = new Set(deployment.targetedOf(all).map(({ urn }) => urn));
    const allowed = withDependents(all, named);
    const doomed = gone.filter(({ urn }) => allowed.has(urn));
    const unnamed = doomed.filter(({ urn }) => !named.has(urn));
    for (const { urn } of unnamed) {
        deployment.report(
            "error",
            `Resource '${urn}' will be destroyed but was not specified in --target list.\nGive it as a target as well to proceed.`,
            urn,
        );
    }
    if (unnamed.length > 0) {
        deployment.flawed = true;
        if (!deployment.options.dryRun) {
            deployment.stop();
            return [];
        }
    }
    for (const resource of gone) {
        if (allowed.has(resource.urn) || resource.delete === true) {
            continue;
        }
        await deployment.step(stepOf("same", resource.urn, resource.id), { old: resource, new: resource }, () =>
            Promise.resolve(resource),
        );
    }
    return doomed;
}

/** The URNs of what is named, and of all that depends on it. */
function withDependents(all: ResourceState[], named: ReadonlySet<string>): Set<string> {
    const dependents = new Map<string, string[]>();
    for (const resource of all) {
        for (const urn of dependenciesOf(resource)) {
            dependents.set(urn, [...(dependents.get(urn) ?? []), resource.urn]);
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
