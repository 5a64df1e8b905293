import { StackError, UnsupportedError } from "../errors";
import type { Diff } from "../provider";
import { dependenciesOf, type ResourceState } from "../state";
import {
    hasUnknown,
    inputsForCheck,
    keepPaths,
    makeUrn,
    markSecretProperties,
    plain,
    type Properties,
    same,
    STACK_TYPE,
} from "../values";
import { problem } from "./check-failures";
import { registerComponent } from "./component";
import { defaultProvider } from "./default-provider";
import type { Deployment } from "./deployment";
import { type Goal, standing } from "./desired";
import { keep, type Plan, registered, type Registered, wanted, withReplaceOnChanges } from "./plan";
import { importResource } from "./read";
import { recreate, replace } from "./replace";
import { stepOf } from "./step-event";
import { createStep, toProvider, updateStep } from "./steps";

/**
 * Brings one resource to what the program wants: decides between create, update, replace and leaving it, and does it.
 * Throws what the user is to read where it cannot.
 */
export async function register(deployment: Deployment, goal: Goal, programDirectory: string): Promise<Registered> {
    const { options } = deployment;
    const urn = makeUrn(options.stack, options.project, goal.parent, goal.type, goal.name);
    deployment.begin(urn, goal);
    if (goal.remote) {
        throw new UnsupportedError(
            `${goal.type} is a component of another package's plugin, which the sandbox's engine does not run`,
            { fix: "use the Pulumi CLI" },
        );
    }
    const former = deployment.aliases.adopt(deployment, goal, urn);
    if (options.operation === "destroy") {
        return untouched(deployment, urn, former);
    }
    if (!included(deployment, goal, urn)) {
        return await outside(deployment, goal, urn, former);
    }
    if (!goal.custom) {
        refuseSkipped(deployment, { ...standing(goal, urn), inputs: {}, outputs: {} });
        return await registerComponent(deployment, goal, urn, former);
    }
    const provider = goal.provider !== "" ? goal.provider : defaultProvider(deployment, goal);
    refuseSkipped(deployment, { ...standing(goal, urn), provider, inputs: {}, outputs: {} });
    return await registerCustom(deployment, { goal, urn, provider }, former, programDirectory);
}

async function registerCustom(
    deployment: Deployment,
    known: Omit<Plan, "inputs" | "old">,
    former: ResourceState | undefined,
    programDirectory: string,
): Promise<Registered> {
    const { goal, urn } = known;
    const provider = deployment.provider(goal.type);
    const subject = deployment.subject(urn, known.provider);
    const given = inputsForCheck(withVersion(goal), programDirectory);
    const check = async (old?: ResourceState): Promise<Properties> => {
        const wanted = old === undefined ? given : keepPaths(given, old.inputs, goal.ignoreChanges);
        const olds = toProvider(goal.type, old?.inputs ?? {});
        const { inputs, failures } = await provider.check(subject, olds, toProvider(goal.type, wanted));
        if (failures.length > 0) {
            throw new StackError(failures.map((failure) => problem(goal, wanted, failure)).join("\n"));
        }
        return markSecretProperties(inputs, wanted);
    };
    const cleared = deployment.resourceProgress.takeCleared(urn);
    if (cleared !== undefined) {
        return await recreate(deployment, { ...known, old: cleared, inputs: await check() });
    }
    let old = former;
    if (
        goal.importId !== "" &&
        (former === undefined || former.external === true || importedAs(former) !== goal.importId)
    ) {
        old = await importResource(deployment, { ...known, ...(former && { old: former }) }, goal.importId);
    }
    if (old === undefined) {
        return await createStep(deployment, { ...known, inputs: await check() });
    }
    if (old.external === true) {
        return await createStep(deployment, { ...known, inputs: await check() }, { replaced: old, condemn: true });
    }
    const plan = { ...known, old, inputs: await check(old) };
    const diff = await decide(deployment, plan);
    // It was deleted meanwhile, because something that it depends on had to be.
    const meanwhile = deployment.resourceProgress.takeCleared(urn);
    if (meanwhile !== undefined) {
        return await recreate(deployment, { ...plan, old: meanwhile });
    }
    if (old.pendingReplacement === true || diff.detailed.some(({ replaces }) => replaces)) {
        return await replace(deployment, plan, diff, () => check());
    }
    if (diff.detailed.length > 0 || (old.initErrors ?? []).length > 0) {
        return await updateStep(deployment, plan, diff);
    }
    // What was imported a moment ago is as it was read.
    return old === former ? await unchanged(deployment, plan, old) : registered(old);
}

/** The id by which a resource was imported, which its provider may have changed. */
function importedAs({ importID, id }: ResourceState): string | undefined {
    return importID ?? id;
}

/** The inputs of a provider say its version, which tells Pulumi what to run. */
function withVersion({ type, version, inputs }: Goal): Properties {
    return type.startsWith("pulumi:providers:") && version !== "" ? { ...inputs, version, __internal: {} } : inputs;
}

