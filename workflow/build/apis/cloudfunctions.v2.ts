// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of cloudfunctions.v2. */
export interface $Methods {
    "googleapis.cloudfunctions.v2.projects.locations.functions.abortFunctionUpgrade": $Method<"name", object, AbortFunctionUpgradeRequest, Operation>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.commitFunctionUpgrade": $Method<"name", object, CommitFunctionUpgradeRequest, Operation>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.commitFunctionUpgradeAsGen2": $Method<"name", object, CommitFunctionUpgradeAsGen2Request, Operation>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.create": $Method<"parent", { functionId: string }, Function, Operation>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.delete": $Method<"name", object, never, Operation>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.detachFunction": $Method<"name", object, DetachFunctionRequest, Operation>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.generateDownloadUrl": $Method<"name", object, GenerateDownloadUrlRequest, GenerateDownloadUrlResponse>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.generateUploadUrl": $Method<"parent", object, GenerateUploadUrlRequest, GenerateUploadUrlResponse>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.get": $Method<"name", { revision: string }, never, Function>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.getIamPolicy": $Method<"resource", { options: unknown }, never, Policy>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.list": $Method<"parent", { filter: string; orderBy: string; pageSize: number; pageToken: string }, never, ListFunctionsResponse>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.patch": $Method<"name", { updateMask: string }, Function, Operation>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.redirectFunctionUpgradeTraffic": $Method<"name", object, RedirectFunctionUpgradeTrafficRequest, Operation>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.rollbackFunctionUpgradeTraffic": $Method<"name", object, RollbackFunctionUpgradeTrafficRequest, Operation>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.setupFunctionUpgradeConfig": $Method<"name", object, SetupFunctionUpgradeConfigRequest, Operation>;
    "googleapis.cloudfunctions.v2.projects.locations.functions.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.cloudfunctions.v2.projects.locations.list": $Method<"name", { extraLocationTypes: string | string[]; filter: string; pageSize: number; pageToken: string }, never, ListLocationsResponse>;
    "googleapis.cloudfunctions.v2.projects.locations.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.cloudfunctions.v2.projects.locations.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, ListOperationsResponse>;
    "googleapis.cloudfunctions.v2.projects.locations.runtimes.list": $Method<"parent", { filter: string }, never, ListRuntimesResponse>;
}

