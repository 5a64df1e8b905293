import { objectSchema, type PropertySchema, type TypeSchema } from "../../../engine/provider/schema";
import type { Properties, Value } from "../../../engine/values/values";

/** A value of a type. Equal seeds give equal values, and different seeds different ones. */
function valueOf(type: TypeSchema, seed: number, depth: number): Value {
    switch (type.kind) {
        case "string":
            return `text-${seed}`;
        case "number":
            return seed;
        case "boolean":
            return seed % 2 === 1;
        case "list":
            return [valueOf(type.of, seed, depth + 1)];
        case "map":
            return { key: valueOf(type.of, seed, depth + 1) };
        case "object":
            return inputsOf(objectSchema(type.name), seed, depth + 1);
        default:
            return null;
    }
}

/** Inputs for a schema: all that are required, and of the others those that the seed picks. */
export function inputsOf(schema: Record<string, PropertySchema>, seed: number, depth = 0): Properties {
    const given = Object.entries(schema).filter(
        ([, { required }], at) => required || (depth < 3 && (at + seed) % 3 === 0),
    );
    const values = given.map(([key, { type }]): [string, Value] => [key, valueOf(type, seed, depth)]);
    return Object.fromEntries(values.filter(([, value]) => value !== null));
}
