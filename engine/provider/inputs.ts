import { ProviderError } from "../errors";
import { differences, isObject, parsePath, type Properties, type Value } from "../values";
import { checkProperties, withoutNotes } from "./check";
import { automaticName, type AutoName } from "./names";
import { objectSchema, type PropertySchema, type ResourceSchema, type TypeSchema } from "./schema";
import type { CheckFailure, Diff, Subject } from "./types";

/** Inputs with the project and the place that the provider's configuration gives. */
export function located(inputs: Properties, schema: ResourceSchema, config: Properties): Properties {
    const filled: Properties = { ...inputs };
    for (const [property, setting] of [
        ["project", "project"],
        ["location", "region"],
        ["region", "region"],
    ] as const) {
        if (property in schema.inputs && filled[property] === undefined && config[setting] !== undefined) {
            filled[property] = config[setting];
        }
    }
    return filled;
}

/** A path with its braces filled. Throws where a value is missing. */
export function fill(template: string, inputs: Properties): string {
    return template.replace(/\{(\w+)\}/g, (_, key: string) => {
        const value = inputs[key];
        if (typeof value !== "string" || value === "") {
            const setting = { project: "gcp:project", region: "gcp:region", location: "gcp:region" }[key];
            throw new ProviderError(`${key} is not set`, {
                fix:
                    setting === undefined
                        ? `give ${key}`
                        : `give ${key}, or set ${setting} in the stack's configuration`,
            });
        }
        return value;
    });
}

/** What is done with the inputs of a type, whatever the type does with them. */
export interface InputRules {
    autoName?: AutoName;
    defaults?: Properties;
    unsupported?: string[];
}

/** The generic part of Check: types, required, defaults, automatic name. */
export function checkInputs(
    { name }: Subject,
    olds: Properties,
    news: Properties,
    schema: ResourceSchema,
    type: InputRules,
): { inputs: Properties; failures: CheckFailure[] } {
    const failures: CheckFailure[] = [];
    const inputs = checkProperties(news, schema.inputs, "", failures);
    const noted: string[] = [];
    for (const [path, value] of Object.entries(type.defaults ?? {})) {
        const [key = "", nested] = path.split(".");
        const parent = inputs[key];
        if (nested === undefined) {
            if (parent !== undefined) {
                continue;
            }
            inputs[key] = value;
            noted.push(key);
        } else if (isObject(parent) && parent[nested] === undefined) {
            parent[nested] = value;
            parent["__defaults"] = [nested];
        }
    }
    for (const property of type.unsupported ?? []) {
        if (inputs[property] !== undefined) {
            failures.push({
                property,
                reason: "the sandbox's engine does not support this property; leave it out, or use the Pulumi CLI",
            });
        }
    }
    if (type.autoName !== undefined && inputs[type.autoName.property] === undefined) {
        inputs[type.autoName.property] = automaticName(name, olds, type.autoName);
        noted.push(type.autoName.property);
    }
    inputs["__defaults"] = noted.sort();
    return { inputs, failures };
}

/** Compares inputs; what replaces is in the schema, also deep inside. */
export function diffInputs(
    olds: Properties,
    news: Properties,
    schema: ResourceSchema,
    named: string | undefined,
): Diff {
    // What the program no longer gives and Google Cloud computes stays as it is.
    const detailed = differences(olds, news, (path) => replaces(path, schema.inputs)).filter(
        ({ path, kind }) => kind !== "delete" || !computed(parsePath(path), schema.inputs),
    );
    const noted = news["__defaults"];
    // Two resources cannot have the one name that the program gave.
    const given = named !== undefined && news[named] !== undefined && !(Array.isArray(noted) && noted.includes(named));
    return { detailed, deleteBeforeReplace: given };
}

function replaces(path: string[], properties: Record<string, PropertySchema>): boolean {
    const [key = "", ...rest] = path;
    const property = properties[key];
    if (property === undefined) {
        return false;
    }
    return property.replaces || within(rest, property.type);
}

function computed([key = "", ...rest]: string[], properties: Record<string, PropertySchema>): boolean {
    const property = properties[key];
    if (property === undefined || rest.length === 0) {
        return property?.computed ?? false;
    }
    const type = property.type.kind === "list" ? property.type.of : property.type;
    const below = property.type.kind === "list" ? rest.slice(1) : rest;
    return type.kind === "object" && computed(below, objectSchema(type.name));
}

function within(path: string[], type: TypeSchema): boolean {
    if (type.kind === "list") {
        return within(path.slice(1), type.of);
    }
    return type.kind === "object" && path.length > 0 && replaces(path, objectSchema(type.name));
}

/** What Google Cloud says of a property that nobody has set. */
function isEmpty(value: Value): boolean {
    if (value !== null && typeof value === "object") {
        return Object.keys(value).length === 0;
    }
    return value === null || value === "" || value === false;
}

/** The inputs of a resource that is only known by what it is: every input that has a value. */
export function inputsOf(outputs: Properties, schema: ResourceSchema): Properties {
    const entries = Object.keys(schema.inputs).map((key): [string, Value] => [key, outputs[key] ?? null]);
    return withoutNotes(Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)))) as Properties;
}
