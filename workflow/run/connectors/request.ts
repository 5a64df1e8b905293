import { failure, isMapValue, type RuntimeMap, type RuntimeValue, WorkflowError } from "../values";
import type { Frame } from "../frame";
import type { HttpCall } from "../host";
import { host, sendRequest } from "../library";
import { POLICIES } from "../retry";

/** Until when a connector's call may last, by the host's clock. */
export interface Deadline {
    end: number;
    seconds: number;
}

/** A deadline some seconds from now. */
export function deadlineIn(seconds: number, frame: Frame): Deadline {
    return { end: frame.execution.host.now() + seconds * 1000, seconds };
}

/**
 * Sends a connector's request and returns the body. It retries as documented: GET by the policy for idempotent requests,
 * all other methods by the policy for the others.
 * @throws WorkflowError as `http.request` does; `TimeoutError` after the deadline
 */
export async function sendWithRetry(call: HttpCall, frame: Frame, deadline: Deadline): Promise<RuntimeValue> {
    const policy = POLICIES.get(call.method === "GET" ? "http.default_retry" : "http.default_retry_non_idempotent");
    for (let retry = 0; ; retry++) {
        try {
            return (await sendRequest(call, frame)).get("body") ?? null;
        } catch (error) {
            const again =
                error instanceof WorkflowError &&
                policy !== undefined &&
                retry < policy.maxRetries &&
                (await policy.predicate(error.payload, frame));
            if (!again) {
                throw error;
            }
            await pause(policy.delaySeconds(retry), frame, deadline, call);
        }
    }
}

/** @throws WorkflowError `TimeoutError` if the wait would pass the deadline */
export async function pause(
    seconds: number,
    frame: Frame,
    deadline: Deadline,
    call: Pick<HttpCall, "connector" | "url">,
): Promise<void> {
    const { host: world } = frame.execution;
    if (world.now() + seconds * 1000 > deadline.end) {
        throw failure("TimeoutError", `${call.connector ?? call.url} did not end within ${deadline.seconds} seconds`);
    }
    await host(world.sleep(seconds * 1000, frame.signal));
}

/** @throws WorkflowError `ResponseTypeError` if the answer is no map */
export function expectMap(value: RuntimeValue, call: Pick<HttpCall, "connector" | "url">): RuntimeMap {
    if (!isMapValue(value)) {
        throw failure(
            "ResponseTypeError",
            `${call.connector ?? call.url} answered with something else than a JSON object`,
        );
    }
    return value;
}
