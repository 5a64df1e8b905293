import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { defined } from "../../common";

/** A name that a resource may have had before. */
export type AliasSpec =
    | { urn: string }
    | { name?: string; type?: string; stack?: string; project?: string; parentUrn?: string; noParent?: boolean };

/** How long operations may take, in seconds. */
export interface Timeouts {
    create?: number;
    update?: number;
    delete?: number;
}

type Durations = RegisterResourceRequest.CustomTimeouts;

/** The alias in a message. */
export function aliasOf(alias: Alias): AliasSpec {
    const spec = alias.getSpec();
    if (spec === undefined) {
        return { urn: alias.getUrn() };
    }
    return {
        name: spec.getName(),
        type: spec.getType(),
        stack: spec.getStack(),
        project: spec.getProject(),
        ...defined({
            parentUrn: spec.hasParenturn() ? spec.getParenturn() : undefined,
            noParent: spec.hasNoparent() ? spec.getNoparent() : undefined,
        }),
    };
}

/** The message that {@link aliasOf} reads. */
export function aliasMessage(alias: AliasSpec): Alias {
    const message = new Alias();
    if ("urn" in alias) {
        return message.setUrn(alias.urn);
    }
    const spec = new Alias.Spec();
    spec.setName(alias.name ?? "");
    spec.setType(alias.type ?? "");
    spec.setStack(alias.stack ?? "");
    spec.setProject(alias.project ?? "");
    if (alias.parentUrn !== undefined) {
        spec.setParenturn(alias.parentUrn);
    }
    if (alias.noParent !== undefined) {
        spec.setNoparent(alias.noParent);
    }
    return message.setSpec(spec);
}

/** The timeouts in a message, or `undefined` if it has none. */
export function timeoutsOf(durations: Durations | undefined): Timeouts | undefined {
    if (durations === undefined) {
        return undefined;
    }
    const { create, update, pb_delete: deletion } = durations.toObject();
    if (`${create}${update}${deletion}` === "") {
        return undefined;
    }
    return defined({ create: seconds(create), update: seconds(update), delete: seconds(deletion) });
}

/** The message that {@link timeoutsOf} reads. */
export function durationsOf(timeouts: Timeouts): Durations {
    const durations = new RegisterResourceRequest.CustomTimeouts();
    if (timeouts.create !== undefined) {
        durations.setCreate(`${timeouts.create}s`);
    }
    if (timeouts.update !== undefined) {
        durations.setUpdate(`${timeouts.update}s`);
    }
    if (timeouts.delete !== undefined) {
        durations.setDelete(`${timeouts.delete}s`);
    }
    return durations;
}

/** The seconds of a duration in Go's notation, such as `1h30m`; nothing for an empty text. */
function seconds(text: string): number | undefined {
    if (text === "") {
        return undefined;
    }
    const units = { h: 3600, m: 60, s: 1, ms: 0.001 };
    return [...text.matchAll(/([\d.]+)(ms|h|m|s)/g)].reduce(
        (sum, [, amount, unit]) => sum + Number(amount) * units[unit as keyof typeof units],
        0,
    );
}
