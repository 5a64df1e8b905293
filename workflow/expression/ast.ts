/** The expression in `${…}`. Offsets are relative to its text (what is between `${` and `}`). */
export type Expression =
    | { kind: "literal"; value: null | boolean | string; start: number; end: number }
    /** `text` keeps the digits: a 64-bit integer does not fit a JavaScript number. */
    | { kind: "number"; text: string; integer: boolean; start: number; end: number }
    | { kind: "variable"; name: string; start: number; end: number }
    | { kind: "member"; object: Expression; name: string; start: number; end: number }
    | { kind: "index"; object: Expression; index: Expression; start: number; end: number }
    /** `callee` is the dotted name as written: a library function or a subworkflow. */
    | { kind: "call"; callee: string; args: Expression[]; start: number; end: number }
    | { kind: "unary"; operator: "not" | "-" | "+"; operand: Expression; start: number; end: number }
    | { kind: "binary"; operator: BinaryOperator; left: Expression; right: Expression; start: number; end: number }
    | { kind: "list"; items: Expression[]; start: number; end: number }
    | { kind: "map"; entries: { key: Expression; value: Expression }[]; start: number; end: number };

/** The operators with two operands: https://docs.cloud.google.com/workflows/docs/reference/syntax/datatypes */
export type BinaryOperator =
    | "*"
    | "/"
    | "//"
    | "%"
    | "+"
    | "-"
    | "<"
    | "<="
    | ">"
    | ">="
    | "=="
    | "!="
    | "in"
    | "and"
    | "or";
