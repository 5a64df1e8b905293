// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of workflows.v1. */
export interface $Methods {
    "googleapis.workflows.v1.projects.locations.get": $Method<"name", object, never, Location>;
    "googleapis.workflows.v1.projects.locations.list": $Method<"name", { extraLocationTypes: string | string[]; filter: string; pageSize: number; pageToken: string }, never, ListLocationsResponse>;
    "googleapis.workflows.v1.projects.locations.operations.delete": $Method<"name", object, never, Empty>;
    "googleapis.workflows.v1.projects.locations.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.workflows.v1.projects.locations.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, ListOperationsResponse>;
    "googleapis.workflows.v1.projects.locations.workflows.create": $Method<"parent", { workflowId: string }, Workflow, Operation>;
    "googleapis.workflows.v1.projects.locations.workflows.delete": $Method<"name", object, never, Operation>;
    "googleapis.workflows.v1.projects.locations.workflows.get": $Method<"name", { revisionId: string }, never, Workflow>;
    "googleapis.workflows.v1.projects.locations.workflows.list": $Method<"parent", { filter: string; orderBy: string; pageSize: number; pageToken: string }, never, ListWorkflowsResponse>;
    "googleapis.workflows.v1.projects.locations.workflows.listRevisions": $Method<"name", { pageSize: number; pageToken: string }, never, ListWorkflowRevisionsResponse>;
    "googleapis.workflows.v1.projects.locations.workflows.patch": $Method<"name", { updateMask: string }, Workflow, Operation>;
}

interface Empty {  }
interface ListLocationsResponse { locations: Location[]; nextPageToken: string }
interface ListOperationsResponse { nextPageToken: string; operations: Operation[]; unreachable: string[] }
interface ListWorkflowRevisionsResponse { nextPageToken: string; workflows: Workflow[] }
interface ListWorkflowsResponse { nextPageToken: string; unreachable: string[]; workflows: Workflow[] }
interface Location { displayName: string; labels: { [key: string]: string }; locationId: string; metadata: { [key: string]: unknown }; name: string }
interface Operation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface StateError { details: string; type: "TYPE_UNSPECIFIED" | "KMS_ERROR" }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface Workflow { allKmsKeys: string[]; allKmsKeysVersions: string[]; callLogLevel: "CALL_LOG_LEVEL_UNSPECIFIED" | "LOG_ALL_CALLS" | "LOG_ERRORS_ONLY" | "LOG_NONE"; createTime: string; cryptoKeyName: string; cryptoKeyVersion: string; description: string; executionHistoryLevel: "EXECUTION_HISTORY_LEVEL_UNSPECIFIED" | "EXECUTION_HISTORY_BASIC" | "EXECUTION_HISTORY_DETAILED"; labels: { [key: string]: string }; name: string; revisionCreateTime: string; revisionId: string; serviceAccount: string; sourceContents: string; state: "STATE_UNSPECIFIED" | "ACTIVE" | "UNAVAILABLE"; stateError: StateError; tags: { [key: string]: string }; updateTime: string; userEnvVars: { [key: string]: string } }
