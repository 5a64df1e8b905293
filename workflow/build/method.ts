import type { AnyValue, Expr } from "./expression";

/**
 * A method of an API: the names in its path, which it needs, those in its query with their types, its body (`never`
 * where it takes none) and what it gives, both with every field there.
 */
export interface Method<Path extends string, Query, Body, Result> {
    path: Path;
    query: Query;
    body: Body;
    result: Result;
}

/**
 * What may be given for a part of a request: some of its fields, each a value of its type or an expression that gives
 * one. Of texts that are one of a few, expressions can only be known to be texts.
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
