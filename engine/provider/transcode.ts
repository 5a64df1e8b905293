import { hasUnknown, isObject, type Properties, UNKNOWN, type Value } from "../values";
import { objectSchema, type PropertySchema, type ResourceSchema, type TypeSchema } from "./schema";

/** How the properties of a type in Google's API differ from those in the provider. */
export interface Shape {
    /** The API's names of properties. Properties of an object have the key `ObjectType.property`. */
    rename?: Record<string, string>;
    /** Objects that the API has as lists with one member, with keys as in {@link rename}. */
    wrapped?: string[];
    /** Inputs that are never sent to the API: they belong to the provider, or are part of the URL. */
    notSent?: string[];
}

const LABEL = { "goog-pulumi-provisioned": "true" };

/** The labels that a resource gets: the provider's own, its default labels, and those of the inputs. */
export function effectiveLabels(inputs: Properties, config: Properties): Properties {
    const defaults =
        typeof config["defaultLabels"] === "string"
            ? (JSON.parse(config["defaultLabels"]) as Properties)
            : config["defaultLabels"];
    return {
        ...LABEL,
        ...(isObject(defaults) ? defaults : {}),
        ...(isObject(inputs["labels"]) ? inputs["labels"] : {}),
    };
}

/** The outputs of labels: those of the program, and those that the resource has with the provider's own. */
export function labelOutputs(
    inputs: Properties,
    schema: ResourceSchema,
    config: Properties,
    remote?: Properties,
): Properties {
    if (!("effectiveLabels" in schema.outputs)) {
        return {};
    }
    const labels = effectiveLabels(inputs, config);
    const effective = remote !== undefined && isObject(remote["labels"]) ? remote["labels"] : labels;
    const own = isObject(inputs["labels"]) ? Object.keys(inputs["labels"]) : [];
    const shown = Object.fromEntries(Object.entries(effective).filter(([key]) => own.includes(key)));
    return { effectiveLabels: effective, pulumiLabels: labels, labels: own.length > 0 ? shown : null };
}

/** Inputs as the body of a request. Empty objects are kept, as they may choose between alternatives. */
export function encode(
    inputs: Properties,
    schema: Record<string, PropertySchema>,
    shape: Shape,
    owner = "",
): Properties {
    const body: Properties = {};
    for (const [key, value] of Object.entries(inputs)) {
        const property = schema[key];
        if (property === undefined || value === null || (owner === "" && shape.notSent?.includes(key) === true)) {
            continue;
        }
        const place = owner === "" ? key : `${owner}.${key}`;
        const encoded = encodeValue(value, property.type, shape);
        body[shape.rename?.[place] ?? key] = shape.wrapped?.includes(place) === true ? [encoded] : encoded;
    }
    return body;
}

function encodeValue(value: Value, type: TypeSchema, shape: Shape): Value {
    if (type.kind === "list" && Array.isArray(value)) {
        return value.map((member) => encodeValue(member, type.of, shape));
    }
    if (type.kind === "object" && isObject(value)) {
        return encode(value, objectSchema(type.name), shape, lastSegment(type.name));
    }
    if (isObject(value)) {
        return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "__defaults"));
    }
    return value;
}

/**
 * The answer of an API as outputs, which have every property of the schema. Absent properties have Terraform's zero value
 * (`""`, `false`, 0, an empty list, or null), and those that are never sent are as in the inputs.
 */
export function decode(remote: Properties, schema: ResourceSchema, shape: Shape, inputs: Properties): Properties {
    const outputs: Properties = {};
    for (const [key, property] of Object.entries({ ...schema.inputs, ...schema.outputs })) {
        outputs[key] =
            shape.notSent?.includes(key) === true
                ? (inputs[key] ?? null)
                : decodeNamed(remote, key, property, shape, "");
    }
    return outputs;
}

function decodeNamed(remote: Properties, key: string, property: PropertySchema, shape: Shape, owner: string): Value {
    const place = owner === "" ? key : `${owner}.${key}`;
    return decodeValue(remote[shape.rename?.[place] ?? key], property, property.type, shape);
}

function decodeValue(value: Value | undefined, property: PropertySchema, type: TypeSchema, shape: Shape): Value {
    if (value === undefined || value === null) {
        return zero(property, type);
    }
    switch (type.kind) {
        case "list":
            return (Array.isArray(value) ? value : [value]).map((member) =>
                decodeValue(member, property, type.of, shape),
            );
        case "object": {
            const object = Array.isArray(value) ? value[0] : value;
            if (!isObject(object)) {
                return null;
            }
            const entries = Object.entries(objectSchema(type.name));
            return Object.fromEntries(
                entries.map(([key, member]) => [key, decodeNamed(object, key, member, shape, lastSegment(type.name))]),
            );
        }
        case "string":
            return typeof value === "object" ? JSON.stringify(value) : String(value);
        case "number":
            return Number(value);
        default:
            return value;
    }
}

function zero(property: PropertySchema, type: TypeSchema): Value {
    switch (type.kind) {
        case "string":
            return "";
        case "boolean":
            return false;
        case "number":
            return 0;
        case "list":
            return type.of.kind === "object" ? [] : null;
        case "map":
            return property.computed ? {} : null;
        default:
            return null;
    }
}

/**
 * The outputs that a preview shows. Inputs are as given. Other properties are as before; if there was no value before,
 * those that Google Cloud computes are unknown, and the others are null.
 */
export function planned(
    inputs: Properties,
    schema: ResourceSchema,
    old?: { inputs: Properties; outputs: Properties },
): Properties {
    return planObject(inputs, { ...schema.inputs, ...schema.outputs }, old?.inputs, old?.outputs);
}

function planObject(
    inputs: Properties,
    schema: Record<string, PropertySchema>,
    oldInputs: Value | undefined,
    oldOutputs: Value | undefined,
): Properties {
    const [before, after] = [isObject(oldInputs) ? oldInputs : {}, isObject(oldOutputs) ? oldOutputs : {}];
    return Object.fromEntries(
        Object.entries(schema).map(([key, property]) => [
            key,
            planValue(inputs[key], property, property.type, before[key], after[key]),
        ]),
    );
}

function planValue(
    value: Value | undefined,
    property: PropertySchema,
    type: TypeSchema,
    oldInput: Value | undefined,
    oldOutput: Value | undefined,
): Value {
    if (value === undefined || value === null) {
        // An input that the program no longer gives is removed. An output that was never an input stays as it was.
        if (oldOutput !== undefined && oldInput === undefined) {
            return oldOutput;
        }
        if (property.computed) {
            return UNKNOWN;
        }
        return type.kind === "list" && type.of.kind === "object" ? [] : null;
    }
    if (type.kind === "list" && Array.isArray(value)) {
        const at = (list: Value | undefined, index: number) => (Array.isArray(list) ? list[index] : undefined);
        return value.map((member, i) => planValue(member, property, type.of, at(oldInput, i), at(oldOutput, i)));
    }
    if (type.kind === "object" && isObject(value)) {
        return planObject(value, objectSchema(type.name), oldInput, oldOutput);
    }
    if (type.kind === "map" && hasUnknown(value)) {
        return UNKNOWN;
    }
    return value;
}

function lastSegment(name: string): string {
    return name.slice(name.lastIndexOf("/") + 1);
}
