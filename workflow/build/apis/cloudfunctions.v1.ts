// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of cloudfunctions.v1. */
export interface $Methods {
    "googleapis.cloudfunctions.v1.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.cloudfunctions.v1.operations.list": $Method<never, { filter: string; name: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, ListOperationsResponse>;
    "googleapis.cloudfunctions.v1.projects.locations.functions.call": $Method<"name", object, CallFunctionRequest, CallFunctionResponse>;
    "googleapis.cloudfunctions.v1.projects.locations.functions.create": $Method<"location", object, CloudFunction, Operation>;
    "googleapis.cloudfunctions.v1.projects.locations.functions.delete": $Method<"name", object, never, Operation>;
    "googleapis.cloudfunctions.v1.projects.locations.functions.generateDownloadUrl": $Method<"name", object, GenerateDownloadUrlRequest, GenerateDownloadUrlResponse>;
    "googleapis.cloudfunctions.v1.projects.locations.functions.generateUploadUrl": $Method<"parent", object, GenerateUploadUrlRequest, GenerateUploadUrlResponse>;
    "googleapis.cloudfunctions.v1.projects.locations.functions.get": $Method<"name", { versionId: string | number }, never, CloudFunction>;
    "googleapis.cloudfunctions.v1.projects.locations.functions.getIamPolicy": $Method<"resource", { options: unknown }, never, Policy>;
    "googleapis.cloudfunctions.v1.projects.locations.functions.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListFunctionsResponse>;
    "googleapis.cloudfunctions.v1.projects.locations.functions.patch": $Method<"name", { updateMask: string }, CloudFunction, Operation>;
    "googleapis.cloudfunctions.v1.projects.locations.functions.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.cloudfunctions.v1.projects.locations.functions.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.cloudfunctions.v1.projects.locations.list": $Method<"name", { extraLocationTypes: string | string[]; filter: string; pageSize: number; pageToken: string }, never, ListLocationsResponse>;
}

interface AuditConfig { auditLogConfigs: AuditLogConfig[]; service: string }
interface AuditLogConfig { exemptedMembers: string[]; logType: "LOG_TYPE_UNSPECIFIED" | "ADMIN_READ" | "DATA_WRITE" | "DATA_READ" }
interface AutomaticUpdatePolicy {  }
interface Binding { condition: Expr; members: string[]; role: string }
interface CallFunctionRequest { data: string }
interface CallFunctionResponse { error: string; executionId: string; result: string }
interface CloudFunction { automaticUpdatePolicy: AutomaticUpdatePolicy; availableMemoryMb: number; buildEnvironmentVariables: { [key: string]: string }; buildId: string; buildName: string; buildServiceAccount: string; buildWorkerPool: string; description: string; dockerRegistry: "DOCKER_REGISTRY_UNSPECIFIED" | "CONTAINER_REGISTRY" | "ARTIFACT_REGISTRY"; dockerRepository: string; entryPoint: string; environmentVariables: { [key: string]: string }; eventTrigger: EventTrigger; httpsTrigger: HttpsTrigger; ingressSettings: "INGRESS_SETTINGS_UNSPECIFIED" | "ALLOW_ALL" | "ALLOW_INTERNAL_ONLY" | "ALLOW_INTERNAL_AND_GCLB"; kmsKeyName: string; labels: { [key: string]: string }; maxInstances: number; minInstances: number; name: string; network: string; onDeployUpdatePolicy: OnDeployUpdatePolicy; runtime: string; satisfiesPzi: boolean; satisfiesPzs: boolean; secretEnvironmentVariables: SecretEnvVar[]; secretVolumes: SecretVolume[]; serviceAccountEmail: string; sourceArchiveUrl: string; sourceRepository: SourceRepository; sourceToken: string; sourceUploadUrl: string; status: "CLOUD_FUNCTION_STATUS_UNSPECIFIED" | "ACTIVE" | "OFFLINE" | "DEPLOY_IN_PROGRESS" | "DELETE_IN_PROGRESS" | "UNKNOWN"; timeout: string; updateTime: string; versionId: string | number; vpcConnector: string; vpcConnectorEgressSettings: "VPC_CONNECTOR_EGRESS_SETTINGS_UNSPECIFIED" | "PRIVATE_RANGES_ONLY" | "ALL_TRAFFIC" }
interface EventTrigger { eventType: string; failurePolicy: FailurePolicy; resource: string; service: string }
interface Expr { description: string; expression: string; location: string; title: string }
interface FailurePolicy { retry: Retry }
interface GenerateDownloadUrlRequest { versionId: string | number }
interface GenerateDownloadUrlResponse { downloadUrl: string }
interface GenerateUploadUrlRequest { kmsKeyName: string }
interface GenerateUploadUrlResponse { uploadUrl: string }
interface HttpsTrigger { securityLevel: "SECURITY_LEVEL_UNSPECIFIED" | "SECURE_ALWAYS" | "SECURE_OPTIONAL"; url: string }
interface ListFunctionsResponse { functions: CloudFunction[]; nextPageToken: string; unreachable: string[] }
interface ListLocationsResponse { locations: Location[]; nextPageToken: string }
interface ListOperationsResponse { nextPageToken: string; operations: Operation[]; unreachable: string[] }
interface Location { displayName: string; labels: { [key: string]: string }; locationId: string; metadata: { [key: string]: unknown }; name: string }
interface OnDeployUpdatePolicy { runtimeVersion: string }
interface Operation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface Policy { auditConfigs: AuditConfig[]; bindings: Binding[]; etag: string; version: number }
interface Retry {  }
interface SecretEnvVar { key: string; projectId: string; secret: string; version: string }
interface SecretVersion { path: string; version: string }
interface SecretVolume { mountPath: string; projectId: string; secret: string; versions: SecretVersion[] }
interface SetIamPolicyRequest { policy: Policy; updateMask: string }
interface SourceRepository { deployedUrl: string; url: string }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface TestIamPermissionsRequest { permissions: string[] }
interface TestIamPermissionsResponse { permissions: string[] }
