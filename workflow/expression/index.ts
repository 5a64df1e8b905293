export type { BinaryOperator, Expression } from "./ast";
export { ExpressionError } from "./error";
export { dottedName, parseExpression } from "./parse";
export { printExpression } from "./print";
