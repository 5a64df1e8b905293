import { isMapValue, type RuntimeValue, type StackElement, toJson, type WorkflowError } from "./values";

/** The form of an execution's error: https://cloud.google.com/workflows/docs/reference/executions/rest/v1/projects.locations.workflows.executions */
export interface OutcomeError {
    /** The error as JSON. */
    payload: string;
    /** Message and stack trace for people. */
    context: string;
    stackTrace: { elements: StackElement[] };
}

/** How an execution ended. `result` is a value of the language: `toJson` writes it. */
export type Outcome =
    | { state: "SUCCEEDED"; result: RuntimeValue }
    | { state: "FAILED"; error: OutcomeError }
    | { state: "CANCELLED"; error: OutcomeError };

export function toError(error: WorkflowError): OutcomeError {
    const { payload } = error;
    const where = error.stack_.map(
        ({ step, routine, position }) => `in step "${step}", routine "${routine}", line: ${position.line}`,
    );
    return {
        payload: jsonOf(payload),
        context: [headline(error), ...where].join("\n"),
        stackTrace: { elements: error.stack_ },
    };
}

/**
 * The first line about an error: its message if it is a documented one, otherwise the JSON of what was raised [K: the
 * prefix].
 */
function headline({ payload, message }: WorkflowError): string {
    return isMapValue(payload) && Array.isArray(payload.get("tags")) ? message : `RuntimeError: ${jsonOf(payload)}`;
}

function jsonOf(payload: RuntimeValue): string {
    try {
        return toJson(payload);
    } catch {
        return JSON.stringify("the error holds bytes, which have no JSON");
    }
}
