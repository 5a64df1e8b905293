import { failure, isMapValue, isNumeric, mapOf, type RuntimeMap, toNumber, typeName } from "../values";
import type { Frame } from "../frame";
import type { PollingPolicy } from "./poll";
import { deadlineIn, type Deadline } from "./request";

const DEFAULT_TIMEOUT_SECONDS = 1800;
const MAX_TIMEOUT_SECONDS = 31_536_000;

/** The `connector_params` of a call. */
export interface ConnectorParams {
    /** The map as the call gives it. */
    params: RuntimeMap;
    deadline: Deadline;
    policy: PollingPolicy;
    skipPolling: boolean;
}

/**
 * https://cloud.google.com/workflows/docs/reference/googleapis#invoke_a_connector_call
 * @throws WorkflowError `TypeError`, `ValueError`
 */
export function connectorParams(args: RuntimeMap, frame: Frame): ConnectorParams {
    const params = mapArgument(args, "connector_params");
    const skip = params.get("skip_polling") ?? false;
    if (typeof skip !== "boolean") {
        throw failure("TypeError", `skip_polling must be a boolean, got: ${typeName(skip)}`);
    }
    return {
        params,
        deadline: deadlineIn(timeoutOf(params, DEFAULT_TIMEOUT_SECONDS, "connector_params"), frame),
        policy: pollingPolicy(mapArgument(params, "polling_policy")),
        skipPolling: skip,
    };
}

/** The `timeout` of a call in seconds, at most a year. */
export function timeoutOf(args: RuntimeMap, otherwise: number, what: string): number {
    const seconds = numberArgument(args, "timeout", otherwise);
    if (!(seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS)) {
        throw failure(
            "ValueError",
            `${what}: timeout must be above 0 and at most ${MAX_TIMEOUT_SECONDS} seconds, got: ${seconds}`,
        );
    }
    return seconds;
}

/** `polling_policy`: https://cloud.google.com/workflows/docs/reference/googleapis#polling */
export function pollingPolicy(policy: RuntimeMap): PollingPolicy {
    return {
        initialDelay: numberArgument(policy, "initial_delay", 1),
        multiplier: numberArgument(policy, "multiplier", 1.25),
        maxDelay: numberArgument(policy, "max_delay", 60),
    };
}

export function mapArgument(args: RuntimeMap, key: string): RuntimeMap {
    const value = args.get(key) ?? mapOf({});
    if (!isMapValue(value)) {
        throw failure("TypeError", `${key} must be a map, got: ${typeName(value)}`);
    }
    return value;
}

function numberArgument(args: RuntimeMap, key: string, otherwise: number): number {
    const value = args.get(key) ?? otherwise;
    if (!isNumeric(value)) {
        throw failure("TypeError", `${key} must be a number, got: ${typeName(value)}`);
    }
    if (toNumber(value) < 0) {
        throw failure("ValueError", `${key} must not be negative, got: ${toNumber(value)}`);
    }
    return toNumber(value);
}
