import type { BinaryOperator } from "../../expression";
import { failure } from "./errors";
import { Double, doubleText, typeName, type RuntimeValue } from "./value";

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

type Integer = number | bigint;
type Operation = (left: RuntimeValue, right: RuntimeValue) => RuntimeValue;

/** A bigint as an integer of the language. @throws WorkflowError `ValueError` if it does not fit 64 bits [K: the tag] */
export function integer(value: bigint): Integer {
    if (value > INT64_MAX || value < INT64_MIN) {
        throw failure("ValueError", `integer overflow: ${value.toString()} does not fit 64 bits`);
    }
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
}

export function isInteger(value: RuntimeValue | undefined): value is Integer {
    return typeof value === "number" || typeof value === "bigint";
}

export function isNumeric(value: RuntimeValue): value is Integer | Double {
    return isInteger(value) || value instanceof Double;
}

export function toNumber(value: Integer | Double): number {
    return value instanceof Double ? value.value : Number(value);
}

function unsupported(operator: string, left: RuntimeValue, right: RuntimeValue): Error {
    return failure("TypeError", `unsupported operand types for ${operator}: ${typeName(left)} and ${typeName(right)}`);
}

/** An operator on two numbers: integers exactly, doubles if one side is one. */
function arithmetic(
    operator: string,
    fast: (left: number, right: number) => number,
    exact: (left: bigint, right: bigint) => bigint,
    double = fast,
): Operation {
    return (left, right) => {
        if (typeof left === "number" && typeof right === "number") {
            const result = fast(left, right);
            // The sum turns -0 into 0: integers have one zero.
            return Number.isSafeInteger(result) ? result + 0 : integer(exact(BigInt(left), BigInt(right)));
        }
        if (isInteger(left) && isInteger(right)) {
            return integer(exact(BigInt(left), BigInt(right)));
        }
        if (isNumeric(left) && isNumeric(right)) {
            return new Double(double(toNumber(left), toNumber(right)));
        }
        throw unsupported(operator, left, right);
    };
}

const addNumbers = arithmetic(
    "+",
    (left, right) => left + right,
    (left, right) => left + right,
);

/** https://cloud.google.com/workflows/docs/reference/syntax/datatypes: a string takes numbers and booleans, in either order. */
const add: Operation = (left, right) => {
    if (typeof left === "string") {
        return left + (typeof right === "string" ? right : concatenable(left, right, right));
    }
    return typeof right === "string" ? concatenable(left, right, left) + right : addNumbers(left, right);
};

function concatenable(left: RuntimeValue, right: RuntimeValue, value: RuntimeValue): string {
    if (isInteger(value) || typeof value === "boolean") {
        return String(value);
    }
    if (value instanceof Double) {
        return doubleText(value.value);
    }
    throw unsupported("+", left, right);
}

/** Guards a division against zero, for integers and doubles alike. */
const divided =
    (operator: string, operation: Operation): Operation =>
    (left, right) => {
        if (isNumeric(left) && isNumeric(right) && toNumber(right) === 0) {
            throw failure("ZeroDivisionError", `division by zero in ${operator}`);
        }
        return operation(left, right);
    };

const modulo = (left: number, right: number): number => {
    const remainder = left % right;
    return remainder !== 0 && remainder < 0 !== right < 0 ? remainder + right : remainder;
};
/** Exact if the multiple below `left` is safe; not-a-number sends the caller to bigints. */
const floorSafe = (left: number, right: number): number => {
    const multiple = left - modulo(left, right);
    return Number.isSafeInteger(multiple) ? multiple / right : NaN;
};
const floor = (left: bigint, right: bigint): bigint => {
    const quotient = left / right;
    return left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient;
};

function ordered(operator: string, test: (order: number) => boolean): Operation {
    return (left, right) => test(compare(operator, left, right));
}

