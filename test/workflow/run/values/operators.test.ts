import * as assert from "node:assert/strict";
import { evaluate } from "../world";

/** One value of each type, in the order of the tables' rows (left side) and columns (right side). */
const VALUES = ["2", "1.5", '"k"', "true", 'text.encode("k")', "null", "[2]", '{"k": 2}'];
const NAMES: Readonly<Record<string, string>> = { I: "integer", D: "double", S: "string", B: "boolean" };

/** What each operator gives on each pair of types: the result's type, `!` for a TypeError. */
const TABLES: Readonly<Record<string, string>> = {
    // Documented: a string takes numbers and booleans in either order, booleans and numbers do not mix.
    "+": "IDS!!!!! DDS!!!!! SSSS!!!! !!S!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!!",
    "-": "ID!!!!!! DD!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!!",
    "*": "ID!!!!!! DD!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!!",
    "/": "DD!!!!!! DD!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!!",
    "//": "ID!!!!!! DD!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!!",
    "%": "ID!!!!!! DD!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!!",
    "<": "BB!!!!!! BB!!!!!! !!B!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!!",
    "<=": "BB!!!!!! BB!!!!!! !!B!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!!",
    ">": "BB!!!!!! BB!!!!!! !!B!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!!",
    ">=": "BB!!!!!! BB!!!!!! !!B!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!!",
    "==": "BBBBBBBB BBBBBBBB BBBBBBBB BBBBBBBB BBBBBBBB BBBBBBBB BBBBBBBB BBBBBBBB",
    "!=": "BBBBBBBB BBBBBBBB BBBBBBBB BBBBBBBB BBBBBBBB BBBBBBBB BBBBBBBB BBBBBBBB",
    in: "!!!!!!B! !!!!!!B! !!!!!!BB !!!!!!B! !!!!!!B! !!!!!!B! !!!!!!B! !!!!!!B!",
    and: "!!!!!!!! !!!!!!!! !!!!!!!! !!!B!!!! !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!!",
    // The right side is not looked at where the left is true.
    or: "!!!!!!!! !!!!!!!! !!!!!!!! BBBBBBBB !!!!!!!! !!!!!!!! !!!!!!!! !!!!!!!!",
};

describe("binary operators on each pair of types", () => {
    for (const [operator, table] of Object.entries(TABLES)) {
        it(`${operator} gives the documented type or a TypeError`, async () => {
            const rows = table.split(" ");
            for (const [row, left] of VALUES.entries()) {
                for (const [column, right] of VALUES.entries()) {
                    const expression = `get_type(${left} ${operator} ${right})`;
                    const mark = rows[row]?.[column] ?? "";
                    assert.deepEqual(await evaluate(expression), NAMES[mark] ?? { error: "TypeError" }, expression);
                }
            }
        });
    }
});

describe("unary operators on each type", () => {
    for (const [operator, table] of [
        ["-", "ID!!!!!!"],
        ["+", "ID!!!!!!"],
        ["not ", "!!!B!!!!"],
    ] as const) {
        it(`${operator} gives the documented type or a TypeError`, async () => {
            for (const [index, value] of VALUES.entries()) {
                const expression = `get_type(${operator}${value})`;
                assert.deepEqual(
                    await evaluate(expression),
                    NAMES[table[index] ?? ""] ?? { error: "TypeError" },
                    expression,
                );
            }
        });
    }
});
