import type { Position } from "../../syntax";
import { mapOf, type RuntimeValue } from "./value";
import { InvokeError } from "../../../errors";

/** The tags of the documented errors: https://cloud.google.com/workflows/docs/reference/syntax/error-types */
export type ErrorTag =
    | "AuthError"
    | "ConnectionError"
    | "ConnectionFailedError"
    | "HttpError"
    | "IndexError"
    | "KeyError"
    | "OperationError"
    | "ParallelNestingError"
    | "RecursionError"
    | "ResourceLimitError"
    | "ResponseTypeError"
    | "SystemError"
    | "TimeoutError"
    | "TypeError"
    | "UnhandledBranchError"
    | "ValueError"
    | "ZeroDivisionError";

/** Where a step was when an error passed through it. */
export interface StackElement {
    step: string;
    routine: string;
    position: Position & { length: number };
}

/** An error of the running workflow: what `except` catches, or ends the execution. */
export class WorkflowError extends InvokeError {
    readonly code = "workflow-error";

    /** The innermost first. */
    readonly stack_: StackElement[] = [];

    constructor(
        /** What `as` is given: a map with `tags` and `message`, or whatever was raised. */
        readonly payload: RuntimeValue,
        message: string,
        /** Resource limits cannot be caught. */
        readonly catchable = true,
    ) {
        super(message);
    }
}

/** An execution was cancelled. */
export class CancelledError extends InvokeError {
    readonly code = "workflow-cancelled";

    constructor() {
        super("execution cancelled");
    }
}

/** An error with one of the documented tags. */
export function failure(
    tag: ErrorTag,
    message: string,
    more: Readonly<Record<string, RuntimeValue>> = {},
): WorkflowError {
    return new WorkflowError(mapOf({ ...more, message, tags: [tag] }), message, tag !== "ResourceLimitError");
}

/** What `raise` throws: https://cloud.google.com/workflows/docs/reference/syntax/raising-errors */
export function raised(payload: RuntimeValue, text: string): WorkflowError {
    return new WorkflowError(payload, text);
}
