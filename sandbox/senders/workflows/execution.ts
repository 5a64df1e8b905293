import type { Json } from "../../apis/framework";

/** An execution as Google answers it. */
export type Execution = Json & {
    name: string;
    state: string;
    createTime: string;
    /** Absent while it waits for its turn. */
    startTime?: string;
    argument?: string;
    result?: string;
};

/** What a client gives for an execution. */
export type Given = {
    argument?: string;
    labels?: Json;
    callLogLevel?: unknown;
    executionHistoryLevel?: string;
    /** Refuse it, rather than queue it, beyond the quota of concurrent executions. */
    disableConcurrencyQuotaOverflowBuffering?: boolean;
};

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
