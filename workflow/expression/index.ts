/** Parses and prints expressions, and finds their parts. */
export type { BinaryOperator, Expression } from "./ast";
export { callsIn, children, subexpressions, variablesIn } from "./children";
export { ExpressionError } from "./error";
export { dottedName } from "./names";
export { parseExpression } from "./parse";
export { printExpression } from "./print";
