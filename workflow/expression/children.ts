import type { Expression } from "./ast";

/** The direct parts of an expression. */
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

/** An expression and all of its parts, each before its own parts, from left to right. */
export function subexpressions(expression: Expression): Expression[] {
    const found: Expression[] = [];
    const visit = (part: Expression): void => {
        found.push(part);
        children(part).forEach(visit);
    };
    visit(expression);
    return found;
}

/** The places in an expression where a variable is read. */
export function variablesIn(expression: Expression): (Expression & { kind: "variable" })[] {
    return subexpressions(expression).filter((part) => part.kind === "variable");
}

/** The calls in an expression. */
export function callsIn(expression: Expression): (Expression & { kind: "call" })[] {
    return subexpressions(expression).filter((part) => part.kind === "call");
}
