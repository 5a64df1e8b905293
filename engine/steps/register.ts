import { defined } from "../../common";
import { StackError } from "../errors";
import type { Diff } from "../provider";
import type { ResourceState } from "../state";
import {
    hasUnknown,
    inputsForCheck,
    keepPaths,
    makeUrn,
    markSecretProperties,
    plain,
    type Properties,
    same,
} from "../values";
import { describeFailure } from "./check-failures";
import { registerComponent } from "./component";
import { type ChangePlan, createStep, toProvider, updateStep } from "./create-and-update";
import { defaultProvider } from "./default-provider";
import type { Deployment } from "./deployment";
import { desiredFields, type DesiredState } from "./desired-state";
import { type Plan, type RegisteredResource, toRegistered, withReplaceOnChanges } from "./plan";
import { importResource } from "./read";
import { recreate, replace } from "./replace";
import { isInScope, leaveOutOfScope, leaveUnchanged, refuseDependencyOutOfScope } from "./scope";

/**
 * Brings one resource to its desired state: decides whether it is created, updated, replaced or left as it is, and does
 * it. Throws an error for the user if it cannot.
 */
export async function register(
    deployment: Deployment,
    desired: DesiredState,
    programDirectory: string,
): Promise<RegisteredResource> {
    const { options } = deployment;
    const urn = makeUrn(options.stack, options.project, desired.parent, desired.type, desired.name);
    deployment.begin(urn, desired);
    const former = deployment.aliases.adopt(deployment, desired, urn);
    if (options.operation === "destroy") {
        return registerForDestroy(deployment, urn, former);
    }
    if (!isInScope(deployment, desired, urn)) {
        return await leaveOutOfScope(deployment, desired, urn, former);
    }
    if (!desired.custom) {
        refuseDependencyOutOfScope(deployment, { ...desiredFields(desired, urn), inputs: {}, outputs: {} });
        return await registerComponent(deployment, desired, urn, former);
    }
    if (deployment.refuses(urn, desired)) {
        return { urn, outputs: {}, unknown: true };
    }
    const provider = desired.provider !== "" ? desired.provider : defaultProvider(deployment, desired);
    refuseDependencyOutOfScope(deployment, { ...desiredFields(desired, urn), provider, inputs: {}, outputs: {} });
    return await registerCustom(deployment, { desired, urn, provider }, former, programDirectory);
}

async function registerCustom(
    deployment: Deployment,
    known: Omit<Plan, "inputs" | "old">,
    former: ResourceState | undefined,
    programDirectory: string,
): Promise<RegisteredResource> {
    const { desired, urn } = known;
    const provider = deployment.provider(desired.type);
    const subject = deployment.subject(urn, known.provider);
    const given = inputsForCheck(withVersion(desired), programDirectory);
    const check = async (old?: ResourceState): Promise<Properties> => {
        const news = old === undefined ? given : keepPaths(given, old.inputs, desired.ignoreChanges);
        const olds = toProvider(desired.type, old?.inputs ?? {});
        const { inputs, failures } = await provider.check(subject, olds, toProvider(desired.type, news));
        if (failures.length > 0) {
            throw new StackError(failures.map((failure) => describeFailure(desired, news, failure)).join("\n"));
        }
        return markSecretProperties(inputs, news);
    };
    const cleared = deployment.resourceProgress.takeCleared(urn);
    if (cleared !== undefined) {
        return await recreate(deployment, { ...known, old: cleared, inputs: await check() });
    }
    const old = mustImport(desired, former)
        ? await importResource(deployment, { ...known, ...defined({ old: former }) }, desired.importId)
        : former;
    if (old === undefined) {
        return await createStep(deployment, { ...known, inputs: await check() });
    }
    if (old.external === true) {
        return await createStep(deployment, { ...known, inputs: await check() }, { replaced: old, deleteLater: true });
    }
    const plan = { ...known, old, inputs: await check(old) };
    const diff = old === former ? await compare(deployment, plan) : await compareByProvider(deployment, plan);
    // While the provider compared, the resource may have been deleted because a dependency of it is replaced.
    const clearedMeanwhile = deployment.resourceProgress.takeCleared(urn);
    if (clearedMeanwhile !== undefined) {
        return await recreate(deployment, { ...plan, old: clearedMeanwhile });
    }
    if (old.pendingReplacement === true || diff.detailed.some(({ replaces }) => replaces)) {
        return await replace(deployment, plan, diff, () => check());
    }
    if (diff.detailed.length > 0 || (old.initErrors ?? []).length > 0) {
        return await updateStep(deployment, plan, diff);
    }
    // A resource that this run has just imported needs no step.
    return old === former ? await keepUnchanged(deployment, plan, old) : toRegistered(old);
}

