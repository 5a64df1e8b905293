import type { Execution } from "../../apis";

/** What a client says of an execution and is told again. */
export const KEPT_AS_GIVEN = [
    "argument",
    "labels",
    "callLogLevel",
    "executionHistoryLevel",
    "disableConcurrencyQuotaOverflowBuffering",
] as const;

/** The oldest first. States that older sandboxes kept have no time of creation. */
export function byAge(a: Partial<Execution>, b: Partial<Execution>): number {
    return (a.createTime ?? a.startTime ?? "").localeCompare(b.createTime ?? b.startTime ?? "");
}
