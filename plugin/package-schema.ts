import table from "./schema.json";

/** What the schema says about one property. */
export interface PropertySpec {
    type?: string;
    $ref?: string;
    /** Whether the component must know the value before it is made. */
    plain?: boolean;
    items?: PropertySpec;
    additionalProperties?: PropertySpec;
}

/** What the schema says about a type, or about the arguments of a component. */
export interface ObjectSpec {
    type?: string;
    properties?: Record<string, PropertySpec>;
    /** The members that have no default. */
    required?: string[];
}

/** The part of Pulumi's schema of a package that is used here. */
export interface PackageSpec {
    resources: Record<
        string,
        ObjectSpec & { inputProperties: Record<string, PropertySpec>; requiredInputs?: string[] }
    >;
    types: Record<string, ObjectSpec>;
}

/** The components of this package, as `npm run generate -- schema` has read them from the sources. */
export const schema: PackageSpec = table;

/** The type of targets, which programs in other languages get wrong most easily: they cannot pass a component itself. */
export const TARGET = "#/types/pulumi-gcp-invoke:index:Target";

/**
 * The schema that other languages get. In it every argument may be an output: {@link schema} says which of them a component
 * must know, and those are waited for. No member of a target is required, because a target may be the URN of a component and
 * nothing else; one that is not has all that {@link schema} requires.
 */
export function servedSchema(version: string): string {
    const [, , name = ""] = TARGET.split("/");
    const types = { ...schema.types, [name]: { ...schema.types[name], required: undefined } };
    return JSON.stringify({ ...schema, types, version }, (key, value: unknown) =>
        key === "plain" ? undefined : value,
    );
}

/** The members of an object type of this package; undefined for all other types. */
export function membersOf({ $ref = "" }: PropertySpec): Record<string, PropertySpec> | undefined {
    return schema.types[$ref.replace("#/types/", "")]?.properties;
}

/** The type of a property: that of this package, or one of the schema's own. It has no `type` where any value may stand. */
export function typeOf({ type, $ref }: PropertySpec): ObjectSpec {
    return $ref === undefined
        ? { ...(type !== undefined && { type }) }
        : (schema.types[$ref.replace("#/types/", "")] ?? {});
}
