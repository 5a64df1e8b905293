import * as pulumi from "@pulumi/pulumi";
import { Message } from "google-protobuf";
import { Alias } from "@pulumi/pulumi/proto/alias_pb";

/**
 * Lets the process of the plugin keep the type of an alias. Pulumi's server reads all of an alias but its type, so that a
 * component which has another type than before would be made again. The server takes the URN of an alias as it is; so an alias
 * with a type gives the whole alias there, which the SDK understands too.
 * https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/provider/server.ts
 */
export function keepAliasTypes(): void {
    const { prototype } = Alias;
    prototype.hasUrn = function (this: Alias): boolean {
        return this.getAliasCase() === Alias.AliasCase.URN || typed(this) !== undefined;
    };
    prototype.getUrn = function (this: Alias): string {
        return (typed(this) as string | undefined) ?? Message.getFieldWithDefault(this, 1, "");
    };
}

/** An alias with a type, as programs write it; undefined for all others. */
function typed(alias: Alias): pulumi.Alias | undefined {
    const spec = alias.getSpec();
    if (spec === undefined || spec.getType() === "") {
        return undefined;
    }
    const texts = { name: spec.getName(), type: spec.getType(), stack: spec.getStack(), project: spec.getProject() };
    const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ""));
    return { ...given, ...parentOf(spec) };
}

function parentOf(spec: Alias.Spec): pulumi.Alias {
    if (spec.hasParenturn()) {
        return { parent: spec.getParenturn() };
    }
    return spec.getNoparent() ? { parent: pulumi.rootStackResource } : {};
}
