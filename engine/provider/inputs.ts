import { defined } from "../../common";
import { ProviderError } from "../errors";
import {
    asText,
    differences,
    isObject,
    parsePath,
    type Properties,
    type PropertyDiff,
    same,
    UNKNOWN,
    type Value,
} from "../values";
import { checkProperties, withoutNotes } from "./check";
import { automaticName, type AutoName } from "./names";
import { objectSchema, type PropertySchema, type ResourceSchema, type TypeSchema } from "./schema";
import type { CheckFailure, Diff, Subject } from "./types";

/** Inputs completed by the project and the location of the provider's configuration. */
export function withLocation(inputs: Properties, schema: ResourceSchema, config: Properties): Properties {
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

/**
 * A resource that exists, with the project and the region in which it is in place of those of its provider: the program may
 * have given it another provider since.
 */
export function whereItIs(subject: Subject, old: { id: string; outputs: Properties }): Subject {
    const text = (value: Value | undefined): string | undefined =>
        typeof value === "string" && value !== "" && value !== UNKNOWN ? lastSegment(value) : undefined;
    const { outputs, id } = old;
    const project = text(outputs["project"]) ?? /(?:^|\/)projects\/([^/_-][^/]*)\//.exec(id)?.[1];
    const region = text(outputs["region"]) ?? text(outputs["location"]);
    return { ...subject, config: { ...subject.config, ...defined({ project, region }) } };
}

/** A path in which each pair of braces is replaced by the input that it names. Throws if the input is missing. */
export function fillPath(template: string, inputs: Properties): string {
    return template.replace(/\{(\w+)\}/g, (_, key: string) => {
        const value = inputs[key];
        if (typeof value === "boolean") {
            return String(value);
        }
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

/** A template in which each pair of braces is replaced by the input that it names, or `undefined` if an input is missing. */
export function fillTemplate(template: string, inputs: Properties): string | undefined {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
    const isKnown = names.length > 0 && names.every((name) => ["string", "number"].includes(typeof inputs[name]));
    return isKnown
        ? template.replace(/\{(\w+)\}/g, (_, name: string) => lastPart(template, asText(inputs[name])))
        : undefined;
}

/** An input may name a resource by its path; a template that begins with a path of its own wants the last part. */
function lastPart(template: string, value: string): string {
    return template.startsWith("{") ? value : lastSegment(value);
}

function lastSegment(path: string): string {
    return path.slice(path.lastIndexOf("/") + 1);
}

/** The inputs that a text names by a template; none if the text has another form. */
export function matchTemplate(template: string, text: string): Properties {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
    const escaped = template.replace(/[.+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "([^/]+)");
    const found = names.length === 0 ? null : new RegExp(`^${escaped}$`).exec(text);
    return found === null ? {} : Object.fromEntries(names.map((name, at) => [name, found[at + 1] ?? ""]));
}

/** How the inputs of a type are completed and checked before the type itself gets them. */
export interface InputRules {
    autoName?: AutoName;
    defaults?: Properties;
    unsupported?: string[];
}

/** Checks the inputs of any type: their types, missing and unsupported ones, defaults, and the automatic name. */
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

/**
 * Compares inputs. The schema says, at any depth, which properties force a replacement.
 * @param outputs What the resource has, as Google Cloud answered.
 */
export function diffInputs(
    olds: Properties,
    news: Properties,
    schema: ResourceSchema,
    nameProperty: string | undefined,
    outputs: Properties = {},
): Diff {
    // A property stays as it is if the program now gives what it is already, and one that Google Cloud computes also if the
    // program no longer gives it.
    const stays = ({ path, kind, after }: PropertyDiff): boolean => {
        const parts = parsePath(path);
        const has = valueAt(outputs, parts);
        const isAsItWas = kind === "add" && has !== undefined && after !== UNKNOWN && same(has, after as Value);
        return isAsItWas || (kind === "delete" && computed(parts, schema.inputs));
    };
    const detailed = differences(olds, news, (path) => replaces(path, schema.inputs)).filter((each) => !stays(each));
    const noted = news["__defaults"];
    // The old and the new resource cannot both have a name that the program has given.
    const isAutomatic = Array.isArray(noted) && nameProperty !== undefined && noted.includes(nameProperty);
    const hasGivenName = nameProperty !== undefined && news[nameProperty] !== undefined && !isAutomatic;
    return { detailed, deleteBeforeReplace: hasGivenName };
}

function valueAt(values: Value | undefined, [key, ...rest]: string[]): Value | undefined {
    if (key === undefined) {
        return values;
    }
    const inside = Array.isArray(values) ? values[Number(key)] : isObject(values) ? values[key] : undefined;
    return valueAt(inside, rest);
}

function replaces(path: string[], properties: Record<string, PropertySchema>): boolean {
    const [key = "", ...rest] = path;
    const property = properties[key];
    if (property === undefined) {
        return false;
    }
    return property.replaces || isReplacedBelow(rest, property.type);
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

function isReplacedBelow(path: string[], type: TypeSchema): boolean {
    if (type.kind === "list") {
        return (type.isSet && replacesAnywhere(type.of)) || isReplacedBelow(path.slice(1), type.of);
    }
    return type.kind === "object" && path.length > 0 && replaces(path, objectSchema(type.name));
}

/** A member of a set has no place: to change one is to take it out and to put another in, with all that is inside. */
function replacesAnywhere(type: TypeSchema): boolean {
    return (
        type.kind === "object" &&
        Object.values(objectSchema(type.name)).some((each) => each.replaces || replacesAnywhere(each.type))
    );
}

/** Whether a value is what Google Cloud returns for a property that nobody has set. */
function isEmpty(value: Value): boolean {
    if (value !== null && typeof value === "object") {
        return Object.keys(value).length === 0;
    }
    return value === null || value === "" || value === false;
}

/** The inputs of a resource of which only the outputs are known: every input whose output has a value. */
export function inputsOf(outputs: Properties, schema: ResourceSchema): Properties {
    const entries = Object.keys(schema.inputs).map((key): [string, Value] => [key, outputs[key] ?? null]);
    return withoutNotes(Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)))) as Properties;
}
