/** How tightly an expression binds, as the language's precedence has it: what binds less needs parentheses. */
const level = { or: 1, and: 2, compare: 3, add: 4, multiply: 5, not: 6, postfix: 7 } as const;

/** An expression of the Workflows language, whatever it gives. */
export class AnyExpr {
    /** @internal */
    constructor(
        /** What stands between `${` and `}`. */
        readonly text: string,
        /** @internal */
        readonly binds: number,
        /** The variables that it reads. */
        readonly reads: ReadonlySet<string>,
    ) {}
}

/** An expression that gives a `T`. Made by the functions here, never by hand. */
export class Expr<T> extends AnyExpr {
    /** Only the type system sees it: what the expression gives. */
    declare readonly gives: T;

    /** A field of a map: `response.body`. */
    get<K extends keyof T & string>(field: K): Expr<T[K]> {
        const name = /^[A-Za-z_]\w*$/.test(field) ? `.${field}` : `[${JSON.stringify(field)}]`;
        return new Expr(`${within(this, level.postfix)}${name}`, level.postfix, this.reads);
    }

    /** An item of a list, from 0, or what a map holds under a key that is only known when it runs. */
    at(
        index: Value<T extends readonly unknown[] ? number : string>,
    ): Expr<T extends readonly (infer I)[] ? I : T[keyof T]> {
        const key = expr(index);
        return new Expr(`${within(this, level.postfix)}[${key.text}]`, level.postfix, union(this, key));
    }
}

/** A `T`, an expression that gives one, or a list or map of such. */
export type Value<T> =
    | T
    | Expr<T>
    | (T extends readonly (infer I)[] ? Value<I>[] : T extends object ? { [K in keyof T]: Value<T[K]> } : never);

/** Any value that a step can hold: what JSON can say, with expressions anywhere in it. */
export type AnyValue =
    | null
    | boolean
    | number
    | bigint
    | string
    | AnyExpr
    | readonly AnyValue[]
    | { readonly [key: string]: AnyValue | undefined };

/** A value as an expression: literals are written out. */
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

function within(part: AnyExpr, at: number): string {
    return part.binds < at ? `(${part.text})` : part.text;
}

function union(...parts: AnyExpr[]): Set<string> {
    return new Set(parts.flatMap((part) => [...part.reads]));
}

function binary<R>(operator: string, binds: number, left: AnyExpr, right: AnyExpr): Expr<R> {
    // Left-associative; a comparison takes no other beside it.
    const chained = binds === level.compare ? binds + 1 : binds;
    const text = `${within(left, chained)} ${operator} ${within(right, binds + 1)}`;
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

type Scalar = string | number | boolean;

/** Texts and what becomes text, one after the other. */
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

/** Whether two values are the same. */
export function eq<T>(left: Expr<T>, right: Value<NoInfer<T>>): Expr<boolean> {
    return binary("==", level.compare, left, expr(right));
}

/** Whether two values differ. */
export function ne<T>(left: Expr<T>, right: Value<NoInfer<T>>): Expr<boolean> {
    return binary("!=", level.compare, left, expr(right));
}

/** Whether the left number is less. */
export function lt(left: Value<number>, right: Value<number>): Expr<boolean> {
    return binary("<", level.compare, expr(left), expr(right));
}

/** Whether the left number is less or the same. */
export function le(left: Value<number>, right: Value<number>): Expr<boolean> {
    return binary("<=", level.compare, expr(left), expr(right));
}

/** Whether the left number is greater. */
export function gt(left: Value<number>, right: Value<number>): Expr<boolean> {
    return binary(">", level.compare, expr(left), expr(right));
}

/** Whether the left number is greater or the same. */
export function ge(left: Value<number>, right: Value<number>): Expr<boolean> {
    return binary(">=", level.compare, expr(left), expr(right));
}

/** Whether a list holds a value, or a map a key. */
export function contains(container: Expr<object>, value: Value<Scalar>): Expr<boolean> {
    return binary("in", level.compare, expr(value), container);
}

/** Whether both hold. */
export function and(left: Value<boolean>, right: Value<boolean>): Expr<boolean> {
    return binary("and", level.and, expr(left), expr(right));
}

/** Whether one of them holds. */
export function or(left: Value<boolean>, right: Value<boolean>): Expr<boolean> {
    return binary("or", level.or, expr(left), expr(right));
}

/** Whether it does not hold. */
export function not(condition: Value<boolean>): Expr<boolean> {
    const inner = expr(condition);
    return new Expr(`not (${inner.text})`, level.not, inner.reads);
}
