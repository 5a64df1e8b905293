import * as pulumi from "@pulumi/pulumi";
import { isObject } from "../common";

/** The type of targets, which programs in other languages get wrong most easily: they cannot pass a component itself. */
export const TARGET = "#/types/pulumi-gcp-invoke:index:Target";

/**
 * Checks a value that is known. The message tells what kind of value was given and not the value, which may be a secret.
 * @throws InputPropertyError for what stands where a target is needed and is none
 */
export function checkTarget(value: unknown, path: string): void {
    const wrong = whatIsNoTarget(value);
    if (wrong !== undefined) {
        throw new pulumi.InputPropertyError({
            propertyPath: path,
            reason: `is ${wrong}, which is no target; pass what a component such as InvokableService has as its output "target", or plain data with kind and url`,
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
