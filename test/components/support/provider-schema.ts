type PropertyType = string | [PropertyType] | { "*": PropertyType };
/** What a schema says about the properties of an object. */
export type Properties = Record<string, { type: PropertyType }>;
/** The schema of a provider, as the recordings have it. */
export interface Schema {
    resources: Record<string, { inputs: Properties }>;
    types: Record<string, { properties: Properties }>;
}

/** The paths of all properties that a schema does not name. */
export function unknownProperties(schema: Schema, known: Properties, inputs: object, at = ""): string[] {
    return Object.entries(inputs).flatMap(([key, value]) => {
        const property = known[key];
        return property === undefined ? [`${at}${key}`] : unknownWithin(schema, property.type, value, `${at}${key}.`);
    });
}

function unknownWithin(schema: Schema, type: PropertyType, value: unknown, at: string): string[] {
    if (typeof value !== "object" || value === null) {
        return [];
    }
    if (typeof type !== "string") {
        const of = Array.isArray(type) ? type[0] : type["*"];
        return Object.entries(value).flatMap(([key, member]) => unknownWithin(schema, of, member, `${at}${key}.`));
    }
    const properties = schema.types[type]?.properties;
    return properties === undefined ? [] : unknownProperties(schema, properties, value, at);
}
