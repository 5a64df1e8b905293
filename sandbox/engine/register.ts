import { wanted } from "./blind";
import { stepOf, type Deployment } from "./deployment";
import { same } from "./differences";
import { aliasUrns, standing, type Goal } from "./goal";
import { covers, keepPaths, parsePath } from "./paths";
import type { Diff, PropertyDiff } from "./provider/types";
import { importResource } from "./read";
import { replace } from "./replace";
import { inputsForCheck } from "./assets";
import { dependenciesOf, type ResourceState } from "./state";
import { makeUrn } from "./urn";
import { defaultProvider } from "./default-provider";
import { createStep, updateStep, type ChangePlan } from "./steps";
import { hideSecrets, markSecretProperties, plainProperties, type Properties, type Value } from "./values";

/** What the program is told of a resource that it registered. */
export interface Registered {
    urn: string;
    id?: string;
    outputs: Properties;
}

/** A resource on its way: what shall be, what was, and what the provider made of the inputs. */
export interface Plan {
    urn: string;
    goal: Goal;
    old?: ResourceState;
    /** `URN::ID` of the provider that does it. */
    provider: string;
    /** Checked, with secrets marked. */
    inputs: Properties;
}

/**
 * Brings one resource to what the program wants: decides between create, update, replace and leaving it, and does it.
 * Throws what the user is to read where it cannot.
 */
export async function register(deployment: Deployment, goal: Goal, programDirectory: string): Promise<Registered> {
    const { options } = deployment;
    const urn = makeUrn(options.stack, options.project, goal.parent, goal.type, goal.name);
    if (deployment.seen.has(urn)) throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    if (goal.remote) {
        throw new Error(
            `${goal.type} is a component of another package's plugin, which the sandbox's engine does not run; use the Pulumi CLI`,
        );
    }
    // Taken before anything is awaited, so that a second registration of the name is refused.
    deployment.seen.set(urn, { ...standing(goal, urn), inputs: {}, outputs: {} });
    const former = adopt(deployment, goal, urn);
    if (options.operation === "destroy") return untouched(deployment, { goal, urn }, former);
    const provider = goal.custom ? deployment.provider(goal.type) : undefined;
    const reference = goal.provider !== "" || !goal.custom ? goal.provider : defaultProvider(deployment, goal);
    const dependencies = dependenciesOf({ ...standing(goal, urn), provider: reference, inputs: {}, outputs: {} });
    // Asked of components too: what is in one may be a target because it is.
    const targeted = deployment.targeted(urn, dependencies);
    if (provider === undefined) return await component(deployment, goal, urn, former);

    const known = { goal, urn, provider: reference };
    if (!targeted) return untouched(deployment, known, former);

    const subject = deployment.subject(urn, reference);
    const given = inputsForCheck(withVersion(goal), programDirectory);
    let old = former;
    const check = async (olds: Properties): Promise<Properties> => {
        const wanted = old === undefined ? given : keepPaths(given, old.inputs, goal.ignoreChanges);
        const { inputs, failures } = await provider.check(subject, plainProperties(olds), plainProperties(wanted));
        if (failures.length > 0) {
            throw new Error(
                failures
                    .map(({ property, reason }) => `${goal.type} "${goal.name}": ${property}: ${reason}`)
                    .join("\n"),
            );
        }
        return markSecretProperties(inputs, wanted);
    };
    if (goal.importId !== "" && former?.id !== goal.importId)
        old = await importResource(deployment, { ...known, ...(former && { old: former }) }, goal.importId);
    const plan: Plan = { ...known, inputs: await check(old?.inputs ?? {}), ...(old !== undefined && { old }) };
    if (old === undefined || old.external === true) {
        const cleared = deployment.cleared.get(urn);
        return await createStep(deployment, plan, cleared === undefined ? {} : { replaced: cleared });
    }
    const diff = await decide(deployment, { ...plan, old });
    const replaces = diff.detailed.filter((entry) => entry.replaces);
    if (replaces.length > 0) {
        if (old !== former) refuseImported(plan, replaces);
        return await replace(deployment, { ...plan, old }, diff, () => check({}));
    }
    if (diff.detailed.length > 0) return await updateStep(deployment, { ...plan, old }, diff);
    // What was imported a moment ago is as it was read.
    return old === former ? await unchanged(deployment, plan, old) : registered(old);
}

/** The inputs of a provider say its version, which tells Pulumi what to run. */
function withVersion({ type, version, inputs }: Goal): Properties {
    return type.startsWith("pulumi:providers:") && version !== "" ? { ...inputs, version } : inputs;
}

/** In Pulumi's words. */
function refuseImported({ urn }: Plan, replaces: PropertyDiff[]): never {
    const paths = replaces.map(({ path, before, after }) => `${path}: ${told(before)} => ${told(after)}`).join("\n");
    throw new Error(
        `previously-imported resources that still specify an ID may not be replaced; please remove the \`import\` declaration of ${urn} from your program, or give it the inputs that the resource has;\n${paths}`,
    );
}

function told(value: unknown): string {
    return JSON.stringify(hideSecrets((value ?? null) as Value));
}

/** `replaceWith`: another resource is replaced, and this one with it. */
const REPLACED_WITH: Diff = {
    detailed: [{ path: "replaceWith", kind: "update", replaces: true }],
    deleteBeforeReplace: false,
};

/** `--replace` and `pulumi state taint`: another resource is wanted, whatever the inputs say. */
const ASKED_FOR: Diff = { detailed: [{ path: "id", kind: "update", replaces: true }], deleteBeforeReplace: false };

