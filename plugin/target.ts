import * as pulumi from "@pulumi/pulumi";
import { isObject } from "../common";
import { componentsMade } from "../components/base";
import { knownValue } from "./known-value";

/**
 * The data of the component that a target names by its URN and nothing else. The languages that have one type for outputs and
 * another for arguments can write that without a cast: the URN is a text in both.
 * @returns undefined for a target that says more than the URN, or not even that
 * @throws InputPropertyError for a URN of what this program has not made, or cannot call
 */
export async function dataByUrn(value: unknown, path: string): Promise<unknown> {
    if (!isObject(value) || pulumi.Resource.isInstance(value)) {
        return undefined;
    }
    const { component, ...rest } = value;
    if (
        (component ?? undefined) === undefined ||
        Object.values(rest).some((each) => (each ?? undefined) !== undefined)
    ) {
        return undefined;
    }
    const urn = await knownValue(component);
    if (urn === undefined) {
        return (pulumi.output(component) as pulumi.Output<unknown>).apply(() => undefined);
    }
    const made = componentsMade().get(String(urn.value));
    const data = made === undefined ? undefined : (made as { target?: unknown }).target;
    if (data === undefined) {
        const found = made === undefined ? "which this program has not made until now" : "which nothing can call";
        throw new pulumi.InputPropertyError({
            propertyPath: `${path}.component`,
            reason: `is ${typeof urn.value === "string" ? `"${urn.value}"` : "no text"}, ${found}; pass the URN of a component such as InvokableService, or plain data with kind and url`,
        });
    }
    return data;
}

/**
 * Checks a value that is known. The message tells what kind of value was given and not the value, which may be a secret.
 * @throws InputPropertyError for what stands where a target is needed and is none
 */
export function checkTarget(value: unknown, path: string): void {
    const wrong = whatIsNoTarget(value);
    if (wrong !== undefined) {
        throw new pulumi.InputPropertyError({
            propertyPath: path,
            reason: `is ${wrong}, which is no target; pass what a component such as InvokableService has as its output "target", its URN as "component" and nothing else, or plain data with kind and url`,
        });
    }
}

function whatIsNoTarget(value: unknown): string | undefined {
    if (value === null || value === undefined) {
        return "nothing";
    }
    if (pulumi.Resource.isInstance(value)) {
        return "a resource";
    }
    if (Array.isArray(value)) {
        return "a list";
    }
    if (!isObject(value)) {
        return `a ${typeof value}`;
    }
    return (value["kind"] ?? undefined) === undefined ? "an object without kind" : undefined;
}
