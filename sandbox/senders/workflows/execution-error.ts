import type { OutcomeError } from "../../../workflow";
import type { Message } from "../../apis";

/** An error that is the sandbox's, not the workflow's. */
export function fault(message: string): OutcomeError {
    return { payload: JSON.stringify(message), context: message, stackTrace: { elements: [] } };
}

/** Positions as the API has them: int64, and nothing of the interpreter's own. */
export function errorOf({
    payload,
    context,
    stackTrace,
}: OutcomeError): Message<"google.cloud.workflows.executions.v1.Execution.Error"> {
    const elements = stackTrace.elements.map(({ step, routine, position }) => ({
        step,
        routine,
        position: {
            line: String(position.line),
            column: String(position.column),
            length: String(position.length),
        },
    }));
    return { payload, context, stackTrace: { elements } };
}
