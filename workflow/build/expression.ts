/** The precedence of the operators of the language. An operand of lower precedence needs parentheses. */
const level = { or: 1, and: 2, compare: 3, add: 4, multiply: 5, not: 6, postfix: 7 } as const;

/** An expression of the Workflows language, with a result of any type. */
export class AnyExpr {
    /** @internal */
    constructor(
        /** The text between `${` and `}`. */
        readonly text: string,
        /** @internal */
        readonly binds: number,
        /** The variables that it reads. */
        readonly reads: ReadonlySet<string>,
    ) {}
}

/** An expression whose result is a `T`. The functions of this module make it. */
export class Expr<T> extends AnyExpr {
    /** The type of the result. It exists for the type system only. */
    declare readonly gives: T;

    /** A field of a map: `response.body`. */
    get<K extends keyof T & string>(field: K): Expr<T[K]> {
        const name = /^[A-Za-z_]\w*$/.test(field) ? `.${field}` : `[${JSON.stringify(field)}]`;
        return new Expr(`${asOperand(this, level.postfix)}${name}`, level.postfix, this.reads);
    }

    /** The item of a list at an index from 0, or the value of a map under a key that is known only at run time. */
    at(
        index: Value<T extends readonly unknown[] ? number : string>,
    ): Expr<T extends readonly (infer I)[] ? I : T[keyof T]> {
        const key = expr(index);
        return new Expr(`${asOperand(this, level.postfix)}[${key.text}]`, level.postfix, union(this, key));
    }
}

/** A `T`, an expression whose result is a `T`, or a list or map of such values. */
export type Value<T> =
    | T
    | Expr<T>
    | (T extends readonly (infer I)[] ? Value<I>[] : T extends object ? { [K in keyof T]: Value<T[K]> } : never);

/** Any value that a step can contain: JSON, with expressions anywhere in it. */
export type AnyValue =
    | null
    | boolean
    | number
    | bigint
    | string
    | AnyExpr
    | readonly AnyValue[]
    | { readonly [key: string]: AnyValue | undefined };

/** A value as an expression. Literals are written out. */
export function expr<T>(value: Value<T>): Expr<T> {
    const { text, binds, reads } = literal(value as AnyValue);
    return new Expr(text, binds, reads);
}

function literal(value: AnyValue): AnyExpr {
    if (value instanceof AnyExpr) {
        return value;
    }
    if (typeof value === "object" && value !== null) {
        const list = Array.isArray(value);
        const parts = Object.entries(value as Record<string, AnyValue>).map(([key, item]) => {
            const inner = literal(item);
            return { text: list ? inner.text : `${JSON.stringify(key)}: ${inner.text}`, reads: inner.reads };
        });
        const written = parts.map((part) => part.text).join(", ");
        const reads = new Set(parts.flatMap((part) => [...part.reads]));
        return new AnyExpr(list ? `[${written}]` : `{${written}}`, level.postfix, reads);
    }
    const text = typeof value === "string" ? JSON.stringify(value) : String(value);
    return new AnyExpr(text, text.startsWith("-") ? level.not : level.postfix, new Set());
}

/** The text of an operand, in parentheses if its operator binds less than that of the expression. */
function asOperand(part: AnyExpr, at: number): string {
    return part.binds < at ? `(${part.text})` : part.text;
}

function union(...parts: AnyExpr[]): Set<string> {
    return new Set(parts.flatMap((part) => [...part.reads]));
}

function binary<R>(operator: string, binds: number, left: AnyExpr, right: AnyExpr): Expr<R> {
    // Operators are left-associative; comparisons cannot be chained.
    const chained = binds === level.compare ? binds + 1 : binds;
    const text = `${asOperand(left, chained)} ${operator} ${asOperand(right, binds + 1)}`;
    return new Expr(text, binds, union(left, right));
}

