import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { Value as StructValue } from "google-protobuf/google/protobuf/struct_pb";

import { defined } from "../../common";
import { type HookNames, hooksOf, hooksToState, NO_HOOKS } from "../callbacks";
import { fromStruct } from "../protocol";
import type { ResourceState } from "../state";
import { isKind, plain, type Properties, secret, typeOf, type Value } from "../values";
import { aliasOf, type AliasSpec, type Timeouts, timeoutsOf } from "./resource-options";

/** A resource as the program wants it to be. */
export interface DesiredState {
    type: string;
    name: string;
    parent: string;
    custom: boolean;
    remote: boolean;
    inputs: Properties;
    /** The explicit provider as `URN::ID`; empty for the default provider. */
    provider: string;
    version: string;
    dependencies: string[];
    propertyDependencies: Record<string, string[]>;
    /** @default - as the parent has it */
    protect?: boolean;
    /** @default - as the parent has it */
    retainOnDelete?: boolean;
    deleteBeforeReplace?: boolean;
    ignoreChanges: string[];
    /** The paths whose differences are not shown. */
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

/** The desired state that a registration describes. */
export function desiredFromRequest(request: RegisterResourceRequest): DesiredState {
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
        ignoreChanges: request.getIgnorechangesList(),
        hideDiffs: request.getHidediffsList(),
        replaceOnChanges: request.getReplaceonchangesList(),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        aliases: [...request.getAliasurnsList().map((urn) => ({ urn })), ...request.getAliasesList().map(aliasOf)],
        deletedWith: request.getDeletedwith(),
        replaceWith: request.getReplaceWithList(),
        importId: request.getImportid(),
        hooks: hooksOf(request.getHooks()),
        ...defined({
            protect: request.hasProtect() ? request.getProtect() : undefined,
            retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
            deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
            replacementTrigger: replacementTriggerOf(request.getReplacementTrigger()),
            customTimeouts: timeoutsOf(request.getCustomtimeouts()),
        }),
    };
}

/** The desired state that a read describes. Options that a read does not have are empty. */
export function desiredFromRead(request: ReadResourceRequest): DesiredState {
    return {
        type: request.getType(),
        name: request.getName(),
        parent: request.getParent(),
        custom: true,
        remote: false,
        inputs: fromStruct(request.getProperties()),
        provider: request.getProvider(),
        version: request.getVersion(),
        dependencies: request.getDependenciesList(),
        propertyDependencies: {},
        ignoreChanges: [],
        hideDiffs: [],
        replaceOnChanges: [],
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        aliases: [],
        deletedWith: "",
        replaceWith: [],
        importId: "",
        hooks: NO_HOOKS,
    };
}

/** A replacement trigger as the state keeps it. The SDK sends an output value; only its value and its secrecy matter. */
export function replacementTriggerOf(message: StructValue | undefined): Value | undefined {
    const value = (message?.toJavaScript() ?? undefined) as Value | undefined;
    if (value === undefined) {
        return undefined;
    }
    const isSecret = isKind(value, "secret") || (isKind(value, "output") && value["secret"] === true);
    return isSecret ? secret(plain(value)) : plain(value);
}

/**
 * A desired state that inherits from its parent the options that it does not set itself.
 * https://www.pulumi.com/docs/iac/concepts/resources/options/
 */
export function withInheritedOptions(desired: DesiredState, parent: DesiredState | undefined): DesiredState {
    if (parent === undefined) {
        return desired;
    }
    const { protect = parent.protect, retainOnDelete = parent.retainOnDelete } = desired;
    return {
        ...desired,
        ...defined({ protect, retainOnDelete }),
        deletedWith: desired.deletedWith === "" ? parent.deletedWith : desired.deletedWith,
    };
}

/** The fields of a resource's state that its desired state decides. */
export function desiredFields(desired: DesiredState, urn: string): Omit<ResourceState, "inputs" | "outputs" | "id"> {
    const hooks = hooksToState(desired.hooks);
    return {
        urn,
        custom: desired.custom,
        type: typeOf(urn),
        ...defined({
            parent: nonEmpty(desired.parent),
            protect: desired.protect === true ? true : undefined,
            retainOnDelete: desired.retainOnDelete === true ? true : undefined,
            deletedWith: nonEmpty(desired.deletedWith),
            replaceWith: nonEmpty(desired.replaceWith),
            replacementTrigger: desired.replacementTrigger,
            importID: nonEmpty(desired.importId),
            ignoreChanges: nonEmpty(desired.ignoreChanges),
            hideDiff: nonEmpty(desired.hideDiffs),
            replaceOnChanges: nonEmpty(desired.replaceOnChanges),
            dependencies: nonEmpty(desired.dependencies),
            propertyDependencies: desired.propertyDependencies,
            additionalSecretOutputs: nonEmpty(desired.additionalSecretOutputs),
            customTimeouts: desired.customTimeouts,
            resourceHooks: Object.keys(hooks).length > 0 ? hooks : undefined,
        }),
    };
}

/** A text or list, or `undefined` if it is empty. */
function nonEmpty<T extends { length: number }>(value: T): T | undefined {
    return value.length > 0 ? value : undefined;
}
