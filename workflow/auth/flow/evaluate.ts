import type { BinaryOperator, Expression } from "../../expression";
import { BINARY, number } from "../../run";
import type { Entry, Value } from "../../syntax";
import {
    type Abstract,
    compareOrigins,
    none,
    numberFrom,
    part,
    present,
    singleLiteral,
    text,
    type Values,
} from "./domain";
import { folded, exactValues, resultOf } from "./constant-folding";
import { concat, widenedMap, join, listValue, mapValue, union } from "./join";
import { library, type LibraryContext, listOf } from "./library";
import { type Argument, field, from } from "./maps";

/** What evaluation needs to know of the place and of the rest of the program. */
export interface Scope extends LibraryContext {
    /** What a variable can be at this place. */
    read(name: string): Values;
    /** Calls a subworkflow with positional arguments; `undefined` where there is none of that name. */
    subworkflow(name: string, args: readonly Values[]): Values | undefined;
}

type Unknown = Extract<Abstract, { kind: "unknown" }>;

/** Everything that a value in a source can be. */
export function evaluateValue(value: Value, scope: Scope): Values {
    switch (value.kind) {
        case "literal":
            return literalValues(value);
        case "expression":
            return evaluate(value.expression, scope);
        case "list":
            return listOf(value.items.map((item) => evaluateValue(item, scope)));
        case "map":
            return written(value.entries, scope);
    }
}

const literals = new WeakMap<object, Values>();

/** The same values each time: what is the same is compared at once. */
function literalValues(literal: { value: null | boolean | bigint | number | string }): Values {
    const { value } = literal;
    const known = literals.get(literal);
    const values = known ?? (typeof value === "string" ? text(value) : [{ kind: "scalar", value }]);
    if (known === undefined) {
        literals.set(literal, values);
    }
    return values;
}

/** A map as it is written. A key with an expression in it may be any key, beside the text that it is. */
function written(entries: Entry[], scope: Scope): Values {
    let rest = none;
    const fields = new Map<string, Values>();
    for (const { key, value } of entries) {
        const values = evaluateValue(value, scope);
        fields.set(key, values);
        if (key.includes("${")) {
            rest = union(rest, values);
        }
    }
    if (rest.length > 0) {
        fields.forEach((values, key) => fields.set(key, union(values, rest)));
    }
    return [mapValue(fields, rest)];
}

/** Everything that an expression can give. */
export function evaluate(expression: Expression, scope: Scope): Values {
    const sub = (inner: Expression): Values => evaluate(inner, scope);
    switch (expression.kind) {
        case "literal":
            return literalValues(expression);
        case "number":
            return resultOf(() => number(expression.text, expression.integer));
        case "variable":
            return scope.read(expression.name);
        case "member":
            return field(sub(expression.object), expression.name);
        case "index":
            return indexed(sub(expression.object), sub(expression.index));
        case "call":
            return callFunction(expression.callee, expression.args.map(sub), scope);
        case "unary":
            return expression.operator === "not"
                ? truthOf(sub(expression.operand))
                : numberFrom(sub(expression.operand));
        case "binary":
            return binary(
                expression.operator,
                sub(expression.left),
                sub(expression.right),
                scope.without === "right operand skipped",
            );
        case "list":
            return listOf(expression.items.map(sub));
        case "map":
            return [mapOf(expression.entries.map((e): [Values, Values] => [sub(e.key), sub(e.value)]))];
    }
}

/** A library function or a subworkflow with positional arguments, of which optional ones may not be given. */
export function callFunction(name: string, args: readonly Argument[], scope: Scope): Values {
    if (args.some((arg) => arg?.length === 0)) {
        return none;
    }
    const given = args.map((arg) => arg ?? none);
    return (
        scope.subworkflow(name, given) ??
        folded(name, args) ??
        (Object.hasOwn(library, name) ? library[name]?.(args, scope) : undefined) ??
        from(args, `the result of ${name}`, { kind: "unknown", origin: "data", from: "" })
    );
}

