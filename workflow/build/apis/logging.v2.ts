// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of logging.v2. */
export interface $Methods {
    "googleapis.logging.v2.entries.copy": $Method<never, object, CopyLogEntriesRequest, Operation>;
    "googleapis.logging.v2.entries.list": $Method<never, object, ListLogEntriesRequest, ListLogEntriesResponse>;
    "googleapis.logging.v2.entries.tail": $Method<never, object, TailLogEntriesRequest, TailLogEntriesResponse>;
    "googleapis.logging.v2.entries.write": $Method<never, object, WriteLogEntriesRequest, WriteLogEntriesResponse>;
    "googleapis.logging.v2.projects.logs.delete": $Method<"logName", object, never, Empty>;
    "googleapis.logging.v2.projects.logs.list": $Method<"parent", { pageSize: number; pageToken: string; resourceNames: string | string[] }, never, ListLogsResponse>;
    "googleapis.logging.v2.projects.metrics.create": $Method<"parent", object, LogMetric, LogMetric>;
    "googleapis.logging.v2.projects.metrics.delete": $Method<"metricName", object, never, Empty>;
    "googleapis.logging.v2.projects.metrics.get": $Method<"metricName", object, never, LogMetric>;
    "googleapis.logging.v2.projects.metrics.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListLogMetricsResponse>;
    "googleapis.logging.v2.projects.metrics.update": $Method<"metricName", object, LogMetric, LogMetric>;
    "googleapis.logging.v2.projects.sinks.create": $Method<"parent", { customWriterIdentity: string; uniqueWriterIdentity: boolean }, LogSink, LogSink>;
    "googleapis.logging.v2.projects.sinks.delete": $Method<"sinkName", object, never, Empty>;
    "googleapis.logging.v2.projects.sinks.get": $Method<"sinkName", object, never, LogSink>;
    "googleapis.logging.v2.projects.sinks.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListSinksResponse>;
    "googleapis.logging.v2.projects.sinks.patch": $Method<"sinkName", { customWriterIdentity: string; uniqueWriterIdentity: boolean; updateMask: string }, LogSink, LogSink>;
    "googleapis.logging.v2.projects.sinks.update": $Method<"sinkName", { customWriterIdentity: string; uniqueWriterIdentity: boolean; updateMask: string }, LogSink, LogSink>;
}

