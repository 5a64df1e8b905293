// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of workflowexecutions.v1. */
export interface $Methods {
    "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.callbacks.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListCallbacksResponse>;
    "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.cancel": $Method<"name", object, CancelExecutionRequest, Execution>;
    "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.create": $Method<"parent", object, Execution, Execution>;
    "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.deleteExecutionHistory": $Method<"name", object, DeleteExecutionHistoryRequest, Empty>;
    "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.exportData": $Method<"name", object, never, ExportDataResponse>;
    "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.get": $Method<"name", { view: "EXECUTION_VIEW_UNSPECIFIED" | "BASIC" | "FULL" }, never, Execution>;
    "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.list": $Method<"parent", { filter: string; orderBy: string; pageSize: number; pageToken: string; view: "EXECUTION_VIEW_UNSPECIFIED" | "BASIC" | "FULL" }, never, ListExecutionsResponse>;
    "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.stepEntries.get": $Method<"name", { view: "EXECUTION_ENTRY_VIEW_UNSPECIFIED" | "EXECUTION_ENTRY_VIEW_BASIC" | "EXECUTION_ENTRY_VIEW_DETAILED" }, never, StepEntry>;
    "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.stepEntries.list": $Method<"parent", { filter: string; orderBy: string; pageSize: number; pageToken: string; skip: number; view: "EXECUTION_ENTRY_VIEW_UNSPECIFIED" | "EXECUTION_ENTRY_VIEW_BASIC" | "EXECUTION_ENTRY_VIEW_DETAILED" }, never, ListStepEntriesResponse>;
    "googleapis.workflowexecutions.v1.projects.locations.workflows.triggerPubsubExecution": $Method<"workflow", object, TriggerPubsubExecutionRequest, Execution>;
}

interface Callback { availablePayloads: string[]; method: string; name: string; waiters: string | number }
interface CancelExecutionRequest {  }
interface DeleteExecutionHistoryRequest {  }
interface Empty {  }
interface Error { context: string; payload: string; stackTrace: StackTrace }
interface Exception { payload: string }
interface Execution { argument: string; callLogLevel: "CALL_LOG_LEVEL_UNSPECIFIED" | "LOG_ALL_CALLS" | "LOG_ERRORS_ONLY" | "LOG_NONE"; createTime: string; disableConcurrencyQuotaOverflowBuffering: boolean; duration: string; endTime: string; error: Error; executionHistoryLevel: "EXECUTION_HISTORY_LEVEL_UNSPECIFIED" | "EXECUTION_HISTORY_BASIC" | "EXECUTION_HISTORY_DETAILED"; labels: { [key: string]: string }; name: string; result: string; startTime: string; state: "STATE_UNSPECIFIED" | "ACTIVE" | "SUCCEEDED" | "FAILED" | "CANCELLED" | "UNAVAILABLE" | "QUEUED"; stateError: StateError; status: Status; workflowRevisionId: string }
interface ExportDataResponse { data: string }
interface ListCallbacksResponse { callbacks: Callback[]; nextPageToken: string }
interface ListExecutionsResponse { executions: Execution[]; nextPageToken: string }
interface ListStepEntriesResponse { nextPageToken: string; stepEntries: StepEntry[]; totalSize: number }
interface NavigationInfo { children: (string | number)[]; next: string | number; parent: string | number; previous: string | number }
interface Position { column: string | number; length: string | number; line: string | number }
interface PubsubMessage { attributes: { [key: string]: string }; data: string; messageId: string; orderingKey: string; publishTime: string }
interface StackTrace { elements: StackTraceElement[] }
interface StackTraceElement { position: Position; routine: string; step: string }
interface StateError { details: string; type: "TYPE_UNSPECIFIED" | "KMS_ERROR" }
interface Status { currentSteps: Step[] }
interface Step { routine: string; step: string }
interface StepEntry { createTime: string; entryId: string | number; exception: Exception; name: string; navigationInfo: NavigationInfo; routine: string; state: "STATE_UNSPECIFIED" | "STATE_IN_PROGRESS" | "STATE_SUCCEEDED" | "STATE_FAILED" | "STATE_CANCELLED"; step: string; stepEntryMetadata: StepEntryMetadata; stepType: "STEP_TYPE_UNSPECIFIED" | "STEP_ASSIGN" | "STEP_STD_LIB_CALL" | "STEP_CONNECTOR_CALL" | "STEP_SUBWORKFLOW_CALL" | "STEP_CALL" | "STEP_SWITCH" | "STEP_CONDITION" | "STEP_FOR" | "STEP_FOR_ITERATION" | "STEP_PARALLEL_FOR" | "STEP_PARALLEL_BRANCH" | "STEP_PARALLEL_BRANCH_ENTRY" | "STEP_TRY_RETRY_EXCEPT" | "STEP_TRY" | "STEP_RETRY" | "STEP_EXCEPT" | "STEP_RETURN" | "STEP_RAISE" | "STEP_GOTO"; updateTime: string; variableData: VariableData }
interface StepEntryMetadata { expectedIteration: string | number; progressNumber: string | number; progressType: "PROGRESS_TYPE_UNSPECIFIED" | "PROGRESS_TYPE_FOR" | "PROGRESS_TYPE_SWITCH" | "PROGRESS_TYPE_RETRY" | "PROGRESS_TYPE_PARALLEL_FOR" | "PROGRESS_TYPE_PARALLEL_BRANCH"; threadId: string }
interface TriggerPubsubExecutionRequest { GCPCloudEventsMode: string; deliveryAttempt: number; message: PubsubMessage; subscription: string }
interface VariableData { variables: { [key: string]: unknown } }
