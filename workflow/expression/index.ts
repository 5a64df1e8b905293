/** Expressions: parsed, printed, taken apart. */
export type { BinaryOperator, Expression } from "./ast";
export { callsIn, children, subexpressions, variablesIn } from "./children";
export { ExpressionError } from "./error";
export { dottedName } from "./names";
export { parseExpression } from "./parse";
export { printExpression } from "./print";
