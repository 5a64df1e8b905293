import { failure, WorkflowError, type Frame, LIBRARY, literal, Double, isMapValue, type RuntimeValue } from "../../run";
import { type Abstract, literalOf, nothing, text, unknown, type Values } from "./domain";
import { join, listValue, mapValue } from "./join";

/** How many combinations of fully known arguments are computed. */
const MAX_COMBINATIONS = 64;

/** Functions of the standard library whose result depends on their arguments alone, and is the same at every call. */
const pure = /^(double|int|string|keys|len|default|if|get_type|(list|map|math|text|json)\.\w+|base64\.\w+|hash\.\w+)$/;

export const isPure = (name: string): boolean => pure.test(name) && LIBRARY.has(name);

/**
 * Constant folding: the result of a library function for arguments that are fully known, computed by the function of the
 * interpreter. `undefined` if an argument is not fully known, or the function is not of that kind.
 */
export function folded(name: string, args: readonly (Values | undefined)[]): Values | undefined {
    const callee = isPure(name) ? LIBRARY.get(name) : undefined;
    if (callee === undefined) {
        return undefined;
    }
    // A call that lacks an argument raises an error.
    const lacks = (row: readonly unknown[]): boolean =>
        callee.params?.some((param, index) => !param.endsWith("?") && row[index] === undefined) === true;
    const rows = combinations(args)?.filter((row) => !lacks(row));
    return rows && join(rows.flatMap((row) => resultOf(() => callee.run(row, noFrame as Frame))));
}

/** The result of an operation as values; none if it raises an error. */
export function resultOf(compute: () => RuntimeValue | Promise<RuntimeValue> | undefined): Values {
    try {
        const result = compute();
        return result instanceof Promise || result === undefined ? unknown("unknown", "a result") : valuesOf(result);
    } catch (error) {
        if (error instanceof WorkflowError || error instanceof RangeError) {
            return [];
        }
        throw error;
    }
}

/** Pure functions do not look at the frame. */
const noFrame: unknown = new Proxy(
    {},
    {
        get: () => {
            throw failure("SystemError", "a function that is computed ahead needs the run");
        },
    },
);

/** Every combination of the values of the arguments; `undefined` if one is not fully known, or if there are too many. */
function combinations(args: readonly (Values | undefined)[]): (RuntimeValue | undefined)[][] | undefined {
    let rows: (RuntimeValue | undefined)[][] = [[]];
    for (const arg of args) {
        const exact = arg === undefined ? [undefined] : exactValues(arg);
        if (exact === undefined || rows.length * exact.length > MAX_COMBINATIONS) {
            return undefined;
        }
        rows = rows.flatMap((row) => exact.map((each) => [...row, each]));
    }
    return rows;
}

/** The values, if each is fully known. */
export function exactValues(values: Values): RuntimeValue[] | undefined {
    const exact = values.map(exactValue);
    return exact.every((each) => each !== undefined) ? exact : undefined;
}

function exactValue(value: Abstract): RuntimeValue | undefined {
    switch (value.kind) {
        case "text":
            return literalOf(value);
        case "scalar":
            return literal(value.value);
        case "list": {
            const items = value.items?.map(single);
            return items?.every((each) => each !== undefined) === true ? items : undefined;
        }
        case "map": {
            const entries = Array.from(value.fields, ([key, each]) => [key, single(each)] as const);
            return value.rest.length === 0 &&
                entries.every((each): each is [string, RuntimeValue] => each[1] !== undefined)
                ? new Map(entries)
                : undefined;
        }
        default:
            return undefined;
    }
}

function single(values: Values): RuntimeValue | undefined {
    const [only] = values;
    return only !== undefined && values.length === 1 ? exactValue(only) : undefined;
}

/** A value of a run as a value of the analysis. */
export function valuesOf(value: RuntimeValue): Values {
    if (typeof value === "string") {
        return text(value);
    }
    if (value === null) {
        return [nothing];
    }
    if (Array.isArray(value)) {
        const items = value.map(valuesOf);
        return [listValue(join(items.flat()), items)];
    }
    if (isMapValue(value)) {
        return [mapValue(new Map(Array.from(value, ([key, each]) => [key, valuesOf(each)])))];
    }
    if (value instanceof Uint8Array) {
        return unknown("unknown", "bytes");
    }
    return [
        {
            kind: "scalar",
            value: value instanceof Double ? value.value : typeof value === "number" ? BigInt(value) : value,
        },
    ];
}