/** How what is wanted of a resource differs from what is. */
async function decide(deployment: Deployment, plan: ChangePlan): Promise<Diff> {
    const { goal, urn, old } = plan;
    const asked = deployment.options.replaces?.matches(urn) === true || old.taint === true;
    if (asked) return { ...ASKED_FOR, deleteBeforeReplace: goal.deleteBeforeReplace ?? false };
    if (goal.replaceWith.some((other) => deployment.replaced.has(other))) return REPLACED_WITH;
    return withOptions(await diffOf(deployment, plan, old), goal, old);
}

/** The resource's old state, under its own name or an alias; from then on under its own name. */
function adopt(deployment: Deployment, goal: Goal, urn: string): ResourceState | undefined {
    const { options, resources } = deployment;
    const parentAliases = deployment.seen.get(goal.parent)?.aliases ?? [];
    const aliases = aliasUrns(goal, urn, options.stack, options.project, parentAliases);
    const seen = deployment.seen.get(urn);
    const own = resources.get(urn);
    const former = aliases.find((alias) => resources.has(alias) && !deployment.seen.has(alias));
    if (seen !== undefined) seen.aliases = aliases;
    if (own !== undefined || former === undefined) return own;
    const old = resources.get(former);
    if (old === undefined) return undefined;
    const renamed = { ...old, urn };
    // The rename is written with the resource's next state; until then both names lead to it.
    options.journal.forget(former);
    options.journal.set(renamed);
    resources.delete(former);
    resources.set(urn, renamed);
    for (const other of resources.values()) renameDependency(other, former, urn);
    return renamed;
}

function renameDependency(resource: ResourceState, from: string, to: string): void {
    const change = (urns: string[]): string[] => urns.map((urn) => (urn === from ? to : urn));
    if (resource.parent === from) resource.parent = to;
    if (resource.deletedWith === from) resource.deletedWith = to;
    if (resource.dependencies !== undefined) resource.dependencies = change(resource.dependencies);
    for (const [key, urns] of Object.entries(resource.propertyDependencies ?? {})) {
        if (resource.propertyDependencies !== undefined) resource.propertyDependencies[key] = change(urns);
    }
}

async function component(
    deployment: Deployment,
    goal: Goal,
    urn: string,
    old: ResourceState | undefined,
): Promise<Registered> {
    const state: ResourceState = {
        ...standing(goal, urn),
        inputs: goal.inputs,
        outputs: old?.outputs ?? {},
    };
    const states = { ...(old && { old }), new: wanted(state) };
    await deployment.step(stepOf(old === undefined ? "create" : "same", urn), states, () => {
        keep(deployment, state);
        return Promise.resolve(state);
    });
    return { urn, outputs: {} };
}

/** Keeps a state in memory and in the journal. */
export function keep(deployment: Deployment, made: ResourceState, replaced?: ResourceState): void {
    const state = { ...made, ...aliasesOf(deployment, made.urn) };
    deployment.seen.set(state.urn, state);
    deployment.resources.set(state.urn, state);
    deployment.options.journal.set(state, replaced);
    if (replaced !== undefined) deployment.options.condemned.push({ ...replaced, delete: true });
}

function aliasesOf(deployment: Deployment, urn: string): { aliases?: string[] } {
    const aliases = deployment.seen.get(urn)?.aliases;
    return aliases === undefined || aliases.length === 0 ? {} : { aliases };
}

/** The provider's comparison of a plan with what is. */
async function diffOf(deployment: Deployment, plan: Plan, old: ResourceState): Promise<Diff> {
    const plainOld = { id: old.id ?? "", inputs: plainProperties(old.inputs), outputs: plainProperties(old.outputs) };
    return await deployment
        .provider(plan.goal.type)
        .diff(deployment.subject(plan.urn, plan.provider), plainOld, plainProperties(plan.inputs));
}

/** What the program's options make of a comparison. */
function withOptions(diff: Diff, goal: Goal, old: ResourceState): Diff {
    const patterns = goal.replaceOnChanges.map(parsePath);
    const detailed = diff.detailed.map((entry) => ({
        ...entry,
        replaces: entry.replaces || patterns.some((pattern) => covers(pattern, parsePath(entry.path))),
    }));
    const trigger = old.replacementTrigger;
    if (goal.replacementTrigger !== undefined && trigger !== undefined && !same(trigger, goal.replacementTrigger)) {
        detailed.push({ path: "replacementTrigger", kind: "update", replaces: true });
    }
    return { detailed, deleteBeforeReplace: goal.deleteBeforeReplace ?? diff.deleteBeforeReplace };
}

async function unchanged(deployment: Deployment, plan: Plan, old: ResourceState): Promise<Registered> {
    const state: ResourceState = {
        ...old,
        ...standing(plan.goal, plan.urn),
        provider: plan.provider,
        inputs: plan.inputs,
    };
    if (!plan.goal.protect) delete state.protect;
    if (!plan.goal.retainOnDelete) delete state.retainOnDelete;
    await deployment.step(stepOf("same", plan.urn, old.id), { old, new: wanted(state) }, () => {
        keep(deployment, state);
        return Promise.resolve(state);
    });
    return registered(state);
}

/** A resource outside the targets, or of a program that runs to be destroyed: as it was, or not at all yet. */
function untouched(
    deployment: Deployment,
    known: { urn: string; goal: Goal },
    old: ResourceState | undefined,
): Registered {
    if (old === undefined) {
        deployment.seen.delete(known.urn);
        return { urn: known.urn, outputs: known.goal.inputs };
    }
    deployment.seen.set(known.urn, old);
    return registered(old);
}

/** A state as the program is told of it. */
export function registered(state: ResourceState): Registered {
    return { urn: state.urn, ...(state.id !== undefined && { id: state.id }), outputs: state.outputs };
}
