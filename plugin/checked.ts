import * as pulumi from "@pulumi/pulumi";
import { didYouMean, isObject } from "../common";
import { knownValue } from "./known-value";
import { type ObjectSpec, type PropertySpec, TARGET, typeOf } from "./package-schema";
import { checkTarget, dataByUrn } from "./target";

/** https://www.pulumi.com/docs/iac/using-pulumi/pulumi-packages/schema/#type */
const ASSET = "pulumi.json#/Asset";
const ANY = "pulumi.json#/Any";

/**
 * Checks arguments against the schema, as far as they are known before an update. As in YAML, a number or a boolean may stand
 * where a text is needed, and a text that is a number or a boolean where that is needed.
 * @returns the arguments, in which each value has the type that the schema says, without optional ones that are null
 * @throws InputPropertyError for one that is missing, unknown to the schema or of another type
 */
export async function checked(
    values: Record<string, unknown>,
    { properties = {}, required = [] }: ObjectSpec,
    place = "",
): Promise<Record<string, unknown>> {
    const pathOf = (key: string): string => (place === "" ? key : `${place}.${key}`);
    const missing = required.find((key) => values[key] === undefined);
    if (missing !== undefined) {
        throw wrong(pathOf(missing), "is missing; give it a value");
    }
    const entries = Object.entries(values).map(async ([key, value]): Promise<[string, unknown]> => {
        const { [key]: spec } = properties;
        const path = pathOf(key);
        if (spec === undefined) {
            const names = Object.keys(properties);
            throw wrong(path, `is not known; known are ${names.join(", ")}${didYouMean(key, names)}`);
        }
        return [key, await checkedValue(value, spec, path, required.includes(key))];
    });
    return Object.fromEntries((await Promise.all(entries)).filter(([, value]) => value !== undefined));
}

async function checkedValue(argument: unknown, spec: PropertySpec, path: string, isRequired = false): Promise<unknown> {
    // A transform in Python leaves the mark of an unknown value where an output was.
    const given: unknown = pulumi.isUnknown(argument) ? pulumi.output(argument) : argument;
    if (pulumi.Output.isInstance(given)) {
        const known = await knownValue(given);
        if (known === undefined) {
            return given;
        }
        const result = await checkedValue(known.value, spec, path, isRequired);
        return result === undefined ? undefined : given.apply(() => result);
    }
    if (spec.$ref === TARGET) {
        const data = await dataByUrn(given, path);
        if (data !== undefined) {
            return await checkedValue(data, spec, path, isRequired);
        }
        checkTarget(given, path);
    }
    if (given === null || given === undefined) {
        if (isRequired) {
            throw wrong(path, "is nothing; give it a value");
        }
        return undefined;
    }
    if (spec.$ref === ASSET && !pulumi.asset.Asset.isInstance(given)) {
        return mistake(given, "an asset, such as one of a file", path);
    }
    const { items = {}, additionalProperties: each = {} } = spec;
    const { type, properties } = typeOf(spec);
    switch (type) {
        case "object": {
            const members =
                isObject(given) && !pulumi.Resource.isInstance(given) ? given : mistake(given, "an object", path);
            if (properties !== undefined) {
                return await checked(members, typeOf(spec), path);
            }
            const keys = Object.keys(members);
            const ofMap = { properties: Object.fromEntries(keys.map((key) => [key, each])), required: keys };
            return each.$ref === ANY ? members : await checked(members, ofMap, path);
        }
        case "array": {
            const list = Array.isArray(given) ? given : mistake(given, "a list", path);
            const member = (value: unknown, index: number) => checkedValue(value, items, `${path}[${index}]`, true);
            return items.$ref === ANY ? list : await Promise.all(list.map(member));
        }
        case undefined:
            return given;
        default:
            return scalar(given, type, path);
    }
}

/** A text, a number or a boolean, also where it is written as another of them. */
function scalar(given: unknown, type: string, path: string): unknown {
    if (typeof given === type) {
        return given;
    }
    if (type === "string") {
        return typeof given === "number" || typeof given === "boolean" ? String(given) : mistake(given, "a text", path);
    }
    if (type === "boolean") {
        return given === "true" ? true : given === "false" ? false : mistake(given, "true or false", path);
    }
    const number = typeof given === "string" && given.trim() !== "" ? Number(given) : Number.NaN;
    return Number.isNaN(number) ? mistake(given, "a number", path) : number;
}

/** The message tells what kind of value was given and not the value, which may be a secret. */
function mistake(given: unknown, expected: string, path: string): never {
    const wanted = `expected ${expected}`;
    if (pulumi.Resource.isInstance(given)) {
        throw wrong(path, `is a resource, ${wanted}; pass one of its outputs`);
    }
    throw wrong(path, `is ${Array.isArray(given) ? "a list" : (KINDS[typeof given] ?? "of another type")}, ${wanted}`);
}

const KINDS: Partial<Record<string, string>> = {
    string: "a text",
    number: "a number",
    boolean: "a boolean",
    object: "an object",
};

function wrong(propertyPath: string, reason: string): pulumi.InputPropertyError {
    return new pulumi.InputPropertyError({ propertyPath, reason });
}
