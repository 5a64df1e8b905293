import type { Expression } from "./ast";
import { LEVELS } from "./operators";

/** Writes an expression with the fewest parentheses that keep its meaning, without `${` and `}`. */
export function printExpression(expression: Expression): string {
    switch (expression.kind) {
        case "literal":
            return JSON.stringify(expression.value);
        case "number":
            return expression.text;
        case "variable":
            return expression.name;
        case "member":
            return `${postfix(expression.object)}.${expression.name}`;
        case "index":
            return `${postfix(expression.object)}[${printExpression(expression.index)}]`;
        case "call":
            return `${expression.callee}(${expression.args.map(printExpression).join(", ")})`;
        case "unary":
            return `${expression.operator === "not" ? "not " : expression.operator}${atLevel(expression.operand, LEVELS.length)}`;
        case "binary": {
            // Operators of the same precedence associate from left to right, so the right side needs the tighter level.
            const level = LEVELS.findIndex((operators) => operators.includes(expression.operator));
            return `${atLevel(expression.left, level)} ${expression.operator} ${atLevel(expression.right, level + 1)}`;
        }
        case "list":
            return `[${expression.items.map(printExpression).join(", ")}]`;
        case "map":
            return `{${expression.entries.map(({ key, value }) => `${printExpression(key)}: ${printExpression(value)}`).join(", ")}}`;
    }
}

function atLevel(expression: Expression, level: number): string {
    const own =
        expression.kind === "binary"
            ? LEVELS.findIndex((operators) => operators.includes(expression.operator))
            : LEVELS.length;
    return own < level ? `(${printExpression(expression)})` : printExpression(expression);
}

function postfix(expression: Expression): string {
    const tight = expression.kind !== "binary" && expression.kind !== "unary" && expression.kind !== "number";
    return tight ? printExpression(expression) : `(${printExpression(expression)})`;
}
