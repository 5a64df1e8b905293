import { ScalarType, type DescField, type DescMessage } from "@bufbuild/protobuf";
import type { Json } from "../../../cloud";
import { isObject } from "../messages";

/** How the values of a field are compared. `any`: as what both sides look like. */
export type Kind = "text" | "number" | "flag" | "enum" | "time" | "duration" | "map" | "message" | "any";

/** A field that a filter or an order names. */
export interface Field<Item> {
    kind: Kind;
    /** The values that an enum can have. */
    allowed?: readonly string[];
    /** The value of a field that is not set; undefined if there is none. */
    unset?: string;
    /** The values of an item: several if the field repeats. */
    read(item: Item): readonly string[];
}

/** The fields of one kind of item. */
export interface Fields<Item> {
    find(path: readonly string[]): Field<Item> | undefined;
    /** The names at the top, for messages. */
    names: readonly string[];
    /** All texts of an item, for a word that names no field. @default such words are refused */
    texts?(item: Item): readonly string[];
}

/** Reads a field of an item as texts: several if the field repeats. `rest` is the path after the field's name. */
type FieldReader<Item> = (item: Item, rest: string) => readonly string[];
/** Fields that are written out by hand, because lists of this kind have no message, or can be filtered by few fields. */
export type FieldReaders<Item> = Readonly<Record<string, FieldReader<Item>>>;

export function readersAsFields<Item>(readers: FieldReaders<Item>): Fields<Item> {
    return {
        names: Object.keys(readers),
        find([name = "", ...rest]) {
            const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
            return read && { kind: "any", read: (item) => read(item, rest.join(".")) };
        },
    };
}

/** The fields of a message, by their names in the proto and in JSON. */
export function fieldsOf(message: DescMessage): Fields<Json> {
    return {
        names: message.fields.map(({ name }) => name),
        find: (path) => find(message, path),
        texts: textsIn,
    };
}

function find(message: DescMessage, [name, ...rest]: readonly string[]): Field<Json> | undefined {
    const field = message.fields.find((each) => each.name === name || each.jsonName === name);
    if (!field) {
        return undefined;
    }
    const { jsonName } = field;
    if (field.fieldKind === "map") {
        const key = rest.join(".");
        const entries = (item: Json): Json => (isObject(item[jsonName]) ? item[jsonName] : {});
        return rest.length === 0
            ? { kind: "map", read: (item) => Object.keys(entries(item)) }
            : { kind: "text", read: (item) => textsOf(entries(item)[key]) };
    }
    const values = (item: Json): unknown[] => [item[jsonName] ?? []].flat();
    const inner = field.message && !field.message.typeName.startsWith("google.protobuf.") ? field.message : undefined;
    if (rest.length > 0) {
        const below = inner && find(inner, rest);
        return (
            below && {
                ...below,
                read: (item) =>
                    values(item)
                        .filter(isObject)
                        .flatMap((each) => below.read(each)),
            }
        );
    }
    const { kind, unset, allowed } = kindOf(field);
    return {
        kind,
        ...(allowed && { allowed }),
        ...(unset !== undefined && field.fieldKind !== "list" && { unset }),
        read(item) {
            const texts = values(item).flatMap(textsOf);
            return texts.length === 0 && unset !== undefined && field.fieldKind !== "list" ? [unset] : texts;
        },
    };
}

function kindOf({ message, enum: enumeration, scalar }: DescField): Pick<Field<Json>, "kind" | "unset" | "allowed"> {
    if (message) {
        const known: Record<string, Kind> = {
            "google.protobuf.Timestamp": "time",
            "google.protobuf.Duration": "duration",
        };
        return { kind: known[message.typeName] ?? "message" };
    }
    if (enumeration) {
        const allowed = enumeration.values.map(({ name }) => name);
        return { kind: "enum", allowed, unset: allowed[0] ?? "" };
    }
    if (scalar === ScalarType.BOOL) {
        return { kind: "flag", unset: "false" };
    }
    return scalar === ScalarType.STRING || scalar === ScalarType.BYTES
        ? { kind: "text", unset: "" }
        : { kind: "number", unset: "0" };
}

function textsOf(value: unknown): string[] {
    if (value === undefined || value === null) {
        return [];
    }
    return [typeof value === "string" ? value : JSON.stringify(value)];
}

function textsIn(value: unknown): string[] {
    if (typeof value === "string") {
        return [value];
    }
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
