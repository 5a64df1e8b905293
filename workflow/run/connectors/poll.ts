import { failure, WorkflowError } from "../errors";
import type { Frame } from "../frame";
import type { HttpCall } from "../host";
import { isMapValue, mapOf, type RuntimeMap, type RuntimeValue } from "../value";
import { expectMap, pause, sendWithRetry, type Deadline } from "./request";
import type { Method } from "./table";

/** The delays between two looks: https://cloud.google.com/workflows/docs/reference/googleapis#polling */
export interface PollingPolicy {
    initialDelay: number;
    multiplier: number;
    maxDelay: number;
}

/** Where to look, when it is over, and what went wrong then. */
interface Watch {
    url(started: RuntimeMap, origin: string, method: Method): string;
    isDone(state: RuntimeMap): boolean;
    error(state: RuntimeMap): RuntimeValue | undefined;
}

const text = (map: RuntimeValue | undefined, ...keys: string[]): string => {
    let found: RuntimeValue | undefined = map;
    for (const key of keys) {
        found = isMapValue(found) ? found.get(key) : undefined;
    }
    return typeof found === "string" ? found : "";
};

const part = (map: RuntimeMap, key: string): RuntimeValue | undefined => map.get(key) ?? undefined;

const WATCHES: Readonly<Record<NonNullable<Method["poll"]>, Watch>> = {
    operation: {
        url: (started, origin, { version }) => `${origin}/${version}/${text(started, "name")}`,
        isDone: (state) => state.get("done") === true,
        error: (state) => part(state, "error"),
    },
    status: {
        // The host stays the one that was called: selfLink may name www.googleapis.com for the same service.
        url: (started, origin) => {
            const link = text(started, "selfLink");
            return URL.canParse(link) ? origin + new URL(link).pathname : "";
        },
        isDone: (state) => state.get("status") === "DONE",
        error: (state) => part(state, "error"),
    },
    job: {
        url: (started, origin) => {
            const reference = started.get("jobReference");
            const location = text(reference, "location");
            const job = `projects/${text(reference, "projectId")}/jobs/${text(reference, "jobId")}`;
            return `${origin}/bigquery/v2/${job}${location === "" ? "" : `?location=${location}`}`;
        },
        isDone: (state) => text(state, "status", "state") === "DONE",
        error: (state) => {
            const status = state.get("status");
            return isMapValue(status) ? part(status, "errorResult") : undefined;
        },
    },
};

/**
 * Looks at what a method started until it is over, and gives its last state.
 * @throws WorkflowError `OperationError` where it failed, with `operation`; `TimeoutError` after the deadline
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
    const url = watch.url(started, new URL(call.url).origin, method);
    if (!watch.isDone(started) && !URL.canParse(url)) {
        throw failure(
            "ResponseTypeError",
            `${method.name} answered without saying where its operation can be looked at`,
        );
    }
    const look: HttpCall = {
        method: "GET",
        url,
        headers: call.headers,
        timeoutSeconds: call.timeoutSeconds,
        ...(call.auth && { auth: call.auth }),
        ...(call.connector !== undefined && { connector: call.connector }),
    };
    let state = started;
    for (
        let delay = policy.initialDelay;
        !watch.isDone(state);
        delay = Math.min(delay * policy.multiplier, policy.maxDelay)
    ) {
        await pause(delay, frame, deadline, call);
        state = expectMap(await sendWithRetry(look, frame, deadline), look);
    }
    const error = watch.error(state);
    if (error !== undefined) {
        throw operationError(call, error, state);
    }
    return state;
}

/** The error of an operation that failed [INF: the keys beside tags and message]. */
export function operationError(call: HttpCall, error: RuntimeValue, operation: RuntimeMap): WorkflowError {
    const reason = text(error, "message");
    const message = `${call.connector ?? call.url} failed${reason === "" ? "" : `: ${reason}`}`;
    return new WorkflowError(mapOf({ tags: ["OperationError"], message, error, operation }), message);
}
