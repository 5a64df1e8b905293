// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of dataflow.v1b3. */
export interface $Methods {
    "googleapis.dataflow.v1b3.projects.jobs.aggregated": $Method<"projectId", { createTimeRange: unknown; filter: "UNKNOWN" | "ALL" | "TERMINATED" | "ACTIVE"; location: string; name: string; pageSize: number; pageToken: string; regionalFanoutRequested: boolean; terminationTimeRange: unknown; view: "JOB_VIEW_UNKNOWN" | "JOB_VIEW_SUMMARY" | "JOB_VIEW_ALL" | "JOB_VIEW_DESCRIPTION" }, never, ListJobsResponse>;
    "googleapis.dataflow.v1b3.projects.jobs.create": $Method<"projectId", { location: string; replaceJobId: string; view: "JOB_VIEW_UNKNOWN" | "JOB_VIEW_SUMMARY" | "JOB_VIEW_ALL" | "JOB_VIEW_DESCRIPTION" }, Job, Job>;
    "googleapis.dataflow.v1b3.projects.jobs.debug.getConfig": $Method<"projectId" | "jobId", object, GetDebugConfigRequest, GetDebugConfigResponse>;
    "googleapis.dataflow.v1b3.projects.jobs.debug.sendCapture": $Method<"projectId" | "jobId", object, SendDebugCaptureRequest, SendDebugCaptureResponse>;
    "googleapis.dataflow.v1b3.projects.jobs.get": $Method<"projectId" | "jobId", { location: string; view: "JOB_VIEW_UNKNOWN" | "JOB_VIEW_SUMMARY" | "JOB_VIEW_ALL" | "JOB_VIEW_DESCRIPTION" }, never, Job>;
    "googleapis.dataflow.v1b3.projects.jobs.getMetrics": $Method<"projectId" | "jobId", { location: string; startTime: string }, never, JobMetrics>;
    "googleapis.dataflow.v1b3.projects.jobs.list": $Method<"projectId", { createTimeRange: unknown; filter: "UNKNOWN" | "ALL" | "TERMINATED" | "ACTIVE"; location: string; name: string; pageSize: number; pageToken: string; regionalFanoutRequested: boolean; terminationTimeRange: unknown; view: "JOB_VIEW_UNKNOWN" | "JOB_VIEW_SUMMARY" | "JOB_VIEW_ALL" | "JOB_VIEW_DESCRIPTION" }, never, ListJobsResponse>;
    "googleapis.dataflow.v1b3.projects.jobs.messages.list": $Method<"projectId" | "jobId", { endTime: string; location: string; minimumImportance: "JOB_MESSAGE_IMPORTANCE_UNKNOWN" | "JOB_MESSAGE_DEBUG" | "JOB_MESSAGE_DETAILED" | "JOB_MESSAGE_BASIC" | "JOB_MESSAGE_WARNING" | "JOB_MESSAGE_ERROR"; pageSize: number; pageToken: string; startTime: string }, never, ListJobMessagesResponse>;
    "googleapis.dataflow.v1b3.projects.jobs.snapshot": $Method<"projectId" | "jobId", object, SnapshotJobRequest, Snapshot>;
    "googleapis.dataflow.v1b3.projects.jobs.update": $Method<"projectId" | "jobId", { location: string; updateMask: string }, Job, Job>;
    "googleapis.dataflow.v1b3.projects.jobs.workItems.lease": $Method<"projectId" | "jobId", object, LeaseWorkItemRequest, LeaseWorkItemResponse>;
    "googleapis.dataflow.v1b3.projects.jobs.workItems.reportStatus": $Method<"projectId" | "jobId", object, ReportWorkItemStatusRequest, ReportWorkItemStatusResponse>;
    "googleapis.dataflow.v1b3.projects.locations.flexTemplates.launch": $Method<"projectId" | "location", object, LaunchFlexTemplateRequest, LaunchFlexTemplateResponse>;
    "googleapis.dataflow.v1b3.projects.locations.jobs.create": $Method<"projectId" | "location", { replaceJobId: string; view: "JOB_VIEW_UNKNOWN" | "JOB_VIEW_SUMMARY" | "JOB_VIEW_ALL" | "JOB_VIEW_DESCRIPTION" }, Job, Job>;
    "googleapis.dataflow.v1b3.projects.locations.jobs.debug.getConfig": $Method<"projectId" | "location" | "jobId", object, GetDebugConfigRequest, GetDebugConfigResponse>;
    "googleapis.dataflow.v1b3.projects.locations.jobs.debug.getWorkerStacktraces": $Method<"projectId" | "location" | "jobId", object, GetWorkerStacktracesRequest, GetWorkerStacktracesResponse>;
    "googleapis.dataflow.v1b3.projects.locations.jobs.debug.sendCapture": $Method<"projectId" | "location" | "jobId", object, SendDebugCaptureRequest, SendDebugCaptureResponse>;
    "googleapis.dataflow.v1b3.projects.locations.jobs.get": $Method<"projectId" | "location" | "jobId", { view: "JOB_VIEW_UNKNOWN" | "JOB_VIEW_SUMMARY" | "JOB_VIEW_ALL" | "JOB_VIEW_DESCRIPTION" }, never, Job>;
    "googleapis.dataflow.v1b3.projects.locations.jobs.getExecutionDetails": $Method<"projectId" | "location" | "jobId", { pageSize: number; pageToken: string }, never, JobExecutionDetails>;
    "googleapis.dataflow.v1b3.projects.locations.jobs.getMetrics": $Method<"projectId" | "location" | "jobId", { startTime: string }, never, JobMetrics>;
    "googleapis.dataflow.v1b3.projects.locations.jobs.list": $Method<"projectId" | "location", { createTimeRange: unknown; filter: "UNKNOWN" | "ALL" | "TERMINATED" | "ACTIVE"; name: string; pageSize: number; pageToken: string; regionalFanoutRequested: boolean; terminationTimeRange: unknown; view: "JOB_VIEW_UNKNOWN" | "JOB_VIEW_SUMMARY" | "JOB_VIEW_ALL" | "JOB_VIEW_DESCRIPTION" }, never, ListJobsResponse>;
    "googleapis.dataflow.v1b3.projects.locations.jobs.messages.list": $Method<"projectId" | "location" | "jobId", { endTime: string; minimumImportance: "JOB_MESSAGE_IMPORTANCE_UNKNOWN" | "JOB_MESSAGE_DEBUG" | "JOB_MESSAGE_DETAILED" | "JOB_MESSAGE_BASIC" | "JOB_MESSAGE_WARNING" | "JOB_MESSAGE_ERROR"; pageSize: number; pageToken: string; startTime: string }, never, ListJobMessagesResponse>;
    "googleapis.dataflow.v1b3.projects.locations.jobs.snapshot": $Method<"projectId" | "location" | "jobId", object, SnapshotJobRequest, Snapshot>;
    "googleapis.dataflow.v1b3.projects.locations.jobs.snapshots.list": $Method<"projectId" | "location" | "jobId", object, never, ListSnapshotsResponse>;
    "googleapis.dataflow.v1b3.projects.locations.jobs.stages.getExecutionDetails": $Method<"projectId" | "location" | "jobId" | "stageId", { endTime: string; pageSize: number; pageToken: string; startTime: string }, never, StageExecutionDetails>;
    "googleapis.dataflow.v1b3.projects.locations.jobs.update": $Method<"projectId" | "location" | "jobId", { updateMask: string }, Job, Job>;
    "googleapis.dataflow.v1b3.projects.locations.jobs.workItems.lease": $Method<"projectId" | "location" | "jobId", object, LeaseWorkItemRequest, LeaseWorkItemResponse>;
    "googleapis.dataflow.v1b3.projects.locations.jobs.workItems.reportStatus": $Method<"projectId" | "location" | "jobId", object, ReportWorkItemStatusRequest, ReportWorkItemStatusResponse>;
    "googleapis.dataflow.v1b3.projects.locations.templates.create": $Method<"projectId" | "location", object, CreateJobFromTemplateRequest, Job>;
    "googleapis.dataflow.v1b3.projects.locations.templates.get": $Method<"projectId" | "location", { gcsPath: string; view: "METADATA_ONLY" }, never, GetTemplateResponse>;
    "googleapis.dataflow.v1b3.projects.locations.templates.launch": $Method<"projectId" | "location", { dynamicTemplate: unknown; gcsPath: string; validateOnly: boolean }, LaunchTemplateParameters, LaunchTemplateResponse>;
    "googleapis.dataflow.v1b3.projects.templates.create": $Method<"projectId", object, CreateJobFromTemplateRequest, Job>;
    "googleapis.dataflow.v1b3.projects.templates.get": $Method<"projectId", { gcsPath: string; location: string; view: "METADATA_ONLY" }, never, GetTemplateResponse>;
    "googleapis.dataflow.v1b3.projects.templates.launch": $Method<"projectId", { dynamicTemplate: unknown; gcsPath: string; location: string; validateOnly: boolean }, LaunchTemplateParameters, LaunchTemplateResponse>;
}

