import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import {
    TransformInvokeRequest,
    TransformInvokeResponse,
    TransformRequest,
    TransformResourceOptions,
    TransformResponse,
} from "@pulumi/pulumi/proto/resource_pb";

import { Value as StructValue, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { bindingOf, type Callbacks, hooksOf } from "../callbacks";
import { fromStruct, toStruct } from "../protocol";
import { aliasMessage, aliasOf, durationsOf, type Goal, timeoutsOf, triggerOf } from "../steps";
import { dependenciesIn, type Properties, type Value, withoutOutputs, withOutputs } from "../values";

/** Changes registrations by the program's transforms. https://www.pulumi.com/docs/iac/concepts/resources/options/transforms/ */
export class Transforms {
    private readonly ofStack: Callback[] = [];
    private readonly ofInvokes: Callback[] = [];
    /** The transforms of components, for what hangs below them. */
    private readonly ofParents = new Map<string, Callback[]>();

    constructor(private readonly callbacks: Callbacks) {}

    addForStack(callback: Callback): void {
        this.ofStack.push(callback);
    }

    addForInvokes(callback: Callback): void {
        this.ofInvokes.push(callback);
    }

    /** Remembers a component's transforms, so that its children get them. */
    inherit(urn: string, parent: string, own: Callback[]): void {
        this.ofParents.set(urn, [...own, ...(this.ofParents.get(parent) ?? [])]);
    }

    /** A goal as its own transforms, then its ancestors', then the stack's leave it. */
    async apply(goal: Goal, own: Callback[]): Promise<Goal> {
        const all = [...own, ...(this.ofParents.get(goal.parent) ?? []), ...this.ofStack];
        if (all.length === 0) {
            return { ...goal, inputs: withoutOutputs(goal.inputs) };
        }
        const inputs = withOutputs(goal.inputs, own.length > 0 ? goal.propertyDependencies : {});
        let result: Goal = { ...goal, inputs };
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
        return settled(goal, result, own.length > 0);
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

function optionsOf(goal: Goal): TransformResourceOptions {
    const options = new TransformResourceOptions();
    options.setDependsOnList(goal.dependencies);
    if (goal.protect !== undefined) {
        options.setProtect(goal.protect);
    }
    options.setIgnoreChangesList(goal.ignoreChanges);
    options.setReplaceOnChangesList(goal.replaceOnChanges);
    options.setVersion(goal.version);
    options.setProvider(goal.provider);
    if (goal.retainOnDelete !== undefined) {
        options.setRetainOnDelete(goal.retainOnDelete);
    }
    options.setDeletedWith(goal.deletedWith);
    if (goal.deleteBeforeReplace !== undefined) {
        options.setDeleteBeforeReplace(goal.deleteBeforeReplace);
    }
    options.setAdditionalSecretOutputsList(goal.additionalSecretOutputs);
    options.setAliasesList(goal.aliases.map(aliasMessage));
    options.setHooks(bindingOf(goal.hooks));
    options.setImport(goal.importId);
    options.setHideDiffList(goal.hideDiffs);
    options.setReplaceWithList(goal.replaceWith);
    if (goal.customTimeouts !== undefined) {
        options.setCustomTimeouts(durationsOf(goal.customTimeouts));
    }
    if (goal.replacementTrigger !== undefined) {
        options.setReplacementTrigger(StructValue.fromJavaScript(goal.replacementTrigger as JavaScriptValue));
    }
    return options;
}

/**
 * What transforms made of a goal. Pulumi's engine takes dependencies anew from the options and the inputs only where the
 * resource has transforms of its own; where only others' have run, what they add to `dependsOn` is passed over.
 */
function settled(goal: Goal, result: Goal, own: boolean): Goal {
    const found = Object.entries(result.inputs).map(([key, value]): [string, string[]] => [
        key,
        [...new Set([...(own ? [] : (goal.propertyDependencies[key] ?? [])), ...dependenciesIn(value)])],
    ]);
    const from = own ? [...result.dependencies, ...found.flatMap(([, urns]) => urns)] : goal.dependencies;
    return {
        ...result,
        inputs: withoutOutputs(result.inputs),
        dependencies: [...new Set(from)],
        propertyDependencies: { ...(own ? {} : goal.propertyDependencies), ...Object.fromEntries(found) },
    };
}

/** A goal with the options that a transform gave, all of them: what it left out is not set any more. */
function withOptions(goal: Goal, options: TransformResourceOptions | undefined): Goal {
    if (options === undefined) {
        return goal;
    }
    const others = withoutOptional(goal);
    const timeouts = timeoutsOf(options.getCustomTimeouts());
    const trigger = options.getReplacementTrigger()?.toJavaScript();
    return {
        ...others,
        aliases: options.getAliasesList().map(aliasOf),
        hooks: hooksOf(options.getHooks()),
        importId: options.getImport(),
        hideDiffs: options.getHideDiffList(),
        replaceWith: options.getReplaceWithList(),
        version: options.getVersion(),
        ...(timeouts !== undefined && { customTimeouts: timeouts }),
        ...(trigger !== undefined && trigger !== null && { replacementTrigger: triggerOf(trigger as Value) }),
        dependencies: options.getDependsOnList(),
        ...(options.hasProtect() && { protect: options.getProtect() === true }),
        ignoreChanges: options.getIgnoreChangesList(),
        replaceOnChanges: options.getReplaceOnChangesList(),
        provider: options.getProvider(),
        ...(options.hasRetainOnDelete() && { retainOnDelete: options.getRetainOnDelete() === true }),
        deletedWith: options.getDeletedWith(),
        ...(options.hasDeleteBeforeReplace() && { deleteBeforeReplace: options.getDeleteBeforeReplace() === true }),
        additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
    };
}

function withoutOptional(goal: Goal): Goal {
    const rest = { ...goal };
    delete rest.protect;
    delete rest.retainOnDelete;
    delete rest.deleteBeforeReplace;
    delete rest.customTimeouts;
    delete rest.replacementTrigger;
    return rest;
}
