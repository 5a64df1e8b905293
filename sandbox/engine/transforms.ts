import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import {
    TransformInvokeRequest,
    TransformInvokeResponse,
    TransformRequest,
    TransformResourceOptions,
    TransformResponse,
} from "@pulumi/pulumi/proto/resource_pb";

import { Value as StructValue, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import type { Callbacks } from "./callbacks";
import type { Goal } from "./goal";
import { aliasMessage, aliasOf, bindingOf, durationsOf, hooksOf, timeoutsOf } from "./goal-options";
import { fromStruct, plain, toStruct, type Properties, type Value } from "./values";

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
        let result = goal;
        for (const callback of [...own, ...(this.ofParents.get(goal.parent) ?? []), ...this.ofStack]) {
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
        return result;
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
            if (answer.hasArgs()) result = fromStruct(answer.getArgs());
        }
        return result;
    }
}

function optionsOf(goal: Goal): TransformResourceOptions {
    const options = new TransformResourceOptions();
    options.setDependsOnList(goal.dependencies);
    options.setProtect(goal.protect);
    options.setIgnoreChangesList(goal.ignoreChanges);
    options.setReplaceOnChangesList(goal.replaceOnChanges);
    options.setVersion(goal.version);
    options.setProvider(goal.provider);
    options.setRetainOnDelete(goal.retainOnDelete);
    options.setDeletedWith(goal.deletedWith);
    if (goal.deleteBeforeReplace !== undefined) options.setDeleteBeforeReplace(goal.deleteBeforeReplace);
    options.setAdditionalSecretOutputsList(goal.additionalSecretOutputs);
    options.setAliasesList(goal.aliases.map(aliasMessage));
    options.setHooks(bindingOf(goal.hooks));
    options.setImport(goal.importId);
    options.setHideDiffList(goal.hideDiffs);
    options.setReplaceWithList(goal.replaceWith);
    if (goal.customTimeouts !== undefined) options.setCustomTimeouts(durationsOf(goal.customTimeouts));
    if (goal.replacementTrigger !== undefined)
        options.setReplacementTrigger(StructValue.fromJavaScript(goal.replacementTrigger as JavaScriptValue));
    return options;
}

/** What a transform may change of the options. */
function withOptions(goal: Goal, options: TransformResourceOptions | undefined): Goal {
    if (options === undefined) return goal;
    const timeouts = timeoutsOf(options.getCustomTimeouts());
    const trigger = options.getReplacementTrigger()?.toJavaScript();
    return {
        ...goal,
        aliases: options.getAliasesList().map(aliasOf),
        hooks: hooksOf(options.getHooks()),
        importId: options.getImport(),
        hideDiffs: options.getHideDiffList(),
        replaceWith: options.getReplaceWithList(),
        version: options.getVersion(),
        ...(timeouts !== undefined && { customTimeouts: timeouts }),
        ...(trigger !== undefined && trigger !== null && { replacementTrigger: plain(trigger as Value) }),
        dependencies: options.getDependsOnList(),
        protect: options.getProtect() ?? goal.protect,
        ignoreChanges: options.getIgnoreChangesList(),
        replaceOnChanges: options.getReplaceOnChangesList(),
        provider: options.getProvider(),
        retainOnDelete: options.getRetainOnDelete() ?? goal.retainOnDelete,
        deletedWith: options.getDeletedWith(),
        ...(options.hasDeleteBeforeReplace() && { deleteBeforeReplace: options.getDeleteBeforeReplace() ?? false }),
        additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
    };
}
