// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of bigquerydatatransfer.v1. */
export interface $Methods {
    "googleapis.bigquerydatatransfer.v1.projects.dataSources.checkValidCreds": $Method<"name", object, CheckValidCredsRequest, CheckValidCredsResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.dataSources.get": $Method<"name", object, never, DataSource>;
    "googleapis.bigquerydatatransfer.v1.projects.dataSources.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListDataSourcesResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.enrollDataSources": $Method<"name", object, EnrollDataSourcesRequest, Empty>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.dataSources.checkValidCreds": $Method<"name", object, CheckValidCredsRequest, CheckValidCredsResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.dataSources.get": $Method<"name", object, never, DataSource>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.dataSources.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListDataSourcesResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.enrollDataSources": $Method<"name", object, EnrollDataSourcesRequest, Empty>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.get": $Method<"name", object, never, Location>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.list": $Method<"name", { extraLocationTypes: string | string[]; filter: string; pageSize: number; pageToken: string }, never, ListLocationsResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.transferConfigs.create": $Method<"parent", { authorizationCode: string; serviceAccountName: string; versionInfo: string }, TransferConfig, TransferConfig>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.transferConfigs.delete": $Method<"name", object, never, Empty>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.transferConfigs.get": $Method<"name", object, never, TransferConfig>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.transferConfigs.list": $Method<"parent", { dataSourceIds: string | string[]; pageSize: number; pageToken: string }, never, ListTransferConfigsResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.transferConfigs.patch": $Method<"name", { authorizationCode: string; serviceAccountName: string; updateMask: string; versionInfo: string }, TransferConfig, TransferConfig>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.transferConfigs.runs.delete": $Method<"name", object, never, Empty>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.transferConfigs.runs.get": $Method<"name", object, never, TransferRun>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.transferConfigs.runs.list": $Method<"parent", { pageSize: number; pageToken: string; runAttempt: "RUN_ATTEMPT_UNSPECIFIED" | "LATEST"; states: "TRANSFER_STATE_UNSPECIFIED" | "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED" | ("TRANSFER_STATE_UNSPECIFIED" | "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED")[] }, never, ListTransferRunsResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.transferConfigs.runs.transferLogs.list": $Method<"parent", { messageTypes: "MESSAGE_SEVERITY_UNSPECIFIED" | "INFO" | "WARNING" | "ERROR" | ("MESSAGE_SEVERITY_UNSPECIFIED" | "INFO" | "WARNING" | "ERROR")[]; pageSize: number; pageToken: string }, never, ListTransferLogsResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.transferConfigs.scheduleRuns": $Method<"parent", object, ScheduleTransferRunsRequest, ScheduleTransferRunsResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.transferConfigs.startManualRuns": $Method<"parent", object, StartManualTransferRunsRequest, StartManualTransferRunsResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.transferConfigs.transferResources.get": $Method<"name", object, never, TransferResource>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.transferConfigs.transferResources.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListTransferResourcesResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.locations.unenrollDataSources": $Method<"name", object, UnenrollDataSourcesRequest, Empty>;
    "googleapis.bigquerydatatransfer.v1.projects.transferConfigs.create": $Method<"parent", { authorizationCode: string; serviceAccountName: string; versionInfo: string }, TransferConfig, TransferConfig>;
    "googleapis.bigquerydatatransfer.v1.projects.transferConfigs.delete": $Method<"name", object, never, Empty>;
    "googleapis.bigquerydatatransfer.v1.projects.transferConfigs.get": $Method<"name", object, never, TransferConfig>;
    "googleapis.bigquerydatatransfer.v1.projects.transferConfigs.list": $Method<"parent", { dataSourceIds: string | string[]; pageSize: number; pageToken: string }, never, ListTransferConfigsResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.transferConfigs.patch": $Method<"name", { authorizationCode: string; serviceAccountName: string; updateMask: string; versionInfo: string }, TransferConfig, TransferConfig>;
    "googleapis.bigquerydatatransfer.v1.projects.transferConfigs.runs.delete": $Method<"name", object, never, Empty>;
    "googleapis.bigquerydatatransfer.v1.projects.transferConfigs.runs.get": $Method<"name", object, never, TransferRun>;
    "googleapis.bigquerydatatransfer.v1.projects.transferConfigs.runs.list": $Method<"parent", { pageSize: number; pageToken: string; runAttempt: "RUN_ATTEMPT_UNSPECIFIED" | "LATEST"; states: "TRANSFER_STATE_UNSPECIFIED" | "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED" | ("TRANSFER_STATE_UNSPECIFIED" | "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED")[] }, never, ListTransferRunsResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.transferConfigs.runs.transferLogs.list": $Method<"parent", { messageTypes: "MESSAGE_SEVERITY_UNSPECIFIED" | "INFO" | "WARNING" | "ERROR" | ("MESSAGE_SEVERITY_UNSPECIFIED" | "INFO" | "WARNING" | "ERROR")[]; pageSize: number; pageToken: string }, never, ListTransferLogsResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.transferConfigs.scheduleRuns": $Method<"parent", object, ScheduleTransferRunsRequest, ScheduleTransferRunsResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.transferConfigs.startManualRuns": $Method<"parent", object, StartManualTransferRunsRequest, StartManualTransferRunsResponse>;
    "googleapis.bigquerydatatransfer.v1.projects.transferConfigs.transferResources.get": $Method<"name", object, never, TransferResource>;
    "googleapis.bigquerydatatransfer.v1.projects.transferConfigs.transferResources.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListTransferResourcesResponse>;
}

