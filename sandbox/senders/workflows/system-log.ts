import type { Cloud } from "../../cloud";
import { writeExecutionLog, type Logged } from "./call-log";
import type { Execution } from "../../apis";

/** An entry has at most so many characters of an argument, a result or an error. */
const LARGEST = 1000;

/**
 * Logs the start or end of an execution, as Google does: its `ExecutionsSystemLog` [K: the messages].
 * https://cloud.google.com/workflows/docs/log-workflow#execution-logs
 */
export function logExecution(cloud: Cloud, logged: Logged, { state, argument, result, error }: Execution): void {
    writeExecutionLog(cloud, logged, "workflows.googleapis.com%2Fexecutions_system", {
        severity: state === "FAILED" ? "ERROR" : "INFO",
        jsonPayload: {
            "@type": "type.googleapis.com/google.cloud.workflows.type.ExecutionsSystemLog",
            message: `Workflow execution ${state === "ACTIVE" ? "started" : state.toLowerCase()}`,
            activityTime: new Date(cloud.clock.now()).toISOString(),
            state,
            ...(state === "ACTIVE" && { start: { argument: (argument ?? "").slice(0, LARGEST) } }),
            ...(state === "SUCCEEDED" && { success: { result: (result ?? "").slice(0, LARGEST) } }),
            ...(state === "FAILED" && { failure: failureOf(error) }),
        },
    });
}

/** The exception, and the step in which it was raised, as `routine.step`. */
function failureOf({ context = "", stackTrace }: Execution["error"] = {}): { exception: string; source: string } {
    const [first] = stackTrace?.elements ?? [];
    return {
        exception: context.slice(0, LARGEST),
        source: first === undefined ? "" : `${first.routine ?? ""}.${first.step ?? ""}`,
    };
}
