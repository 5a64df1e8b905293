// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of storagetransfer.v1. */
export interface $Methods {
    "googleapis.storagetransfer.v1.googleServiceAccounts.get": $Method<"projectId", object, never, GoogleServiceAccount>;
    "googleapis.storagetransfer.v1.projects.agentPools.create": $Method<"projectId", { agentPoolId: string }, AgentPool, AgentPool>;
    "googleapis.storagetransfer.v1.projects.agentPools.delete": $Method<"name", object, never, Empty>;
    "googleapis.storagetransfer.v1.projects.agentPools.get": $Method<"name", object, never, AgentPool>;
    "googleapis.storagetransfer.v1.projects.agentPools.list": $Method<"projectId", { filter: string; pageSize: number; pageToken: string }, never, ListAgentPoolsResponse>;
    "googleapis.storagetransfer.v1.projects.agentPools.patch": $Method<"name", { updateMask: string }, AgentPool, AgentPool>;
    "googleapis.storagetransfer.v1.transferJobs.create": $Method<never, object, TransferJob, TransferJob>;
    "googleapis.storagetransfer.v1.transferJobs.delete": $Method<"jobName", { projectId: string }, never, Empty>;
    "googleapis.storagetransfer.v1.transferJobs.get": $Method<"jobName", { projectId: string }, never, TransferJob>;
    "googleapis.storagetransfer.v1.transferJobs.list": $Method<never, { filter: string; pageSize: number; pageToken: string }, never, ListTransferJobsResponse>;
    "googleapis.storagetransfer.v1.transferJobs.patch": $Method<"jobName", object, UpdateTransferJobRequest, TransferJob>;
    "googleapis.storagetransfer.v1.transferJobs.run": $Method<"jobName", object, RunTransferJobRequest, Operation>;
    "googleapis.storagetransfer.v1.transferOperations.cancel": $Method<"name", object, CancelOperationRequest, Empty>;
    "googleapis.storagetransfer.v1.transferOperations.get": $Method<"name", object, never, Operation>;
    "googleapis.storagetransfer.v1.transferOperations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, ListOperationsResponse>;
    "googleapis.storagetransfer.v1.transferOperations.pause": $Method<"name", object, PauseTransferOperationRequest, Empty>;
    "googleapis.storagetransfer.v1.transferOperations.resume": $Method<"name", object, ResumeTransferOperationRequest, Empty>;
}

