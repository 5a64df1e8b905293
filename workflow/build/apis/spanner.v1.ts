// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of spanner.v1. */
export interface $Methods {
    "googleapis.spanner.v1.projects.instanceConfigOperations.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListInstanceConfigOperationsResponse>;
    "googleapis.spanner.v1.projects.instanceConfigs.create": $Method<"parent", object, CreateInstanceConfigRequest, Operation>;
    "googleapis.spanner.v1.projects.instanceConfigs.delete": $Method<"name", { etag: string; validateOnly: boolean }, never, Empty>;
    "googleapis.spanner.v1.projects.instanceConfigs.get": $Method<"name", object, never, InstanceConfig>;
    "googleapis.spanner.v1.projects.instanceConfigs.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListInstanceConfigsResponse>;
    "googleapis.spanner.v1.projects.instanceConfigs.operations.cancel": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instanceConfigs.operations.delete": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instanceConfigs.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.spanner.v1.projects.instanceConfigs.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, ListOperationsResponse>;
    "googleapis.spanner.v1.projects.instanceConfigs.patch": $Method<"name", object, UpdateInstanceConfigRequest, Operation>;
    "googleapis.spanner.v1.projects.instanceConfigs.ssdCaches.operations.cancel": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instanceConfigs.ssdCaches.operations.delete": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instanceConfigs.ssdCaches.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.spanner.v1.projects.instanceConfigs.ssdCaches.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, ListOperationsResponse>;
    "googleapis.spanner.v1.projects.instances.backupOperations.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListBackupOperationsResponse>;
    "googleapis.spanner.v1.projects.instances.backups.copy": $Method<"parent", object, CopyBackupRequest, Operation>;
    "googleapis.spanner.v1.projects.instances.backups.create": $Method<"parent", { backupId: string; encryptionConfig: unknown }, Backup, Operation>;
    "googleapis.spanner.v1.projects.instances.backups.delete": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instances.backups.get": $Method<"name", object, never, Backup>;
    "googleapis.spanner.v1.projects.instances.backups.getIamPolicy": $Method<"resource", object, GetIamPolicyRequest, Policy>;
    "googleapis.spanner.v1.projects.instances.backups.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListBackupsResponse>;
    "googleapis.spanner.v1.projects.instances.backups.operations.cancel": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instances.backups.operations.delete": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instances.backups.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.spanner.v1.projects.instances.backups.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, ListOperationsResponse>;
    "googleapis.spanner.v1.projects.instances.backups.patch": $Method<"name", { updateMask: string }, Backup, Backup>;
    "googleapis.spanner.v1.projects.instances.backups.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.spanner.v1.projects.instances.backups.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.spanner.v1.projects.instances.create": $Method<"parent", object, CreateInstanceRequest, Operation>;
    "googleapis.spanner.v1.projects.instances.databaseOperations.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListDatabaseOperationsResponse>;
    "googleapis.spanner.v1.projects.instances.databases.addSplitPoints": $Method<"database", object, AddSplitPointsRequest, AddSplitPointsResponse>;
    "googleapis.spanner.v1.projects.instances.databases.backupSchedules.create": $Method<"parent", { backupScheduleId: string }, BackupSchedule, BackupSchedule>;
    "googleapis.spanner.v1.projects.instances.databases.backupSchedules.delete": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instances.databases.backupSchedules.get": $Method<"name", object, never, BackupSchedule>;
    "googleapis.spanner.v1.projects.instances.databases.backupSchedules.getIamPolicy": $Method<"resource", object, GetIamPolicyRequest, Policy>;
    "googleapis.spanner.v1.projects.instances.databases.backupSchedules.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListBackupSchedulesResponse>;
    "googleapis.spanner.v1.projects.instances.databases.backupSchedules.patch": $Method<"name", { updateMask: string }, BackupSchedule, BackupSchedule>;
    "googleapis.spanner.v1.projects.instances.databases.backupSchedules.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.spanner.v1.projects.instances.databases.backupSchedules.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.spanner.v1.projects.instances.databases.changequorum": $Method<"name", object, ChangeQuorumRequest, Operation>;
    "googleapis.spanner.v1.projects.instances.databases.create": $Method<"parent", object, CreateDatabaseRequest, Operation>;
    "googleapis.spanner.v1.projects.instances.databases.databaseRoles.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListDatabaseRolesResponse>;
    "googleapis.spanner.v1.projects.instances.databases.databaseRoles.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.spanner.v1.projects.instances.databases.dropDatabase": $Method<"database", object, never, Empty>;
    "googleapis.spanner.v1.projects.instances.databases.get": $Method<"name", object, never, Database>;
    "googleapis.spanner.v1.projects.instances.databases.getDdl": $Method<"database", object, never, GetDatabaseDdlResponse>;
    "googleapis.spanner.v1.projects.instances.databases.getIamPolicy": $Method<"resource", object, GetIamPolicyRequest, Policy>;
    "googleapis.spanner.v1.projects.instances.databases.getScans": $Method<"name", { endTime: string; startTime: string; view: "VIEW_UNSPECIFIED" | "SUMMARY" | "FULL" }, never, Scan>;
    "googleapis.spanner.v1.projects.instances.databases.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListDatabasesResponse>;
    "googleapis.spanner.v1.projects.instances.databases.operations.cancel": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instances.databases.operations.delete": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instances.databases.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.spanner.v1.projects.instances.databases.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, ListOperationsResponse>;
    "googleapis.spanner.v1.projects.instances.databases.patch": $Method<"name", { updateMask: string }, Database, Operation>;
    "googleapis.spanner.v1.projects.instances.databases.restore": $Method<"parent", object, RestoreDatabaseRequest, Operation>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.adaptMessage": $Method<"name", object, AdaptMessageRequest, AdaptMessageResponse>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.adapter": $Method<"parent", object, AdapterSession, AdapterSession>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.batchCreate": $Method<"database", object, BatchCreateSessionsRequest, BatchCreateSessionsResponse>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.batchWrite": $Method<"session", object, BatchWriteRequest, BatchWriteResponse>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.beginTransaction": $Method<"session", object, BeginTransactionRequest, Transaction>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.commit": $Method<"session", object, CommitRequest, CommitResponse>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.create": $Method<"database", object, CreateSessionRequest, Session>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.delete": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.executeBatchDml": $Method<"session", object, ExecuteBatchDmlRequest, ExecuteBatchDmlResponse>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.executeSql": $Method<"session", object, ExecuteSqlRequest, ResultSet>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.executeStreamingSql": $Method<"session", object, ExecuteSqlRequest, PartialResultSet>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.get": $Method<"name", object, never, Session>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.list": $Method<"database", { filter: string; pageSize: number; pageToken: string }, never, ListSessionsResponse>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.partitionQuery": $Method<"session", object, PartitionQueryRequest, PartitionResponse>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.partitionRead": $Method<"session", object, PartitionReadRequest, PartitionResponse>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.read": $Method<"session", object, ReadRequest, ResultSet>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.rollback": $Method<"session", object, RollbackRequest, Empty>;
    "googleapis.spanner.v1.projects.instances.databases.sessions.streamingRead": $Method<"session", object, ReadRequest, PartialResultSet>;
    "googleapis.spanner.v1.projects.instances.databases.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.spanner.v1.projects.instances.databases.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.spanner.v1.projects.instances.databases.updateDdl": $Method<"database", object, UpdateDatabaseDdlRequest, Operation>;
    "googleapis.spanner.v1.projects.instances.delete": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instances.get": $Method<"name", { fieldMask: string }, never, Instance>;
    "googleapis.spanner.v1.projects.instances.getIamPolicy": $Method<"resource", object, GetIamPolicyRequest, Policy>;
    "googleapis.spanner.v1.projects.instances.instancePartitionOperations.list": $Method<"parent", { filter: string; instancePartitionDeadline: string; pageSize: number; pageToken: string }, never, ListInstancePartitionOperationsResponse>;
    "googleapis.spanner.v1.projects.instances.instancePartitions.create": $Method<"parent", object, CreateInstancePartitionRequest, Operation>;
    "googleapis.spanner.v1.projects.instances.instancePartitions.delete": $Method<"name", { etag: string }, never, Empty>;
    "googleapis.spanner.v1.projects.instances.instancePartitions.get": $Method<"name", object, never, InstancePartition>;
    "googleapis.spanner.v1.projects.instances.instancePartitions.list": $Method<"parent", { instancePartitionDeadline: string; pageSize: number; pageToken: string }, never, ListInstancePartitionsResponse>;
    "googleapis.spanner.v1.projects.instances.instancePartitions.operations.cancel": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instances.instancePartitions.operations.delete": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instances.instancePartitions.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.spanner.v1.projects.instances.instancePartitions.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, ListOperationsResponse>;
    "googleapis.spanner.v1.projects.instances.instancePartitions.patch": $Method<"name", object, UpdateInstancePartitionRequest, Operation>;
    "googleapis.spanner.v1.projects.instances.list": $Method<"parent", { filter: string; instanceDeadline: string; pageSize: number; pageToken: string }, never, ListInstancesResponse>;
    "googleapis.spanner.v1.projects.instances.move": $Method<"name", object, MoveInstanceRequest, Operation>;
    "googleapis.spanner.v1.projects.instances.operations.cancel": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instances.operations.delete": $Method<"name", object, never, Empty>;
    "googleapis.spanner.v1.projects.instances.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.spanner.v1.projects.instances.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, ListOperationsResponse>;
    "googleapis.spanner.v1.projects.instances.patch": $Method<"name", object, UpdateInstanceRequest, Operation>;
    "googleapis.spanner.v1.projects.instances.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.spanner.v1.projects.instances.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
}