/** @internal A variable by its name. */
export function variable<T>(name: string): Expr<T> {
    return new Expr(name, level.postfix, new Set([name]));
}

/** @internal A library function or a subworkflow with positional arguments. */
export function apply<R>(callee: string, ...args: Value<unknown>[]): Expr<R> {
    const given = args.map((arg) => expr(arg));
    return new Expr(`${callee}(${given.map((arg) => arg.text).join(", ")})`, level.postfix, union(...given));
}

/**
 * A map whose keys are known only at run time. Of entries with one key the last counts.
 *
 * @example
 * assign("totals", keyed([order.get("id"), order.get("total")]))
 */
export function keyed<T>(...entries: readonly [key: Value<string>, value: Value<T>][]): Expr<Record<string, T>> {
    const parts = entries.map(([key, value]) => [expr(key), expr(value)] as const);
    const text = parts.map(([key, value]) => `${key.text}: ${value.text}`).join(", ");
    return new Expr(`{${text}}`, level.postfix, union(...parts.flat()));
}

type Scalar = string | number | boolean;

/** Joins texts, and values that become texts, in order. */
export function concat(first: Value<string>, ...rest: Value<Scalar>[]): Expr<string> {
    return rest.reduce<Expr<string>>((sum, next) => binary("+", level.add, sum, expr(next)), expr(first));
}

/** The sum of two numbers. */
export function add(left: Value<number>, right: Value<number>): Expr<number> {
    return binary("+", level.add, expr(left), expr(right));
}

/** The difference of two numbers. */
export function subtract(left: Value<number>, right: Value<number>): Expr<number> {
    return binary("-", level.add, expr(left), expr(right));
}

/** The product of two numbers. */
export function multiply(left: Value<number>, right: Value<number>): Expr<number> {
    return binary("*", level.multiply, expr(left), expr(right));
}

/** The quotient of two numbers, as a double. */
export function divide(left: Value<number>, right: Value<number>): Expr<number> {
    return binary("/", level.multiply, expr(left), expr(right));
}

/** Whether two values are equal. */
export function eq<T>(left: Expr<T>, right: Value<NoInfer<T>>): Expr<boolean> {
    return binary("==", level.compare, left, expr(right));
}

/** Whether two values differ. */
export function ne<T>(left: Expr<T>, right: Value<NoInfer<T>>): Expr<boolean> {
    return binary("!=", level.compare, left, expr(right));
}

/** Whether the left number is less than the right one. */
export function lt(left: Value<number>, right: Value<number>): Expr<boolean> {
    return binary("<", level.compare, expr(left), expr(right));
}

/** Whether the left number is less than the right one, or equal to it. */
export function le(left: Value<number>, right: Value<number>): Expr<boolean> {
    return binary("<=", level.compare, expr(left), expr(right));
}

/** Whether the left number is greater than the right one. */
export function gt(left: Value<number>, right: Value<number>): Expr<boolean> {
    return binary(">", level.compare, expr(left), expr(right));
}

/** Whether the left number is greater than the right one, or equal to it. */
export function ge(left: Value<number>, right: Value<number>): Expr<boolean> {
    return binary(">=", level.compare, expr(left), expr(right));
}

/** Whether a list has a value, or a map has a key. */
export function contains(container: Expr<object>, value: Value<Scalar>): Expr<boolean> {
    return binary("in", level.compare, expr(value), container);
}

/** Whether both conditions hold. */
export function and(left: Value<boolean>, right: Value<boolean>): Expr<boolean> {
    return binary("and", level.and, expr(left), expr(right));
}

/** Whether at least one of the conditions holds. */
export function or(left: Value<boolean>, right: Value<boolean>): Expr<boolean> {
    return binary("or", level.or, expr(left), expr(right));
}

/** Whether the condition does not hold. */
export function not(condition: Value<boolean>): Expr<boolean> {
    const inner = expr(condition);
    return new Expr(`not (${inner.text})`, level.not, inner.reads);
}
