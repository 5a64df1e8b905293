/**
 * A double. Integers are plain numbers while they are safe and bigints beyond, which keeps the common case fast, so a
 * double needs a class of its own to be different from them.
 */
export class Double {
    constructor(readonly value: number) {}
}

/** A value in a run: integers are `number` (safe) or `bigint` (up to 64 bits), doubles are {@link Double}. */
export type RuntimeValue =
    | null
    | boolean
    | number
    | bigint
    | Double
    | string
    | Uint8Array
    | RuntimeValue[]
    | Map<string, RuntimeValue>;

/** A map in a run, in the order of its entries. */
export type RuntimeMap = Map<string, RuntimeValue>;

/** What `get_type` answers. https://cloud.google.com/workflows/docs/reference/stdlib/expression-helpers */
export function typeName(value: RuntimeValue): string {
    switch (typeof value) {
        case "number":
        case "bigint":
            return "integer";
        case "object":
            if (value === null) {
                return "null";
            }
            return value instanceof Map
                ? "map"
                : Array.isArray(value)
                  ? "list"
                  : value instanceof Double
                    ? "double"
                    : "bytes";
        default:
            return typeof value;
    }
}

export function isMapValue(value: RuntimeValue | undefined): value is RuntimeMap {
    return value instanceof Map;
}

/** The map of some entries, without those that are undefined. */
export function mapOf(entries: Readonly<Record<string, RuntimeValue | undefined>>): RuntimeMap {
    const map: RuntimeMap = new Map();
    for (const [key, value] of Object.entries(entries)) {
        if (value !== undefined) {
            map.set(key, value);
        }
    }
    return map;
}

/** A double as the language writes it: always with a point or an exponent. Infinite and not-a-number as Go writes them [K]. */
export function doubleText(value: number): string {
    if (!Number.isFinite(value)) {
        return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
    const text = Object.is(value, -0) ? "-0" : String(value);
    return /[.e]/.test(text) ? text : `${text}.0`;
}

/**
 * The bytes that a value takes of an execution's memory: 8 for each value, and what it holds.
 * https://cloud.google.com/workflows/docs/reference/syntax/variables#memory
 */
export function sizeOf(value: RuntimeValue | undefined): number {
    if (typeof value === "string") {
        return 8 + Buffer.byteLength(value);
    }
    if (value === undefined || typeof value !== "object" || value === null || value instanceof Double) {
        return 8;
    }
    let size = 8;
    if (value instanceof Map) {
        for (const [key, each] of value) {
            size += 8 + Buffer.byteLength(key) + sizeOf(each);
        }
        return size;
    }
    if (value instanceof Uint8Array) {
        return size + value.length;
    }
    for (const each of value) {
        size += sizeOf(each);
    }
    return size;
}

/** A JavaScript value (what a host hands in) as a value of the language: whole numbers become integers. */
export function fromPlain(value: unknown): RuntimeValue {
    switch (typeof value) {
        case "number":
            return Number.isSafeInteger(value) ? value : new Double(value);
        case "string":
        case "boolean":
            return value;
        case "bigint":
            return Number.isSafeInteger(Number(value)) ? Number(value) : value;
        case "object":
            if (value === null || value instanceof Double || value instanceof Uint8Array) {
                return value;
            }
            if (Array.isArray(value)) {
                return value.map(fromPlain);
            }
            return new Map(
                Array.from(
                    value instanceof Map ? (value as Map<unknown, unknown>) : Object.entries(value),
                    ([key, each]) => [String(key), fromPlain(each)],
                ),
            );
        default:
            return null;
    }
}

/** A value as plain JavaScript, for tests and logs: integers beyond 2^53 stay bigints, doubles become numbers. */
export function toPlain(value: RuntimeValue): unknown {
    if (value instanceof Double) {
        return value.value;
    }
    if (value instanceof Map) {
        return Object.fromEntries(Array.from(value, ([key, each]) => [key, toPlain(each)]));
    }
    return Array.isArray(value) ? value.map(toPlain) : value;
}

/** Arguments by position; one that was not given is undefined. */
export type Args = readonly (RuntimeValue | undefined)[];