function binary(operator: BinaryOperator, left: Values, right: Values, isEager: boolean): Values {
    // The right side of `and` and `or` is not always computed, so an error in it does not always end the expression.
    const mayRightBeSkipped = (operator === "and" || operator === "or") && !isEager;
    if (left.length === 0 || (right.length === 0 && !mayRightBeSkipped)) {
        return none;
    }
    switch (operator) {
        case "+":
            return join(left.flatMap((one) => right.flatMap((other) => added(one, other))));
        case "-":
        case "*":
        case "//":
        case "%":
            return numberFrom([...left, ...right]);
        case "/":
            // Always a double, with a point in it.
            return numberFrom([...left, ...right, { kind: "scalar", value: 0.5 }]);
        default:
            return truthOf(left);
    }
}

/** A boolean. */
const truthOf = (values: Values): Values => (values.length === 0 ? none : part({ kind: "word" }));

/** Numbers are added up, texts are put together; what may be either is anything. */
function added(left: Abstract, right: Abstract): Values {
    const [a, b] = [exactValues([left])?.[0], exactValues([right])?.[0]];
    if (a !== undefined && b !== undefined) {
        return resultOf(() => BINARY["+"](a, b));
    }
    if (isText(left) || isText(right)) {
        return concat([left], [right]);
    }
    return isNumber(left) && isNumber(right)
        ? numberFrom([left, right])
        : from([[left], [right]], left.kind === "unknown" && right.kind === "unknown" ? worse(left, right) : "a sum");
}

/** Where that of two unknown values comes from that is trusted less. */
function worse(left: Unknown, right: Unknown): string {
    return compareOrigins(right.origin, left.origin) > 0 ? right.from : left.from;
}

/** Certainly a text, and no number. */
function isText(value: Abstract): boolean {
    return (
        value.kind === "text" &&
        (value.parts.length !== 1 || ["text", "target", "service"].includes(value.parts[0]?.kind ?? ""))
    );
}

/** A number, or a text of letters and digits which is one of them as well. */
function isNumber(value: Abstract): boolean {
    if (value.kind === "scalar") {
        return typeof value.value === "bigint" || typeof value.value === "number";
    }
    const [only] = value.kind === "text" && value.parts.length === 1 ? value.parts : [];
    return only?.kind === "word" || (only?.kind === "encoded" && only.number === true);
}

function mapOf(entries: [Values, Values][]): Abstract {
    const fields = new Map<string, Values>();
    let rest = none;
    for (const [key, value] of entries) {
        const name = singleLiteral(key);
        if (name === undefined) {
            rest = union(rest, value);
            fields.forEach((old, known) => fields.set(known, union(old, value)));
        } else {
            fields.set(name, value);
        }
    }
    return mapValue(fields, rest);
}

function indexed(object: Values, index: Values): Values {
    const [list] = object;
    const [only] = index;
    if (list?.kind === "list" && object.length === 1 && only?.kind === "scalar" && index.length === 1) {
        return list.items === undefined ? list.each : (list.items[Number(only.value)] ?? none);
    }
    return field(object, singleLiteral(index));
}

/** A part of a variable that is assigned: its keys from the outside in; `undefined` is one that is not known. */
export type Path = readonly (string | undefined)[];

/** The keys of `a.b[c]`, as they can be told. */
export function pathOf(target: Expression, scope: Scope): Path {
    switch (target.kind) {
        case "member":
            return [...pathOf(target.object, scope), target.name];
        case "index":
            return [...pathOf(target.object, scope), singleLiteral(evaluate(target.index, scope))];
        default:
            return [];
    }
}

/** What a variable is after a part of it was assigned. What cannot be followed is joined. */
export function updated(object: Values, path: Path, value: Values): Values {
    const [name, ...more] = path;
    if (path.length === 0) {
        return value;
    }
    return join(
        present(object).map((old): Abstract => {
            if (old.kind === "list") {
                return listValue(union(old.each, updated(old.each, more, value)));
            }
            if (old.kind !== "map") {
                const rest = field([old], undefined);
                return mapValue(new Map(), union(rest, updated(rest.length === 0 ? [old] : rest, more, value)));
            }
            const { fields, rest } = old;
            if (name === undefined) {
                // It may be any key, those that are known too.
                const any = new Map(
                    Array.from(fields, ([key, known]) => [key, union(known, updated(known, more, value))]),
                );
                return mapValue(any, union(rest, updated(rest, more, value)));
            }
            return widenedMap(new Map(fields).set(name, updated(fields.get(name) ?? rest, more, value)), rest);
        }),
    );
}
