// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of batch.v1. */
export interface $Methods {
    "googleapis.batch.v1.projects.locations.get": $Method<"name", object, never, Location>;
    "googleapis.batch.v1.projects.locations.jobs.cancel": $Method<"name", object, CancelJobRequest, Operation>;
    "googleapis.batch.v1.projects.locations.jobs.create": $Method<"parent", { jobId: string; requestId: string }, Job, Job>;
    "googleapis.batch.v1.projects.locations.jobs.delete": $Method<"name", { reason: string; requestId: string }, never, Operation>;
    "googleapis.batch.v1.projects.locations.jobs.get": $Method<"name", object, never, Job>;
    "googleapis.batch.v1.projects.locations.jobs.list": $Method<"parent", { filter: string; orderBy: string; pageSize: number; pageToken: string }, never, ListJobsResponse>;
    "googleapis.batch.v1.projects.locations.jobs.taskGroups.tasks.get": $Method<"name", object, never, Task>;
    "googleapis.batch.v1.projects.locations.jobs.taskGroups.tasks.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListTasksResponse>;
    "googleapis.batch.v1.projects.locations.list": $Method<"name", { extraLocationTypes: string | string[]; filter: string; pageSize: number; pageToken: string }, never, ListLocationsResponse>;
    "googleapis.batch.v1.projects.locations.operations.cancel": $Method<"name", object, CancelOperationRequest, Empty>;
    "googleapis.batch.v1.projects.locations.operations.delete": $Method<"name", object, never, Empty>;
    "googleapis.batch.v1.projects.locations.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.batch.v1.projects.locations.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, ListOperationsResponse>;
    "googleapis.batch.v1.projects.locations.state.report": $Method<"parent", object, ReportAgentStateRequest, ReportAgentStateResponse>;
}

