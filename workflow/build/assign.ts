import type { Expr } from "./expression";
import type { AnyValue, Value } from "./expression";
import type { Assignment, StepLike } from "./steps";
import { Variable } from "./variable";
import { BuildError } from "./errors";

/** The type of a value at run time: of an expression the type of its result, of a literal its own type. */
export type Held<V> =
    V extends Expr<infer T>
        ? T
        : V extends string
          ? string
          : V extends number | bigint
            ? number
            : V extends boolean
              ? boolean
              : V extends readonly (infer Item)[]
                ? Held<Item>[]
                : V extends object
                  ? { -readonly [K in keyof V]: Held<V[K]> }
                  : V;

/** A step that makes variables, each with the type of its first value. */
export interface InitStep<V> extends StepLike {
    /** The variables, for steps after this one. */
    readonly vars: { readonly [K in keyof V]: Variable<Held<V[K]>> };
}

/**
 * Makes variables, so that later steps cannot misspell them: `init("start", { total: 0, names: [] as string[] }).vars.total`.
 * {@link assign} sets them again.
 */
export function init<const V extends { readonly [name: string]: AnyValue }>(name: string, values: V): InitStep<V> {
    const vars = Object.fromEntries(Object.keys(values).map((each) => [each, new Variable(each)]));
    const assignments = Object.entries(values).map(([each, value]) => ({ name: each, value }));
    return { name, body: { kind: "assign", assignments }, vars: vars as InitStep<V>["vars"] };
}

/** Sets variables: `assign("init", set(total, 0), set(names, []))`. */
export function assign(name: string, ...assignments: Assignment[]): StepLike {
    return { name, body: { kind: "assign", assignments } };
}

/**
 * One assignment of a value to a variable or to a part of one: `set(order.get("status"), "new")`.
 *
 * @throws Error if `to` is neither a variable nor a part of one
 */
export function set<T>(to: Expr<T>, value: Value<NoInfer<T>>): Assignment {
    if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*|\[.*\])*$/.test(to.text)) {
        throw new BuildError(`\${${to.text}} cannot be set`, { fix: "name a variable, or a field or an item of one" });
    }
    const part = to instanceof Variable ? {} : { part: to };
    return { name: to.text, value: value as AnyValue, ...part };
}
