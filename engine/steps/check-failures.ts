import type { CheckFailure } from "../provider";
import { isKind, isObject, plain, type Properties, type Value } from "../values";
import type { DesiredState } from "./desired-state";

/** Says what is wrong with an input. The words are Pulumi's. */
export function describeFailure(
    { type, name }: DesiredState,
    inputs: Properties,
    { property, reason }: CheckFailure,
): string {
    if (property === "") {
        return `${type} resource '${name}' has a problem: ${reason}`;
    }
    const value = inGoSyntax(inputs[property]);
    return `${type} resource '${name}': property ${property} value ${value} has a problem: ${reason}`;
}

/** A value as Pulumi's engine, which is written in Go, prints it. It shows no secrets. */
function inGoSyntax(value: Value | undefined): string {
    if (isKind(value, "secret")) {
        return "[secret]";
    }
    if (isKind(value, "output")) {
        return inGoSyntax(plain(value));
    }
    if (Array.isArray(value)) {
        return `{[${value.map(inGoSyntax).join(" ")}]}`;
    }
    if (isObject(value)) {
        const members = Object.keys(value).sort();
        return `{map[${members.map((key) => `${key}:${inGoSyntax(value[key])}`).join(" ")}]}`;
    }
    return `{${value === undefined || value === null ? "<nil>" : String(value)}}`;
}
