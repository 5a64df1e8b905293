// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of sqladmin.v1. */
export interface $Methods {
    "googleapis.sqladmin.v1.databases.delete": $Method<"project" | "instance" | "database", { location: string }, never, Operation>;
    "googleapis.sqladmin.v1.databases.get": $Method<"project" | "instance" | "database", { location: string }, never, Database>;
    "googleapis.sqladmin.v1.databases.insert": $Method<"project" | "instance", { location: string }, Database, Operation>;
    "googleapis.sqladmin.v1.databases.list": $Method<"project" | "instance", { location: string }, never, DatabasesListResponse>;
    "googleapis.sqladmin.v1.databases.patch": $Method<"project" | "instance" | "database", { location: string }, Database, Operation>;
    "googleapis.sqladmin.v1.databases.update": $Method<"project" | "instance" | "database", { location: string }, Database, Operation>;
    "googleapis.sqladmin.v1.instances.ListEntraIdCertificates": $Method<"project" | "instance", { location: string }, never, InstancesListEntraIdCertificatesResponse>;
    "googleapis.sqladmin.v1.instances.ListServerCertificates": $Method<"project" | "instance", { location: string }, never, InstancesListServerCertificatesResponse>;
    "googleapis.sqladmin.v1.instances.RotateEntraIdCertificate": $Method<"project" | "instance", { location: string }, InstancesRotateEntraIdCertificateRequest, Operation>;
    "googleapis.sqladmin.v1.instances.RotateServerCertificate": $Method<"project" | "instance", { location: string }, InstancesRotateServerCertificateRequest, Operation>;
    "googleapis.sqladmin.v1.instances.acquireSsrsLease": $Method<"project" | "instance", { location: string }, InstancesAcquireSsrsLeaseRequest, SqlInstancesAcquireSsrsLeaseResponse>;
    "googleapis.sqladmin.v1.instances.addEntraIdCertificate": $Method<"project" | "instance", { location: string }, never, Operation>;
    "googleapis.sqladmin.v1.instances.addServerCa": $Method<"project" | "instance", { location: string }, never, Operation>;
    "googleapis.sqladmin.v1.instances.addServerCertificate": $Method<"project" | "instance", { location: string }, never, Operation>;
    "googleapis.sqladmin.v1.instances.clone": $Method<"project" | "instance", { location: string }, InstancesCloneRequest, Operation>;
    "googleapis.sqladmin.v1.instances.delete": $Method<"project" | "instance", { enableFinalBackup: boolean; finalBackupDescription: string; finalBackupExpiryTime: string; finalBackupTtlDays: string | number; location: string }, never, Operation>;
    "googleapis.sqladmin.v1.instances.demote": $Method<"project" | "instance", { location: string }, InstancesDemoteRequest, Operation>;
    "googleapis.sqladmin.v1.instances.demoteMaster": $Method<"project" | "instance", { location: string }, InstancesDemoteMasterRequest, Operation>;
    "googleapis.sqladmin.v1.instances.executeSql": $Method<"project" | "instance", { location: string }, ExecuteSqlPayload, SqlInstancesExecuteSqlResponse>;
    "googleapis.sqladmin.v1.instances.export": $Method<"project" | "instance", { location: string }, InstancesExportRequest, Operation>;
    "googleapis.sqladmin.v1.instances.failover": $Method<"project" | "instance", { location: string }, InstancesFailoverRequest, Operation>;
    "googleapis.sqladmin.v1.instances.get": $Method<"project" | "instance", { location: string }, never, DatabaseInstance>;
    "googleapis.sqladmin.v1.instances.import": $Method<"project" | "instance", { location: string }, InstancesImportRequest, Operation>;
    "googleapis.sqladmin.v1.instances.insert": $Method<"project", { location: string }, DatabaseInstance, Operation>;
    "googleapis.sqladmin.v1.instances.list": $Method<"project", { filter: string; location: string; maxResults: number; pageToken: string }, never, InstancesListResponse>;
    "googleapis.sqladmin.v1.instances.listServerCas": $Method<"project" | "instance", { location: string }, never, InstancesListServerCasResponse>;
    "googleapis.sqladmin.v1.instances.patch": $Method<"project" | "instance", { location: string; reconcilePscNetworking: boolean; reconcilePscNetworkingForce: boolean }, DatabaseInstance, Operation>;
    "googleapis.sqladmin.v1.instances.pointInTimeRestore": $Method<"parent", object, PointInTimeRestoreContext, Operation>;
    "googleapis.sqladmin.v1.instances.preCheckMajorVersionUpgrade": $Method<"project" | "instance", { location: string }, InstancesPreCheckMajorVersionUpgradeRequest, Operation>;
    "googleapis.sqladmin.v1.instances.promoteReplica": $Method<"project" | "instance", { failover: boolean; location: string }, never, Operation>;
    "googleapis.sqladmin.v1.instances.reencrypt": $Method<"project" | "instance", { location: string }, InstancesReencryptRequest, Operation>;
    "googleapis.sqladmin.v1.instances.releaseSsrsLease": $Method<"project" | "instance", { location: string }, never, SqlInstancesReleaseSsrsLeaseResponse>;
    "googleapis.sqladmin.v1.instances.resetSslConfig": $Method<"project" | "instance", { location: string; mode: "RESET_SSL_MODE_UNSPECIFIED" | "ALL" | "SYNC_FROM_PRIMARY" }, never, Operation>;
    "googleapis.sqladmin.v1.instances.restart": $Method<"project" | "instance", { location: string }, never, Operation>;
    "googleapis.sqladmin.v1.instances.restoreBackup": $Method<"project" | "instance", { location: string }, InstancesRestoreBackupRequest, Operation>;
    "googleapis.sqladmin.v1.instances.rotateServerCa": $Method<"project" | "instance", { location: string }, InstancesRotateServerCaRequest, Operation>;
    "googleapis.sqladmin.v1.instances.startReplica": $Method<"project" | "instance", { location: string }, never, Operation>;
    "googleapis.sqladmin.v1.instances.stopReplica": $Method<"project" | "instance", { location: string }, never, Operation>;
    "googleapis.sqladmin.v1.instances.switchover": $Method<"project" | "instance", { dbTimeout: string; location: string }, never, Operation>;
    "googleapis.sqladmin.v1.instances.truncateLog": $Method<"project" | "instance", { location: string }, InstancesTruncateLogRequest, Operation>;
    "googleapis.sqladmin.v1.instances.update": $Method<"project" | "instance", { location: string }, DatabaseInstance, Operation>;
    "googleapis.sqladmin.v1.operations.cancel": $Method<"project" | "operation", { location: string }, never, Empty>;
    "googleapis.sqladmin.v1.operations.get": $Method<"project" | "operation", { location: string }, never, Operation>;
    "googleapis.sqladmin.v1.operations.list": $Method<"project", { instance: string; location: string; maxResults: number; pageToken: string }, never, OperationsListResponse>;
    "googleapis.sqladmin.v1.users.delete": $Method<"project" | "instance", { host: string; location: string; name: string }, never, Operation>;
    "googleapis.sqladmin.v1.users.get": $Method<"project" | "instance" | "name", { host: string; location: string }, never, User>;
    "googleapis.sqladmin.v1.users.insert": $Method<"project" | "instance", { location: string }, User, Operation>;
    "googleapis.sqladmin.v1.users.list": $Method<"project" | "instance", { location: string }, never, UsersListResponse>;
    "googleapis.sqladmin.v1.users.update": $Method<"project" | "instance", { databaseRoles: string | string[]; host: string; location: string; name: string; revokeExistingRoles: boolean; revokeExistingServerRoles: boolean; serverRoles: string | string[] }, User, Operation>;
}