interface AbortFunctionUpgradeRequest {  }
interface AuditConfig { auditLogConfigs: AuditLogConfig[]; service: string }
interface AuditLogConfig { exemptedMembers: string[]; logType: "LOG_TYPE_UNSPECIFIED" | "ADMIN_READ" | "DATA_WRITE" | "DATA_READ" }
interface AutomaticUpdatePolicy {  }
interface Binding { condition: Expr; members: string[]; role: string }
interface BuildConfig { automaticUpdatePolicy: AutomaticUpdatePolicy; build: string; dockerRegistry: "DOCKER_REGISTRY_UNSPECIFIED" | "CONTAINER_REGISTRY" | "ARTIFACT_REGISTRY"; dockerRepository: string; entryPoint: string; environmentVariables: { [key: string]: string }; onDeployUpdatePolicy: OnDeployUpdatePolicy; runtime: string; serviceAccount: string; source: Source; sourceProvenance: SourceProvenance; sourceToken: string; workerPool: string }
interface BuildConfigOverrides { runtime: string }
interface CommitFunctionUpgradeAsGen2Request {  }
interface CommitFunctionUpgradeRequest {  }
interface Date { day: number; month: number; year: number }
interface DetachFunctionRequest {  }
interface DirectVpcNetworkInterface { network: string; subnetwork: string; tags: string[] }
interface EventFilter { attribute: string; operator: string; value: string }
interface EventTrigger { channel: string; eventFilters: EventFilter[]; eventType: string; pubsubTopic: string; retryPolicy: "RETRY_POLICY_UNSPECIFIED" | "RETRY_POLICY_DO_NOT_RETRY" | "RETRY_POLICY_RETRY"; service: string; serviceAccountEmail: string; trigger: string; triggerRegion: string }
interface Expr { description: string; expression: string; location: string; title: string }
interface Function { buildConfig: BuildConfig; createTime: string; description: string; environment: "ENVIRONMENT_UNSPECIFIED" | "GEN_1" | "GEN_2"; eventTrigger: EventTrigger; kmsKeyName: string; labels: { [key: string]: string }; name: string; satisfiesPzi: boolean; satisfiesPzs: boolean; serviceConfig: ServiceConfig; state: "STATE_UNSPECIFIED" | "ACTIVE" | "FAILED" | "DEPLOYING" | "DELETING" | "UNKNOWN" | "DETACHING" | "DETACH_FAILED"; stateMessages: GoogleCloudFunctionsV2StateMessage[]; updateTime: string; upgradeInfo: UpgradeInfo; url: string }
interface GenerateDownloadUrlRequest {  }
interface GenerateDownloadUrlResponse { downloadUrl: string }
interface GenerateUploadUrlRequest { environment: "ENVIRONMENT_UNSPECIFIED" | "GEN_1" | "GEN_2"; kmsKeyName: string }
interface GenerateUploadUrlResponse { storageSource: StorageSource; uploadUrl: string }
interface GoogleCloudFunctionsV2StateMessage { message: string; severity: "SEVERITY_UNSPECIFIED" | "ERROR" | "WARNING" | "INFO"; type: string }
interface ListFunctionsResponse { functions: Function[]; nextPageToken: string; unreachable: string[] }
interface ListLocationsResponse { locations: Location[]; nextPageToken: string }
interface ListOperationsResponse { nextPageToken: string; operations: Operation[]; unreachable: string[] }
interface ListRuntimesResponse { runtimes: Runtime[] }
interface Location { displayName: string; labels: { [key: string]: string }; locationId: string; metadata: { [key: string]: unknown }; name: string }
interface OnDeployUpdatePolicy { runtimeVersion: string }
interface Operation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface Policy { auditConfigs: AuditConfig[]; bindings: Binding[]; etag: string; version: number }
interface RedirectFunctionUpgradeTrafficRequest {  }
interface RepoSource { branchName: string; commitSha: string; dir: string; projectId: string; repoName: string; tagName: string }
interface RollbackFunctionUpgradeTrafficRequest {  }
interface Runtime { decommissionDate: Date; deprecationDate: Date; displayName: string; environment: "ENVIRONMENT_UNSPECIFIED" | "GEN_1" | "GEN_2"; name: string; stage: "RUNTIME_STAGE_UNSPECIFIED" | "DEVELOPMENT" | "ALPHA" | "BETA" | "GA" | "DEPRECATED" | "DECOMMISSIONED"; warnings: string[] }
interface SecretEnvVar { key: string; projectId: string; secret: string; version: string }
interface SecretVersion { path: string; version: string }
interface SecretVolume { mountPath: string; projectId: string; secret: string; versions: SecretVersion[] }
interface ServiceConfig { allTrafficOnLatestRevision: boolean; availableCpu: string; availableMemory: string; binaryAuthorizationPolicy: string; directVpcEgress: "DIRECT_VPC_EGRESS_UNSPECIFIED" | "VPC_EGRESS_PRIVATE_RANGES_ONLY" | "VPC_EGRESS_ALL_TRAFFIC"; directVpcNetworkInterface: DirectVpcNetworkInterface[]; environmentVariables: { [key: string]: string }; ingressSettings: "INGRESS_SETTINGS_UNSPECIFIED" | "ALLOW_ALL" | "ALLOW_INTERNAL_ONLY" | "ALLOW_INTERNAL_AND_GCLB"; maxInstanceCount: number; maxInstanceRequestConcurrency: number; minInstanceCount: number; revision: string; secretEnvironmentVariables: SecretEnvVar[]; secretVolumes: SecretVolume[]; securityLevel: "SECURITY_LEVEL_UNSPECIFIED" | "SECURE_ALWAYS" | "SECURE_OPTIONAL"; service: string; serviceAccountEmail: string; timeoutSeconds: number; uri: string; vpcConnector: string; vpcConnectorEgressSettings: "VPC_CONNECTOR_EGRESS_SETTINGS_UNSPECIFIED" | "PRIVATE_RANGES_ONLY" | "ALL_TRAFFIC" }
interface ServiceConfigOverrides { maxInstanceCount: number }
interface SetIamPolicyRequest { policy: Policy; updateMask: string }
interface SetupFunctionUpgradeConfigRequest { buildConfigOverrides: BuildConfigOverrides; serviceConfigOverrides: ServiceConfigOverrides; triggerServiceAccount: string }
interface Source { gitUri: string; repoSource: RepoSource; storageSource: StorageSource }
interface SourceProvenance { gitUri: string; resolvedRepoSource: RepoSource; resolvedStorageSource: StorageSource }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface StorageSource { bucket: string; generation: string | number; object: string; sourceUploadUrl: string }
interface TestIamPermissionsRequest { permissions: string[] }
interface TestIamPermissionsResponse { permissions: string[] }
interface UpgradeInfo { buildConfig: BuildConfig; eventTrigger: EventTrigger; serviceConfig: ServiceConfig; upgradeState: "UPGRADE_STATE_UNSPECIFIED" | "ELIGIBLE_FOR_2ND_GEN_UPGRADE" | "INELIGIBLE_FOR_UPGRADE_UNTIL_REDEPLOYMENT" | "UPGRADE_OPERATION_IN_PROGRESS" | "SETUP_FUNCTION_UPGRADE_CONFIG_SUCCESSFUL" | "SETUP_FUNCTION_UPGRADE_CONFIG_ERROR" | "ABORT_FUNCTION_UPGRADE_ERROR" | "REDIRECT_FUNCTION_UPGRADE_TRAFFIC_SUCCESSFUL" | "REDIRECT_FUNCTION_UPGRADE_TRAFFIC_ERROR" | "ROLLBACK_FUNCTION_UPGRADE_TRAFFIC_ERROR" | "COMMIT_FUNCTION_UPGRADE_ERROR" | "COMMIT_FUNCTION_UPGRADE_ERROR_ROLLBACK_SAFE" | "COMMIT_FUNCTION_UPGRADE_AS_GEN2_SUCCESSFUL" | "COMMIT_FUNCTION_UPGRADE_AS_GEN2_ERROR" }