interface Accelerator { count: string | number; driverVersion: string; installGpuDrivers: boolean; type: string }
interface ActionCondition { exitCodes: number[] }
interface AgentContainer { commands: string[]; entrypoint: string; imageUri: string; options: string; volumes: string[] }
interface AgentEnvironment { encryptedVariables: AgentKMSEnvMap; secretVariables: { [key: string]: string }; variables: { [key: string]: string } }
interface AgentInfo { jobId: string; reportTime: string; state: "AGENT_STATE_UNSPECIFIED" | "AGENT_STARTING" | "AGENT_RUNNING" | "AGENT_STOPPED"; taskGroupId: string; tasks: AgentTaskInfo[] }
interface AgentKMSEnvMap { cipherText: string; keyName: string }
interface AgentMetadata { creationTime: string; creator: string; imageVersion: string; instance: string; instanceId: string | number; instancePreemptionNoticeReceived: boolean; machineType: string; osRelease: { [key: string]: string }; version: string; zone: string }
interface AgentScript { path: string; text: string }
interface AgentTask { agentTaskSpec: AgentTaskSpec; intendedState: "INTENDED_STATE_UNSPECIFIED" | "ASSIGNED" | "CANCELLED" | "DELETED"; reachedBarrier: string | number; spec: TaskSpec; status: TaskStatus; task: string; taskSource: "TASK_SOURCE_UNSPECIFIED" | "BATCH_INTERNAL" | "USER" }
interface AgentTaskInfo { runnable: string | number; taskId: string; taskStatus: TaskStatus }
interface AgentTaskLoggingOption { labels: { [key: string]: string } }
interface AgentTaskRunnable { alwaysRun: boolean; background: boolean; container: AgentContainer; environment: AgentEnvironment; ignoreExitStatus: boolean; script: AgentScript; timeout: string }
interface AgentTaskSpec { environment: AgentEnvironment; loggingOption: AgentTaskLoggingOption; maxRunDuration: string; runnables: AgentTaskRunnable[]; userAccount: AgentTaskUserAccount }
interface AgentTaskUserAccount { gid: string | number; uid: string | number }
interface AgentTimingInfo { agentStartupTime: string; bootTime: string; scriptStartupTime: string }
interface AllocationPolicy { instanceFlexibilityPolicy: InstanceFlexibilityPolicy; instances: InstancePolicyOrTemplate[]; labels: { [key: string]: string }; location: LocationPolicy; network: NetworkPolicy; placement: PlacementPolicy; serviceAccount: ServiceAccount; tags: string[] }
interface AttachedDisk { deviceName: string; existingDisk: string; newDisk: Disk }
interface Barrier { name: string }
interface CancelJobRequest { requestId: string }
interface CancelOperationRequest {  }
interface CloudLoggingOption { useGenericTaskMonitoredResource: boolean }
interface ComputeResource { bootDiskMib: string | number; cpuMilli: string | number; memoryMib: string | number }
interface Container { blockExternalNetwork: boolean; commands: string[]; enableImageStreaming: boolean; entrypoint: string; imageUri: string; options: string; password: string; username: string; volumes: string[] }
interface Disk { diskInterface: string; image: string; sizeGb: string | number; snapshot: string; type: string }
interface Empty {  }
interface Environment { encryptedVariables: KMSEnvMap; secretVariables: { [key: string]: string }; variables: { [key: string]: string } }
interface GCS { remotePath: string }
interface InstanceFlexibilityPolicy { instanceSelections: { [key: string]: InstanceSelection } }
interface InstancePolicy { accelerators: Accelerator[]; bootDisk: Disk; disks: AttachedDisk[]; machineType: string; minCpuPlatform: string; provisioningModel: "PROVISIONING_MODEL_UNSPECIFIED" | "STANDARD" | "SPOT" | "PREEMPTIBLE" | "RESERVATION_BOUND" | "FLEX_START"; reservation: string }
interface InstancePolicyOrTemplate { blockProjectSshKeys: boolean; installGpuDrivers: boolean; installOpsAgent: boolean; instanceTemplate: string; policy: InstancePolicy }
interface InstanceSelection { machineTypes: string[]; rank: number }
interface InstanceStatus { bootDisk: Disk; machineType: string; provisioningModel: "PROVISIONING_MODEL_UNSPECIFIED" | "STANDARD" | "SPOT" | "PREEMPTIBLE" | "RESERVATION_BOUND" | "FLEX_START"; taskPack: string | number }
interface Job { allocationPolicy: AllocationPolicy; createTime: string; labels: { [key: string]: string }; logsPolicy: LogsPolicy; name: string; notifications: JobNotification[]; priority: string | number; status: JobStatus; taskGroups: TaskGroup[]; uid: string; updateTime: string }
interface JobNotification { message: Message; pubsubTopic: string }
interface JobStatus { runDuration: string; state: "STATE_UNSPECIFIED" | "QUEUED" | "SCHEDULED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "DELETION_IN_PROGRESS" | "CANCELLATION_IN_PROGRESS" | "CANCELLED"; statusEvents: StatusEvent[]; taskGroups: { [key: string]: TaskGroupStatus } }
interface KMSEnvMap { cipherText: string; keyName: string }
interface LifecyclePolicy { action: "ACTION_UNSPECIFIED" | "RETRY_TASK" | "FAIL_TASK"; actionCondition: ActionCondition }
interface ListJobsResponse { jobs: Job[]; nextPageToken: string; unreachable: string[] }
interface ListLocationsResponse { locations: Location[]; nextPageToken: string }
interface ListOperationsResponse { nextPageToken: string; operations: Operation[]; unreachable: string[] }
interface ListTasksResponse { nextPageToken: string; tasks: Task[]; unreachable: string[] }
interface Location { displayName: string; labels: { [key: string]: string }; locationId: string; metadata: { [key: string]: unknown }; name: string }
interface LocationPolicy { allowedLocations: string[] }
interface LogsPolicy { cloudLoggingOption: CloudLoggingOption; destination: "DESTINATION_UNSPECIFIED" | "CLOUD_LOGGING" | "PATH"; logsPath: string }
interface Message { newJobState: "STATE_UNSPECIFIED" | "QUEUED" | "SCHEDULED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "DELETION_IN_PROGRESS" | "CANCELLATION_IN_PROGRESS" | "CANCELLED"; newTaskState: "STATE_UNSPECIFIED" | "PENDING" | "ASSIGNED" | "RUNNING" | "FAILED" | "SUCCEEDED" | "UNEXECUTED"; type: "TYPE_UNSPECIFIED" | "JOB_STATE_CHANGED" | "TASK_STATE_CHANGED" }
interface NFS { remotePath: string; server: string }
interface NetworkInterface { network: string; nicType: "NIC_TYPE_UNSPECIFIED" | "GVNIC" | "IRDMA" | "MRDMA"; noExternalIpAddress: boolean; subnetwork: string }
interface NetworkPolicy { networkInterfaces: NetworkInterface[] }
interface Operation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface PlacementPolicy { collocation: string; maxDistance: string | number }
interface ReportAgentStateRequest { agentInfo: AgentInfo; agentTimingInfo: AgentTimingInfo; metadata: AgentMetadata }
interface ReportAgentStateResponse { defaultReportInterval: string; minReportInterval: string; tasks: AgentTask[]; useBatchMonitoredResource: boolean }
interface Runnable { alwaysRun: boolean; background: boolean; barrier: Barrier; container: Container; displayName: string; environment: Environment; ignoreExitStatus: boolean; labels: { [key: string]: string }; script: Script; timeout: string }
interface Script { path: string; text: string }
interface ServiceAccount { email: string; scopes: string[] }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface StatusEvent { description: string; eventTime: string; taskExecution: TaskExecution; taskState: "STATE_UNSPECIFIED" | "PENDING" | "ASSIGNED" | "RUNNING" | "FAILED" | "SUCCEEDED" | "UNEXECUTED"; type: string }
interface Task { name: string; status: TaskStatus }
interface TaskExecution { exitCode: number }
interface TaskGroup { name: string; parallelism: string | number; permissiveSsh: boolean; requireHostsFile: boolean; runAsNonRoot: boolean; schedulingPolicy: "SCHEDULING_POLICY_UNSPECIFIED" | "AS_SOON_AS_POSSIBLE" | "IN_ORDER"; taskCount: string | number; taskCountPerNode: string | number; taskEnvironments: Environment[]; taskSpec: TaskSpec }
interface TaskGroupStatus { counts: { [key: string]: string | number }; instances: InstanceStatus[] }
interface TaskSpec { computeResource: ComputeResource; environment: Environment; environments: { [key: string]: string }; lifecyclePolicies: LifecyclePolicy[]; maxRetryCount: number; maxRunDuration: string; runnables: Runnable[]; volumes: Volume[] }
interface TaskStatus { state: "STATE_UNSPECIFIED" | "PENDING" | "ASSIGNED" | "RUNNING" | "FAILED" | "SUCCEEDED" | "UNEXECUTED"; statusEvents: StatusEvent[] }
interface Volume { deviceName: string; gcs: GCS; mountOptions: string[]; mountPath: string; nfs: NFS }