function compare(operator: string, left: RuntimeValue, right: RuntimeValue): number {
    if (typeof left === "number" && typeof right === "number") {
        return left - right;
    }
    if (isInteger(left) && isInteger(right)) {
        return left < right ? -1 : left > right ? 1 : 0;
    }
    if (isNumeric(left) && isNumeric(right)) {
        return compareMixed(left, right);
    }
    if (typeof left === "string" && typeof right === "string") {
        return left < right ? -1 : left > right ? 1 : 0;
    }
    throw unsupported(operator, left, right);
}

/** Not-a-number is unordered, and a bigint is compared with a double by their exact values, as JavaScript does. */
function compareMixed(left: Integer | Double, right: Integer | Double): number {
    const a = left instanceof Double ? left.value : left;
    const b = right instanceof Double ? right.value : right;
    return a < b ? -1 : a > b ? 1 : a == b ? 0 : NaN;
}

/** Equality of any two values; values of different types differ, but integers equal doubles of the same value. */
function equals(left: RuntimeValue, right: RuntimeValue): boolean {
    if (left === right) {
        return true;
    }
    if (isNumeric(left) && isNumeric(right)) {
        return compareMixed(left, right) === 0;
    }
    if (Array.isArray(left) && Array.isArray(right)) {
        return left.length === right.length && left.every((each, index) => equals(each, right[index] ?? null));
    }
    if (left instanceof Map && right instanceof Map) {
        return (
            left.size === right.size &&
            Array.from(left).every(([key, each]) => right.has(key) && equals(each, right.get(key) ?? null))
        );
    }
    return left instanceof Uint8Array && right instanceof Uint8Array && Buffer.from(left).equals(right);
}

function contains(item: RuntimeValue, container: RuntimeValue): boolean {
    if (container instanceof Map) {
        if (typeof item !== "string") {
            throw failure("TypeError", `a map's keys are strings; got: ${typeName(item)}`);
        }
        return container.has(item);
    }
    if (Array.isArray(container)) {
        return container.some((each) => equals(item, each));
    }
    throw failure("TypeError", `The argument of 'in' must be a dict or an array; got: ${typeName(container)}`);
}

/** The binary operators but `and` and `or`, which the compiler makes since they may not evaluate their right side. */
export const BINARY: Readonly<Record<Exclude<BinaryOperator, "and" | "or">, Operation>> = {
    "+": add,
    "-": arithmetic(
        "-",
        (left, right) => left - right,
        (left, right) => left - right,
    ),
    "*": arithmetic(
        "*",
        (left, right) => left * right,
        (left, right) => left * right,
    ),
    "/": divided("/", (left, right) => {
        if (isNumeric(left) && isNumeric(right)) {
            return new Double(toNumber(left) / toNumber(right));
        }
        throw unsupported("/", left, right);
    }),
    "//": divided(
        "//",
        arithmetic("//", floorSafe, floor, (left, right) => Math.floor(left / right)),
    ),
    "%": divided(
        "%",
        arithmetic("%", modulo, (left, right) => left - floor(left, right) * right),
    ),
    "<": ordered("<", (order) => order < 0),
    "<=": ordered("<=", (order) => order <= 0),
    ">": ordered(">", (order) => order > 0),
    ">=": ordered(">=", (order) => order >= 0),
    "==": equals,
    "!=": (left, right) => !equals(left, right),
    in: contains,
};

export function negate(value: RuntimeValue): RuntimeValue {
    if (typeof value === "number") {
        return 0 - value;
    }
    if (typeof value === "bigint") {
        return integer(-value);
    }
    if (value instanceof Double) {
        return new Double(-value.value);
    }
    throw failure("TypeError", `unsupported operand type for unary -: ${typeName(value)}`);
}

/** The boolean that `and`, `or`, `not` or a condition needs. */
export function truth(value: RuntimeValue, what: string): boolean {
    if (typeof value !== "boolean") {
        throw failure("TypeError", `${what} needs a boolean, got: ${typeName(value)}`);
    }
    return value;
}