/** Whether this run imports a resource. It does not if the resource was imported by this id before. */
function mustImport({ importId }: DesiredState, former: ResourceState | undefined): boolean {
    if (importId === "") {
        return false;
    }
    // The provider may have given the resource another id than the one by which it was imported.
    return former === undefined || former.external === true || (former.importID ?? former.id) !== importId;
}

/** The inputs of a provider resource hold its version, which tells Pulumi which plugin to run. */
function withVersion({ type, version, inputs }: DesiredState): Properties {
    return type.startsWith("pulumi:providers:") && version !== "" ? { ...inputs, version, __internal: {} } : inputs;
}

/** How a resource that exists differs from its desired state, by the options of the program and by its provider. */
async function compare(deployment: Deployment, plan: ChangePlan): Promise<Diff> {
    const { desired, old } = plan;
    // If an option forces a replacement, Pulumi does not ask the provider, which might want to delete first.
    const replacedBy = (path: string): Diff => ({
        detailed: [{ path, kind: "update", replaces: true }],
        deleteBeforeReplace: desired.deleteBeforeReplace ?? false,
    });
    if (deployment.options.replaces?.matches(plan.urn) === true || old.taint === true) {
        return replacedBy("id");
    }
    if (isTriggered(desired, old)) {
        return replacedBy("replacementTrigger");
    }
    if (desired.replaceWith.some((other) => deployment.resourceProgress.isReplaced(other))) {
        return replacedBy("replaceWith");
    }
    return await compareByProvider(deployment, plan);
}

/** How a resource differs by what its provider says. Nothing else replaces one that this run has just imported. */
async function compareByProvider(
    deployment: Deployment,
    { desired, urn, provider, old, inputs }: ChangePlan,
): Promise<Diff> {
    const before = {
        id: old.id ?? "",
        inputs: toProvider(desired.type, old.inputs),
        outputs: toProvider(desired.type, old.outputs),
    };
    const diff = await deployment
        .provider(desired.type)
        .diff(deployment.subject(urn, provider), before, toProvider(desired.type, inputs));
    return {
        ...withReplaceOnChanges(diff, desired.replaceOnChanges),
        deleteBeforeReplace: desired.deleteBeforeReplace ?? diff.deleteBeforeReplace,
    };
}

/** Whether the replacement trigger has another value than before, secret or not, or a value that is not known yet. */
function isTriggered(
    { replacementTrigger: now }: DesiredState,
    { replacementTrigger: before }: ResourceState,
): boolean {
    if (now !== undefined && hasUnknown(now)) {
        return true;
    }
    return now !== undefined && before !== undefined && !same(plain(before), plain(now));
}

async function keepUnchanged(deployment: Deployment, plan: Plan, old: ResourceState): Promise<RegisteredResource> {
    const { id, outputs, created, modified } = old;
    const state: ResourceState = {
        ...desiredFields(plan.desired, plan.urn),
        ...(plan.provider !== "" && { provider: plan.provider }),
        ...defined({ id }),
        inputs: plan.inputs,
        outputs,
        ...defined({ created, modified }),
    };
    await leaveUnchanged(deployment, old, state);
    return toRegistered(state);
}

/** Registers a resource while the whole stack is destroyed: with its old state, or as one that does not exist. */
function registerForDestroy(deployment: Deployment, urn: string, old: ResourceState | undefined): RegisteredResource {
    if (old === undefined) {
        deployment.resourceProgress.skip(urn);
        return { urn, outputs: {}, unknown: true };
    }
    deployment.resourceProgress.register(old);
    return toRegistered(old);
}
