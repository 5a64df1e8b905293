import type { CheckFailure } from "../provider";
import { isKind, isObject, plain, type Properties, type Value } from "../values";
import type { Goal } from "./desired";

/** What is wrong with an input, in Pulumi's words. */
export function problem({ type, name }: Goal, inputs: Properties, { property, reason }: CheckFailure): string {
    if (property === "") {
        return `${type} resource '${name}' has a problem: ${reason}`;
    }
    return `${type} resource '${name}': property ${property} value ${shown(inputs[property])} has a problem: ${reason}`;
}

/** A value as Pulumi's engine, which is written in Go, prints it. What is secret does not show. */
function shown(value: Value | undefined): string {
    if (isKind(value, "secret")) {
        return "[secret]";
    }
    if (isKind(value, "output")) {
        return shown(plain(value));
    }
    if (Array.isArray(value)) {
        return `{[${value.map(shown).join(" ")}]}`;
    }
    if (isObject(value)) {
        const members = Object.keys(value).sort();
        return `{map[${members.map((key) => `${key}:${shown(value[key])}`).join(" ")}]}`;
    }
    return `{${value === undefined || value === null ? "<nil>" : String(value)}}`;
}
