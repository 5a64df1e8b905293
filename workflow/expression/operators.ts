import type { BinaryOperator } from "./ast";

/**
 * The binary operators, from the loosest to the tightest. `not` and unary `-` bind tighter than all of them, and all
 * comparisons have the same precedence, from left to right:
 * https://cloud.google.com/workflows/docs/reference/syntax/datatypes#order-operations
 */
export const LEVELS: readonly (readonly BinaryOperator[])[] = [
    ["or"],
    ["and"],
    ["<=", ">=", "<", ">", "==", "!=", "in"],
    ["+", "-"],
    ["*", "/", "//", "%"],
];