interface Ack { ignoreNotFound: boolean; key: unknown[]; queue: string }
interface AdaptMessageRequest { attachments: { [key: string]: string }; payload: string; protocol: string }
interface AdaptMessageResponse { last: boolean; payload: string; stateUpdates: { [key: string]: string } }
interface AdapterSession { name: string }
interface AddSplitPointsRequest { initiator: string; splitPoints: SplitPoints[] }
interface AddSplitPointsResponse {  }
interface AsymmetricAutoscalingOption { overrides: AutoscalingConfigOverrides; replicaSelection: InstanceReplicaSelection }
interface AutoscalingConfig { asymmetricAutoscalingOptions: AsymmetricAutoscalingOption[]; autoscalingLimits: AutoscalingLimits; autoscalingTargets: AutoscalingTargets }
interface AutoscalingConfigOverrides { autoscalingLimits: AutoscalingLimits; autoscalingTargetHighPriorityCpuUtilizationPercent: number; autoscalingTargetTotalCpuUtilizationPercent: number; disableHighPriorityCpuAutoscaling: boolean; disableTotalCpuAutoscaling: boolean }
interface AutoscalingLimits { maxNodes: number; maxProcessingUnits: number; minNodes: number; minProcessingUnits: number }
interface AutoscalingTargets { highPriorityCpuUtilizationPercent: number; storageUtilizationPercent: number; totalCpuUtilizationPercent: number }
interface Backup { backupSchedules: string[]; createTime: string; database: string; databaseDialect: "DATABASE_DIALECT_UNSPECIFIED" | "GOOGLE_STANDARD_SQL" | "POSTGRESQL"; encryptionInfo: EncryptionInfo; encryptionInformation: EncryptionInfo[]; exclusiveSizeBytes: string | number; expireTime: string; freeableSizeBytes: string | number; incrementalBackupChainId: string; instancePartitions: BackupInstancePartition[]; maxExpireTime: string; minimumRestorableEdition: "EDITION_UNSPECIFIED" | "STANDARD" | "ENTERPRISE" | "ENTERPRISE_PLUS"; name: string; oldestVersionTime: string; referencingBackups: string[]; referencingDatabases: string[]; sizeBytes: string | number; state: "STATE_UNSPECIFIED" | "CREATING" | "READY"; versionTime: string }
interface BackupInfo { backup: string; createTime: string; sourceDatabase: string; versionTime: string }
interface BackupInstancePartition { instancePartition: string }
interface BackupSchedule { encryptionConfig: CreateBackupEncryptionConfig; fullBackupSpec: FullBackupSpec; incrementalBackupSpec: IncrementalBackupSpec; name: string; retentionDuration: string; spec: BackupScheduleSpec; updateTime: string }
interface BackupScheduleSpec { cronSpec: CrontabSpec }
interface BatchCreateSessionsRequest { sessionCount: number; sessionTemplate: Session }
interface BatchCreateSessionsResponse { session: Session[] }
interface BatchWriteRequest { excludeTxnFromChangeStreams: boolean; mutationGroups: MutationGroup[]; requestOptions: RequestOptions }
interface BatchWriteResponse { commitTimestamp: string; indexes: number[]; status: Status }
interface BeginTransactionRequest { mutationKey: Mutation; options: TransactionOptions; requestOptions: RequestOptions }
interface Binding { condition: Expr; members: string[]; role: string }
interface ChangeQuorumRequest { etag: string; name: string; quorumType: QuorumType }
interface ChildLink { childIndex: number; type: string; variable: string }
interface ClientContext { secureContext: { [key: string]: unknown } }
interface CommitRequest { maxCommitDelay: string; mutations: Mutation[]; precommitToken: MultiplexedSessionPrecommitToken; requestOptions: RequestOptions; returnCommitStats: boolean; singleUseTransaction: TransactionOptions; transactionId: string }
interface CommitResponse { commitStats: CommitStats; commitTimestamp: string; isolationLevel: "ISOLATION_LEVEL_UNSPECIFIED" | "SERIALIZABLE" | "REPEATABLE_READ"; precommitToken: MultiplexedSessionPrecommitToken; readLockMode: "READ_LOCK_MODE_UNSPECIFIED" | "PESSIMISTIC" | "OPTIMISTIC"; snapshotTimestamp: string }
interface CommitStats { mutationCount: string | number }
interface ContextValue { label: LocalizedString; severity: "SEVERITY_UNSPECIFIED" | "INFO" | "WARNING" | "ERROR" | "FATAL"; unit: string; value: number }
interface CopyBackupEncryptionConfig { encryptionType: "ENCRYPTION_TYPE_UNSPECIFIED" | "USE_CONFIG_DEFAULT_OR_BACKUP_ENCRYPTION" | "GOOGLE_DEFAULT_ENCRYPTION" | "CUSTOMER_MANAGED_ENCRYPTION"; kmsKeyName: string; kmsKeyNames: string[] }
interface CopyBackupRequest { backupId: string; encryptionConfig: CopyBackupEncryptionConfig; expireTime: string; sourceBackup: string }
interface CreateBackupEncryptionConfig { encryptionType: "ENCRYPTION_TYPE_UNSPECIFIED" | "USE_DATABASE_ENCRYPTION" | "GOOGLE_DEFAULT_ENCRYPTION" | "CUSTOMER_MANAGED_ENCRYPTION"; kmsKeyName: string; kmsKeyNames: string[] }
interface CreateDatabaseRequest { createStatement: string; databaseDialect: "DATABASE_DIALECT_UNSPECIFIED" | "GOOGLE_STANDARD_SQL" | "POSTGRESQL"; encryptionConfig: EncryptionConfig; extraStatements: string[]; protoDescriptors: string }
interface CreateInstanceConfigRequest { instanceConfig: InstanceConfig; instanceConfigId: string; validateOnly: boolean }
interface CreateInstancePartitionRequest { instancePartition: InstancePartition; instancePartitionId: string }
interface CreateInstanceRequest { instance: Instance; instanceId: string }
interface CreateSessionRequest { session: Session }
interface CrontabSpec { creationWindow: string; text: string; timeZone: string }
interface Database { createTime: string; databaseDialect: "DATABASE_DIALECT_UNSPECIFIED" | "GOOGLE_STANDARD_SQL" | "POSTGRESQL"; defaultLeader: string; earliestVersionTime: string; enableDropProtection: boolean; encryptionConfig: EncryptionConfig; encryptionInfo: EncryptionInfo[]; name: string; quorumInfo: QuorumInfo; reconciling: boolean; restoreInfo: RestoreInfo; state: "STATE_UNSPECIFIED" | "CREATING" | "READY" | "READY_OPTIMIZING"; versionRetentionPeriod: string }
interface DatabaseMoveConfig { databaseId: string; encryptionConfig: InstanceEncryptionConfig }
interface DatabaseRole { name: string }
interface Delete { keySet: KeySet; table: string }
interface DerivedMetric { denominator: LocalizedString; numerator: LocalizedString }
interface DiagnosticMessage { info: LocalizedString; metric: LocalizedString; metricSpecific: boolean; severity: "SEVERITY_UNSPECIFIED" | "INFO" | "WARNING" | "ERROR" | "FATAL"; shortMessage: LocalizedString }
interface DirectedReadOptions { excludeReplicas: ExcludeReplicas; includeReplicas: IncludeReplicas }
interface DualRegionQuorum {  }
interface Empty {  }
interface EncryptionConfig { kmsKeyName: string; kmsKeyNames: string[] }
interface EncryptionInfo { encryptionStatus: Status; encryptionType: "TYPE_UNSPECIFIED" | "GOOGLE_DEFAULT_ENCRYPTION" | "CUSTOMER_MANAGED_ENCRYPTION"; kmsKeyVersion: string }
interface ExcludeReplicas { replicaSelections: ReplicaSelection[] }
interface ExecuteBatchDmlRequest { lastStatements: boolean; requestOptions: RequestOptions; seqno: string | number; statements: Statement[]; transaction: TransactionSelector }
interface ExecuteBatchDmlResponse { precommitToken: MultiplexedSessionPrecommitToken; resultSets: ResultSet[]; status: Status }
interface ExecuteSqlRequest { dataBoostEnabled: boolean; directedReadOptions: DirectedReadOptions; lastStatement: boolean; paramTypes: { [key: string]: Type }; params: { [key: string]: unknown }; partitionToken: string; queryMode: "NORMAL" | "PLAN" | "PROFILE" | "WITH_STATS" | "WITH_PLAN_AND_STATS"; queryOptions: QueryOptions; requestOptions: RequestOptions; resumeToken: string; seqno: string | number; sql: string; transaction: TransactionSelector }
interface Expr { description: string; expression: string; location: string; title: string }
interface Field { name: string; type: Type }
interface FreeInstanceMetadata { expireBehavior: "EXPIRE_BEHAVIOR_UNSPECIFIED" | "FREE_TO_PROVISIONED" | "REMOVE_AFTER_GRACE_PERIOD"; expireTime: string; upgradeTime: string }
interface FullBackupSpec {  }
interface GetDatabaseDdlResponse { protoDescriptors: string; statements: string[] }
interface GetIamPolicyRequest { options: GetPolicyOptions }
interface GetPolicyOptions { requestedPolicyVersion: number }
interface IncludeReplicas { autoFailoverDisabled: boolean; replicaSelections: ReplicaSelection[] }
interface IncrementalBackupSpec {  }
interface IndexAdvice { ddl: string[]; improvementFactor: number }
interface IndexedHotKey { sparseHotKeys: { [key: string]: number } }
interface IndexedKeyRangeInfos { keyRangeInfos: { [key: string]: KeyRangeInfos } }
interface Instance { autoscalingConfig: AutoscalingConfig; config: string; createTime: string; defaultBackupScheduleType: "DEFAULT_BACKUP_SCHEDULE_TYPE_UNSPECIFIED" | "NONE" | "AUTOMATIC"; displayName: string; edition: "EDITION_UNSPECIFIED" | "STANDARD" | "ENTERPRISE" | "ENTERPRISE_PLUS"; endpointUris: string[]; freeInstanceMetadata: FreeInstanceMetadata; instanceType: "INSTANCE_TYPE_UNSPECIFIED" | "PROVISIONED" | "FREE_INSTANCE"; labels: { [key: string]: string }; name: string; nodeCount: number; processingUnits: number; replicaComputeCapacity: ReplicaComputeCapacity[]; state: "STATE_UNSPECIFIED" | "CREATING" | "READY"; tags: { [key: string]: string }; updateTime: string }
interface InstanceConfig { baseConfig: string; configType: "TYPE_UNSPECIFIED" | "GOOGLE_MANAGED" | "USER_MANAGED"; displayName: string; etag: string; freeInstanceAvailability: "FREE_INSTANCE_AVAILABILITY_UNSPECIFIED" | "AVAILABLE" | "UNSUPPORTED" | "DISABLED" | "QUOTA_EXCEEDED"; labels: { [key: string]: string }; leaderOptions: string[]; name: string; optionalReplicas: ReplicaInfo[]; quorumType: "QUORUM_TYPE_UNSPECIFIED" | "REGION" | "DUAL_REGION" | "MULTI_REGION"; reconciling: boolean; replicas: ReplicaInfo[]; state: "STATE_UNSPECIFIED" | "CREATING" | "READY"; storageLimitPerProcessingUnit: string | number }
interface InstanceEncryptionConfig { kmsKeyName: string; kmsKeyNames: string[] }
interface InstancePartition { autoscalingConfig: AutoscalingConfig; config: string; createTime: string; displayName: string; etag: string; name: string; nodeCount: number; processingUnits: number; referencingBackups: string[]; referencingDatabases: string[]; state: "STATE_UNSPECIFIED" | "CREATING" | "READY"; updateTime: string }
interface InstanceReplicaSelection { location: string }
interface Key { keyParts: unknown[] }
interface KeyRange { endClosed: unknown[]; endOpen: unknown[]; startClosed: unknown[]; startOpen: unknown[] }
interface KeyRangeInfo { contextValues: ContextValue[]; endKeyIndex: number; info: LocalizedString; keysCount: string | number; metric: LocalizedString; startKeyIndex: number; timeOffset: string; unit: LocalizedString; value: number }
interface KeyRangeInfos { infos: KeyRangeInfo[]; totalSize: number }
interface KeySet { all: boolean; keys: unknown[][]; ranges: KeyRange[] }
interface ListBackupOperationsResponse { nextPageToken: string; operations: Operation[] }
interface ListBackupSchedulesResponse { backupSchedules: BackupSchedule[]; nextPageToken: string }
interface ListBackupsResponse { backups: Backup[]; nextPageToken: string }
interface ListDatabaseOperationsResponse { nextPageToken: string; operations: Operation[] }
interface ListDatabaseRolesResponse { databaseRoles: DatabaseRole[]; nextPageToken: string }
interface ListDatabasesResponse { databases: Database[]; nextPageToken: string }
interface ListInstanceConfigOperationsResponse { nextPageToken: string; operations: Operation[] }
interface ListInstanceConfigsResponse { instanceConfigs: InstanceConfig[]; nextPageToken: string }
interface ListInstancePartitionOperationsResponse { nextPageToken: string; operations: Operation[]; unreachableInstancePartitions: string[] }
interface ListInstancePartitionsResponse { instancePartitions: InstancePartition[]; nextPageToken: string; unreachable: string[] }
interface ListInstancesResponse { instances: Instance[]; nextPageToken: string; unreachable: string[] }
interface ListOperationsResponse { nextPageToken: string; operations: Operation[]; unreachable: string[] }
interface ListSessionsResponse { nextPageToken: string; sessions: Session[] }
interface LocalizedString { args: { [key: string]: string }; message: string; token: string }
interface Metric { aggregation: "AGGREGATION_UNSPECIFIED" | "MAX" | "SUM"; category: LocalizedString; derived: DerivedMetric; displayLabel: LocalizedString; hasNonzeroData: boolean; hotValue: number; indexedHotKeys: { [key: string]: IndexedHotKey }; indexedKeyRangeInfos: { [key: string]: IndexedKeyRangeInfos }; info: LocalizedString; matrix: MetricMatrix; unit: LocalizedString; visible: boolean }
interface MetricMatrix { rows: MetricMatrixRow[] }
interface MetricMatrixRow { cols: number[] }
interface MoveInstanceRequest { targetConfig: string; targetDatabaseMoveConfigs: DatabaseMoveConfig[] }
interface MultiplexedSessionPrecommitToken { precommitToken: string; seqNum: number }
interface Mutation { ack: Ack; delete: Delete; insert: Write; insertOrUpdate: Write; replace: Write; send: Send; update: Write }
interface MutationGroup { mutations: Mutation[] }
interface Operation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface PartialResultSet { chunkedValue: boolean; last: boolean; metadata: ResultSetMetadata; precommitToken: MultiplexedSessionPrecommitToken; resumeToken: string; stats: ResultSetStats; values: unknown[] }
interface Partition { partitionToken: string }
interface PartitionOptions { maxPartitions: string | number; partitionSizeBytes: string | number }
interface PartitionQueryRequest { paramTypes: { [key: string]: Type }; params: { [key: string]: unknown }; partitionOptions: PartitionOptions; sql: string; transaction: TransactionSelector }
interface PartitionReadRequest { columns: string[]; index: string; keySet: KeySet; partitionOptions: PartitionOptions; table: string; transaction: TransactionSelector }
interface PartitionResponse { partitions: Partition[]; transaction: Transaction }
interface PartitionedDml {  }
interface PlanNode { childLinks: ChildLink[]; displayName: string; executionStats: { [key: string]: unknown }; index: number; kind: "KIND_UNSPECIFIED" | "RELATIONAL" | "SCALAR"; metadata: { [key: string]: unknown }; shortRepresentation: ShortRepresentation }
interface Policy { bindings: Binding[]; etag: string; version: number }
interface PrefixNode { dataSourceNode: boolean; depth: number; endIndex: number; startIndex: number; word: string }
interface QueryAdvisorResult { indexAdvice: IndexAdvice[] }
interface QueryOptions { optimizerStatisticsPackage: string; optimizerVersion: string }
interface QueryPlan { planNodes: PlanNode[]; queryAdvice: QueryAdvisorResult }
interface QuorumInfo { etag: string; initiator: "INITIATOR_UNSPECIFIED" | "GOOGLE" | "USER"; quorumType: QuorumType; startTime: string }
interface QuorumType { dualRegion: DualRegionQuorum; singleRegion: SingleRegionQuorum }
interface ReadOnly { exactStaleness: string; maxStaleness: string; minReadTimestamp: string; readTimestamp: string; returnReadTimestamp: boolean; strong: boolean }
interface ReadRequest { columns: string[]; dataBoostEnabled: boolean; directedReadOptions: DirectedReadOptions; index: string; keySet: KeySet; limit: string | number; lockHint: "LOCK_HINT_UNSPECIFIED" | "LOCK_HINT_SHARED" | "LOCK_HINT_EXCLUSIVE"; orderBy: "ORDER_BY_UNSPECIFIED" | "ORDER_BY_PRIMARY_KEY" | "ORDER_BY_NO_ORDER"; partitionToken: string; requestOptions: RequestOptions; resumeToken: string; table: string; transaction: TransactionSelector }
interface ReadWrite { multiplexedSessionPreviousTransactionId: string; readLockMode: "READ_LOCK_MODE_UNSPECIFIED" | "PESSIMISTIC" | "OPTIMISTIC" }
interface ReplicaComputeCapacity { nodeCount: number; processingUnits: number; replicaSelection: InstanceReplicaSelection }
interface ReplicaInfo { defaultLeaderLocation: boolean; location: string; type: "TYPE_UNSPECIFIED" | "READ_WRITE" | "READ_ONLY" | "WITNESS" }
interface ReplicaSelection { location: string; type: "TYPE_UNSPECIFIED" | "READ_WRITE" | "READ_ONLY" }
interface RequestOptions { clientContext: ClientContext; priority: "PRIORITY_UNSPECIFIED" | "PRIORITY_LOW" | "PRIORITY_MEDIUM" | "PRIORITY_HIGH"; requestTag: string; transactionTag: string }
interface RestoreDatabaseEncryptionConfig { encryptionType: "ENCRYPTION_TYPE_UNSPECIFIED" | "USE_CONFIG_DEFAULT_OR_BACKUP_ENCRYPTION" | "GOOGLE_DEFAULT_ENCRYPTION" | "CUSTOMER_MANAGED_ENCRYPTION"; kmsKeyName: string; kmsKeyNames: string[] }
interface RestoreDatabaseRequest { backup: string; databaseId: string; encryptionConfig: RestoreDatabaseEncryptionConfig }
interface RestoreInfo { backupInfo: BackupInfo; sourceType: "TYPE_UNSPECIFIED" | "BACKUP" }
interface ResultSet { metadata: ResultSetMetadata; precommitToken: MultiplexedSessionPrecommitToken; rows: unknown[][]; stats: ResultSetStats }
interface ResultSetMetadata { rowType: StructType; transaction: Transaction; undeclaredParameters: StructType }
interface ResultSetStats { queryPlan: QueryPlan; queryStats: { [key: string]: unknown }; rowCountExact: string | number; rowCountLowerBound: string | number }
interface RollbackRequest { transactionId: string }
interface Scan { details: { [key: string]: unknown }; endTime: string; name: string; scanData: ScanData; startTime: string }
interface ScanData { data: VisualizationData; endTime: string; startTime: string }
interface Send { deliverTime: string; key: unknown[]; payload: unknown; queue: string }
interface Session { approximateLastUseTime: string; createTime: string; creatorRole: string; labels: { [key: string]: string }; multiplexed: boolean; name: string }
interface SetIamPolicyRequest { policy: Policy }
interface ShortRepresentation { description: string; subqueries: { [key: string]: number } }
interface SingleRegionQuorum { servingLocation: string }
interface SplitPoints { expireTime: string; index: string; keys: Key[]; table: string }
interface Statement { paramTypes: { [key: string]: Type }; params: { [key: string]: unknown }; sql: string }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface StructType { fields: Field[] }
interface TestIamPermissionsRequest { permissions: string[] }
interface TestIamPermissionsResponse { permissions: string[] }
interface Transaction { id: string; precommitToken: MultiplexedSessionPrecommitToken; readTimestamp: string }
interface TransactionOptions { excludeTxnFromChangeStreams: boolean; isolationLevel: "ISOLATION_LEVEL_UNSPECIFIED" | "SERIALIZABLE" | "REPEATABLE_READ"; partitionedDml: PartitionedDml; readOnly: ReadOnly; readWrite: ReadWrite }
interface TransactionSelector { begin: TransactionOptions; id: string; singleUse: TransactionOptions }
interface Type { arrayElementType: Type; code: "TYPE_CODE_UNSPECIFIED" | "BOOL" | "INT64" | "FLOAT64" | "FLOAT32" | "TIMESTAMP" | "DATE" | "STRING" | "BYTES" | "ARRAY" | "STRUCT" | "NUMERIC" | "JSON" | "PROTO" | "ENUM" | "INTERVAL" | "UUID"; protoTypeFqn: string; structType: StructType; typeAnnotation: "TYPE_ANNOTATION_CODE_UNSPECIFIED" | "PG_NUMERIC" | "PG_JSONB" | "PG_OID" }
interface UpdateDatabaseDdlRequest { operationId: string; protoDescriptors: string; statements: string[] }
interface UpdateInstanceConfigRequest { instanceConfig: InstanceConfig; updateMask: string; validateOnly: boolean }
interface UpdateInstancePartitionRequest { fieldMask: string; instancePartition: InstancePartition }
interface UpdateInstanceRequest { fieldMask: string; instance: Instance }
interface VisualizationData { dataSourceEndToken: string; dataSourceSeparatorToken: string; diagnosticMessages: DiagnosticMessage[]; endKeyStrings: string[]; hasPii: boolean; indexedKeys: string[]; keySeparator: string; keyUnit: "KEY_UNIT_UNSPECIFIED" | "KEY" | "CHUNK"; metrics: Metric[]; prefixNodes: PrefixNode[] }
interface Write { columns: string[]; table: string; values: unknown[][] }