/** What is to be done about a resource that exists: the provider's word, and that of the program's options. */
async function decide(deployment: Deployment, plan: Plan & { old: ResourceState }): Promise<Diff> {
    const { goal, old, inputs } = plan;
    const byOptions = (path: string): Diff => ({
        detailed: [{ path, kind: "update", replaces: true }],
        deleteBeforeReplace: goal.deleteBeforeReplace ?? false,
    });
    // Then Pulumi does not ask the provider, who might have wanted to delete first.
    if (deployment.options.replaces?.matches(plan.urn) === true || old.taint === true) {
        return byOptions("id");
    }
    if (triggered(goal, old)) {
        return byOptions("replacementTrigger");
    }
    if (goal.replaceWith.some((other) => deployment.resourceProgress.isReplaced(other))) {
        return byOptions("replaceWith");
    }
    const known = {
        id: old.id ?? "",
        inputs: toProvider(goal.type, old.inputs),
        outputs: toProvider(goal.type, old.outputs),
    };
    const diff = await deployment
        .provider(goal.type)
        .diff(deployment.subject(plan.urn, plan.provider), known, toProvider(goal.type, inputs));
    return {
        ...withReplaceOnChanges(diff, goal.replaceOnChanges),
        deleteBeforeReplace: goal.deleteBeforeReplace ?? diff.deleteBeforeReplace,
    };
}

/** A trigger replaces when it has another value, secret or not, and whenever it is unknown. */
function triggered({ replacementTrigger: now }: Goal, { replacementTrigger: before }: ResourceState): boolean {
    if (now !== undefined && hasUnknown(now)) {
        return true;
    }
    return now !== undefined && before !== undefined && !same(plain(before), plain(now));
}

async function unchanged(deployment: Deployment, plan: Plan, old: ResourceState): Promise<Registered> {
    const { id, outputs, created, modified } = old;
    const state: ResourceState = {
        ...standing(plan.goal, plan.urn),
        ...(plan.provider !== "" && { provider: plan.provider }),
        ...(id !== undefined && { id }),
        inputs: plan.inputs,
        outputs,
        ...(created !== undefined && { created }),
        ...(modified !== undefined && { modified }),
    };
    await leave(deployment, old, state);
    return registered(state);
}

/** Whether a resource is among what the run is limited to: providers and the stack always are. */
function included(deployment: Deployment, goal: Goal, urn: string): boolean {
    const dependencies = dependenciesOf({ ...standing(goal, urn), provider: goal.provider, inputs: {}, outputs: {} });
    // Asked of all, also of what always is: what is in a component may be a target because it is.
    const targeted = deployment.targeted(urn, dependencies);
    return targeted || goal.type === STACK_TYPE || goal.type.startsWith("pulumi:providers:");
}

/** A resource outside the targets: as it was, or not at all yet. */
async function outside(
    deployment: Deployment,
    goal: Goal,
    urn: string,
    old: ResourceState | undefined,
): Promise<Registered> {
    if (old !== undefined) {
        await leave(deployment, old, old);
        // The program says all the same what a component's outputs are.
        if (!goal.custom) {
            deployment.resourceProgress.expectOutputs(urn, () => Promise.resolve());
        }
        return registered(old);
    }
    deployment.resourceProgress.skip(urn);
    const state = { ...standing(goal, urn), inputs: goal.inputs, outputs: {} };
    await deployment.step(stepOf("same", urn), { old: state, new: wanted(state) }, () => Promise.resolve());
    return { urn, outputs: {}, unknown: true };
}

/** Leaves a resource as it is. */
async function leave(deployment: Deployment, old: ResourceState, state: ResourceState): Promise<void> {
    await deployment.step(stepOf("same", state.urn, old.id), { old, new: wanted(state) }, () => {
        keep(deployment, state);
        return Promise.resolve(state);
    });
}

/** What depends on what the targets leave out cannot be made. In Pulumi's words. */
function refuseSkipped(deployment: Deployment, state: ResourceState): void {
    for (const urn of new Set(dependenciesOf(state))) {
        if (!deployment.resourceProgress.isSkipped(urn)) {
            continue;
        }
        const message = `Resource '${state.urn}' depends on '${urn}' which was was not specified in --target list.`;
        if (!deployment.options.dryRun) {
            throw new StackError(message);
        }
        deployment.report("error", message, state.urn);
        deployment.flawed = true;
        deployment.resourceProgress.withdraw(urn);
    }
}

/** A resource of a program that runs to be destroyed: as it was, or not at all. */
function untouched(deployment: Deployment, urn: string, old: ResourceState | undefined): Registered {
    if (old === undefined) {
        deployment.resourceProgress.skip(urn);
        return { urn, outputs: {}, unknown: true };
    }
    deployment.resourceProgress.register(old);
    return registered(old);
}
