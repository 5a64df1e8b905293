import { apply, type Expr, type Value } from "./expression";

type Json = Value<unknown>;

/**
 * The functions of the standard library that can stand in an expression, by their own names.
 * https://docs.cloud.google.com/workflows/docs/reference/stdlib/overview
 */
export const lib = {
    /** The first value, or the second if the first is null. */
    default: <T>(value: Value<T | null>, otherwise: Value<T>): Expr<T> => apply("default", value, otherwise),
    /** One of two values. Both are evaluated. */
    if: <T>(condition: Value<boolean>, yes: Value<T>, no: Value<T>): Expr<T> => apply("if", condition, yes, no),
    string: (value: Json): Expr<string> => apply("string", value),
    int: (value: Json): Expr<number> => apply("int", value),
    double: (value: Json): Expr<number> => apply("double", value),
    len: (value: Value<string | object>): Expr<number> => apply("len", value),
    keys: (map: Value<object>): Expr<string[]> => apply("keys", map),
    getType: (value: Json): Expr<string> => apply("get_type", value),
    sys: {
        getEnv: (name: string, otherwise?: Value<string>): Expr<string> =>
            otherwise === undefined ? apply("sys.get_env", name) : apply("sys.get_env", name, otherwise),
        now: (): Expr<number> => apply("sys.now"),
    },
    text: {
        urlEncode: (source: Value<string>): Expr<string> => apply("text.url_encode", source),
        toLower: (source: Value<string>): Expr<string> => apply("text.to_lower", source),
        toUpper: (source: Value<string>): Expr<string> => apply("text.to_upper", source),
        split: (source: Value<string>, separator: Value<string>): Expr<string[]> =>
            apply("text.split", source, separator),
        substring: (source: Value<string>, start: Value<number>, end: Value<number>): Expr<string> =>
            apply("text.substring", source, start, end),
        replaceAll: (source: Value<string>, part: Value<string>, by: Value<string>): Expr<string> =>
            apply("text.replace_all", source, part, by),
        matchRegex: (source: Value<string>, pattern: Value<string>): Expr<boolean> =>
            apply("text.match_regex", source, pattern),
    },
    list: {
        concat: <T>(list: Value<T[]>, item: Value<T>): Expr<T[]> => apply("list.concat", list, item),
        prepend: <T>(list: Value<T[]>, item: Value<T>): Expr<T[]> => apply("list.prepend", list, item),
    },
    map: {
        get: <T>(map: Value<object>, ...path: string[]): Expr<T | null> =>
            apply("map.get", map, path.length === 1 ? path[0] : path),
        merge: <A extends object, B extends object>(first: Value<A>, second: Value<B>): Expr<A & B> =>
            apply("map.merge", first, second),
        delete: <T extends object>(map: Value<T>, key: Value<string>): Expr<T> => apply("map.delete", map, key),
    },
    json: {
        decode: <T>(data: Value<string>): Expr<T> => apply("json.decode", data),
        encodeToString: (data: Json): Expr<string> => apply("json.encode_to_string", data),
    },
    time: {
        format: (seconds: Value<number>, timezone?: Value<string>): Expr<string> =>
            timezone === undefined ? apply("time.format", seconds) : apply("time.format", seconds, timezone),
        parse: (value: Value<string>): Expr<number> => apply("time.parse", value),
    },
    uuid: { generate: (): Expr<string> => apply("uuid.generate") },
};