interface AclEntry { expirationTime: string; kind: string; name: string; value: string }
interface AcquireSsrsLeaseContext { duration: string; reportDatabase: string; serviceLogin: string; setupLogin: string }
interface AdvancedMachineFeatures { threadsPerCore: number }
interface ApiWarning { code: "SQL_API_WARNING_CODE_UNSPECIFIED" | "REGION_UNREACHABLE" | "MAX_RESULTS_EXCEEDS_LIMIT" | "COMPROMISED_CREDENTIALS" | "INTERNAL_STATE_FAILURE"; message: string; region: string }
interface AvailableDatabaseVersion { displayName: string; majorVersion: string; name: string }
interface BackupConfiguration { backupRetentionSettings: BackupRetentionSettings; backupTier: "BACKUP_TIER_UNSPECIFIED" | "STANDARD" | "ADVANCED" | "ENHANCED"; binaryLogEnabled: boolean; enabled: boolean; kind: string; location: string; pointInTimeRecoveryEnabled: boolean; replicationLogArchivingEnabled: boolean; startTime: string; transactionLogRetentionDays: number; transactionalLogStorageState: "TRANSACTIONAL_LOG_STORAGE_STATE_UNSPECIFIED" | "DISK" | "SWITCHING_TO_CLOUD_STORAGE" | "SWITCHED_TO_CLOUD_STORAGE" | "CLOUD_STORAGE" }
interface BackupContext { backupId: string | number; kind: string; name: string }
interface BackupReencryptionConfig { backupLimit: number; backupType: "BACKUP_TYPE_UNSPECIFIED" | "AUTOMATED" | "ON_DEMAND" }
interface BackupRetentionSettings { retainedBackups: number; retentionUnit: "RETENTION_UNIT_UNSPECIFIED" | "COUNT" }
interface BinLogCoordinates { binLogFileName: string; binLogPosition: string | number; kind: string }
interface BlueGreenDeploymentInfo { deploymentId: string; source: SourceRole; state: "STATE_UNSPECIFIED" | "PRE_SWITCHOVER" | "POST_SWITCHOVER"; target: TargetRole }
interface CloneContext { allocatedIpRange: string; binLogCoordinates: BinLogCoordinates; databaseNames: string[]; destinationInstanceName: string; destinationNetwork: string; destinationProject: string; kind: string; pitrTimestampMs: string | number; pointInTime: string; preferredSecondaryZone: string; preferredZone: string; sourceInstanceDeletionTime: string }
interface Column { name: string; type: string }
interface ConnectionPoolConfig { connectionPoolingEnabled: boolean; flags: ConnectionPoolFlags[]; poolerCount: number }
interface ConnectionPoolFlags { name: string; value: string }
interface DataCacheConfig { dataCacheEnabled: boolean }
interface Database { charset: string; collation: string; etag: string; instance: string; kind: string; name: string; project: string; selfLink: string; sqlserverDatabaseDetails: SqlServerDatabaseDetails }
interface DatabaseFlags { name: string; value: string }
interface DatabaseInstance { availableMaintenanceVersions: string[]; backendType: "SQL_BACKEND_TYPE_UNSPECIFIED" | "FIRST_GEN" | "SECOND_GEN" | "EXTERNAL"; connectionName: string; createTime: string; currentDiskSize: string | number; databaseCenterIntegration: "DATABASE_CENTER_INTEGRATION_UNSPECIFIED" | "ENABLED" | "DISABLED"; databaseCenterIntegrationEnabled: boolean; databaseInstalledVersion: string; databaseVersion: "SQL_DATABASE_VERSION_UNSPECIFIED" | "MYSQL_5_1" | "MYSQL_5_5" | "MYSQL_5_6" | "MYSQL_5_7" | "MYSQL_8_0" | "MYSQL_8_0_18" | "MYSQL_8_0_26" | "MYSQL_8_0_27" | "MYSQL_8_0_28" | "MYSQL_8_0_29" | "MYSQL_8_0_30" | "MYSQL_8_0_31" | "MYSQL_8_0_32" | "MYSQL_8_0_33" | "MYSQL_8_0_34" | "MYSQL_8_0_35" | "MYSQL_8_0_36" | "MYSQL_8_0_37" | "MYSQL_8_0_39" | "MYSQL_8_0_40" | "MYSQL_8_0_41" | "MYSQL_8_0_42" | "MYSQL_8_0_43" | "MYSQL_8_0_44" | "MYSQL_8_0_45" | "MYSQL_8_0_46" | "MYSQL_8_4" | "MYSQL_9_7" | "SQLSERVER_2017_STANDARD" | "SQLSERVER_2017_ENTERPRISE" | "SQLSERVER_2017_EXPRESS" | "SQLSERVER_2017_WEB" | "POSTGRES_9_6" | "POSTGRES_10" | "POSTGRES_11" | "POSTGRES_12" | "POSTGRES_13" | "POSTGRES_14" | "POSTGRES_15" | "POSTGRES_16" | "POSTGRES_17" | "POSTGRES_18" | "POSTGRES_19" | "POSTGRES_20" | "SQLSERVER_2019_STANDARD" | "SQLSERVER_2019_ENTERPRISE" | "SQLSERVER_2019_EXPRESS" | "SQLSERVER_2019_WEB" | "SQLSERVER_2022_STANDARD" | "SQLSERVER_2022_ENTERPRISE" | "SQLSERVER_2022_EXPRESS" | "SQLSERVER_2022_WEB" | "SQLSERVER_2025_STANDARD" | "SQLSERVER_2025_ENTERPRISE" | "SQLSERVER_2025_EXPRESS"; deploymentInfo: BlueGreenDeploymentInfo; diskEncryptionConfiguration: DiskEncryptionConfiguration; diskEncryptionStatus: DiskEncryptionStatus; dnsName: string; dnsNames: DnsNameMapping[]; etag: string; failoverReplica: { available: boolean; name: string }; gceZone: string; geminiConfig: GeminiInstanceConfig; includeReplicasForMajorVersionUpgrade: boolean; instanceType: "SQL_INSTANCE_TYPE_UNSPECIFIED" | "CLOUD_SQL_INSTANCE" | "ON_PREMISES_INSTANCE" | "READ_REPLICA_INSTANCE" | "READ_POOL_INSTANCE" | "GREEN_INSTANCE"; ipAddresses: IpMapping[]; ipv6Address: string; kind: string; maintenanceVersion: string; masterInstanceName: string; maxDiskSize: string | number; name: string; nodeCount: number; nodes: PoolNodeConfig[]; onPremisesConfiguration: OnPremisesConfiguration; outOfDiskReport: SqlOutOfDiskReport; primaryDnsName: string; project: string; pscServiceAttachmentLink: string; region: string; replicaConfiguration: ReplicaConfiguration; replicaNames: string[]; replicationCluster: ReplicationCluster; rootPassword: string; satisfiesPzi: boolean; satisfiesPzs: boolean; scheduledMaintenance: SqlScheduledMaintenance; secondaryGceZone: string; selfLink: string; serverCaCert: SslCert; serviceAccountEmailAddress: string; settings: Settings; skipPrecheck: boolean; sqlNetworkArchitecture: "SQL_NETWORK_ARCHITECTURE_UNSPECIFIED" | "NEW_NETWORK_ARCHITECTURE" | "OLD_NETWORK_ARCHITECTURE"; state: "SQL_INSTANCE_STATE_UNSPECIFIED" | "RUNNABLE" | "SUSPENDED" | "PENDING_DELETE" | "PENDING_CREATE" | "MAINTENANCE" | "FAILED" | "ONLINE_MAINTENANCE" | "REPAIRING"; suspensionReason: ("SQL_SUSPENSION_REASON_UNSPECIFIED" | "BILLING_ISSUE" | "LEGAL_ISSUE" | "OPERATIONAL_ISSUE" | "KMS_KEY_ISSUE" | "PROJECT_ABUSE")[]; switchTransactionLogsToCloudStorageEnabled: boolean; tags: { [key: string]: string }; upgradableDatabaseVersions: AvailableDatabaseVersion[]; writeEndpoint: string }
interface DatabasesListResponse { items: Database[]; kind: string }
interface DemoteContext { kind: string; sourceRepresentativeInstanceName: string }
interface DemoteMasterConfiguration { kind: string; mysqlReplicaConfiguration: DemoteMasterMySqlReplicaConfiguration }
interface DemoteMasterContext { kind: string; masterInstanceName: string; replicaConfiguration: DemoteMasterConfiguration; skipReplicationSetup: boolean; verifyGtidConsistency: boolean }
interface DemoteMasterMySqlReplicaConfiguration { caCertificate: string; clientCertificate: string; clientKey: string; kind: string; password: string; username: string }
interface DenyMaintenancePeriod { endDate: string; startDate: string; time: string }
interface DiskEncryptionConfiguration { cmekSourceLogEncryptionEnforced: boolean; confidentialMode: boolean; kind: string; kmsKeyName: string }
interface DiskEncryptionStatus { kind: string; kmsKeyVersionName: string }
interface DnsNameMapping { connectionType: "CONNECTION_TYPE_UNSPECIFIED" | "PUBLIC" | "PRIVATE_SERVICES_ACCESS" | "PRIVATE_SERVICE_CONNECT"; dnsScope: "DNS_SCOPE_UNSPECIFIED" | "INSTANCE" | "CLUSTER"; name: string; recordManager: "RECORD_MANAGER_UNSPECIFIED" | "CUSTOMER" | "CLOUD_SQL_AUTOMATION" }
interface Empty {  }
interface ExecuteSqlPayload { application: string; autoIamAuthn: boolean; database: string; partialResultMode: "PARTIAL_RESULT_MODE_UNSPECIFIED" | "FAIL_PARTIAL_RESULT" | "ALLOW_PARTIAL_RESULT"; passwordSecretVersion: string; rowLimit: string | number; sqlStatement: string; user: string }
interface ExportContext { bakExportOptions: { bakType: "BAK_TYPE_UNSPECIFIED" | "FULL" | "DIFF" | "TLOG"; copyOnly: boolean; differentialBase: boolean; exportLogEndTime: string; exportLogStartTime: string; stripeCount: number; striped: boolean }; csvExportOptions: { escapeCharacter: string; fieldsTerminatedBy: string; linesTerminatedBy: string; quoteCharacter: string; selectQuery: string }; databases: string[]; fileType: "SQL_FILE_TYPE_UNSPECIFIED" | "SQL" | "CSV" | "BAK" | "TDE"; kind: string; offload: boolean; sqlExportOptions: { mysqlExportOptions: { masterData: number }; parallel: boolean; postgresExportOptions: { clean: boolean; ifExists: boolean }; schemaOnly: boolean; tables: string[]; threads: number }; tdeExportOptions: { certificatePath: string; name: string; privateKeyPassword: string; privateKeyPath: string }; uri: string }
interface FailoverContext { kind: string; settingsVersion: string | number }
interface FinalBackupConfig { enabled: boolean; retentionDays: number }
interface GeminiInstanceConfig { activeQueryEnabled: boolean; entitled: boolean; flagRecommenderEnabled: boolean; googleVacuumMgmtEnabled: boolean; indexAdvisorEnabled: boolean; oomSessionCancelEnabled: boolean }
interface ImportContext { bakImportOptions: { bakType: "BAK_TYPE_UNSPECIFIED" | "FULL" | "DIFF" | "TLOG"; encryptionOptions: { certPath: string; keepEncrypted: boolean; pvkPassword: string; pvkPath: string }; noRecovery: boolean; recoveryOnly: boolean; stopAt: string; stopAtMark: string; striped: boolean }; csvImportOptions: { columns: string[]; escapeCharacter: string; fieldsTerminatedBy: string; linesTerminatedBy: string; quoteCharacter: string; table: string }; database: string; fileType: "SQL_FILE_TYPE_UNSPECIFIED" | "SQL" | "CSV" | "BAK" | "TDE"; importUser: string; kind: string; sqlImportOptions: { parallel: boolean; postgresImportOptions: { clean: boolean; ifExists: boolean }; threads: number }; tdeImportOptions: { certificatePath: string; name: string; privateKeyPassword: string; privateKeyPath: string }; uri: string }
interface InsightsConfig { enhancedQueryInsightsEnabled: boolean; queryInsightsEnabled: boolean; queryPlansPerMinute: number; queryStringLength: number; recordApplicationTags: boolean; recordClientAddress: boolean }
interface InstanceReference { name: string; project: string; region: string }
interface InstancesAcquireSsrsLeaseRequest { acquireSsrsLeaseContext: AcquireSsrsLeaseContext }
interface InstancesCloneRequest { cloneContext: CloneContext }
interface InstancesDemoteMasterRequest { demoteMasterContext: DemoteMasterContext }
interface InstancesDemoteRequest { demoteContext: DemoteContext }
interface InstancesExportRequest { exportContext: ExportContext }
interface InstancesFailoverRequest { failoverContext: FailoverContext }
interface InstancesImportRequest { importContext: ImportContext }
interface InstancesListEntraIdCertificatesResponse { activeVersion: string; certs: SslCert[]; kind: string }
interface InstancesListResponse { items: DatabaseInstance[]; kind: string; nextPageToken: string; warnings: ApiWarning[] }
interface InstancesListServerCasResponse { activeVersion: string; certs: SslCert[]; kind: string }
interface InstancesListServerCertificatesResponse { activeVersion: string; caCerts: SslCert[]; kind: string; serverCerts: SslCert[] }
interface InstancesPreCheckMajorVersionUpgradeRequest { preCheckMajorVersionUpgradeContext: PreCheckMajorVersionUpgradeContext }
interface InstancesReencryptRequest { backupReencryptionConfig: BackupReencryptionConfig }
interface InstancesRestoreBackupRequest { backup: string; backupdrBackup: string; ignoreMaintenanceVersion: boolean; restoreBackupContext: RestoreBackupContext; restoreInstanceClearOverridesFieldNames: string[]; restoreInstanceSettings: DatabaseInstance }
interface InstancesRotateEntraIdCertificateRequest { rotateEntraIdCertificateContext: RotateEntraIdCertificateContext }
interface InstancesRotateServerCaRequest { rotateServerCaContext: RotateServerCaContext }
interface InstancesRotateServerCertificateRequest { rotateServerCertificateContext: RotateServerCertificateContext }
interface InstancesTruncateLogRequest { truncateLogContext: TruncateLogContext }
interface IpConfiguration { allocatedIpRange: string; authorizedNetworks: AclEntry[]; customSubjectAlternativeNames: string[]; enablePrivatePathForGoogleCloudServices: boolean; ipv4Enabled: boolean; privateNetwork: string; pscConfig: PscConfig; requireSsl: boolean; serverCaMode: "CA_MODE_UNSPECIFIED" | "GOOGLE_MANAGED_INTERNAL_CA" | "GOOGLE_MANAGED_CAS_CA" | "CUSTOMER_MANAGED_CAS_CA"; serverCaPool: string; serverCertificateRotationMode: "SERVER_CERTIFICATE_ROTATION_MODE_UNSPECIFIED" | "NO_AUTOMATIC_ROTATION" | "AUTOMATIC_ROTATION_DURING_MAINTENANCE"; sslMode: "SSL_MODE_UNSPECIFIED" | "ALLOW_UNENCRYPTED_AND_ENCRYPTED" | "ENCRYPTED_ONLY" | "TRUSTED_CLIENT_CERTIFICATE_REQUIRED" }
interface IpMapping { ipAddress: string; timeToRetire: string; type: "SQL_IP_ADDRESS_TYPE_UNSPECIFIED" | "PRIMARY" | "OUTGOING" | "PRIVATE" | "MIGRATED_1ST_GEN" }
interface LocationPreference { followGaeApplication: string; kind: string; secondaryZone: string; zone: string }
interface MaintenanceWindow { day: number; hour: number; kind: string; updateTrack: "SQL_UPDATE_TRACK_UNSPECIFIED" | "canary" | "stable" | "week5" }
interface Message { message: string; severity: string }
interface Metadata { sqlStatementExecutionTime: string }
interface MySqlReplicaConfiguration { caCertificate: string; clientCertificate: string; clientKey: string; connectRetryInterval: number; dumpFilePath: string; kind: string; masterHeartbeatPeriod: string | number; password: string; sslCipher: string; username: string; verifyServerCertificate: boolean }
interface OnPremisesConfiguration { caCertificate: string; clientCertificate: string; clientKey: string; dmsManaged: boolean; dumpFilePath: string; hostPort: string; kind: string; password: string; selectedObjects: SelectedObjects[]; sourceInstance: InstanceReference; sslOption: "SSL_OPTION_UNSPECIFIED" | "DISABLE" | "REQUIRE" | "VERIFY_CA"; username: string }
interface Operation { acquireSsrsLeaseContext: AcquireSsrsLeaseContext; apiWarning: ApiWarning; backupContext: BackupContext; endTime: string; error: OperationErrors; exportContext: ExportContext; importContext: ImportContext; insertTime: string; kind: string; name: string; operationType: "SQL_OPERATION_TYPE_UNSPECIFIED" | "IMPORT" | "EXPORT" | "CREATE" | "UPDATE" | "DELETE" | "RESTART" | "BACKUP" | "SNAPSHOT" | "BACKUP_VOLUME" | "DELETE_VOLUME" | "RESTORE_VOLUME" | "INJECT_USER" | "CLONE" | "STOP_REPLICA" | "START_REPLICA" | "PROMOTE_REPLICA" | "CREATE_REPLICA" | "CREATE_USER" | "DELETE_USER" | "UPDATE_USER" | "CREATE_DATABASE" | "DELETE_DATABASE" | "UPDATE_DATABASE" | "FAILOVER" | "DELETE_BACKUP" | "RECREATE_REPLICA" | "TRUNCATE_LOG" | "DEMOTE_MASTER" | "MAINTENANCE" | "ENABLE_PRIVATE_IP" | "DEFER_MAINTENANCE" | "CREATE_CLONE" | "RESCHEDULE_MAINTENANCE" | "START_EXTERNAL_SYNC" | "LOG_CLEANUP" | "AUTO_RESTART" | "REENCRYPT" | "SWITCHOVER" | "UPDATE_BACKUP" | "ACQUIRE_SSRS_LEASE" | "RELEASE_SSRS_LEASE" | "RECONFIGURE_OLD_PRIMARY" | "CLUSTER_MAINTENANCE" | "SELF_SERVICE_MAINTENANCE" | "SWITCHOVER_TO_REPLICA" | "MAJOR_VERSION_UPGRADE" | "ADVANCED_BACKUP" | "MANAGE_BACKUP" | "ENHANCED_BACKUP" | "REPAIR_READ_POOL" | "CREATE_READ_POOL" | "PRE_CHECK_MAJOR_VERSION_UPGRADE" | "SETUP_MIGRATION" | "CREATE_BLUE_GREEN_DEPLOYMENT" | "SWITCHOVER_BLUE_GREEN_DEPLOYMENT" | "DELETE_BLUE_GREEN_DEPLOYMENT"; preCheckMajorVersionUpgradeContext: PreCheckMajorVersionUpgradeContext; selfLink: string; startTime: string; startWorkloadCaptureContext: StartWorkloadCaptureContext; startWorkloadReplayContext: StartWorkloadReplayContext; status: "SQL_OPERATION_STATUS_UNSPECIFIED" | "PENDING" | "RUNNING" | "DONE"; stopWorkloadCaptureContext: StopWorkloadCaptureContext; stopWorkloadReplayContext: StopWorkloadReplayContext; subOperationType: SqlSubOperationType; targetId: string; targetLink: string; targetProject: string; user: string }
interface OperationError { code: string; kind: string; message: string }
interface OperationErrors { errors: OperationError[]; kind: string }
interface OperationsListResponse { items: Operation[]; kind: string; nextPageToken: string }
interface PasswordStatus { locked: boolean; passwordExpirationTime: string }
interface PasswordValidationPolicy { complexity: "COMPLEXITY_UNSPECIFIED" | "COMPLEXITY_DEFAULT"; disallowCompromisedCredentials: boolean; disallowUsernameSubstring: boolean; enablePasswordPolicy: boolean; minLength: number; passwordChangeInterval: string; reuseInterval: number }
interface PerformanceCaptureConfig { cpuUtilizationThresholdPercent: number; enabled: boolean; historyListLengthThresholdCount: number; memoryUsageThresholdPercent: number; probeThreshold: number; probingIntervalSeconds: number; runningThreadsThreshold: number; secondsBehindSourceThreshold: number; semaphoreWaitThresholdCount: number; transactionDurationThreshold: number; transactionKillExcludedUserHosts: string[]; transactionKillThresholdSeconds: number; transactionKillType: "TRANSACTION_KILL_TYPE_UNSPECIFIED" | "READ_ONLY_TRANSACTIONS" | "ALL_TRANSACTIONS"; transactionLockWaitThresholdCount: number }
interface PointInTimeRestoreContext { allocatedIpRange: string; datasource: string; pointInTime: string; preferredSecondaryZone: string; preferredZone: string; privateNetwork: string; region: string; targetInstance: string; targetInstanceClearSettingsFieldNames: string[]; targetInstanceSettings: DatabaseInstance }
interface PoolNodeConfig { dnsName: string; dnsNames: DnsNameMapping[]; gceZone: string; ipAddresses: IpMapping[]; name: string; pscAutoConnections: PscAutoConnectionConfig[]; pscServiceAttachmentLink: string; state: "SQL_INSTANCE_STATE_UNSPECIFIED" | "RUNNABLE" | "SUSPENDED" | "PENDING_DELETE" | "PENDING_CREATE" | "MAINTENANCE" | "FAILED" | "ONLINE_MAINTENANCE" | "REPAIRING" }
interface PreCheckMajorVersionUpgradeContext { kind: string; maxRuntime: string; preCheckResponse: PreCheckResponse[]; targetDatabaseVersion: "SQL_DATABASE_VERSION_UNSPECIFIED" | "MYSQL_5_1" | "MYSQL_5_5" | "MYSQL_5_6" | "MYSQL_5_7" | "MYSQL_8_0" | "MYSQL_8_0_18" | "MYSQL_8_0_26" | "MYSQL_8_0_27" | "MYSQL_8_0_28" | "MYSQL_8_0_29" | "MYSQL_8_0_30" | "MYSQL_8_0_31" | "MYSQL_8_0_32" | "MYSQL_8_0_33" | "MYSQL_8_0_34" | "MYSQL_8_0_35" | "MYSQL_8_0_36" | "MYSQL_8_0_37" | "MYSQL_8_0_39" | "MYSQL_8_0_40" | "MYSQL_8_0_41" | "MYSQL_8_0_42" | "MYSQL_8_0_43" | "MYSQL_8_0_44" | "MYSQL_8_0_45" | "MYSQL_8_0_46" | "MYSQL_8_4" | "MYSQL_9_7" | "SQLSERVER_2017_STANDARD" | "SQLSERVER_2017_ENTERPRISE" | "SQLSERVER_2017_EXPRESS" | "SQLSERVER_2017_WEB" | "POSTGRES_9_6" | "POSTGRES_10" | "POSTGRES_11" | "POSTGRES_12" | "POSTGRES_13" | "POSTGRES_14" | "POSTGRES_15" | "POSTGRES_16" | "POSTGRES_17" | "POSTGRES_18" | "POSTGRES_19" | "POSTGRES_20" | "SQLSERVER_2019_STANDARD" | "SQLSERVER_2019_ENTERPRISE" | "SQLSERVER_2019_EXPRESS" | "SQLSERVER_2019_WEB" | "SQLSERVER_2022_STANDARD" | "SQLSERVER_2022_ENTERPRISE" | "SQLSERVER_2022_EXPRESS" | "SQLSERVER_2022_WEB" | "SQLSERVER_2025_STANDARD" | "SQLSERVER_2025_ENTERPRISE" | "SQLSERVER_2025_EXPRESS" }
interface PreCheckResponse { actionsRequired: string[]; message: string; messageType: "MESSAGE_TYPE_UNSPECIFIED" | "INFO" | "WARNING" | "ERROR" }
interface PscAutoConnectionConfig { consumerNetwork: string; consumerNetworkStatus: string; consumerProject: string; instanceAutoDnsStatus: "AUTO_DNS_STATUS_UNSPECIFIED" | "AUTO_DNS_OK" | "AUTO_DNS_FAILED" | "AUTO_DNS_UNKNOWN"; ipAddress: string; serviceConnectionPolicy: string; serviceConnectionPolicyCreationResult: string; status: string; writeEndpointAutoDnsStatus: "AUTO_DNS_STATUS_UNSPECIFIED" | "AUTO_DNS_OK" | "AUTO_DNS_FAILED" | "AUTO_DNS_UNKNOWN" }
interface PscConfig { allowedConsumerProjects: string[]; networkAttachmentUri: string; pscAutoConnectionPolicyEnabled: boolean; pscAutoConnections: PscAutoConnectionConfig[]; pscAutoDnsEnabled: boolean; pscEnabled: boolean; pscWriteEndpointDnsEnabled: boolean }
interface QueryResult { columns: Column[]; message: string; partialResult: boolean; rows: Row[]; status: Status }
interface ReadPoolAutoScaleConfig { disableScaleIn: boolean; enabled: boolean; maxNodeCount: number; minNodeCount: number; scaleInCooldownSeconds: number; scaleOutCooldownSeconds: number; targetMetrics: TargetMetric[] }
interface ReplicaConfiguration { cascadableReplica: boolean; failoverTarget: boolean; kind: string; mysqlReplicaConfiguration: MySqlReplicaConfiguration }
interface ReplicationCluster { drReplica: boolean; failoverDrReplicaName: string; psaWriteEndpoint: string }
interface RestoreBackupContext { backupRunId: string | number; instanceId: string; kind: string; project: string }
interface RotateEntraIdCertificateContext { kind: string; nextVersion: string }
interface RotateServerCaContext { kind: string; nextVersion: string }
interface RotateServerCertificateContext { kind: string; nextVersion: string }
interface Row { values: Value[] }
interface SelectedObjects { database: string }
interface Settings { acceleratedReplicaMode: boolean; activationPolicy: "SQL_ACTIVATION_POLICY_UNSPECIFIED" | "ALWAYS" | "NEVER" | "ON_DEMAND"; activeDirectoryConfig: SqlActiveDirectoryConfig; advancedMachineFeatures: AdvancedMachineFeatures; authorizedGaeApplications: string[]; autoUpgradeEnabled: boolean; availabilityType: "SQL_AVAILABILITY_TYPE_UNSPECIFIED" | "ZONAL" | "REGIONAL"; backupConfiguration: BackupConfiguration; collation: string; connectionPoolConfig: ConnectionPoolConfig; connectorEnforcement: "CONNECTOR_ENFORCEMENT_UNSPECIFIED" | "NOT_REQUIRED" | "REQUIRED"; crashSafeReplicationEnabled: boolean; dataApiAccess: "DATA_API_ACCESS_UNSPECIFIED" | "DISALLOW_DATA_API" | "ALLOW_DATA_API"; dataCacheConfig: DataCacheConfig; dataDiskProvisionedIops: string | number; dataDiskProvisionedThroughput: string | number; dataDiskSizeGb: string | number; dataDiskType: "SQL_DATA_DISK_TYPE_UNSPECIFIED" | "PD_SSD" | "PD_HDD" | "OBSOLETE_LOCAL_SSD" | "HYPERDISK_BALANCED"; databaseFlags: DatabaseFlags[]; databaseReplicationEnabled: boolean; deletionProtectionEnabled: boolean; denyMaintenancePeriods: DenyMaintenancePeriod[]; edition: "EDITION_UNSPECIFIED" | "ENTERPRISE" | "ENTERPRISE_PLUS" | "DEVELOPER"; enableDataplexIntegration: boolean; enableGoogleMlIntegration: boolean; entraidConfig: SqlServerEntraIdConfig; finalBackupConfig: FinalBackupConfig; insightsConfig: InsightsConfig; ipConfiguration: IpConfiguration; kind: string; locationPreference: LocationPreference; maintenanceWindow: MaintenanceWindow; passwordValidationPolicy: PasswordValidationPolicy; performanceCaptureConfig: PerformanceCaptureConfig; pricingPlan: "SQL_PRICING_PLAN_UNSPECIFIED" | "PACKAGE" | "PER_USE"; readPoolAutoScaleConfig: ReadPoolAutoScaleConfig; replicationLagMaxSeconds: number; replicationType: "SQL_REPLICATION_TYPE_UNSPECIFIED" | "SYNCHRONOUS" | "ASYNCHRONOUS"; retainBackupsOnDelete: boolean; settingsVersion: string | number; sqlServerAuditConfig: SqlServerAuditConfig; storageAutoResize: boolean; storageAutoResizeLimit: string | number; tier: string; timeZone: string; userLabels: { [key: string]: string } }
interface SourceRole { targetId: InstanceReference }
interface SqlActiveDirectoryConfig { adminCredentialSecretName: string; dnsServers: string[]; domain: string; kind: string; mode: "ACTIVE_DIRECTORY_MODE_UNSPECIFIED" | "MANAGED_ACTIVE_DIRECTORY" | "SELF_MANAGED_ACTIVE_DIRECTORY" | "CUSTOMER_MANAGED_ACTIVE_DIRECTORY"; organizationalUnit: string }
interface SqlInstancesAcquireSsrsLeaseResponse { operationId: string }
interface SqlInstancesExecuteSqlResponse { messages: Message[]; metadata: Metadata; results: QueryResult[]; status: Status }
interface SqlInstancesReleaseSsrsLeaseResponse { operationId: string }
interface SqlOutOfDiskReport { sqlMinRecommendedIncreaseSizeGb: number; sqlOutOfDiskState: "SQL_OUT_OF_DISK_STATE_UNSPECIFIED" | "NORMAL" | "SOFT_SHUTDOWN" }
interface SqlScheduledMaintenance { canDefer: boolean; canReschedule: boolean; scheduleDeadlineTime: string; startTime: string }
interface SqlServerAuditConfig { bucket: string; kind: string; retentionInterval: string; uploadInterval: string }
interface SqlServerDatabaseDetails { compatibilityLevel: number; recoveryModel: string }
interface SqlServerEntraIdConfig { applicationId: string; kind: string; tenantId: string }
interface SqlServerUserDetails { disabled: boolean; serverRoles: string[] }
interface SqlSubOperationType { maintenanceType: "SQL_MAINTENANCE_TYPE_UNSPECIFIED" | "INSTANCE_MAINTENANCE" | "REPLICA_INCLUDED_MAINTENANCE" | "INSTANCE_SELF_SERVICE_MAINTENANCE" | "REPLICA_INCLUDED_SELF_SERVICE_MAINTENANCE" }
interface SslCert { cert: string; certSerialNumber: string; commonName: string; createTime: string; expirationTime: string; instance: string; kind: string; selfLink: string; sha1Fingerprint: string }
interface StartWorkloadCaptureContext { enableLiveReplay: boolean; replayInstance: string }
interface StartWorkloadReplayContext { replayInstance: string; workloadId: string }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface StopWorkloadCaptureContext { abortLiveReplay: boolean }
interface StopWorkloadReplayContext {  }
interface TargetMetric { metric: string; targetValue: number }
interface TargetRole { sourceId: InstanceReference }
interface TruncateLogContext { kind: string; logType: string }
interface User { databaseRoles: string[]; dualPasswordType: "DUAL_PASSWORD_TYPE_UNSPECIFIED" | "NO_MODIFY_DUAL_PASSWORD" | "NO_DUAL_PASSWORD" | "DUAL_PASSWORD"; etag: string; host: string; iamEmail: string; iamStatus: "IAM_STATUS_UNSPECIFIED" | "INACTIVE" | "ACTIVE"; instance: string; kind: string; name: string; password: string; passwordPolicy: UserPasswordValidationPolicy; project: string; serverRoles: string[]; sqlserverUserDetails: SqlServerUserDetails; type: "BUILT_IN" | "CLOUD_IAM_USER" | "CLOUD_IAM_SERVICE_ACCOUNT" | "CLOUD_IAM_GROUP" | "CLOUD_IAM_GROUP_USER" | "CLOUD_IAM_GROUP_SERVICE_ACCOUNT" | "CLOUD_IAM_WORKFORCE_IDENTITY" | "ENTRAID_USER" }
interface UserPasswordValidationPolicy { allowedFailedAttempts: number; enableFailedAttemptsCheck: boolean; enablePasswordVerification: boolean; passwordExpirationDuration: string; status: PasswordStatus }
interface UsersListResponse { items: User[]; kind: string; nextPageToken: string }
interface Value { nullValue: boolean; value: string }