interface AppHub { application: AppHubApplication; service: AppHubService; workload: AppHubWorkload }
interface AppHubApplication { container: string; id: string; location: string }
interface AppHubService { criticalityType: string; environmentType: string; id: string }
interface AppHubWorkload { criticalityType: string; environmentType: string; id: string }
interface BigQueryOptions { usePartitionedTables: boolean; usesTimestampColumnPartitioning: boolean }
interface BucketOptions { explicitBuckets: Explicit; exponentialBuckets: Exponential; linearBuckets: Linear }
interface CopyLogEntriesRequest { destination: string; filter: string; name: string }
interface Empty {  }
interface Explicit { bounds: number[] }
interface Exponential { growthFactor: number; numFiniteBuckets: number; scale: number }
interface HttpRequest { cacheFillBytes: string | number; cacheHit: boolean; cacheLookup: boolean; cacheValidatedWithOriginServer: boolean; latency: string; protocol: string; referer: string; remoteIp: string; requestMethod: string; requestSize: string | number; requestUrl: string; responseSize: string | number; serverIp: string; status: number; userAgent: string }
interface LabelDescriptor { description: string; key: string; valueType: "STRING" | "BOOL" | "INT64" }
interface Linear { numFiniteBuckets: number; offset: number; width: number }
interface ListLogEntriesRequest { filter: string; orderBy: string; pageSize: number; pageToken: string; projectIds: string[]; resourceNames: string[] }
interface ListLogEntriesResponse { entries: LogEntry[]; nextPageToken: string }
interface ListLogMetricsResponse { metrics: LogMetric[]; nextPageToken: string }
interface ListLogsResponse { logNames: string[]; nextPageToken: string }
interface ListSinksResponse { nextPageToken: string; sinks: LogSink[] }
interface LogEntry { apphub: AppHub; apphubDestination: AppHub; apphubSource: AppHub; errorGroups: LogErrorGroup[]; httpRequest: HttpRequest; insertId: string; jsonPayload: { [key: string]: unknown }; labels: { [key: string]: string }; logName: string; metadata: MonitoredResourceMetadata; operation: LogEntryOperation; otel: { [key: string]: unknown }; protoPayload: { [key: string]: unknown }; receiveTimestamp: string; resource: MonitoredResource; severity: "DEFAULT" | "DEBUG" | "INFO" | "NOTICE" | "WARNING" | "ERROR" | "CRITICAL" | "ALERT" | "EMERGENCY"; sourceLocation: LogEntrySourceLocation; spanId: string; split: LogSplit; textPayload: string; timestamp: string; trace: string; traceSampled: boolean }
interface LogEntryOperation { first: boolean; id: string; last: boolean; producer: string }
interface LogEntrySourceLocation { file: string; function: string; line: string | number }
interface LogErrorGroup { id: string }
interface LogExclusion { createTime: string; description: string; disabled: boolean; filter: string; name: string; updateTime: string }
interface LogMetric { bucketName: string; bucketOptions: BucketOptions; createTime: string; description: string; disabled: boolean; filter: string; labelExtractors: { [key: string]: string }; metricDescriptor: MetricDescriptor; name: string; resourceName: string; updateTime: string; valueExtractor: string; version: "V2" | "V1" }
interface LogSink { bigqueryOptions: BigQueryOptions; createTime: string; description: string; destination: string; disabled: boolean; exclusions: LogExclusion[]; filter: string; includeChildren: boolean; interceptChildren: boolean; name: string; outputVersionFormat: "VERSION_FORMAT_UNSPECIFIED" | "V2" | "V1"; resourceName: string; updateTime: string; writerIdentity: string }
interface LogSplit { index: number; totalSplits: number; uid: string }
interface MetricDescriptor { description: string; displayName: string; labels: LabelDescriptor[]; launchStage: "LAUNCH_STAGE_UNSPECIFIED" | "UNIMPLEMENTED" | "PRELAUNCH" | "EARLY_ACCESS" | "ALPHA" | "BETA" | "GA" | "DEPRECATED"; metadata: MetricDescriptorMetadata; metricKind: "METRIC_KIND_UNSPECIFIED" | "GAUGE" | "DELTA" | "CUMULATIVE"; monitoredResourceTypes: string[]; name: string; type: string; unit: string; valueType: "VALUE_TYPE_UNSPECIFIED" | "BOOL" | "INT64" | "DOUBLE" | "STRING" | "DISTRIBUTION" | "MONEY" }
interface MetricDescriptorMetadata { ingestDelay: string; launchStage: "LAUNCH_STAGE_UNSPECIFIED" | "UNIMPLEMENTED" | "PRELAUNCH" | "EARLY_ACCESS" | "ALPHA" | "BETA" | "GA" | "DEPRECATED"; samplePeriod: string; timeSeriesResourceHierarchyLevel: ("TIME_SERIES_RESOURCE_HIERARCHY_LEVEL_UNSPECIFIED" | "PROJECT" | "ORGANIZATION" | "FOLDER")[] }
interface MonitoredResource { labels: { [key: string]: string }; type: string }
interface MonitoredResourceMetadata { systemLabels: { [key: string]: unknown }; userLabels: { [key: string]: string } }
interface Operation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface SuppressionInfo { reason: "REASON_UNSPECIFIED" | "RATE_LIMIT" | "NOT_CONSUMED"; suppressedCount: number }
interface TailLogEntriesRequest { bufferWindow: string; filter: string; resourceNames: string[] }
interface TailLogEntriesResponse { entries: LogEntry[]; suppressionInfo: SuppressionInfo[] }
interface WriteLogEntriesRequest { dryRun: boolean; entries: LogEntry[]; labels: { [key: string]: string }; logName: string; partialSuccess: boolean; resource: MonitoredResource }
interface WriteLogEntriesResponse {  }
