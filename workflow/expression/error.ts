/** An expression that cannot be read. Offsets are relative to the expression's own text. */
export class ExpressionError extends Error {
    constructor(
        message: string,
        readonly start: number,
        readonly end: number,
    ) {
        super(message);
        this.name = "ExpressionError";
    }
}
