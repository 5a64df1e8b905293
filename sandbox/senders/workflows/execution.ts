import type { Execution } from "../../apis";

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
