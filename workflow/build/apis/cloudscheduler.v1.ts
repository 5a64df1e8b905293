// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of cloudscheduler.v1. */
export interface $Methods {
    "googleapis.cloudscheduler.v1.projects.locations.get": $Method<"name", object, never, Location>;
    "googleapis.cloudscheduler.v1.projects.locations.getCmekConfig": $Method<"name", object, never, CmekConfig>;
    "googleapis.cloudscheduler.v1.projects.locations.jobs.create": $Method<"parent", object, Job, Job>;
    "googleapis.cloudscheduler.v1.projects.locations.jobs.delete": $Method<"name", object, never, Empty>;
    "googleapis.cloudscheduler.v1.projects.locations.jobs.get": $Method<"name", object, never, Job>;
    "googleapis.cloudscheduler.v1.projects.locations.jobs.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListJobsResponse>;
    "googleapis.cloudscheduler.v1.projects.locations.jobs.patch": $Method<"name", { updateMask: string }, Job, Job>;
    "googleapis.cloudscheduler.v1.projects.locations.jobs.pause": $Method<"name", object, PauseJobRequest, Job>;
    "googleapis.cloudscheduler.v1.projects.locations.jobs.resume": $Method<"name", object, ResumeJobRequest, Job>;
    "googleapis.cloudscheduler.v1.projects.locations.jobs.run": $Method<"name", object, RunJobRequest, Job>;
    "googleapis.cloudscheduler.v1.projects.locations.list": $Method<"name", { extraLocationTypes: string | string[]; filter: string; pageSize: number; pageToken: string }, never, ListLocationsResponse>;
    "googleapis.cloudscheduler.v1.projects.locations.operations.cancel": $Method<"name", object, CancelOperationRequest, Empty>;
    "googleapis.cloudscheduler.v1.projects.locations.operations.delete": $Method<"name", object, never, Empty>;
    "googleapis.cloudscheduler.v1.projects.locations.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.cloudscheduler.v1.projects.locations.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, ListOperationsResponse>;
    "googleapis.cloudscheduler.v1.projects.locations.updateCmekConfig": $Method<"name", { updateMask: string }, CmekConfig, Operation>;
}

interface AppEngineHttpTarget { appEngineRouting: AppEngineRouting; body: string; headers: { [key: string]: string }; httpMethod: "HTTP_METHOD_UNSPECIFIED" | "POST" | "GET" | "HEAD" | "PUT" | "DELETE" | "PATCH" | "OPTIONS"; relativeUri: string }
interface AppEngineRouting { host: string; instance: string; service: string; version: string }
interface CancelOperationRequest {  }
interface CmekConfig { kmsKeyName: string; name: string }
interface Empty {  }
interface HttpTarget { body: string; headers: { [key: string]: string }; httpMethod: "HTTP_METHOD_UNSPECIFIED" | "POST" | "GET" | "HEAD" | "PUT" | "DELETE" | "PATCH" | "OPTIONS"; oauthToken: OAuthToken; oidcToken: OidcToken; uri: string }
interface Job { appEngineHttpTarget: AppEngineHttpTarget; attemptDeadline: string; description: string; httpTarget: HttpTarget; lastAttemptTime: string; name: string; pubsubTarget: PubsubTarget; retryConfig: RetryConfig; satisfiesPzs: boolean; schedule: string; scheduleTime: string; state: "STATE_UNSPECIFIED" | "ENABLED" | "PAUSED" | "DISABLED" | "UPDATE_FAILED"; status: Status; timeZone: string; userUpdateTime: string }
interface ListJobsResponse { jobs: Job[]; nextPageToken: string }
interface ListLocationsResponse { locations: Location[]; nextPageToken: string }
interface ListOperationsResponse { nextPageToken: string; operations: Operation[]; unreachable: string[] }
interface Location { displayName: string; labels: { [key: string]: string }; locationId: string; metadata: { [key: string]: unknown }; name: string }
interface OAuthToken { scope: string; serviceAccountEmail: string }
interface OidcToken { audience: string; serviceAccountEmail: string }
interface Operation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface PauseJobRequest {  }
interface PubsubTarget { attributes: { [key: string]: string }; data: string; topicName: string }
interface ResumeJobRequest {  }
interface RetryConfig { maxBackoffDuration: string; maxDoublings: number; maxRetryDuration: string; minBackoffDuration: string; retryCount: number }
interface RunJobRequest {  }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
