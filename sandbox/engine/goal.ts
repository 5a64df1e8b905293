import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import { aliasOf, hooksOf, timeoutsOf, type AliasSpec, type Hooks, type Timeouts } from "./goal-options";
import type { ResourceState } from "./state";
import { makeUrn, nameOf, typeOf } from "./urn";
import { fromStruct, plain, type Properties, type Value } from "./values";

/** What a program says that a resource shall be. */
export interface Goal {
    type: string;
    name: string;
    parent: string;
    custom: boolean;
    remote: boolean;
    inputs: Properties;
    /** `URN::ID` of an explicit provider, or nothing for the default one. */
    provider: string;
    version: string;
    dependencies: string[];
    propertyDependencies: Record<string, string[]>;
    protect: boolean;
    retainOnDelete: boolean;
    deleteBeforeReplace?: boolean;
    ignoreChanges: string[];
    /** What of a difference is not shown. */
    hideDiffs: string[];
    replaceOnChanges: string[];
    replacementTrigger?: Value;
    additionalSecretOutputs: string[];
    aliases: AliasSpec[];
    deletedWith: string;
    replaceWith: string[];
    importId: string;
    customTimeouts?: Timeouts;
    hooks: Hooks;
}

/** A registration as a goal. */
export function goalOf(request: RegisterResourceRequest): Goal {
    const timeouts = timeoutsOf(request.getCustomtimeouts());
    const trigger = request.getReplacementTrigger()?.toJavaScript();
    return {
        type: request.getType(),
        name: request.getName(),
        parent: request.getParent(),
        custom: request.getCustom(),
        remote: request.getRemote(),
        inputs: fromStruct(request.getObject()),
        provider: request.getProvider(),
        version: request.getVersion(),
        dependencies: request.getDependenciesList(),
        propertyDependencies: Object.fromEntries(
            [...request.getPropertydependenciesMap().entries()].map(([key, value]) => [key, value.getUrnsList()]),
        ),
        protect: request.getProtect() ?? false,
        retainOnDelete: request.getRetainondelete() ?? false,
        ...(request.getDeletebeforereplacedefined() && { deleteBeforeReplace: request.getDeletebeforereplace() }),
        ignoreChanges: request.getIgnorechangesList(),
        hideDiffs: request.getHidediffsList(),
        replaceOnChanges: request.getReplaceonchangesList(),
        // In a preview the SDK sends it as an output value, which says no more than the value itself.
        ...(trigger !== undefined && trigger !== null && { replacementTrigger: plain(trigger as Value) }),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        aliases: [...request.getAliasurnsList().map((urn) => ({ urn })), ...request.getAliasesList().map(aliasOf)],
        deletedWith: request.getDeletedwith(),
        replaceWith: request.getReplaceWithList(),
        importId: request.getImportid(),
        ...(timeouts !== undefined && { customTimeouts: timeouts }),
        hooks: hooksOf(request.getHooks()),
    };
}

/**
 * The URNs under which a resource may stand in the state, its own left out: its aliases, under its parent and under
 * every alias of its parent, whose name a child's name may begin with.
 */
export function aliasUrns(goal: Goal, urn: string, stack: string, project: string, parentAliases: string[]): string[] {
    const urns = new Set<string>();
    const own: AliasSpec[] = [{}, ...goal.aliases];
    for (const alias of own) {
        if ("urn" in alias) {
            urns.add(alias.urn);
            continue;
        }
        const type = alias.type || goal.type;
        const name = alias.name || goal.name;
        const place = [alias.stack || stack, alias.project || project] as const;
        const explicit = alias.noParent === true ? "" : alias.parentUrn;
        urns.add(makeUrn(...place, explicit ?? goal.parent, type, name));
        if (explicit !== undefined && explicit !== goal.parent) continue;
        for (const parent of parentAliases) {
            const parentName = nameOf(goal.parent);
            const inherited = name.startsWith(parentName) ? nameOf(parent) + name.slice(parentName.length) : name;
            urns.add(makeUrn(...place, parent, type, inherited));
        }
    }
    urns.delete(urn);
    return [...urns];
}

/** What of a goal is kept in the state whatever becomes of the resource. */
export function standing(goal: Goal, urn: string): Omit<ResourceState, "inputs" | "outputs" | "id"> {
    const hooks = Object.fromEntries(Object.entries(goal.hooks).filter(([, names]) => names.length > 0));
    return {
        urn,
        custom: goal.custom,
        type: typeOf(urn),
        ...(goal.parent !== "" && { parent: goal.parent }),
        ...(goal.protect && { protect: true }),
        ...(goal.retainOnDelete && { retainOnDelete: true }),
        ...(goal.deletedWith !== "" && { deletedWith: goal.deletedWith }),
        ...(goal.replaceWith.length > 0 && { replaceWith: goal.replaceWith }),
        ...(goal.replacementTrigger !== undefined && { replacementTrigger: goal.replacementTrigger }),
        ...(goal.importId !== "" && { importID: goal.importId }),
        ...(goal.ignoreChanges.length > 0 && { ignoreChanges: goal.ignoreChanges }),
        ...(goal.hideDiffs.length > 0 && { hideDiff: goal.hideDiffs }),
        ...(goal.replaceOnChanges.length > 0 && { replaceOnChanges: goal.replaceOnChanges }),
        ...(goal.dependencies.length > 0 && { dependencies: goal.dependencies }),
        propertyDependencies: goal.propertyDependencies,
        ...(goal.additionalSecretOutputs.length > 0 && { additionalSecretOutputs: goal.additionalSecretOutputs }),
        ...(goal.customTimeouts !== undefined && { customTimeouts: goal.customTimeouts }),
        ...(Object.keys(hooks).length > 0 && { resourceHooks: hooks }),
    };
}
