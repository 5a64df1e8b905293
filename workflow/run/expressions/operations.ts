import type { BinaryOperator } from "../../expression";
import type { Eval } from "./eval";
import { BINARY, negate, truth } from "../values";

export function unary(operator: "not" | "-" | "+", operand: Eval): Eval {
    if (operator === "not") {
        return (frame) => !truth(operand(frame), "not");
    }
    return operator === "-" ? (frame) => negate(operand(frame)) : (frame) => BINARY["-"](operand(frame), 0);
}

/** The operators that programs use most try safe integers first; `BINARY` does everything else. */
export function binary(operator: BinaryOperator, left: Eval, right: Eval): Eval {
    switch (operator) {
        case "and":
            return (frame) => truth(left(frame), "and") && truth(right(frame), "and");
        case "or":
            return (frame) => truth(left(frame), "or") || truth(right(frame), "or");
        case "+":
            return (frame) => {
                const a = left(frame);
                const b = right(frame);
                const sum = typeof a === "number" && typeof b === "number" ? a + b : NaN;
                return Number.isSafeInteger(sum) ? sum : BINARY["+"](a, b);
            };
        case "-":
            return (frame) => {
                const a = left(frame);
                const b = right(frame);
                const difference = typeof a === "number" && typeof b === "number" ? a - b : NaN;
                return Number.isSafeInteger(difference) ? difference : BINARY["-"](a, b);
            };
        case "<":
            return (frame) => {
                const a = left(frame);
                const b = right(frame);
                return typeof a === "number" && typeof b === "number" ? a < b : BINARY["<"](a, b);
            };
        case "==":
            return (frame) => {
                const a = left(frame);
                const b = right(frame);
                return a === b || BINARY["=="](a, b);
            };
        default: {
            const operation = BINARY[operator];
            return (frame) => operation(left(frame), right(frame));
        }
    }
}
