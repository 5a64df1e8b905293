import type { AnyValue, Expr } from "./expression";

/**
 * A method of an API: the names in its path, which are required, the names in its query with their types, its body (`never`
 * if it takes none), and its result. Body and result have all fields.
 */
export interface Method<Path extends string, Query, Body, Result> {
    path: Path;
    query: Query;
    body: Body;
    result: Result;
}

/**
 * What a part of a request accepts: some of its fields, each as a value of its type or as an expression with such a result.
 * For a text that is one of a few, the expression may have any text as its result.
 */
export type Given<T> = unknown extends T
    ? AnyValue
    : T extends string
      ? T | Expr<string>
      : T extends number
        ? number | bigint | Expr<number>
        : T extends boolean
          ? boolean | Expr<boolean>
          : T extends readonly (infer Item)[]
            ? readonly Given<Item>[] | Expr<readonly unknown[]>
            : { readonly [Field in keyof T]?: Given<T[Field]> | null } | Expr<object>;
