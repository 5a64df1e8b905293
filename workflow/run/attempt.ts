import type { TryAction } from "../syntax";
import { storeTo } from "./assign";
import type { WorkflowError } from "./errors";
import { guarded, runBlock, type Block, type Run, type Running } from "./flow";
import type { Frame } from "./frame";
import type { RetryPolicy } from "./retry";
import type { Scope } from "../control";

/** `try` with `retry` and `except`: https://cloud.google.com/workflows/docs/reference/syntax/catching-errors */
export function compileTry(
    action: TryAction,
    body: Run,
    policy: ((frame: Frame) => RetryPolicy | Promise<RetryPolicy>) | undefined,
    handler: { scope: Scope; block: () => Block } | undefined,
): Run {
    const as = action.except?.as;
    const store = handler === undefined || as === undefined ? undefined : storeTo(as.text, handler.scope);
    const own = handler?.scope.own() ?? [];
    const attempts: Run = policy === undefined ? body : (frame) => retried(body, policy, frame, 0);
    if (handler === undefined) {
        return attempts;
    }
    const caught = (frame: Frame, error: WorkflowError): Running => {
        for (const slot of own) {
            frame.variables[slot] = undefined;
        }
        store?.(frame, error.payload);
        return runBlock(handler.block(), frame);
    };
    return (frame) =>
        guarded(
            () => attempts(frame),
            (error) => caught(frame, error),
        );
}

function retried(
    body: Run,
    policy: (frame: Frame) => RetryPolicy | Promise<RetryPolicy>,
    frame: Frame,
    retries: number,
): Running {
    const step = frame.step;
    return guarded(
        () => body(frame),
        async (error) => {
            // The step that failed stays the one to blame, unless another attempt is made.
            const found = await policy(frame);
            if (retries >= found.maxRetries || !(await found.predicate(error.payload, frame))) {
                throw error;
            }
            await frame.execution.host.sleep(found.delaySeconds(retries) * 1000, frame.signal);
            frame.execution.enter(frame);
            frame.step = step;
            frame.progress = { kind: "retry", number: retries + 1, of: found.maxRetries };
            return retried(body, policy, frame, retries + 1);
        },
    );
}
