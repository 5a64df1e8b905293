import { didYouMean } from "../../common";
import { isObject, type Properties, UNKNOWN, type Value } from "../values";
import { objectSchema, type PropertySchema, type TypeSchema } from "./schema";
import type { CheckFailure } from "./types";

/** Inputs without the notes (`__defaults`) that earlier checks wrote into them. */
export function withoutNotes(value: Value): Value {
    if (Array.isArray(value)) {
        return value.map(withoutNotes);
    }
    if (!isObject(value)) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value)
            .filter(([key]) => key !== "__defaults")
            .map(([key, member]) => [key, withoutNotes(member)]),
    );
}

/**
 * The inputs as the provider keeps them. Every object has a note of the defaults that were filled in (`__defaults`), and
 * texts are converted to numbers and booleans if the schema asks for these. Mistakes are added to `failures`.
 */
export function checkProperties(
    news: Properties,
    schema: Record<string, PropertySchema>,
    path: string,
    failures: CheckFailure[],
): Properties {
    const result: Properties = { __defaults: [] };
    for (const [key, value] of Object.entries(news)) {
        if (key === "__defaults" || value === null) {
            continue;
        }
        const property = schema[key];
        const at = path === "" ? key : `${path}.${key}`;
        if (property === undefined) {
            failures.push({ property: at, reason: `unknown property; ${suggestion(key, Object.keys(schema))}` });
        } else {
            result[key] = checkValue(value, property.type, at, failures);
        }
    }
    for (const [key, property] of Object.entries(schema)) {
        if (property.required && result[key] === undefined && news[key] === undefined) {
            failures.push({ property: path === "" ? key : `${path}.${key}`, reason: "missing required property" });
        }
    }
    return result;
}

function checkValue(value: Value, type: TypeSchema, at: string, failures: CheckFailure[]): Value {
    if (value === UNKNOWN) {
        return value;
    }
    const wrong = (expected: string): Value => {
        failures.push({ property: at, reason: `expected ${expected}, found ${JSON.stringify(value)}` });
        return value;
    };
    switch (type.kind) {
        case "list":
            if (!Array.isArray(value)) {
                return wrong("a list");
            }
            return value.map((member, index) => checkValue(member, type.of, `${at}[${index}]`, failures));
        case "map":
            if (!isObject(value)) {
                return wrong("a map");
            }
            return Object.fromEntries(
                Object.entries(value)
                    .filter(([key]) => key !== "__defaults")
                    .map(([key, member]) => [key, checkValue(member, type.of, `${at}.${key}`, failures)]),
            );
        case "object":
            if (!isObject(value)) {
                return wrong("an object");
            }
            return checkProperties(value, objectSchema(type.name), at, failures);
        case "string":
            return typeof value === "object" ? wrong("a string") : String(value);
        case "boolean":
            if (value === "true" || value === "false") {
                return value === "true";
            }
            return typeof value === "boolean" ? value : wrong("true or false");
        case "asset":
            return isObject(value) ? value : wrong("an asset");
        default:
            if (typeof value === "string" && value !== "" && Number.isFinite(Number(value))) {
                return Number(value);
            }
            return typeof value === "number" ? value : wrong("a number");
    }
}

function suggestion(given: string, known: string[]): string {
    const meant = didYouMean(given, known).slice(2);
    return meant === "" ? `known are ${known.sort().join(", ")}` : meant;
}
