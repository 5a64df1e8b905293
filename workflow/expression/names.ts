import type { Expression } from "./ast";

/** `a.b.c` as a text, if an expression consists of names only; undefined otherwise. */
export function dottedName(expression: Expression): string | undefined {
    if (expression.kind === "variable") {
        return expression.name;
    }
    const object = expression.kind === "member" ? dottedName(expression.object) : undefined;
    return expression.kind === "member" && object !== undefined ? `${object}.${expression.name}` : undefined;
}
