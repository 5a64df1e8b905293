import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import { type HookNames, hooksOf, hooksToKeep } from "../callbacks";
import { fromStruct } from "../protocol";
import type { ResourceState } from "../state";
import { isKind, plain, type Properties, secret, typeOf, type Value } from "../values";
import { aliasOf, type AliasSpec, type Timeouts, timeoutsOf } from "./resource-options";

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
    /** Where it is not said, it is as its parent says. */
    protect?: boolean;
    retainOnDelete?: boolean;
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
    hooks: HookNames;
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
        ...(request.hasProtect() && { protect: request.getProtect() === true }),
        ...(request.hasRetainondelete() && { retainOnDelete: request.getRetainondelete() === true }),
        ...(request.getDeletebeforereplacedefined() && { deleteBeforeReplace: request.getDeletebeforereplace() }),
        ignoreChanges: request.getIgnorechangesList(),
        hideDiffs: request.getHidediffsList(),
        replaceOnChanges: request.getReplaceonchangesList(),
        ...(trigger !== undefined && trigger !== null && { replacementTrigger: triggerOf(trigger as Value) }),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        aliases: [...request.getAliasurnsList().map((urn) => ({ urn })), ...request.getAliasesList().map(aliasOf)],
        deletedWith: request.getDeletedwith(),
        replaceWith: request.getReplaceWithList(),
        importId: request.getImportid(),
        ...(timeouts !== undefined && { customTimeouts: timeouts }),
        hooks: hooksOf(request.getHooks()),
    };
}

/** A trigger as it is kept: the SDK sends it as an output value, which says no more than the value and its secrecy. */
export function triggerOf(value: Value): Value {
    const hidden = isKind(value, "secret") || (isKind(value, "output") && value["secret"] === true);
    return hidden ? secret(plain(value)) : plain(value);
}

/**
 * A goal with what it does not say itself as its parent says it.
 * https://www.pulumi.com/docs/iac/concepts/resources/options/
 */
export function inherited(goal: Goal, parent: Goal | undefined): Goal {
    if (parent === undefined) {
        return goal;
    }
    const { protect = parent.protect, retainOnDelete = parent.retainOnDelete } = goal;
    return {
        ...goal,
        ...(protect !== undefined && { protect }),
        ...(retainOnDelete !== undefined && { retainOnDelete }),
        deletedWith: goal.deletedWith === "" ? parent.deletedWith : goal.deletedWith,
    };
}

/** What of a goal is kept in the state whatever becomes of the resource. */
export function standing(goal: Goal, urn: string): Omit<ResourceState, "inputs" | "outputs" | "id"> {
    const hooks = hooksToKeep(goal.hooks);
    return {
        urn,
        custom: goal.custom,
        type: typeOf(urn),
        ...(goal.parent !== "" && { parent: goal.parent }),
        ...(goal.protect === true && { protect: true }),
        ...(goal.retainOnDelete === true && { retainOnDelete: true }),
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
