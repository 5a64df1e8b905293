import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import {
    TransformInvokeRequest,
    TransformInvokeResponse,
    TransformRequest,
    TransformResourceOptions,
    TransformResponse,
} from "@pulumi/pulumi/proto/resource_pb";

import { Value as StructValue, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { defined } from "../../common";
import { type Callbacks, hooksMessage, hooksOf } from "../callbacks";
import { fromStruct, toStruct } from "../protocol";
import { aliasMessage, aliasOf, type DesiredState, durationsOf, replacementTriggerOf, timeoutsOf } from "../steps";
import { dependenciesIn, fromOutputValues, type Properties, toOutputValues } from "../values";

/** Applies the program's transforms to registrations and invokes. https://www.pulumi.com/docs/iac/concepts/resources/options/transforms/ */
export class Transforms {
    private readonly ofStack: Callback[] = [];
    private readonly ofInvokes: Callback[] = [];

    constructor(private readonly callbacks: Callbacks) {}

    addForStack(callback: Callback): void {
        this.ofStack.push(callback);
    }

    addForInvokes(callback: Callback): void {
        this.ofInvokes.push(callback);
    }

    /** Applies the resource's own transforms, then those of its ancestors, and then those of the stack. */
    async apply(desired: DesiredState, own: Callback[], inherited: Callback[]): Promise<DesiredState> {
        const all = [...own, ...inherited, ...this.ofStack];
        if (all.length === 0) {
            return { ...desired, inputs: inputsAfter(desired) };
        }
        const inputs = toOutputValues(desired.inputs, own.length > 0 ? desired.propertyDependencies : {});
        let result: DesiredState = { ...desired, inputs };
        for (const callback of all) {
            const request = new TransformRequest();
            request.setType(result.type);
            request.setName(result.name);
            request.setCustom(result.custom);
            request.setParent(result.parent);
            request.setProperties(toStruct(result.inputs));
            request.setOptions(optionsOf(result));
            const answer = TransformResponse.deserializeBinary(
                await this.callbacks.invoke(callback, request.serializeBinary()),
            );
            result = withOptions(
                answer.hasProperties() ? { ...result, inputs: fromStruct(answer.getProperties()) } : result,
                answer.getOptions(),
            );
        }
        return withDependencies(desired, result, own.length > 0);
    }

    async applyToInvoke(token: string, args: Properties): Promise<Properties> {
        let result = args;
        for (const callback of this.ofInvokes) {
            const request = new TransformInvokeRequest();
            request.setToken(token);
            request.setArgs(toStruct(result));
            const answer = TransformInvokeResponse.deserializeBinary(
                await this.callbacks.invoke(callback, request.serializeBinary()),
            );
            if (answer.hasArgs()) {
                result = fromStruct(answer.getArgs());
            }
        }
        return result;
    }
}

function optionsOf(desired: DesiredState): TransformResourceOptions {
    const options = new TransformResourceOptions();
    options.setDependsOnList(desired.dependencies);
    if (desired.protect !== undefined) {
        options.setProtect(desired.protect);
    }
    options.setIgnoreChangesList(desired.ignoreChanges);
    options.setReplaceOnChangesList(desired.replaceOnChanges);
    options.setVersion(desired.version);
    options.setProvider(desired.provider);
    if (desired.retainOnDelete !== undefined) {
        options.setRetainOnDelete(desired.retainOnDelete);
    }
    options.setDeletedWith(desired.deletedWith);
    if (desired.deleteBeforeReplace !== undefined) {
        options.setDeleteBeforeReplace(desired.deleteBeforeReplace);
    }
    options.setAdditionalSecretOutputsList(desired.additionalSecretOutputs);
    options.setAliasesList(desired.aliases.map(aliasMessage));
    options.setHooks(hooksMessage(desired.hooks));
    options.setImport(desired.importId);
    options.setHideDiffList(desired.hideDiffs);
    options.setReplaceWithList(desired.replaceWith);
    if (desired.customTimeouts !== undefined) {
        options.setCustomTimeouts(durationsOf(desired.customTimeouts));
    }
    if (desired.replacementTrigger !== undefined) {
        options.setReplacementTrigger(StructValue.fromJavaScript(desired.replacementTrigger as JavaScriptValue));
    }
    return options;
}

/**
 * A transformed desired state with its dependencies. If the resource has transforms of its own, Pulumi's engine takes
 * the dependencies from the transformed options and inputs. Otherwise, it ignores what transforms add to `dependsOn`.
 */
function withDependencies(desired: DesiredState, result: DesiredState, own: boolean): DesiredState {
    const found = Object.entries(result.inputs).map(([key, value]): [string, string[]] => [
        key,
        [...new Set([...(own ? [] : (desired.propertyDependencies[key] ?? [])), ...dependenciesIn(value)])],
    ]);
    const from = own ? [...result.dependencies, ...found.flatMap(([, urns]) => urns)] : desired.dependencies;
    return {
        ...result,
        inputs: inputsAfter(result),
        dependencies: [...new Set(from)],
        propertyDependencies: { ...(own ? {} : desired.propertyDependencies), ...Object.fromEntries(found) },
    };
}

/**
 * The inputs without output values. A component that another process makes keeps them: they tell which parts of an argument
 * come from resources, and which are known from the start.
 */
function inputsAfter({ remote, inputs }: DesiredState): Properties {
    return remote ? inputs : fromOutputValues(inputs);
}

/** A desired state with the options that a transform returned. Options that it left out are removed. */
function withOptions(desired: DesiredState, options: TransformResourceOptions | undefined): DesiredState {
    if (options === undefined) {
        return desired;
    }
    return {
        ...withoutOptional(desired),
        aliases: options.getAliasesList().map(aliasOf),
        hooks: hooksOf(options.getHooks()),
        importId: options.getImport(),
        hideDiffs: options.getHideDiffList(),
        replaceWith: options.getReplaceWithList(),
        version: options.getVersion(),
        dependencies: options.getDependsOnList(),
        ignoreChanges: options.getIgnoreChangesList(),
        replaceOnChanges: options.getReplaceOnChangesList(),
        provider: options.getProvider(),
        deletedWith: options.getDeletedWith(),
        additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
        ...defined({
            protect: options.hasProtect() ? options.getProtect() : undefined,
            retainOnDelete: options.hasRetainOnDelete() ? options.getRetainOnDelete() : undefined,
            deleteBeforeReplace: options.hasDeleteBeforeReplace() ? options.getDeleteBeforeReplace() : undefined,
            customTimeouts: timeoutsOf(options.getCustomTimeouts()),
            replacementTrigger: replacementTriggerOf(options.getReplacementTrigger()),
        }),
    };
}

function withoutOptional(desired: DesiredState): DesiredState {
    const rest = { ...desired };
    delete rest.protect;
    delete rest.retainOnDelete;
    delete rest.deleteBeforeReplace;
    delete rest.customTimeouts;
    delete rest.replacementTrigger;
    return rest;
}
