import type { Expression } from "./ast";

/** The parts that an expression is made of. */
export function children(part: Expression): Expression[] {
    switch (part.kind) {
        case "member":
            return [part.object];
        case "index":
            return [part.object, part.index];
        case "call":
            return part.args;
        case "unary":
            return [part.operand];
        case "binary":
            return [part.left, part.right];
        case "list":
            return part.items;
        case "map":
            return part.entries.flatMap(({ key, value }) => [key, value]);
        default:
            return [];
    }
}