interface ApproximateProgress { percentComplete: number; position: Position; remainingTime: string }
interface ApproximateReportedProgress { consumedParallelism: ReportedParallelism; fractionConsumed: number; position: Position; remainingParallelism: ReportedParallelism }
interface ApproximateSplitRequest { fractionConsumed: number; fractionOfRemainder: number; position: Position }
interface AutoscalingEvent { currentNumWorkers: string | number; description: StructuredMessage; eventType: "TYPE_UNKNOWN" | "TARGET_NUM_WORKERS_CHANGED" | "CURRENT_NUM_WORKERS_CHANGED" | "ACTUATION_FAILURE" | "NO_CHANGE"; targetNumWorkers: string | number; time: string; workerPool: string }
interface AutoscalingSchedule { crontab: string; duration: string; name: string; parameters: Parameters; priority: string | number; timeZone: string; updateTime: string }
interface AutoscalingSettings { algorithm: "AUTOSCALING_ALGORITHM_UNKNOWN" | "AUTOSCALING_ALGORITHM_NONE" | "AUTOSCALING_ALGORITHM_BASIC"; maxNumWorkers: number }
interface BigQueryIODetails { dataset: string; projectId: string; query: string; table: string }
interface BigTableIODetails { instanceId: string; projectId: string; tableId: string }
interface BoundedTrie { bound: number; root: BoundedTrieNode; singleton: string[] }
interface BoundedTrieNode { children: { [key: string]: BoundedTrieNode }; truncated: boolean }
interface ComponentSource { name: string; originalTransformOrCollection: string; userName: string }
interface ComponentTransform { name: string; originalTransform: string; userName: string }
interface ComputationTopology { computationId: string; inputs: StreamLocation[]; keyRanges: KeyRangeLocation[]; outputs: StreamLocation[]; stateFamilies: StateFamilyConfig[]; systemStageName: string }
interface ConcatPosition { index: number; position: Position }
interface ContainerSpec { defaultEnvironment: FlexTemplateRuntimeEnvironment; image: string; imageRepositoryCertPath: string; imageRepositoryPasswordSecretId: string; imageRepositoryUsernameSecretId: string; metadata: TemplateMetadata; sdkInfo: SDKInfo }
interface CounterMetadata { description: string; kind: "INVALID" | "SUM" | "MAX" | "MIN" | "MEAN" | "OR" | "AND" | "SET" | "DISTRIBUTION" | "LATEST_VALUE"; otherUnits: string; standardUnits: "BYTES" | "BYTES_PER_SEC" | "MILLISECONDS" | "MICROSECONDS" | "NANOSECONDS" | "TIMESTAMP_MSEC" | "TIMESTAMP_USEC" | "TIMESTAMP_NSEC" }
interface CounterStructuredName { componentStepName: string; executionStepName: string; inputIndex: number; name: string; origin: "SYSTEM" | "USER"; originNamespace: string; originalRequestingStepName: string; originalStepName: string; portion: "ALL" | "KEY" | "VALUE"; workerId: string }
interface CounterStructuredNameAndMetadata { metadata: CounterMetadata; name: CounterStructuredName }
interface CounterUpdate { boolean: boolean; boundedTrie: BoundedTrie; cumulative: boolean; distribution: DistributionUpdate; floatingPoint: number; floatingPointList: FloatingPointList; floatingPointMean: FloatingPointMean; integer: SplitInt64; integerGauge: IntegerGauge; integerList: IntegerList; integerMean: IntegerMean; internal: unknown; nameAndKind: NameAndKind; shortId: string | number; stringList: StringList; structuredNameAndMetadata: CounterStructuredNameAndMetadata }
interface CreateJobFromTemplateRequest { environment: RuntimeEnvironment; gcsPath: string; jobName: string; location: string; parameters: { [key: string]: string } }
interface CustomSourceLocation { stateful: boolean }
interface DataDiskAssignment { dataDisks: string[]; vmInstance: string }
interface DataSamplingConfig { behaviors: ("DATA_SAMPLING_BEHAVIOR_UNSPECIFIED" | "DISABLED" | "ALWAYS_ON" | "EXCEPTIONS")[] }
interface DatastoreIODetails { namespace: string; projectId: string }
interface DebugOptions { dataSampling: DataSamplingConfig; enableHotKeyLogging: boolean }
interface DerivedSource { derivationMode: "SOURCE_DERIVATION_MODE_UNKNOWN" | "SOURCE_DERIVATION_MODE_INDEPENDENT" | "SOURCE_DERIVATION_MODE_CHILD_OF_CURRENT" | "SOURCE_DERIVATION_MODE_SIBLING_OF_CURRENT"; source: Source }
interface Disk { diskType: string; mountPoint: string; sizeGb: number }
interface DisplayData { boolValue: boolean; durationValue: string; floatValue: number; int64Value: string | number; javaClassValue: string; key: string; label: string; namespace: string; shortStrValue: string; strValue: string; timestampValue: string; url: string }
interface DistributionUpdate { count: SplitInt64; histogram: Histogram; max: SplitInt64; min: SplitInt64; sum: SplitInt64; sumOfSquares: number }
interface DynamicSourceSplit { primary: DerivedSource; residual: DerivedSource }
interface Environment { clusterManagerApiService: string; dataset: string; debugOptions: DebugOptions; experiments: string[]; flexResourceSchedulingGoal: "FLEXRS_UNSPECIFIED" | "FLEXRS_SPEED_OPTIMIZED" | "FLEXRS_COST_OPTIMIZED"; internalExperiments: { [key: string]: unknown }; sdkPipelineOptions: { [key: string]: unknown }; serviceAccountEmail: string; serviceKmsKeyName: string; serviceOptions: string[]; shuffleMode: "SHUFFLE_MODE_UNSPECIFIED" | "VM_BASED" | "SERVICE_BASED"; streamingMode: "STREAMING_MODE_UNSPECIFIED" | "STREAMING_MODE_EXACTLY_ONCE" | "STREAMING_MODE_AT_LEAST_ONCE"; tempStoragePrefix: string; usePublicIps: boolean; useStreamingEngineResourceBasedBilling: boolean; userAgent: { [key: string]: unknown }; version: { [key: string]: unknown }; workerPools: WorkerPool[]; workerRegion: string; workerZone: string }
interface ExecutionStageState { currentStateTime: string; executionStageName: string; executionStageState: "JOB_STATE_UNKNOWN" | "JOB_STATE_STOPPED" | "JOB_STATE_RUNNING" | "JOB_STATE_DONE" | "JOB_STATE_FAILED" | "JOB_STATE_CANCELLED" | "JOB_STATE_UPDATED" | "JOB_STATE_DRAINING" | "JOB_STATE_DRAINED" | "JOB_STATE_PENDING" | "JOB_STATE_CANCELLING" | "JOB_STATE_QUEUED" | "JOB_STATE_RESOURCE_CLEANING_UP" | "JOB_STATE_PAUSING" | "JOB_STATE_PAUSED" }
interface ExecutionStageSummary { componentSource: ComponentSource[]; componentTransform: ComponentTransform[]; id: string; inputSource: StageSource[]; kind: "UNKNOWN_KIND" | "PAR_DO_KIND" | "GROUP_BY_KEY_KIND" | "FLATTEN_KIND" | "READ_KIND" | "WRITE_KIND" | "CONSTANT_KIND" | "SINGLETON_KIND" | "SHUFFLE_KIND"; name: string; outputSource: StageSource[]; prerequisiteStage: string[] }
interface FailedLocation { name: string }
interface FileIODetails { filePattern: string }
interface FlattenInstruction { inputs: InstructionInput[] }
interface FlexTemplateRuntimeEnvironment { additionalExperiments: string[]; additionalPipelineOptions: string[]; additionalUserLabels: { [key: string]: string }; autoscalingAlgorithm: "AUTOSCALING_ALGORITHM_UNKNOWN" | "AUTOSCALING_ALGORITHM_NONE" | "AUTOSCALING_ALGORITHM_BASIC"; diskSizeGb: number; dumpHeapOnOom: boolean; enableLauncherVmSerialPortLogging: boolean; enableStreamingEngine: boolean; flexrsGoal: "FLEXRS_UNSPECIFIED" | "FLEXRS_SPEED_OPTIMIZED" | "FLEXRS_COST_OPTIMIZED"; ipConfiguration: "WORKER_IP_UNSPECIFIED" | "WORKER_IP_PUBLIC" | "WORKER_IP_PRIVATE"; kmsKeyName: string; launcherMachineType: string; machineType: string; maxWorkers: number; network: string; numWorkers: number; saveHeapDumpsToGcsPath: string; sdkContainerImage: string; serviceAccountEmail: string; stagingLocation: string; streamingMode: "STREAMING_MODE_UNSPECIFIED" | "STREAMING_MODE_EXACTLY_ONCE" | "STREAMING_MODE_AT_LEAST_ONCE"; subnetwork: string; tempLocation: string; workerRegion: string; workerZone: string; zone: string }
interface FloatingPointList { elements: number[] }
interface FloatingPointMean { count: SplitInt64; sum: number }
interface GetDebugConfigRequest { componentId: string; location: string; workerId: string }
interface GetDebugConfigResponse { config: string }
interface GetTemplateResponse { metadata: TemplateMetadata; runtimeMetadata: RuntimeMetadata; status: Status; templateType: "UNKNOWN" | "LEGACY" | "FLEX" }
interface GetWorkerStacktracesRequest { endTime: string; workerId: string }
interface GetWorkerStacktracesResponse { sdks: Sdk[] }
interface Histogram { bucketCounts: (string | number)[]; firstBucketOffset: number }
interface HotKeyDebuggingInfo { detectedHotKeys: { [key: string]: HotKeyInfo } }
interface HotKeyDetection { hotKeyAge: string; systemName: string; userStepName: string }
interface HotKeyInfo { hotKeyAge: string; key: string; keyTruncated: boolean }
interface InstructionInput { outputNum: number; producerInstructionIndex: number }
interface InstructionOutput { codec: { [key: string]: unknown }; name: string; onlyCountKeyBytes: boolean; onlyCountValueBytes: boolean; originalName: string; systemName: string }
interface IntegerGauge { timestamp: string; value: SplitInt64 }
interface IntegerList { elements: SplitInt64[] }
interface IntegerMean { count: SplitInt64; sum: SplitInt64 }
interface Job { clientRequestId: string; createTime: string; createdFromSnapshotId: string; currentState: "JOB_STATE_UNKNOWN" | "JOB_STATE_STOPPED" | "JOB_STATE_RUNNING" | "JOB_STATE_DONE" | "JOB_STATE_FAILED" | "JOB_STATE_CANCELLED" | "JOB_STATE_UPDATED" | "JOB_STATE_DRAINING" | "JOB_STATE_DRAINED" | "JOB_STATE_PENDING" | "JOB_STATE_CANCELLING" | "JOB_STATE_QUEUED" | "JOB_STATE_RESOURCE_CLEANING_UP" | "JOB_STATE_PAUSING" | "JOB_STATE_PAUSED"; currentStateTime: string; environment: Environment; executionInfo: JobExecutionInfo; id: string; jobMetadata: JobMetadata; labels: { [key: string]: string }; location: string; name: string; pausable: boolean; pipelineDescription: PipelineDescription; projectId: string; replaceJobId: string; replacedByJobId: string; requestedState: "JOB_STATE_UNKNOWN" | "JOB_STATE_STOPPED" | "JOB_STATE_RUNNING" | "JOB_STATE_DONE" | "JOB_STATE_FAILED" | "JOB_STATE_CANCELLED" | "JOB_STATE_UPDATED" | "JOB_STATE_DRAINING" | "JOB_STATE_DRAINED" | "JOB_STATE_PENDING" | "JOB_STATE_CANCELLING" | "JOB_STATE_QUEUED" | "JOB_STATE_RESOURCE_CLEANING_UP" | "JOB_STATE_PAUSING" | "JOB_STATE_PAUSED"; runtimeUpdatableParams: RuntimeUpdatableParams; satisfiesPzi: boolean; satisfiesPzs: boolean; serviceResources: ServiceResources; stageStates: ExecutionStageState[]; startTime: string; steps: Step[]; stepsLocation: string; tempFiles: string[]; transformNameMapping: { [key: string]: string }; type: "JOB_TYPE_UNKNOWN" | "JOB_TYPE_BATCH" | "JOB_TYPE_STREAMING" }
interface JobExecutionDetails { nextPageToken: string; stages: StageSummary[] }
interface JobExecutionInfo { stages: { [key: string]: JobExecutionStageInfo } }
interface JobExecutionStageInfo { stepName: string[] }
interface JobMessage { id: string; messageImportance: "JOB_MESSAGE_IMPORTANCE_UNKNOWN" | "JOB_MESSAGE_DEBUG" | "JOB_MESSAGE_DETAILED" | "JOB_MESSAGE_BASIC" | "JOB_MESSAGE_WARNING" | "JOB_MESSAGE_ERROR"; messageText: string; time: string }
interface JobMetadata { bigTableDetails: BigTableIODetails[]; bigqueryDetails: BigQueryIODetails[]; datastoreDetails: DatastoreIODetails[]; fileDetails: FileIODetails[]; pubsubDetails: PubSubIODetails[]; sdkVersion: SdkVersion; spannerDetails: SpannerIODetails[]; userDisplayProperties: { [key: string]: string } }
interface JobMetrics { metricTime: string; metrics: MetricUpdate[] }
interface KeyRangeDataDiskAssignment { dataDisk: string; end: string; start: string }
interface KeyRangeLocation { dataDisk: string; deliveryEndpoint: string; deprecatedPersistentDirectory: string; end: string; start: string }
interface LaunchFlexTemplateParameter { containerSpec: ContainerSpec; containerSpecGcsPath: string; environment: FlexTemplateRuntimeEnvironment; jobName: string; launchOptions: { [key: string]: string }; parameters: { [key: string]: string }; transformNameMappings: { [key: string]: string }; update: boolean }
interface LaunchFlexTemplateRequest { launchParameter: LaunchFlexTemplateParameter; validateOnly: boolean }
interface LaunchFlexTemplateResponse { job: Job }
interface LaunchTemplateParameters { environment: RuntimeEnvironment; jobName: string; parameters: { [key: string]: string }; transformNameMapping: { [key: string]: string }; update: boolean }
interface LaunchTemplateResponse { job: Job }
interface LeaseWorkItemRequest { currentWorkerTime: string; location: string; projectNumber: string | number; requestedLeaseDuration: string; unifiedWorkerRequest: { [key: string]: unknown }; workItemTypes: string[]; workerCapabilities: string[]; workerId: string }
interface LeaseWorkItemResponse { unifiedWorkerResponse: { [key: string]: unknown }; workItems: WorkItem[] }
interface ListJobMessagesResponse { autoscalingEvents: AutoscalingEvent[]; jobMessages: JobMessage[]; nextPageToken: string }
interface ListJobsResponse { failedLocation: FailedLocation[]; jobs: Job[]; nextPageToken: string }
interface ListSnapshotsResponse { snapshots: Snapshot[] }
interface MapTask { counterPrefix: string; instructions: ParallelInstruction[]; stageName: string; systemName: string }
interface MetricShortId { metricIndex: number; shortId: string | number }
interface MetricStructuredName { context: { [key: string]: string }; name: string; origin: string }
interface MetricUpdate { boundedTrie: unknown; cumulative: boolean; distribution: unknown; gauge: unknown; internal: unknown; kind: string; meanCount: unknown; meanSum: unknown; name: MetricStructuredName; scalar: unknown; set: unknown; trie: unknown; updateTime: string }
interface MountedDataDisk { dataDisk: string }
interface MultiOutputInfo { tag: string }
interface NameAndKind { kind: "INVALID" | "SUM" | "MAX" | "MIN" | "MEAN" | "OR" | "AND" | "SET" | "DISTRIBUTION" | "LATEST_VALUE"; name: string }
interface Package { location: string; name: string; sha256: string }
interface ParDoInstruction { input: InstructionInput; multiOutputInfos: MultiOutputInfo[]; numOutputs: number; sideInputs: SideInputInfo[]; userFn: { [key: string]: unknown } }
interface ParallelInstruction { flatten: FlattenInstruction; name: string; originalName: string; outputs: InstructionOutput[]; parDo: ParDoInstruction; partialGroupByKey: PartialGroupByKeyInstruction; read: ReadInstruction; systemName: string; write: WriteInstruction }
interface Parameter { key: string; value: unknown }
interface ParameterMetadata { customMetadata: { [key: string]: string }; defaultValue: string; enumOptions: ParameterMetadataEnumOption[]; groupName: string; helpText: string; hiddenUi: boolean; isOptional: boolean; label: string; name: string; paramType: "DEFAULT" | "TEXT" | "GCS_READ_BUCKET" | "GCS_WRITE_BUCKET" | "GCS_READ_FILE" | "GCS_WRITE_FILE" | "GCS_READ_FOLDER" | "GCS_WRITE_FOLDER" | "PUBSUB_TOPIC" | "PUBSUB_SUBSCRIPTION" | "BIGQUERY_TABLE" | "JAVASCRIPT_UDF_FILE" | "SERVICE_ACCOUNT" | "MACHINE_TYPE" | "KMS_KEY_NAME" | "WORKER_REGION" | "WORKER_ZONE" | "BOOLEAN" | "ENUM" | "NUMBER" | "KAFKA_TOPIC" | "KAFKA_READ_TOPIC" | "KAFKA_WRITE_TOPIC"; parentName: string; parentTriggerValues: string[]; regexes: string[] }
interface ParameterMetadataEnumOption { description: string; label: string; value: string }
interface Parameters { cpuUtilizationTarget: number; latencyTarget: string; maxWorkerCount: number; minWorkerCount: number }
interface PartialGroupByKeyInstruction { input: InstructionInput; inputElementCodec: { [key: string]: unknown }; originalCombineValuesInputStoreName: string; originalCombineValuesStepName: string; sideInputs: SideInputInfo[]; valueCombiningFn: { [key: string]: unknown } }
interface PipelineDescription { displayData: DisplayData[]; executionPipelineStage: ExecutionStageSummary[]; originalPipelineTransform: TransformSummary[]; stepNamesHash: string }
interface Point { time: string; value: number }
interface Position { byteOffset: string | number; concatPosition: ConcatPosition; end: boolean; key: string; recordIndex: string | number; shufflePosition: string }
interface ProgressTimeseries { currentProgress: number; dataPoints: Point[] }
interface PubSubIODetails { subscription: string; topic: string }
interface PubsubLocation { dropLateData: boolean; dynamicDestinations: boolean; idLabel: string; subscription: string; timestampLabel: string; topic: string; trackingSubscription: string; withAttributes: boolean }
interface PubsubSnapshotMetadata { expireTime: string; snapshotName: string; topicName: string }
interface ReadInstruction { source: Source }
interface ReportWorkItemStatusRequest { currentWorkerTime: string; location: string; projectNumber: string | number; unifiedWorkerRequest: { [key: string]: unknown }; workItemStatuses: WorkItemStatus[]; workerId: string }
interface ReportWorkItemStatusResponse { unifiedWorkerResponse: { [key: string]: unknown }; workItemServiceStates: WorkItemServiceState[] }
interface ReportedParallelism { isInfinite: boolean; value: number }
interface RuntimeEnvironment { additionalExperiments: string[]; additionalPipelineOptions: string[]; additionalUserLabels: { [key: string]: string }; bypassTempDirValidation: boolean; diskSizeGb: number; enableStreamingEngine: boolean; ipConfiguration: "WORKER_IP_UNSPECIFIED" | "WORKER_IP_PUBLIC" | "WORKER_IP_PRIVATE"; kmsKeyName: string; machineType: string; maxWorkers: number; network: string; numWorkers: number; serviceAccountEmail: string; streamingMode: "STREAMING_MODE_UNSPECIFIED" | "STREAMING_MODE_EXACTLY_ONCE" | "STREAMING_MODE_AT_LEAST_ONCE"; subnetwork: string; tempLocation: string; workerRegion: string; workerZone: string; zone: string }
interface RuntimeMetadata { parameters: ParameterMetadata[]; sdkInfo: SDKInfo }
interface RuntimeUpdatableParams { acceptableBacklogDuration: string; autoscalingTier: string; latencyTier: string; maxNumWorkers: number; minNumWorkers: number; schedules: AutoscalingSchedule[]; workerUtilizationHint: number }
interface SDKInfo { language: "UNKNOWN" | "JAVA" | "PYTHON" | "GO" | "YAML"; version: string }
interface Sdk { sdkId: string; stacks: Stack[] }
interface SdkBug { severity: "SEVERITY_UNSPECIFIED" | "NOTICE" | "WARNING" | "SEVERE"; type: "TYPE_UNSPECIFIED" | "GENERAL" | "PERFORMANCE" | "DATALOSS"; uri: string }
interface SdkHarnessContainerImage { capabilities: string[]; containerImage: string; environmentId: string; useSingleCorePerContainer: boolean }
interface SdkVersion { bugs: SdkBug[]; sdkSupportStatus: "UNKNOWN" | "SUPPORTED" | "STALE" | "DEPRECATED" | "UNSUPPORTED"; version: string; versionDisplayName: string }
interface SendDebugCaptureRequest { componentId: string; data: string; dataFormat: "DATA_FORMAT_UNSPECIFIED" | "RAW" | "JSON" | "ZLIB" | "BROTLI"; location: string; workerId: string }
interface SendDebugCaptureResponse {  }
interface SeqMapTask { inputs: SideInputInfo[]; name: string; outputInfos: SeqMapTaskOutputInfo[]; stageName: string; systemName: string; userFn: { [key: string]: unknown } }
interface SeqMapTaskOutputInfo { sink: Sink; tag: string }
interface ServiceResources { zones: string[] }
interface ShellTask { command: string; exitCode: number }
interface SideInputInfo { kind: { [key: string]: unknown }; sources: Source[]; tag: string }
interface Sink { codec: { [key: string]: unknown }; spec: { [key: string]: unknown } }
interface Snapshot { creationTime: string; description: string; diskSizeBytes: string | number; id: string; projectId: string; pubsubMetadata: PubsubSnapshotMetadata[]; region: string; sourceJobId: string; state: "UNKNOWN_SNAPSHOT_STATE" | "PENDING" | "RUNNING" | "READY" | "FAILED" | "DELETED"; ttl: string }
interface SnapshotJobRequest { description: string; location: string; snapshotSources: boolean; ttl: string }
interface Source { baseSpecs: { [key: string]: unknown }[]; codec: { [key: string]: unknown }; doesNotNeedSplitting: boolean; metadata: SourceMetadata; spec: { [key: string]: unknown } }
interface SourceFork { primary: SourceSplitShard; primarySource: DerivedSource; residual: SourceSplitShard; residualSource: DerivedSource }
interface SourceGetMetadataRequest { source: Source }
interface SourceGetMetadataResponse { metadata: SourceMetadata }
interface SourceMetadata { estimatedSizeBytes: string | number; infinite: boolean; producesSortedKeys: boolean }
interface SourceOperationRequest { getMetadata: SourceGetMetadataRequest; name: string; originalName: string; split: SourceSplitRequest; stageName: string; systemName: string }
interface SourceOperationResponse { getMetadata: SourceGetMetadataResponse; split: SourceSplitResponse }
interface SourceSplitOptions { desiredBundleSizeBytes: string | number; desiredShardSizeBytes: string | number }
interface SourceSplitRequest { options: SourceSplitOptions; source: Source }
interface SourceSplitResponse { bundles: DerivedSource[]; outcome: "SOURCE_SPLIT_OUTCOME_UNKNOWN" | "SOURCE_SPLIT_OUTCOME_USE_CURRENT" | "SOURCE_SPLIT_OUTCOME_SPLITTING_HAPPENED"; shards: SourceSplitShard[] }
interface SourceSplitShard { derivationMode: "SOURCE_DERIVATION_MODE_UNKNOWN" | "SOURCE_DERIVATION_MODE_INDEPENDENT" | "SOURCE_DERIVATION_MODE_CHILD_OF_CURRENT" | "SOURCE_DERIVATION_MODE_SIBLING_OF_CURRENT"; source: Source }
interface SpannerIODetails { databaseId: string; instanceId: string; projectId: string }
interface SplitInt64 { highBits: number; lowBits: number }
interface Stack { stackContent: string; threadCount: number; threadName: string; threadState: string; timestamp: string }
interface StageExecutionDetails { nextPageToken: string; workers: WorkerDetails[] }
interface StageSource { name: string; originalTransformOrCollection: string; sizeBytes: string | number; userName: string }
interface StageSummary { endTime: string; metrics: MetricUpdate[]; progress: ProgressTimeseries; stageId: string; startTime: string; state: "EXECUTION_STATE_UNKNOWN" | "EXECUTION_STATE_NOT_STARTED" | "EXECUTION_STATE_RUNNING" | "EXECUTION_STATE_SUCCEEDED" | "EXECUTION_STATE_FAILED" | "EXECUTION_STATE_CANCELLED"; stragglerSummary: StragglerSummary }
interface StateFamilyConfig { isRead: boolean; stateFamily: string }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface Step { kind: string; name: string; properties: { [key: string]: unknown } }
interface Straggler { batchStraggler: StragglerInfo; streamingStraggler: StreamingStragglerInfo }
interface StragglerDebuggingInfo { hotKey: HotKeyDebuggingInfo }
interface StragglerInfo { causes: { [key: string]: StragglerDebuggingInfo }; startTime: string }
interface StragglerSummary { recentStragglers: Straggler[]; stragglerCauseCount: { [key: string]: string | number }; totalStragglerCount: string | number }
interface StreamLocation { customSourceLocation: CustomSourceLocation; pubsubLocation: PubsubLocation; sideInputLocation: StreamingSideInputLocation; streamingStageLocation: StreamingStageLocation }
interface StreamingApplianceSnapshotConfig { importStateEndpoint: string; snapshotId: string }
interface StreamingComputationConfig { computationId: string; instructions: ParallelInstruction[]; stageName: string; systemName: string; transformUserNameToStateFamily: { [key: string]: string } }
interface StreamingComputationRanges { computationId: string; rangeAssignments: KeyRangeDataDiskAssignment[] }
interface StreamingComputationTask { computationRanges: StreamingComputationRanges[]; dataDisks: MountedDataDisk[]; taskType: "STREAMING_COMPUTATION_TASK_UNKNOWN" | "STREAMING_COMPUTATION_TASK_STOP" | "STREAMING_COMPUTATION_TASK_START" }
interface StreamingConfigTask { commitStreamChunkSizeBytes: string | number; getDataStreamChunkSizeBytes: string | number; maxWorkItemCommitBytes: string | number; operationalLimits: StreamingOperationalLimits; streamingComputationConfigs: StreamingComputationConfig[]; streamingEngineStateTagEncodingVersion: number; userStepToStateFamilyNameMap: { [key: string]: string }; userWorkerRunnerV1Settings: string; userWorkerRunnerV2Settings: string; windmillServiceEndpoint: string; windmillServicePort: string | number }
interface StreamingOperationalLimits { maxBagElementBytes: string | number; maxGlobalDataBytes: string | number; maxKeyBytes: string | number; maxProductionOutputBytes: string | number; maxSortedListElementBytes: string | number; maxSourceStateBytes: string | number; maxTagBytes: string | number; maxValueBytes: string | number }
interface StreamingSetupTask { drain: boolean; receiveWorkPort: number; snapshotConfig: StreamingApplianceSnapshotConfig; streamingComputationTopology: TopologyConfig; workerHarnessPort: number }
interface StreamingSideInputLocation { stateFamily: string; tag: string }
interface StreamingStageLocation { streamId: string }
interface StreamingStragglerInfo { dataWatermarkLag: string; endTime: string; startTime: string; systemWatermarkLag: string; workerName: string }
interface StringList { elements: string[] }
interface StructuredMessage { messageKey: string; messageText: string; parameters: Parameter[] }
interface TaskRunnerSettings { alsologtostderr: boolean; baseTaskDir: string; baseUrl: string; commandlinesFileName: string; continueOnException: boolean; dataflowApiVersion: string; harnessCommand: string; languageHint: string; logDir: string; logToSerialconsole: boolean; logUploadLocation: string; oauthScopes: string[]; parallelWorkerSettings: WorkerSettings; streamingWorkerMainClass: string; taskGroup: string; taskUser: string; tempStoragePrefix: string; vmId: string; workflowFileName: string }
interface TemplateMetadata { defaultStreamingMode: string; description: string; name: string; parameters: ParameterMetadata[]; streaming: boolean; supportsAtLeastOnce: boolean; supportsExactlyOnce: boolean; yamlDefinition: string }
interface TopologyConfig { computations: ComputationTopology[]; dataDiskAssignments: DataDiskAssignment[]; forwardingKeyBits: number; persistentStateVersion: number; userStageToComputationNameMap: { [key: string]: string } }
interface TransformSummary { displayData: DisplayData[]; id: string; inputCollectionName: string[]; kind: "UNKNOWN_KIND" | "PAR_DO_KIND" | "GROUP_BY_KEY_KIND" | "FLATTEN_KIND" | "READ_KIND" | "WRITE_KIND" | "CONSTANT_KIND" | "SINGLETON_KIND" | "SHUFFLE_KIND"; name: string; outputCollectionName: string[] }
interface WorkItem { configuration: string; id: string | number; initialReportIndex: string | number; jobId: string; leaseExpireTime: string; mapTask: MapTask; packages: Package[]; projectId: string; reportStatusInterval: string; seqMapTask: SeqMapTask; shellTask: ShellTask; sourceOperationTask: SourceOperationRequest; streamingComputationTask: StreamingComputationTask; streamingConfigTask: StreamingConfigTask; streamingSetupTask: StreamingSetupTask }
interface WorkItemDetails { attemptId: string; endTime: string; metrics: MetricUpdate[]; progress: ProgressTimeseries; startTime: string; state: "EXECUTION_STATE_UNKNOWN" | "EXECUTION_STATE_NOT_STARTED" | "EXECUTION_STATE_RUNNING" | "EXECUTION_STATE_SUCCEEDED" | "EXECUTION_STATE_FAILED" | "EXECUTION_STATE_CANCELLED"; stragglerInfo: StragglerInfo; taskId: string }
interface WorkItemServiceState { completeWorkStatus: Status; harnessData: { [key: string]: unknown }; hotKeyDetection: HotKeyDetection; leaseExpireTime: string; metricShortId: MetricShortId[]; nextReportIndex: string | number; reportStatusInterval: string; splitRequest: ApproximateSplitRequest; suggestedStopPoint: ApproximateProgress; suggestedStopPosition: Position }
interface WorkItemStatus { completed: boolean; counterUpdates: CounterUpdate[]; dynamicSourceSplit: DynamicSourceSplit; errors: Status[]; metricUpdates: MetricUpdate[]; progress: ApproximateProgress; reportIndex: string | number; reportedProgress: ApproximateReportedProgress; requestedLeaseDuration: string; sourceFork: SourceFork; sourceOperationResponse: SourceOperationResponse; stopPosition: Position; totalThrottlerWaitTimeSeconds: number; workItemId: string }
interface WorkerDetails { workItems: WorkItemDetails[]; workerName: string }
interface WorkerPool { autoscalingSettings: AutoscalingSettings; dataDisks: Disk[]; defaultPackageSet: "DEFAULT_PACKAGE_SET_UNKNOWN" | "DEFAULT_PACKAGE_SET_NONE" | "DEFAULT_PACKAGE_SET_JAVA" | "DEFAULT_PACKAGE_SET_PYTHON"; diskProvisionedIops: string | number; diskProvisionedThroughputMibps: string | number; diskSizeGb: number; diskSourceImage: string; diskType: string; ipConfiguration: "WORKER_IP_UNSPECIFIED" | "WORKER_IP_PUBLIC" | "WORKER_IP_PRIVATE"; kind: string; machineType: string; metadata: { [key: string]: string }; network: string; numThreadsPerWorker: number; numWorkers: number; onHostMaintenance: string; packages: Package[]; poolArgs: { [key: string]: unknown }; sdkHarnessContainerImages: SdkHarnessContainerImage[]; subnetwork: string; taskrunnerSettings: TaskRunnerSettings; teardownPolicy: "TEARDOWN_POLICY_UNKNOWN" | "TEARDOWN_ALWAYS" | "TEARDOWN_ON_SUCCESS" | "TEARDOWN_NEVER"; workerHarnessContainerImage: string; zone: string }
interface WorkerSettings { baseUrl: string; reportingEnabled: boolean; servicePath: string; shuffleServicePath: string; tempStoragePrefix: string; workerId: string }
interface WriteInstruction { input: InstructionInput; sink: Sink }
