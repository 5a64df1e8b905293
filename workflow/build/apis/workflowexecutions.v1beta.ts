// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of workflowexecutions.v1beta. */
export interface $Methods {
    "googleapis.workflowexecutions.v1beta.projects.locations.workflows.executions.cancel": $Method<"name", object, CancelExecutionRequest, Execution>;
    "googleapis.workflowexecutions.v1beta.projects.locations.workflows.executions.create": $Method<"parent", object, Execution, Execution>;
    "googleapis.workflowexecutions.v1beta.projects.locations.workflows.executions.get": $Method<"name", { view: "EXECUTION_VIEW_UNSPECIFIED" | "BASIC" | "FULL" }, never, Execution>;
    "googleapis.workflowexecutions.v1beta.projects.locations.workflows.executions.list": $Method<"parent", { pageSize: number; pageToken: string; view: "EXECUTION_VIEW_UNSPECIFIED" | "BASIC" | "FULL" }, never, ListExecutionsResponse>;
}

interface CancelExecutionRequest {  }
interface Error { context: string; payload: string; stackTrace: StackTrace }
interface Execution { argument: string; callLogLevel: "CALL_LOG_LEVEL_UNSPECIFIED" | "LOG_ALL_CALLS" | "LOG_ERRORS_ONLY"; endTime: string; error: Error; name: string; result: string; startTime: string; state: "STATE_UNSPECIFIED" | "ACTIVE" | "SUCCEEDED" | "FAILED" | "CANCELLED" | "UNAVAILABLE" | "QUEUED"; status: Status; workflowRevisionId: string }
interface ListExecutionsResponse { executions: Execution[]; nextPageToken: string }
interface Position { column: string | number; length: string | number; line: string | number }
interface StackTrace { elements: StackTraceElement[] }
interface StackTraceElement { position: Position; routine: string; step: string }
interface Status { currentSteps: Step[] }
interface Step { routine: string; step: string }
