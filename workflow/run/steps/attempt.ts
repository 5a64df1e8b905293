import type { CaughtNode, ExceptNode, TryNode } from "../../control";
import { storeTo } from "./assign";
import type { Exit, Frame, Run } from "../frame";
import type { RetryPolicy } from "../retry";

/** `try` begins: https://cloud.google.com/workflows/docs/reference/syntax/catching-errors */
export function compileTry(node: TryNode): Run {
    if (node.action.retry === undefined) {
        return () => "next";
    }
    return (frame) => {
        frame.attempts[node.id] = { retries: 0, step: frame.step };
        return "next";
    };
}

/** `retry` tries again, or raises the error again. */
export function compileCaught(
    { attempt: node }: CaughtNode,
    policy: (frame: Frame) => RetryPolicy | Promise<RetryPolicy>,
): Run {
    return async (frame): Promise<Exit> => {
        // Stack traces name the step that failed, unless another attempt is made.
        const error = frame.takeCaught();
        const attempts = frame.attempts[node.id];
        const found = await policy(frame);
        const { maxRetries } = found;
        if (
            attempts === undefined ||
            attempts.retries >= maxRetries ||
            !(await found.predicate(error.payload, frame))
        ) {
            throw error;
        }
        await frame.execution.host.sleep(found.delaySeconds(attempts.retries) * 1000, frame.signal);
        frame.execution.enter(frame);
        frame.step = attempts.step;
        frame.progress = { kind: "retry", number: ++attempts.retries, of: maxRetries };
        return "next";
    };
}

/** `except` begins. */
export function compileExcept({ action, body }: ExceptNode): Run {
    const as = action.except?.as;
    const store = as && storeTo(as.text, body);
    const own = body.own();
    return (frame) => {
        const { payload } = frame.takeCaught();
        frame.clear(own);
        store?.(frame, payload);
        return "next";
    };
}
