import { TYPE, value, VALUE, type Documented, type Row } from "./row";

const helper = (name: string, ...rows: Row[]): Documented => ({ name, page: "stdlib/expression-helpers", rows });

/** The expression helpers: https://cloud.google.com/workflows/docs/reference/stdlib/expression-helpers */
export const HELPERS: readonly Documented[] = [
    helper(
        "double",
        ["takes an integer", "get_type(double(1))", value("double")],
        ["takes a string", 'double("1.5")', value(1.5)],
        ["takes nothing else", "double(true)", TYPE],
        ["refuses a text that is no number", 'double("x")', VALUE],
    ),
    helper(
        "int",
        ["takes a double", "int(2.7)", value(2)],
        ["takes a string", 'int("42")', value(42)],
        ["takes nothing else", "int(null)", TYPE],
        ["refuses a text that is no integer", 'int("2.7")', VALUE],
    ),
    helper(
        "string",
        ["takes an integer", "string(1)", value("1")],
        ["takes a double", "string(1.5)", value("1.5")],
        ["takes a boolean", "string(true)", value("true")],
        ["takes no list", "string([1])", TYPE],
    ),
    helper(
        "in",
        ["finds a key of a map", '"a" in {"a": 1}', value(true)],
        ["finds an element of a list", "3 in [1, 2]", value(false)],
        ["looks into nothing else", '"a" in "abc"', TYPE],
    ),
    helper(
        "keys",
        ["lists the keys of a map", 'keys({"b": 1})', value(["b"])],
        ["takes nothing but a map", "keys([1])", TYPE],
    ),
    helper(
        "len",
        ["counts characters", 'len("héllo")', value(5)],
        ["counts elements", "len([1, 2])", value(2)],
        ["counts entries", 'len({"a": 1})', value(1)],
        ["takes no number", "len(1)", TYPE],
    ),
    helper(
        "default",
        ["replaces null", "default(null, 1)", value(1)],
        ["keeps what is not null", "default(false, 1)", value(false)],
        ["computes both", "default(1, 1 // 0)", { error: "ZeroDivisionError" }],
    ),
    helper(
        "if",
        ["chooses the second where the condition holds", "if(true, 1, 2)", value(1)],
        ["chooses the third where it does not", "if(false, 1, 2)", value(2)],
        ["computes both", "if(true, 1, 1 // 0)", { error: "ZeroDivisionError" }],
        ["needs a boolean", "if(1, 1, 2)", TYPE],
    ),
    helper(
        "get_type",
        ["names integers", "get_type(1)", value("integer")],
        ["names doubles", "get_type(1.0)", value("double")],
        ["names strings", 'get_type("")', value("string")],
        ["names booleans", "get_type(true)", value("boolean")],
        ["names null", "get_type(null)", value("null")],
        ["names lists", "get_type([])", value("list")],
        ["names maps", "get_type({})", value("map")],
        ["names bytes", 'get_type(text.encode(""))', value("bytes")],
    ),
];