interface AgentPool { bandwidthLimit: BandwidthLimit; displayName: string; name: string; state: "STATE_UNSPECIFIED" | "CREATING" | "CREATED" | "DELETING" }
interface AwsAccessKey { accessKeyId: string; secretAccessKey: string }
interface AwsS3CompatibleData { bucketName: string; endpoint: string; path: string; region: string; s3Metadata: S3CompatibleMetadata }
interface AwsS3Data { awsAccessKey: AwsAccessKey; bucketName: string; cloudfrontDomain: string; credentialsSecret: string; managedPrivateNetwork: boolean; path: string; privateNetworkService: string; roleArn: string }
interface AzureBlobStorageData { azureCredentials: AzureCredentials; container: string; credentialsSecret: string; federatedIdentityConfig: FederatedIdentityConfig; path: string; privateNetworkService: string; storageAccount: string }
interface AzureCredentials { sasToken: string }
interface BandwidthLimit { limitMbps: string | number }
interface CancelOperationRequest {  }
interface Date { day: number; month: number; year: number }
interface Empty {  }
interface EventStream { eventStreamExpirationTime: string; eventStreamStartTime: string; name: string }
interface FederatedIdentityConfig { clientId: string; tenantId: string }
interface GcsData { bucketName: string; managedFolderTransferEnabled: boolean; path: string }
interface GoogleServiceAccount { accountEmail: string; subjectId: string }
interface HdfsData { path: string }
interface HttpData { listUrl: string }
interface ListAgentPoolsResponse { agentPools: AgentPool[]; nextPageToken: string }
interface ListOperationsResponse { nextPageToken: string; operations: Operation[]; unreachable: string[] }
interface ListTransferJobsResponse { nextPageToken: string; transferJobs: TransferJob[] }
interface LoggingConfig { enableOnpremGcsTransferLogs: boolean; logActionStates: ("LOGGABLE_ACTION_STATE_UNSPECIFIED" | "SUCCEEDED" | "FAILED" | "SKIPPED")[]; logActions: ("LOGGABLE_ACTION_UNSPECIFIED" | "FIND" | "DELETE" | "COPY")[] }
interface MetadataOptions { acl: "ACL_UNSPECIFIED" | "ACL_DESTINATION_BUCKET_DEFAULT" | "ACL_PRESERVE"; gid: "GID_UNSPECIFIED" | "GID_SKIP" | "GID_NUMBER"; kmsKey: "KMS_KEY_UNSPECIFIED" | "KMS_KEY_DESTINATION_BUCKET_DEFAULT" | "KMS_KEY_PRESERVE"; mode: "MODE_UNSPECIFIED" | "MODE_SKIP" | "MODE_PRESERVE"; storageClass: "STORAGE_CLASS_UNSPECIFIED" | "STORAGE_CLASS_DESTINATION_BUCKET_DEFAULT" | "STORAGE_CLASS_PRESERVE" | "STORAGE_CLASS_STANDARD" | "STORAGE_CLASS_NEARLINE" | "STORAGE_CLASS_COLDLINE" | "STORAGE_CLASS_ARCHIVE"; symlink: "SYMLINK_UNSPECIFIED" | "SYMLINK_SKIP" | "SYMLINK_PRESERVE"; temporaryHold: "TEMPORARY_HOLD_UNSPECIFIED" | "TEMPORARY_HOLD_SKIP" | "TEMPORARY_HOLD_PRESERVE"; timeCreated: "TIME_CREATED_UNSPECIFIED" | "TIME_CREATED_SKIP" | "TIME_CREATED_PRESERVE_AS_CUSTOM_TIME"; uid: "UID_UNSPECIFIED" | "UID_SKIP" | "UID_NUMBER" }
interface NotificationConfig { eventTypes: ("EVENT_TYPE_UNSPECIFIED" | "TRANSFER_OPERATION_SUCCESS" | "TRANSFER_OPERATION_FAILED" | "TRANSFER_OPERATION_ABORTED")[]; payloadFormat: "PAYLOAD_FORMAT_UNSPECIFIED" | "NONE" | "JSON"; pubsubTopic: string }
interface ObjectConditions { excludePrefixes: string[]; includePrefixes: string[]; includeStorageClasses: string[]; lastModifiedBefore: string; lastModifiedSince: string; matchGlob: string; maxTimeElapsedSinceLastModification: string; minTimeElapsedSinceLastModification: string }
interface Operation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface PauseTransferOperationRequest {  }
interface PosixFilesystem { rootDirectory: string }
interface ReplicationSpec { gcsDataSink: GcsData; gcsDataSource: GcsData; objectConditions: ObjectConditions; transferOptions: TransferOptions }
interface ResumeTransferOperationRequest {  }
interface RunTransferJobRequest { projectId: string }
interface S3CompatibleMetadata { authMethod: "AUTH_METHOD_UNSPECIFIED" | "AUTH_METHOD_AWS_SIGNATURE_V4" | "AUTH_METHOD_AWS_SIGNATURE_V2"; listApi: "LIST_API_UNSPECIFIED" | "LIST_OBJECTS_V2" | "LIST_OBJECTS"; protocol: "NETWORK_PROTOCOL_UNSPECIFIED" | "NETWORK_PROTOCOL_HTTPS" | "NETWORK_PROTOCOL_HTTP"; requestModel: "REQUEST_MODEL_UNSPECIFIED" | "REQUEST_MODEL_VIRTUAL_HOSTED_STYLE" | "REQUEST_MODEL_PATH_STYLE" }
interface Schedule { endTimeOfDay: TimeOfDay; repeatInterval: string; scheduleEndDate: Date; scheduleStartDate: Date; startTimeOfDay: TimeOfDay }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface TimeOfDay { hours: number; minutes: number; nanos: number; seconds: number }
interface TransferJob { creationTime: string; deletionTime: string; description: string; eventStream: EventStream; lastModificationTime: string; latestOperationName: string; loggingConfig: LoggingConfig; name: string; notificationConfig: NotificationConfig; projectId: string; replicationSpec: ReplicationSpec; schedule: Schedule; serviceAccount: string; status: "STATUS_UNSPECIFIED" | "ENABLED" | "DISABLED" | "DELETED"; transferSpec: TransferSpec }
interface TransferManifest { location: string }
interface TransferOptions { deleteObjectsFromSourceAfterTransfer: boolean; deleteObjectsUniqueInSink: boolean; metadataOptions: MetadataOptions; overwriteObjectsAlreadyExistingInSink: boolean; overwriteWhen: "OVERWRITE_WHEN_UNSPECIFIED" | "DIFFERENT" | "NEVER" | "ALWAYS" }
interface TransferSpec { awsS3CompatibleDataSource: AwsS3CompatibleData; awsS3DataSource: AwsS3Data; azureBlobStorageDataSource: AzureBlobStorageData; gcsDataSink: GcsData; gcsDataSource: GcsData; gcsIntermediateDataLocation: GcsData; hdfsDataSource: HdfsData; httpDataSource: HttpData; objectConditions: ObjectConditions; posixDataSink: PosixFilesystem; posixDataSource: PosixFilesystem; sinkAgentPoolName: string; sourceAgentPoolName: string; transferManifest: TransferManifest; transferOptions: TransferOptions }
interface UpdateTransferJobRequest { projectId: string; transferJob: TransferJob; updateTransferJobFieldMask: string }
