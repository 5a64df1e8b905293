import { InvokeError } from "../../errors";

/** An expression that cannot be read. Offsets are relative to the expression's own text. */
export class ExpressionError extends InvokeError {
    readonly code = "workflow-expression";

    constructor(
        message: string,
        readonly start: number,
        readonly end: number,
    ) {
        super(message);
    }
}
