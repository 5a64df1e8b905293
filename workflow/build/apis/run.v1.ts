// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of run.v1. */
export interface $Methods {
    "googleapis.run.v1.namespaces.configurations.get": $Method<"name", object, never, Configuration>;
    "googleapis.run.v1.namespaces.configurations.list": $Method<"parent", { continue: string; fieldSelector: string; includeUninitialized: boolean; labelSelector: string; limit: number; resourceVersion: string; watch: boolean }, never, ListConfigurationsResponse>;
    "googleapis.run.v1.namespaces.executions.cancel": $Method<"name", object, CancelExecutionRequest, Execution>;
    "googleapis.run.v1.namespaces.executions.delete": $Method<"name", { apiVersion: string; kind: string; propagationPolicy: string }, never, Status>;
    "googleapis.run.v1.namespaces.executions.get": $Method<"name", object, never, Execution>;
    "googleapis.run.v1.namespaces.executions.list": $Method<"parent", { continue: string; fieldSelector: string; includeUninitialized: boolean; labelSelector: string; limit: number; resourceVersion: string; watch: boolean }, never, ListExecutionsResponse>;
    "googleapis.run.v1.namespaces.jobs.create": $Method<"parent", { dryRun: string }, Job, Job>;
    "googleapis.run.v1.namespaces.jobs.delete": $Method<"name", { apiVersion: string; dryRun: string; kind: string; propagationPolicy: string }, never, Status>;
    "googleapis.run.v1.namespaces.jobs.get": $Method<"name", object, never, Job>;
    "googleapis.run.v1.namespaces.jobs.list": $Method<"parent", { continue: string; fieldSelector: string; includeUninitialized: boolean; labelSelector: string; limit: number; resourceVersion: string; watch: boolean }, never, ListJobsResponse>;
    "googleapis.run.v1.namespaces.jobs.replaceJob": $Method<"name", { dryRun: string }, Job, Job>;
    "googleapis.run.v1.namespaces.jobs.run": $Method<"name", object, RunJobRequest, Execution>;
    "googleapis.run.v1.namespaces.revisions.delete": $Method<"name", { apiVersion: string; dryRun: string; kind: string; propagationPolicy: string }, never, Status>;
    "googleapis.run.v1.namespaces.revisions.get": $Method<"name", object, never, Revision>;
    "googleapis.run.v1.namespaces.revisions.list": $Method<"parent", { continue: string; fieldSelector: string; includeUninitialized: boolean; labelSelector: string; limit: number; resourceVersion: string; watch: boolean }, never, ListRevisionsResponse>;
    "googleapis.run.v1.namespaces.routes.get": $Method<"name", object, never, Route>;
    "googleapis.run.v1.namespaces.routes.list": $Method<"parent", { continue: string; fieldSelector: string; includeUninitialized: boolean; labelSelector: string; limit: number; resourceVersion: string; watch: boolean }, never, ListRoutesResponse>;
    "googleapis.run.v1.namespaces.services.create": $Method<"parent", { dryRun: string }, Service, Service>;
    "googleapis.run.v1.namespaces.services.delete": $Method<"name", { apiVersion: string; dryRun: string; kind: string; propagationPolicy: string }, never, Status>;
    "googleapis.run.v1.namespaces.services.get": $Method<"name", object, never, Service>;
    "googleapis.run.v1.namespaces.services.list": $Method<"parent", { continue: string; fieldSelector: string; includeUninitialized: boolean; labelSelector: string; limit: number; resourceVersion: string; watch: boolean }, never, ListServicesResponse>;
    "googleapis.run.v1.namespaces.services.replaceService": $Method<"name", { dryRun: string }, Service, Service>;
    "googleapis.run.v1.namespaces.tasks.get": $Method<"name", object, never, Task>;
    "googleapis.run.v1.namespaces.tasks.list": $Method<"parent", { continue: string; fieldSelector: string; includeUninitialized: boolean; labelSelector: string; limit: number; resourceVersion: string; watch: boolean }, never, ListTasksResponse>;
    "googleapis.run.v1.projects.locations.services.create": $Method<"parent", { dryRun: string }, Service, Service>;
    "googleapis.run.v1.projects.locations.services.delete": $Method<"name", { apiVersion: string; dryRun: string; kind: string; propagationPolicy: string }, never, Status>;
    "googleapis.run.v1.projects.locations.services.get": $Method<"name", object, never, Service>;
    "googleapis.run.v1.projects.locations.services.getIamPolicy": $Method<"resource", { options: unknown }, never, Policy>;
    "googleapis.run.v1.projects.locations.services.list": $Method<"parent", { continue: string; fieldSelector: string; includeUninitialized: boolean; labelSelector: string; limit: number; resourceVersion: string; watch: boolean }, never, ListServicesResponse>;
    "googleapis.run.v1.projects.locations.services.replaceService": $Method<"name", { dryRun: string }, Service, Service>;
    "googleapis.run.v1.projects.locations.services.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.run.v1.projects.locations.services.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
}

