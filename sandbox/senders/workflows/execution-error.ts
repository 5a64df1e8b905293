import type { OutcomeError } from "../../../workflow";
import type { Message } from "../../apis";

/** An error of the sandbox, and not of the workflow. */
export function fault(message: string): OutcomeError {
    return { payload: JSON.stringify(message), context: message, stackTrace: { elements: [] } };
}

/** An error as the API answers it: positions are texts, because they are of 64 bits. */
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
