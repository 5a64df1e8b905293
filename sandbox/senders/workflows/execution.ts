import { toJson, type Outcome } from "../../../workflow";
import type { Execution } from "../../apis";
import { errorOf } from "./execution-error";

/** The fields that a client specifies and the API answers unchanged. */
export const KEPT_AS_GIVEN = [
    "argument",
    "labels",
    "callLogLevel",
    "executionHistoryLevel",
    "disableConcurrencyQuotaOverflowBuffering",
] as const;

/** Sorts the oldest first. Executions that older sandboxes stored have no time of creation. */
export function byAge(a: Partial<Execution>, b: Partial<Execution>): number {
    return (a.createTime ?? a.startTime ?? "").localeCompare(b.createTime ?? b.startTime ?? "");
}

/** An execution after its end. @param endTime in milliseconds since 1970 */
export function endedWith(execution: Execution, outcome: Outcome, endTime: number): Execution {
    const { startTime = execution.createTime } = execution;
    return {
        ...execution,
        state: outcome.state,
        endTime: new Date(endTime).toISOString(),
        duration: `${((endTime - Date.parse(startTime)) / 1000).toFixed(3)}s`,
        ...(outcome.state === "SUCCEEDED" ? { result: toJson(outcome.result) } : { error: errorOf(outcome.error) }),
    };
}

/** A level of an execution; undefined if it is unspecified, so that the level of the workflow counts. */
export function specified(level: string | undefined): string | undefined {
    return level?.endsWith("_UNSPECIFIED") ? undefined : level;
}
