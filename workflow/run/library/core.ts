import {
    BINARY,
    Double,
    doubleText,
    failure,
    integer,
    isInteger,
    isMapValue,
    isNumeric,
    type RuntimeMap,
    type RuntimeValue,
    toNumber,
    typeName,
} from "../values";
import { define } from "./define";

/** The expression helpers: https://cloud.google.com/workflows/docs/reference/stdlib/expression-helpers */
export const HELPERS = [
    define("double", { x: "any" }, ({ x }) => {
        if (isNumeric(x)) {
            return new Double(toNumber(x));
        }
        return new Double(parse("double", x, /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/, Number));
    }),
    define("int", { x: "any" }, ({ x }) => {
        if (isInteger(x)) {
            return x;
        }
        if (x instanceof Double) {
            return wholeOf(Math.trunc(x.value), "int");
        }
        return integer(parse("int", x, /^\s*[-+]?\d+\s*$/, (text) => BigInt(text.replace("+", ""))));
    }),
    define("string", { x: "any" }, ({ x }) => {
        if (typeof x === "string") {
            return x;
        }
        if (isInteger(x) || typeof x === "boolean") {
            return String(x);
        }
        if (x instanceof Double) {
            return doubleText(x.value);
        }
        throw failure(
            "TypeError",
            `string takes a string, integer, double or boolean, got: ${typeName(x)}; for others there is json.encode_to_string`,
        );
    }),
    define("keys", { map: "map" }, ({ map }) => [...map.keys()], { borrows: true }),
    define("len", { value: "any" }, ({ value }) => length(value), { borrows: true }),
    define("default", { value: "any", default_value: "any" }, ({ value, default_value }) => value ?? default_value),
    define("if", { condition: "boolean", if_true: "any", if_false: "any" }, (args) =>
        args.condition ? args.if_true : args.if_false,
    ),
    define("get_type", { value: "any" }, ({ value }) => typeName(value), { borrows: true }),
];

/** @throws WorkflowError `ValueError` where the number is no integer of 64 bits */
function wholeOf(value: number, name: string): number | bigint {
    if (!Number.isFinite(value)) {
        throw failure("ValueError", `${name}: ${doubleText(value)} is no integer`);
    }
    return integer(BigInt(value));
}

function parse<T>(name: string, value: RuntimeValue, pattern: RegExp, read: (text: string) => T): T {
    if (typeof value !== "string") {
        throw failure("TypeError", `${name} takes a string, integer or double, got: ${typeName(value)}`);
    }
    if (!pattern.test(value)) {
        throw failure("ValueError", `${name}: "${value}" is no ${name === "int" ? "integer" : "number"}`);
    }
    return read(value.trim());
}

/** The length of a list, a map or a text. Texts are counted in characters, and not in bytes or UTF-16 units. */
function length(value: RuntimeValue): number {
    if (typeof value === "string") {
        return /[\ud800-\udbff]/.test(value) ? Array.from(value).length : value.length;
    }
    if (isMapValue(value)) {
        return value.size;
    }
    if (Array.isArray(value) || value instanceof Uint8Array) {
        return value.length;
    }
    throw failure("TypeError", `len takes a string, list, map or bytes, got: ${typeName(value)}`);
}

export const LISTS = [
    define("list.concat", { objs: "list", val: "any" }, ({ objs, val }) => [...objs, val]),
    define("list.prepend", { objs: "list", val: "any" }, ({ objs, val }) => [val, ...objs]),
];

export const MAPS = [
    define("map.get", { map: "any", keys: "any" }, ({ map, keys }) => {
        let found: RuntimeValue | undefined = map;
        for (const key of Array.isArray(keys) ? keys : [keys]) {
            if (typeof key !== "string") {
                throw failure("TypeError", `map.get: a key must be a string, got: ${typeName(key)}`);
            }
            found = isMapValue(found) ? found.get(key) : undefined;
        }
        return found ?? null;
    }),
    define("map.delete", { map: "map", key: "string" }, ({ map, key }) => {
        const rest = new Map(map);
        rest.delete(key);
        return rest;
    }),
    define("map.merge", { first: "map", second: "map" }, ({ first, second }) => new Map([...first, ...second])),
    define("map.merge_nested", { first: "map", second: "map" }, ({ first, second }) => mergeNested(first, second)),
];

function mergeNested(first: RuntimeMap, second: RuntimeMap): RuntimeMap {
    const merged = new Map(first);
    for (const [key, value] of second) {
        const before = merged.get(key);
        merged.set(key, isMapValue(before) && isMapValue(value) ? mergeNested(before, value) : value);
    }
    return merged;
}

type Numeric = number | bigint | Double;

const less = (a: RuntimeValue, b: RuntimeValue): boolean => BINARY["<"](a, b) === true;

/** An integer where both numbers are integers, otherwise a double: https://cloud.google.com/workflows/docs/reference/stdlib/math/max */
const chosen = (x: Numeric, y: Numeric, found: Numeric): Numeric =>
    isInteger(x) && isInteger(y) ? found : new Double(toNumber(found));

export const MATHS = [
    define("math.abs", { x: "number" }, ({ x }) => {
        if (x instanceof Double) {
            return new Double(Math.abs(x.value));
        }
        return x < 0 ? integer(-BigInt(x)) : x;
    }),
    // [K] Two other implementations know it; of Google's pages none that was at hand names it.
    define("math.floor", { x: "number" }, ({ x }) =>
        x instanceof Double ? wholeOf(Math.floor(x.value), "math.floor") : x,
    ),
    define("math.max", { x: "number", y: "number" }, ({ x, y }) => chosen(x, y, less(x, y) ? y : x)),
    define("math.min", { x: "number", y: "number" }, ({ x, y }) => chosen(x, y, less(y, x) ? y : x)),
];