interface Addressable { url: string }
interface AuditConfig { auditLogConfigs: AuditLogConfig[]; service: string }
interface AuditLogConfig { exemptedMembers: string[]; logType: "LOG_TYPE_UNSPECIFIED" | "ADMIN_READ" | "DATA_WRITE" | "DATA_READ" }
interface Binding { condition: Expr; members: string[]; role: string }
interface BuildStatus { cloudBuildLogUrl: string; message: string; status: string }
interface CSIVolumeSource { driver: string; readOnly: boolean; volumeAttributes: { [key: string]: string } }
interface CancelExecutionRequest {  }
interface ConfigMapEnvSource { localObjectReference: LocalObjectReference; name: string; optional: boolean }
interface ConfigMapKeySelector { key: string; localObjectReference: LocalObjectReference; name: string; optional: boolean }
interface ConfigMapVolumeSource { defaultMode: number; items: KeyToPath[]; name: string; optional: boolean }
interface Configuration { apiVersion: string; kind: string; metadata: ObjectMeta; spec: ConfigurationSpec; status: ConfigurationStatus }
interface ConfigurationSpec { template: RevisionTemplate }
interface ConfigurationStatus { conditions: GoogleCloudRunV1Condition[]; latestCreatedRevisionName: string; latestReadyRevisionName: string; observedGeneration: number }
interface Container { args: string[]; command: string[]; env: EnvVar[]; envFrom: EnvFromSource[]; image: string; imagePullPolicy: string; livenessProbe: Probe; name: string; ports: ContainerPort[]; readinessProbe: Probe; resources: ResourceRequirements; sandboxLauncher: boolean; securityContext: SecurityContext; startupProbe: Probe; terminationMessagePath: string; terminationMessagePolicy: string; volumeMounts: VolumeMount[]; workingDir: string }
interface ContainerOverride { args: string[]; clearArgs: boolean; env: EnvVar[]; name: string }
interface ContainerPort { containerPort: number; name: string; protocol: string }
interface ContainerStatus { buildStatus: BuildStatus; imageDigest: string; name: string }
interface EmptyDirVolumeSource { medium: string; sizeLimit: string }
interface EnvFromSource { configMapRef: ConfigMapEnvSource; prefix: string; secretRef: SecretEnvSource }
interface EnvVar { name: string; value: string; valueFrom: EnvVarSource }
interface EnvVarSource { configMapKeyRef: ConfigMapKeySelector; secretKeyRef: SecretKeySelector }
interface ExecAction { command: string[] }
interface Execution { apiVersion: string; kind: string; metadata: ObjectMeta; spec: ExecutionSpec; status: ExecutionStatus }
interface ExecutionReference { completionStatus: "COMPLETION_STATUS_UNSPECIFIED" | "EXECUTION_SUCCEEDED" | "EXECUTION_FAILED" | "EXECUTION_RUNNING" | "EXECUTION_PENDING" | "EXECUTION_CANCELLED"; completionTimestamp: string; creationTimestamp: string; deletionTimestamp: string; name: string }
interface ExecutionSpec { delayExecution: boolean; parallelism: number; taskCount: number; template: TaskTemplateSpec }
interface ExecutionStatus { cancelledCount: number; completionTime: string; conditions: GoogleCloudRunV1Condition[]; failedCount: number; logUri: string; observedGeneration: number; retriedCount: number; runningCount: number; startTime: string; succeededCount: number }
interface ExecutionTemplateSpec { metadata: ObjectMeta; spec: ExecutionSpec }
interface Expr { description: string; expression: string; location: string; title: string }
interface FilestoreVolumeSource { volume: string }
interface GRPCAction { port: number; service: string }
interface GoogleCloudRunV1Condition { lastTransitionTime: string; message: string; reason: string; severity: string; status: string; type: string }
interface GoogleRpcStatus { code: number; details: { [key: string]: unknown }[]; message: string }
interface HTTPGetAction { host: string; httpHeaders: HTTPHeader[]; path: string; port: number; scheme: string }
interface HTTPHeader { name: string; value: string }
interface Job { apiVersion: string; kind: string; metadata: ObjectMeta; spec: JobSpec; status: JobStatus }
interface JobSpec { runExecutionToken: string; startExecutionToken: string; template: ExecutionTemplateSpec }
interface JobStatus { conditions: GoogleCloudRunV1Condition[]; executionCount: number; latestCreatedExecution: ExecutionReference; observedGeneration: number }
interface KeyToPath { key: string; mode: number; path: string }
interface ListConfigurationsResponse { apiVersion: string; items: Configuration[]; kind: string; metadata: ListMeta; unreachable: string[] }
interface ListExecutionsResponse { apiVersion: string; items: Execution[]; kind: string; metadata: ListMeta; unreachable: string[] }
interface ListJobsResponse { apiVersion: string; items: Job[]; kind: string; metadata: ListMeta; unreachable: string[] }
interface ListMeta { continue: string; resourceVersion: string; selfLink: string }
interface ListRevisionsResponse { apiVersion: string; items: Revision[]; kind: string; metadata: ListMeta; unreachable: string[] }
interface ListRoutesResponse { apiVersion: string; items: Route[]; kind: string; metadata: ListMeta; unreachable: string[] }
interface ListServicesResponse { apiVersion: string; items: Service[]; kind: string; metadata: ListMeta; unreachable: string[] }
interface ListTasksResponse { apiVersion: string; items: Task[]; kind: string; metadata: ListMeta; unreachable: string[] }
interface LocalObjectReference { name: string }
interface NFSVolumeSource { path: string; readOnly: boolean; server: string }
interface ObjectMeta { annotations: { [key: string]: string }; clusterName: string; creationTimestamp: string; deletionGracePeriodSeconds: number; deletionTimestamp: string; finalizers: string[]; generateName: string; generation: number; labels: { [key: string]: string }; name: string; namespace: string; ownerReferences: OwnerReference[]; resourceVersion: string; selfLink: string; uid: string }
interface Overrides { containerOverrides: ContainerOverride[]; delayExecution: boolean; taskCount: number; timeoutSeconds: number }
interface OwnerReference { apiVersion: string; blockOwnerDeletion: boolean; controller: boolean; kind: string; name: string; uid: string }
interface Policy { auditConfigs: AuditConfig[]; bindings: Binding[]; etag: string; version: number }
interface Probe { exec: ExecAction; failureThreshold: number; grpc: GRPCAction; httpGet: HTTPGetAction; initialDelaySeconds: number; periodSeconds: number; successThreshold: number; tcpSocket: TCPSocketAction; timeoutSeconds: number }
interface ResourceRequirements { limits: { [key: string]: string }; requests: { [key: string]: string } }
interface Revision { apiVersion: string; kind: string; metadata: ObjectMeta; spec: RevisionSpec; status: RevisionStatus }
interface RevisionSpec { containerConcurrency: number; containers: Container[]; enableServiceLinks: boolean; imagePullSecrets: LocalObjectReference[]; nodeSelector: { [key: string]: string }; runtimeClassName: string; sandboxes: SandboxConfiguration; serviceAccountName: string; timeoutSeconds: number; volumes: Volume[] }
interface RevisionStatus { conditions: GoogleCloudRunV1Condition[]; containerStatuses: ContainerStatus[]; desiredReplicas: number; imageDigest: string; logUrl: string; observedGeneration: number; serviceName: string }
interface RevisionTemplate { metadata: ObjectMeta; spec: RevisionSpec }
interface Route { apiVersion: string; kind: string; metadata: ObjectMeta; spec: RouteSpec; status: RouteStatus }
interface RouteSpec { traffic: TrafficTarget[] }
interface RouteStatus { address: Addressable; conditions: GoogleCloudRunV1Condition[]; observedGeneration: number; traffic: TrafficTarget[]; url: string }
interface RunJobRequest { overrides: Overrides }
interface SandboxConfiguration { templates: SandboxTemplate[] }
interface SandboxTemplate { args: string[]; command: string[]; env: EnvVar[]; image: string; name: string; volumeMounts: VolumeMount[]; workingDir: string }
interface SecretEnvSource { localObjectReference: LocalObjectReference; name: string; optional: boolean }
interface SecretKeySelector { key: string; localObjectReference: LocalObjectReference; name: string; optional: boolean }
interface SecretVolumeSource { defaultMode: number; items: KeyToPath[]; optional: boolean; secretName: string }
interface SecurityContext { runAsUser: number }
interface Service { apiVersion: string; kind: string; metadata: ObjectMeta; spec: ServiceSpec; status: ServiceStatus }
interface ServiceSpec { template: RevisionTemplate; traffic: TrafficTarget[] }
interface ServiceStatus { address: Addressable; conditions: GoogleCloudRunV1Condition[]; latestCreatedRevisionName: string; latestReadyRevisionName: string; observedGeneration: number; traffic: TrafficTarget[]; url: string }
interface SetIamPolicyRequest { policy: Policy; updateMask: string }
interface Status { code: number; details: StatusDetails; message: string; metadata: ListMeta; reason: string; status: string }
interface StatusCause { field: string; message: string; reason: string }
interface StatusDetails { causes: StatusCause[]; group: string; kind: string; name: string; retryAfterSeconds: number; uid: string }
interface TCPSocketAction { host: string; port: number }
interface Task { apiVersion: string; kind: string; metadata: ObjectMeta; spec: TaskSpec; status: TaskStatus }
interface TaskAttemptResult { exitCode: number; status: GoogleRpcStatus; termSignal: number }
interface TaskSpec { containers: Container[]; maxRetries: number; nodeSelector: { [key: string]: string }; sandboxes: SandboxConfiguration; serviceAccountName: string; timeoutSeconds: string | number; volumes: Volume[] }
interface TaskStatus { completionTime: string; conditions: GoogleCloudRunV1Condition[]; index: number; lastAttemptResult: TaskAttemptResult; logUri: string; observedGeneration: number; retried: number; startTime: string }
interface TaskTemplateSpec { spec: TaskSpec }
interface TestIamPermissionsRequest { permissions: string[] }
interface TestIamPermissionsResponse { permissions: string[] }
interface TrafficTarget { configurationName: string; latestRevision: boolean; percent: number; revisionName: string; tag: string; url: string }
interface Volume { configMap: ConfigMapVolumeSource; csi: CSIVolumeSource; emptyDir: EmptyDirVolumeSource; filestore: FilestoreVolumeSource; name: string; nfs: NFSVolumeSource; secret: SecretVolumeSource }
interface VolumeMount { mountPath: string; name: string; readOnly: boolean; subPath: string }
