// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of cloudtasks.v2beta3. */
export interface $Methods {
    "googleapis.cloudtasks.v2beta3.projects.locations.get": $Method<"name", object, never, Location>;
    "googleapis.cloudtasks.v2beta3.projects.locations.getCmekConfig": $Method<"name", object, never, CmekConfig>;
    "googleapis.cloudtasks.v2beta3.projects.locations.list": $Method<"name", { extraLocationTypes: string | string[]; filter: string; pageSize: number; pageToken: string }, never, ListLocationsResponse>;
    "googleapis.cloudtasks.v2beta3.projects.locations.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.create": $Method<"parent", object, Queue, Queue>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.delete": $Method<"name", object, never, Empty>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.get": $Method<"name", { readMask: string }, never, Queue>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.getIamPolicy": $Method<"resource", object, GetIamPolicyRequest, Policy>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string; readMask: string }, never, ListQueuesResponse>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.patch": $Method<"name", { updateMask: string }, Queue, Queue>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.pause": $Method<"name", object, PauseQueueRequest, Queue>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.purge": $Method<"name", object, PurgeQueueRequest, Queue>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.resume": $Method<"name", object, ResumeQueueRequest, Queue>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.tasks.batchCreate": $Method<"parent", object, BatchCreateTasksRequest, Operation>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.tasks.batchDelete": $Method<"parent", object, BatchDeleteTasksRequest, Operation>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.tasks.buffer": $Method<"queue" | "taskId", object, BufferTaskRequest, BufferTaskResponse>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.tasks.create": $Method<"parent", object, CreateTaskRequest, Task>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.tasks.delete": $Method<"name", object, never, Empty>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.tasks.get": $Method<"name", { responseView: "VIEW_UNSPECIFIED" | "BASIC" | "FULL" }, never, Task>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.tasks.list": $Method<"parent", { pageSize: number; pageToken: string; responseView: "VIEW_UNSPECIFIED" | "BASIC" | "FULL" }, never, ListTasksResponse>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.tasks.run": $Method<"name", object, RunTaskRequest, Task>;
    "googleapis.cloudtasks.v2beta3.projects.locations.queues.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.cloudtasks.v2beta3.projects.locations.updateCmekConfig": $Method<"name", { updateMask: string }, CmekConfig, CmekConfig>;
}

interface AppEngineHttpQueue { appEngineRoutingOverride: AppEngineRouting }
interface AppEngineHttpRequest { appEngineRouting: AppEngineRouting; body: string; headers: { [key: string]: string }; httpMethod: "HTTP_METHOD_UNSPECIFIED" | "POST" | "GET" | "HEAD" | "PUT" | "DELETE" | "PATCH" | "OPTIONS"; relativeUri: string }
interface AppEngineRouting { host: string; instance: string; service: string; version: string }
interface Attempt { dispatchTime: string; responseStatus: Status; responseTime: string; scheduleTime: string }
interface BatchCreateTasksRequest { requestId: string; requests: CreateTaskRequest[] }
interface BatchDeleteTasksRequest { names: string[]; requestId: string }
interface Binding { condition: Expr; members: string[]; role: string }
interface BufferTaskRequest { body: HttpBody }
interface BufferTaskResponse { task: Task }
interface CmekConfig { kmsKey: string; name: string }
interface CreateTaskRequest { parent: string; responseView: "VIEW_UNSPECIFIED" | "BASIC" | "FULL"; task: Task }
interface Empty {  }
interface Expr { description: string; expression: string; location: string; title: string }
interface GetIamPolicyRequest { options: GetPolicyOptions }
interface GetPolicyOptions { requestedPolicyVersion: number }
interface Header { key: string; value: string }
interface HeaderOverride { header: Header }
interface HttpBody { contentType: string; data: string; extensions: { [key: string]: unknown }[] }
interface HttpRequest { body: string; headers: { [key: string]: string }; httpMethod: "HTTP_METHOD_UNSPECIFIED" | "POST" | "GET" | "HEAD" | "PUT" | "DELETE" | "PATCH" | "OPTIONS"; oauthToken: OAuthToken; oidcToken: OidcToken; url: string }
interface HttpTarget { headerOverrides: HeaderOverride[]; httpMethod: "HTTP_METHOD_UNSPECIFIED" | "POST" | "GET" | "HEAD" | "PUT" | "DELETE" | "PATCH" | "OPTIONS"; oauthToken: OAuthToken; oidcToken: OidcToken; uriOverride: UriOverride }
interface ListLocationsResponse { locations: Location[]; nextPageToken: string }
interface ListQueuesResponse { nextPageToken: string; queues: Queue[] }
interface ListTasksResponse { nextPageToken: string; tasks: Task[] }
interface Location { displayName: string; labels: { [key: string]: string }; locationId: string; metadata: { [key: string]: unknown }; name: string }
interface OAuthToken { scope: string; serviceAccountEmail: string }
interface OidcToken { audience: string; serviceAccountEmail: string }
interface Operation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface PathOverride { path: string }
interface PauseQueueRequest {  }
interface Policy { bindings: Binding[]; etag: string; version: number }
interface PullMessage { payload: string; tag: string }
interface PurgeQueueRequest {  }
interface QueryOverride { queryParams: string }
interface Queue { appEngineHttpQueue: AppEngineHttpQueue; httpTarget: HttpTarget; name: string; purgeTime: string; rateLimits: RateLimits; retryConfig: RetryConfig; stackdriverLoggingConfig: StackdriverLoggingConfig; state: "STATE_UNSPECIFIED" | "RUNNING" | "PAUSED" | "DISABLED"; stats: QueueStats; taskTtl: string; tombstoneTtl: string; type: "TYPE_UNSPECIFIED" | "PULL" | "PUSH" }
interface QueueStats { concurrentDispatchesCount: string | number; effectiveExecutionRate: number; executedLastMinuteCount: string | number; oldestEstimatedArrivalTime: string; tasksCount: string | number }
interface RateLimits { maxBurstSize: number; maxConcurrentDispatches: number; maxDispatchesPerSecond: number }
interface ResumeQueueRequest {  }
interface RetryConfig { maxAttempts: number; maxBackoff: string; maxDoublings: number; maxRetryDuration: string; minBackoff: string }
interface RunTaskRequest { responseView: "VIEW_UNSPECIFIED" | "BASIC" | "FULL" }
interface SetIamPolicyRequest { policy: Policy }
interface StackdriverLoggingConfig { samplingRatio: number }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface Task { appEngineHttpRequest: AppEngineHttpRequest; createTime: string; dispatchCount: number; dispatchDeadline: string; firstAttempt: Attempt; httpRequest: HttpRequest; lastAttempt: Attempt; name: string; pullMessage: PullMessage; responseCount: number; retryConfig: RetryConfig; scheduleTime: string; view: "VIEW_UNSPECIFIED" | "BASIC" | "FULL" }
interface TestIamPermissionsRequest { permissions: string[] }
interface TestIamPermissionsResponse { permissions: string[] }
interface UriOverride { host: string; pathOverride: PathOverride; port: string | number; queryOverride: QueryOverride; scheme: "SCHEME_UNSPECIFIED" | "HTTP" | "HTTPS"; uriOverrideEnforceMode: "URI_OVERRIDE_ENFORCE_MODE_UNSPECIFIED" | "IF_NOT_EXISTS" | "ALWAYS" }
