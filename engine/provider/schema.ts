import { catalogEntry, catalogObject } from "./catalog";
import table from "./properties.json";

/** What the schema says about a property. */
export interface PropertySchema {
    type: TypeSchema;
    required: boolean;
    /** Whether a change forces a replacement. */
    replaces: boolean;
    /** Whether Google Cloud sets it if the program leaves it out. It is then unknown in a preview. */
    computed: boolean;
    secret: boolean;
}

export type TypeSchema =
    | { kind: "string" | "boolean" | "number" | "asset" }
    | { kind: "list"; of: TypeSchema; /** Whether the order of its members does not matter. */ isSet: boolean }
    | { kind: "map"; of: TypeSchema }
    | { kind: "object"; name: string };

/** What the schema says about a resource type. `outputs` has only those properties that are not inputs too. */
export interface ResourceSchema {
    inputs: Record<string, PropertySchema>;
    outputs: Record<string, PropertySchema>;
}

const resources: Record<string, { inputs: Record<string, string>; outputs: Record<string, string> }> = table.resources;
const types: Record<string, Record<string, string>> = table.types;
const parsed = new Map<string, Record<string, PropertySchema>>();

/**
 * The schema of a resource type, or `undefined` if `@pulumi/gcp` has no such type. The tables are generated from the installed
 * package (`npm run generate -- properties catalog`). They have one word for each property: first the type (`{x}` is a map,
 * `x[]` a list, `x<>` one whose order does not matter, `#x` an object), then flags: `!` required, `^` forces a replacement, `+` computed, `*` secret.
 */
export function resourceSchema(token: string): ResourceSchema | undefined {
    const resource = resources[token] ?? catalogEntry(token);
    return resource && schemaOfWords(token, resource);
}

/** A schema from the words of its properties, which are parsed once for each token. */
export function schemaOfWords(
    token: string,
    words: Record<"inputs" | "outputs", Record<string, string>>,
): ResourceSchema {
    return {
        inputs: properties(`${token}#inputs`, () => words.inputs),
        outputs: properties(`${token}#outputs`, () => words.outputs),
    };
}

/** The properties of an object type. */
export function objectSchema(name: string): Record<string, PropertySchema> {
    return properties(name, () => types[name] ?? catalogObject(name));
}

function properties(key: string, words: () => Record<string, string>): Record<string, PropertySchema> {
    let known = parsed.get(key);
    if (known === undefined) {
        known = Object.fromEntries(Object.entries(words()).map(([name, word]) => [name, property(word)]));
        parsed.set(key, known);
    }
    return known;
}

function property(word: string): PropertySchema {
    const [, type = "", flags = ""] = /^(.*?)([!^+*]*)$/.exec(word) ?? [];
    return {
        type: typeSchema(type),
        required: flags.includes("!"),
        replaces: flags.includes("^"),
        computed: flags.includes("+"),
        secret: flags.includes("*"),
    };
}

function typeSchema(word: string): TypeSchema {
    if (/(\[\]|<>)$/.test(word)) {
        return { kind: "list", of: typeSchema(word.slice(0, -2)), isSet: word.endsWith("<>") };
    }
    if (word.startsWith("{")) {
        return { kind: "map", of: typeSchema(word.slice(1, -1)) };
    }
    if (word.startsWith("#")) {
        return { kind: "object", name: word.slice(1) };
    }
    return { kind: word as "string" };
}
