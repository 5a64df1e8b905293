import * as pulumi from "@pulumi/pulumi";
import type { SmokeSpec } from "../../smoke";
import { existingPlace, originOf, urnOf, value } from "../base";
import { isObject } from "../../common";
import type { Target } from "../target";
import { accountIdFor } from "./account-id";
import { formerUrns } from "./owner";

/** The most that Google takes, in bytes: https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts */
const LONGEST_DESCRIPTION = 256;

/** A short name for a component, which no other component has in any stack. */
export function componentId(urn: string): string {
    const name = urn.slice(urn.lastIndexOf("::") + 2);
    return accountIdFor(name, `${urn}::${name}`);
}

/**
 * What stands for the URN of a component that uses a resource which existed before: the place of that resource in this stack.
 * The component may get another name without an alias, and the resource keeps its policy, with the grants of its callers.
 */
export function existingUrn(component: object): string | undefined {
    const { resource } = component as Partial<Target>;
    const place = isObject(resource) ? existingPlace(resource) : undefined;
    if (resource === undefined || place === undefined) {
        return undefined;
    }
    const { name, location = "", project = "" } = place;
    return `${ownUrns()}${resource.type}:${project}:${location}::${name}`;
}

/** How the URNs of this stack begin. */
const ownUrns = (): string => `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::`;

/**
 * The description of the account of a caller: which components of the stack it calls. A check that runs before the program has
 * made the caller knows by it that the caller was declared.
 */
export function describeCallees(targets: readonly Target[]): pulumi.Output<string> | undefined {
    // A program without types can name what is no target; another check says so.
    const urns = targets
        .filter(isObject)
        .flatMap(
            (target) =>
                existingUrn(originOf(target)) ??
                (pulumi.Resource.isInstance(target) ? urnOf(target) : target.component) ??
                [],
        );
    return urns.length === 0 ? undefined : pulumi.all(urns).apply(description);
}

function description(urns: string[]): string {
    const ids = [...new Set(urns.filter((urn) => urn.startsWith(ownUrns())).map(componentId))].sort();
    if (ids.length === 0) {
        return "";
    }
    const text = (words: string[]): string => `Calls ${words.join(", ")}`;
    if (text(ids).length <= LONGEST_DESCRIPTION) {
        return text(ids);
    }
    // The last word of an ID is what no other component has.
    const hashes = ids.map((id) => id.slice(id.lastIndexOf("-") + 1));
    while (text(hashes).length > LONGEST_DESCRIPTION) {
        hashes.pop();
    }
    return text(hashes);
}

/**
 * The IDs that a component had under other names: the one of its last check, and those of the aliases that the program gives it.
 * The accounts of its callers name it by them until the update gets to those, which it does after the check. The last check
 * tells also of an alias of a parent, which a component of a program in another language does not see. The aliases tell also
 * of an update that broke off between the check and the callers. The URN itself was the name until now of a component that uses
 * what existed before.
 * @param before The spec of the last check that passed.
 */
export async function formerIds(component: pulumi.Resource, before: Partial<SmokeSpec> | undefined): Promise<string[]> {
    const known = (before?.probes ?? []).flatMap((probe) =>
        probe.kind === "callers" && probe.component !== undefined ? [probe.component] : [],
    );
    const aliases = await value(pulumi.all(formerUrns(component)));
    return [...new Set([...known, ...[await urnOf(component), ...aliases].map(componentId)])];
}
