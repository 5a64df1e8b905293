import { defined } from "../../../common";
import { failure, mapOf, type RuntimeMap, type RuntimeValue, WorkflowError } from "../values";
import type { Frame } from "../frame";
import type { HttpCall } from "../host";
import { expectMap, pause, sendWithRetry, type Deadline } from "./request";
import type { Method } from "./table";
import { textAt, WATCHES } from "./watch";

/** The delays between two requests for the state: https://cloud.google.com/workflows/docs/reference/googleapis#polling */
export interface PollingPolicy {
    initialDelay: number;
    multiplier: number;
    maxDelay: number;
}

/**
 * Asks for the state of what a method started until it has ended, and returns the last state.
 * @throws WorkflowError `OperationError` with `operation` if it failed; `TimeoutError` after the deadline
 */
export async function pollUntilDone(
    method: Method & { poll: NonNullable<Method["poll"]> },
    call: HttpCall,
    answer: RuntimeValue,
    policy: PollingPolicy,
    frame: Frame,
    deadline: Deadline,
): Promise<RuntimeValue> {
    const watch = WATCHES[method.poll];
    const started = expectMap(answer, call);
    const { origin } = new URL(call.url);
    const url = watch.url(started, origin, method);
    // If a part of the path is empty, the answer does not say what to ask for.
    if (!watch.isDone(started) && /^$|\/(\/|\?|$)/.test(url.slice(origin.length))) {
        throw failure("ResponseTypeError", `${method.name} answered without the URL of its operation`);
    }
    const look: HttpCall = {
        method: "GET",
        url,
        headers: call.headers,
        timeoutSeconds: call.timeoutSeconds,
        ...defined({ auth: call.auth, connector: call.connector }),
    };
    const state = await poll(started, watch.isDone, policy, { frame, deadline, call }, async () =>
        expectMap(await sendWithRetry(look, frame, deadline), look),
    );
    const error = watch.error(state);
    if (error !== undefined) {
        throw operationError(call, error, state);
    }
    return state;
}

/** The call that waits. */
interface Waiting {
    frame: Frame;
    deadline: Deadline;
    call: Pick<HttpCall, "connector" | "url">;
}

/**
 * Asks again, with growing delays, until something has ended. Each request counts as a step, as Google documents.
 * @throws WorkflowError `TimeoutError` after the deadline
 */
export async function poll(
    started: RuntimeMap,
    isDone: (state: RuntimeMap) => boolean,
    { initialDelay, multiplier, maxDelay }: PollingPolicy,
    { frame, deadline, call }: Waiting,
    look: () => Promise<RuntimeMap>,
): Promise<RuntimeMap> {
    let state = started;
    for (let delay = initialDelay; !isDone(state); delay = Math.min(delay * multiplier, maxDelay)) {
        await pause(delay, frame, deadline, call);
        frame.execution.enter(frame);
        state = await look();
    }
    return state;
}

/** The error of an operation that failed: https://cloud.google.com/workflows/docs/connectors#lro */
export function operationError(call: Waiting["call"], error: RuntimeValue, operation: RuntimeMap): WorkflowError {
    const reason = textAt(error, "message");
    const message = `${call.connector ?? call.url} failed${reason === "" ? "" : `: ${reason}`}`;
    return new WorkflowError(mapOf({ tags: ["OperationError"], message, error, operation }), message);
}