interface CheckValidCredsRequest {  }
interface CheckValidCredsResponse { hasValidCreds: boolean }
interface DataSource { authorizationType: "AUTHORIZATION_TYPE_UNSPECIFIED" | "AUTHORIZATION_CODE" | "GOOGLE_PLUS_AUTHORIZATION_CODE" | "FIRST_PARTY_OAUTH"; clientId: string; dataRefreshType: "DATA_REFRESH_TYPE_UNSPECIFIED" | "SLIDING_WINDOW" | "CUSTOM_SLIDING_WINDOW"; dataSourceId: string; defaultDataRefreshWindowDays: number; defaultSchedule: string; description: string; displayName: string; helpUrl: string; manualRunsDisabled: boolean; minimumScheduleInterval: string; name: string; parameters: DataSourceParameter[]; scopes: string[]; supportsCustomSchedule: boolean; supportsMultipleTransfers: boolean; transferType: "TRANSFER_TYPE_UNSPECIFIED" | "BATCH" | "STREAMING"; updateDeadlineSeconds: number }
interface DataSourceParameter { allowedValues: string[]; deprecated: boolean; description: string; displayName: string; fields: DataSourceParameter[]; immutable: boolean; maxListSize: string | number; maxValue: number; minValue: number; paramId: string; recurse: boolean; repeated: boolean; required: boolean; secretManagerAllowed: boolean; type: "TYPE_UNSPECIFIED" | "STRING" | "INTEGER" | "DOUBLE" | "BOOLEAN" | "RECORD" | "PLUS_PAGE" | "LIST"; validationDescription: string; validationHelpUrl: string; validationRegex: string }
interface DataplexConfiguration { entryGroup: string }
interface EmailPreferences { enableFailureEmail: boolean }
interface Empty {  }
interface EncryptionConfiguration { kmsKeyName: string }
interface EnrollDataSourcesRequest { dataSourceIds: string[] }
interface EventDrivenSchedule { pubsubSubscription: string }
interface HierarchyDetail { partitionDetail: PartitionDetail; tableDetail: TableDetail }
interface ListDataSourcesResponse { dataSources: DataSource[]; nextPageToken: string }
interface ListLocationsResponse { locations: Location[]; nextPageToken: string }
interface ListTransferConfigsResponse { nextPageToken: string; transferConfigs: TransferConfig[] }
interface ListTransferLogsResponse { nextPageToken: string; transferMessages: TransferMessage[] }
interface ListTransferResourcesResponse { nextPageToken: string; transferResources: TransferResource[] }
interface ListTransferRunsResponse { nextPageToken: string; transferRuns: TransferRun[] }
interface Location { displayName: string; labels: { [key: string]: string }; locationId: string; metadata: { [key: string]: unknown }; name: string }
interface ManualSchedule {  }
interface MetadataDestination { dataplexConfiguration: DataplexConfiguration }
interface ParameterConfig { secretManagerManagedParams: string[] }
interface PartitionDetail { table: string }
interface ScheduleOptions { disableAutoScheduling: boolean; endTime: string; startTime: string }
interface ScheduleOptionsV2 { eventDrivenSchedule: EventDrivenSchedule; manualSchedule: ManualSchedule; timeBasedSchedule: TimeBasedSchedule }
interface ScheduleTransferRunsRequest { endTime: string; startTime: string }
interface ScheduleTransferRunsResponse { runs: TransferRun[] }
interface StartManualTransferRunsRequest { requestedRunTime: string; requestedTimeRange: TimeRange }
interface StartManualTransferRunsResponse { runs: TransferRun[] }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface TableDetail { partitionCount: string | number }
interface TimeBasedSchedule { endTime: string; schedule: string; startTime: string }
interface TimeRange { endTime: string; startTime: string }
interface TransferConfig { dataRefreshWindowDays: number; dataSourceId: string; datasetRegion: string; destinationDatasetId: string; disabled: boolean; displayName: string; emailPreferences: EmailPreferences; encryptionConfiguration: EncryptionConfiguration; error: Status; managedTableType: "MANAGED_TABLE_TYPE_UNSPECIFIED" | "NATIVE" | "BIGLAKE"; metadataDestination: MetadataDestination; name: string; nextRunTime: string; notificationPubsubTopic: string; ownerInfo: UserInfo; paramConfig: ParameterConfig; params: { [key: string]: unknown }; schedule: string; scheduleOptions: ScheduleOptions; scheduleOptionsV2: ScheduleOptionsV2; state: "TRANSFER_STATE_UNSPECIFIED" | "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED"; updateTime: string; userId: string | number }
interface TransferMessage { messageText: string; messageTime: string; severity: "MESSAGE_SEVERITY_UNSPECIFIED" | "INFO" | "WARNING" | "ERROR" }
interface TransferResource { destination: "RESOURCE_DESTINATION_UNSPECIFIED" | "RESOURCE_DESTINATION_BIGQUERY" | "RESOURCE_DESTINATION_DATAPROC_METASTORE" | "RESOURCE_DESTINATION_BIGLAKE_METASTORE" | "RESOURCE_DESTINATION_BIGLAKE_REST_CATALOG" | "RESOURCE_DESTINATION_BIGLAKE_HIVE_CATALOG"; hierarchyDetail: HierarchyDetail; lastSuccessfulRun: TransferRunBrief; latestRun: TransferRunBrief; latestStatusDetail: TransferResourceStatusDetail; name: string; type: "RESOURCE_TYPE_UNSPECIFIED" | "RESOURCE_TYPE_TABLE" | "RESOURCE_TYPE_PARTITION"; updateTime: string }
interface TransferResourceStatusDetail { completedPercentage: number; error: Status; state: "RESOURCE_TRANSFER_STATE_UNSPECIFIED" | "RESOURCE_TRANSFER_PENDING" | "RESOURCE_TRANSFER_RUNNING" | "RESOURCE_TRANSFER_SUCCEEDED" | "RESOURCE_TRANSFER_FAILED" | "RESOURCE_TRANSFER_CANCELLED"; summary: TransferStatusSummary }
interface TransferRun { dataSourceId: string; destinationDatasetId: string; emailPreferences: EmailPreferences; endTime: string; errorStatus: Status; name: string; notificationPubsubTopic: string; parameterConfig: ParameterConfig; params: { [key: string]: unknown }; runTime: string; schedule: string; scheduleTime: string; startTime: string; state: "TRANSFER_STATE_UNSPECIFIED" | "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED"; updateTime: string; userId: string | number }
interface TransferRunBrief { run: string; startTime: string }
interface TransferStatusMetric { completed: string | number; failed: string | number; pending: string | number; total: string | number; unit: "TRANSFER_STATUS_UNIT_UNSPECIFIED" | "TRANSFER_STATUS_UNIT_BYTES" | "TRANSFER_STATUS_UNIT_OBJECTS" }
interface TransferStatusSummary { metrics: TransferStatusMetric[]; progressUnit: "TRANSFER_STATUS_UNIT_UNSPECIFIED" | "TRANSFER_STATUS_UNIT_BYTES" | "TRANSFER_STATUS_UNIT_OBJECTS" }
interface UnenrollDataSourcesRequest { dataSourceIds: string[] }
interface UserInfo { email: string }
