import type { BinaryOperator, Expression } from "../../expression";
import { BINARY, number } from "../../run";
import type { Entry, Value } from "../../syntax";
import { type Abstract, compareOrigins, none, numberFrom, part, singleLiteral, text, type Values } from "./domain";
import { folded, exactValues, resultOf } from "./constant-folding";
import { concat, join, mapValue, union } from "./join";
import { library, type LibraryContext, listOf } from "./library";
import { type Argument, field, unknownFrom } from "./maps";

/** What evaluation needs from the place and from the rest of the program. */
export interface Scope extends LibraryContext {
    /** The values that a variable can have at this place. */
    read(name: string): Values;
    /** Calls a subworkflow with positional arguments; `undefined` if there is none with that name. */
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
            return [mapOf(value.entries.map((entry) => [keyOf(entry, scope), evaluateValue(entry.value, scope)]))];
    }
}

const keyOf = ({ key, computedKey }: Entry, scope: Scope): Values =>
    computedKey === undefined ? text(key) : evaluate(computedKey.expression, scope);

const literals = new WeakMap<object, Values>();

/** The values of a literal: the same instance each time, because equal instances are compared fastest. */
function literalValues(literal: { value: null | boolean | bigint | number | string }): Values {
    const { value } = literal;
    const known = literals.get(literal);
    const values = known ?? (typeof value === "string" ? text(value) : [{ kind: "scalar", value }]);
    if (known === undefined) {
        literals.set(literal, values);
    }
    return values;
}

/** All results that an expression can have. */
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
        unknownFrom(args, `the result of ${name}`, { kind: "unknown", origin: "data", from: "" })
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

/** Numbers are added, texts are joined; a value that may be either becomes unknown. */
function added(left: Abstract, right: Abstract): Values {
    const [a, b] = [exactValues([left])?.[0], exactValues([right])?.[0]];
    if (a !== undefined && b !== undefined) {
        return resultOf(() => BINARY["+"](a, b));
    }
    if (isCertainlyText(left) || isCertainlyText(right)) {
        return concat([left], [right]);
    }
    return isNumber(left) && isNumber(right)
        ? numberFrom([left, right])
        : unknownFrom(
              [[left], [right]],
              left.kind === "unknown" && right.kind === "unknown" ? worse(left, right) : "a sum",
          );
}

/** The origin of the less trusted of two unknown values. */
function worse(left: Unknown, right: Unknown): string {
    return compareOrigins(right.origin, left.origin) > 0 ? right.from : left.from;
}

/** Whether a value is certainly a text, and no number. */
function isCertainlyText(value: Abstract): boolean {
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

/** A map of these entries. A key that is not known may be any key, also one that comes before. */
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
