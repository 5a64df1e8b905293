// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of cloudbuild.v1. */
export interface $Methods {
    "googleapis.cloudbuild.v1.projects.builds.approve": $Method<"name", object, ApproveBuildRequest, Operation>;
    "googleapis.cloudbuild.v1.projects.builds.cancel": $Method<"projectId" | "id", object, CancelBuildRequest, Build>;
    "googleapis.cloudbuild.v1.projects.builds.create": $Method<"projectId", { parent: string }, Build, Operation>;
    "googleapis.cloudbuild.v1.projects.builds.get": $Method<"projectId" | "id", { name: string }, never, Build>;
    "googleapis.cloudbuild.v1.projects.builds.list": $Method<"projectId", { filter: string; pageSize: number; pageToken: string; parent: string }, never, ListBuildsResponse>;
    "googleapis.cloudbuild.v1.projects.builds.retry": $Method<"projectId" | "id", object, RetryBuildRequest, Operation>;
    "googleapis.cloudbuild.v1.projects.locations.builds.approve": $Method<"name", object, ApproveBuildRequest, Operation>;
    "googleapis.cloudbuild.v1.projects.locations.builds.cancel": $Method<"name", object, CancelBuildRequest, Build>;
    "googleapis.cloudbuild.v1.projects.locations.builds.create": $Method<"parent", { projectId: string }, Build, Operation>;
    "googleapis.cloudbuild.v1.projects.locations.builds.get": $Method<"name", { id: string; projectId: string }, never, Build>;
    "googleapis.cloudbuild.v1.projects.locations.builds.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string; projectId: string }, never, ListBuildsResponse>;
    "googleapis.cloudbuild.v1.projects.locations.builds.retry": $Method<"name", object, RetryBuildRequest, Operation>;
    "googleapis.cloudbuild.v1.projects.triggers.create": $Method<"projectId", { parent: string }, BuildTrigger, BuildTrigger>;
    "googleapis.cloudbuild.v1.projects.triggers.delete": $Method<"projectId" | "triggerId", { name: string }, never, Empty>;
    "googleapis.cloudbuild.v1.projects.triggers.get": $Method<"projectId" | "triggerId", { name: string }, never, BuildTrigger>;
    "googleapis.cloudbuild.v1.projects.triggers.list": $Method<"projectId", { pageSize: number; pageToken: string; parent: string }, never, ListBuildTriggersResponse>;
    "googleapis.cloudbuild.v1.projects.triggers.patch": $Method<"projectId" | "triggerId", { updateMask: string }, BuildTrigger, BuildTrigger>;
    "googleapis.cloudbuild.v1.projects.triggers.run": $Method<"projectId" | "triggerId", { name: string }, RepoSource, Operation>;
    "googleapis.cloudbuild.v1.projects.triggers.webhook": $Method<"projectId" | "trigger", { name: string; secret: string }, HttpBody, ReceiveTriggerWebhookResponse>;
}

interface ApprovalConfig { approvalRequired: boolean }
interface ApprovalResult { approvalTime: string; approverAccount: string; comment: string; decision: "DECISION_UNSPECIFIED" | "APPROVED" | "REJECTED"; url: string }
interface ApproveBuildRequest { approvalResult: ApprovalResult }
interface ArtifactObjects { location: string; paths: string[]; timing: TimeSpan }
interface Artifacts { genericArtifacts: GenericArtifact[]; goModules: GoModule[]; images: string[]; mavenArtifacts: MavenArtifact[]; npmPackages: NpmPackage[]; objects: ArtifactObjects; oci: Oci[]; pythonPackages: PythonPackage[] }
interface BitbucketServerConfig { apiKey: string; connectedRepositories: BitbucketServerRepositoryId[]; createTime: string; hostUri: string; name: string; peeredNetwork: string; peeredNetworkIpRange: string; secrets: BitbucketServerSecrets; sslCa: string; username: string; webhookKey: string }
interface BitbucketServerRepositoryId { projectKey: string; repoSlug: string; webhookId: number }
interface BitbucketServerSecrets { adminAccessTokenVersionName: string; readAccessTokenVersionName: string; webhookSecretVersionName: string }
interface BitbucketServerTriggerConfig { bitbucketServerConfig: BitbucketServerConfig; bitbucketServerConfigResource: string; projectKey: string; pullRequest: PullRequestFilter; push: PushFilter; repoSlug: string }
interface Build { approval: BuildApproval; artifacts: Artifacts; availableSecrets: Secrets; buildTriggerId: string; createTime: string; dependencies: Dependency[]; failureInfo: FailureInfo; finishTime: string; gitConfig: GitConfig; id: string; images: string[]; logUrl: string; logsBucket: string; name: string; options: BuildOptions; projectId: string; queueTtl: string; results: Results; secrets: Secret[]; serviceAccount: string; source: Source; sourceProvenance: SourceProvenance; startTime: string; status: "STATUS_UNKNOWN" | "PENDING" | "QUEUED" | "WORKING" | "SUCCESS" | "FAILURE" | "INTERNAL_ERROR" | "TIMEOUT" | "CANCELLED" | "EXPIRED"; statusDetail: string; steps: BuildStep[]; substitutions: { [key: string]: string }; tags: string[]; timeout: string; timing: { [key: string]: TimeSpan }; warnings: Warning[] }
interface BuildApproval { config: ApprovalConfig; result: ApprovalResult; state: "STATE_UNSPECIFIED" | "PENDING" | "APPROVED" | "REJECTED" | "CANCELLED" }
interface BuildOptions { automapSubstitutions: boolean; defaultLogsBucketBehavior: "DEFAULT_LOGS_BUCKET_BEHAVIOR_UNSPECIFIED" | "REGIONAL_USER_OWNED_BUCKET" | "LEGACY_BUCKET"; diskSizeGb: string | number; dynamicSubstitutions: boolean; enableStructuredLogging: boolean; env: string[]; logStreamingOption: "STREAM_DEFAULT" | "STREAM_ON" | "STREAM_OFF"; logging: "LOGGING_UNSPECIFIED" | "LEGACY" | "GCS_ONLY" | "STACKDRIVER_ONLY" | "CLOUD_LOGGING_ONLY" | "NONE"; machineType: "UNSPECIFIED" | "N1_HIGHCPU_8" | "N1_HIGHCPU_32" | "E2_HIGHCPU_8" | "E2_HIGHCPU_32" | "E2_MEDIUM" | "E2_STANDARD_2"; pool: PoolOption; pubsubTopic: string; rankedMachineSeries: ("MACHINE_SERIES_UNSPECIFIED" | "MACHINE_SERIES_E" | "MACHINE_SERIES_N" | "MACHINE_SERIES_C")[]; requestedVerifyOption: "NOT_VERIFIED" | "VERIFIED" | "BEST_EFFORT"; resolvedWorkerRelease: string; secretEnv: string[]; sourceProvenanceHash: ("NONE" | "SHA256" | "MD5" | "GO_MODULE_H1" | "SHA512" | "DIRSUM_SHA256")[]; substitutionOption: "MUST_MATCH" | "ALLOW_LOOSE"; volumes: Volume[]; workerPool: string; workerRelease: string }
interface BuildResourceUsage { averageCpuUtilization: number; averageMemoryUtilization: number; peakCpuUtilization: number; peakMemoryUtilization: number; totalCpuDuration: string }
interface BuildStep { allowExitCodes: number[]; allowFailure: boolean; args: string[]; automapSubstitutions: boolean; dir: string; entrypoint: string; env: string[]; exitCode: number; id: string; name: string; pullTiming: TimeSpan; results: StepResult[]; script: string; secretEnv: string[]; status: "STATUS_UNKNOWN" | "PENDING" | "QUEUED" | "WORKING" | "SUCCESS" | "FAILURE" | "INTERNAL_ERROR" | "TIMEOUT" | "CANCELLED" | "EXPIRED"; timeout: string; timing: TimeSpan; volumes: Volume[]; waitFor: string[] }
interface BuildStepResults { results: { [key: string]: string } }
interface BuildTrigger { approvalConfig: ApprovalConfig; autodetect: boolean; bitbucketServerTriggerConfig: BitbucketServerTriggerConfig; build: Build; createTime: string; description: string; developerConnectEventConfig: DeveloperConnectEventConfig; disabled: boolean; eventType: "EVENT_TYPE_UNSPECIFIED" | "REPO" | "WEBHOOK" | "PUBSUB" | "MANUAL"; filename: string; filter: string; gitFileSource: GitFileSource; github: GitHubEventsConfig; id: string; ignoredFiles: string[]; includeBuildLogs: "INCLUDE_BUILD_LOGS_UNSPECIFIED" | "INCLUDE_BUILD_LOGS_WITH_STATUS"; includedFiles: string[]; name: string; pubsubConfig: PubsubConfig; repositoryEventConfig: RepositoryEventConfig; resourceName: string; serviceAccount: string; sourceToBuild: GitRepoSource; substitutions: { [key: string]: string }; tags: string[]; triggerTemplate: RepoSource; webhookConfig: WebhookConfig }
interface BuiltImage { artifactRegistryPackage: string; digest: string; name: string; ociMediaType: "OCI_MEDIA_TYPE_UNSPECIFIED" | "IMAGE_MANIFEST" | "IMAGE_INDEX"; pushTiming: TimeSpan }
interface CancelBuildRequest { id: string; name: string; projectId: string }
interface ConnectedRepository { dir: string; repository: string; revision: string }
interface Dependency { empty: boolean; genericArtifact: GenericArtifactDependency; gitSource: GitSourceDependency }
interface DeveloperConnectConfig { dir: string; gitRepositoryLink: string; revision: string }
interface DeveloperConnectEventConfig { gitRepositoryLink: string; gitRepositoryLinkType: "GIT_REPOSITORY_LINK_TYPE_UNSPECIFIED" | "GITHUB" | "GITHUB_ENTERPRISE" | "GITLAB" | "GITLAB_ENTERPRISE" | "BITBUCKET_DATA_CENTER" | "BITBUCKET_CLOUD"; pullRequest: PullRequestFilter; push: PushFilter }
interface Empty {  }
interface FailureInfo { detail: string; type: "FAILURE_TYPE_UNSPECIFIED" | "PUSH_FAILED" | "PUSH_IMAGE_NOT_FOUND" | "PUSH_NOT_AUTHORIZED" | "LOGGING_FAILURE" | "USER_BUILD_STEP" | "FETCH_SOURCE_FAILED" }
interface FileHashes { fileHash: Hash[] }
interface GenericArtifact { folder: string; registryPath: string }
interface GenericArtifactDependency { destPath: string; resource: string }
interface GitConfig { http: HttpConfig }
interface GitFileSource { bitbucketServerConfig: string; githubEnterpriseConfig: string; path: string; repoType: "UNKNOWN" | "CLOUD_SOURCE_REPOSITORIES" | "GITHUB" | "BITBUCKET_SERVER" | "GITLAB" | "BITBUCKET_CLOUD"; repository: string; revision: string; uri: string }
interface GitHubEventsConfig { enterpriseConfigResourceName: string; installationId: string | number; name: string; owner: string; pullRequest: PullRequestFilter; push: PushFilter }
interface GitRepoSource { bitbucketServerConfig: string; githubEnterpriseConfig: string; ref: string; repoType: "UNKNOWN" | "CLOUD_SOURCE_REPOSITORIES" | "GITHUB" | "BITBUCKET_SERVER" | "GITLAB" | "BITBUCKET_CLOUD"; repository: string; uri: string }
interface GitSource { dir: string; revision: string; url: string }
interface GitSourceDependency { depth: string | number; destPath: string; fetchTags: boolean; recurseSubmodules: boolean; repository: GitSourceRepository; revision: string }
interface GitSourceRepository { developerConnect: string; url: string }
interface GoModule { modulePath: string; moduleVersion: string; repositoryLocation: string; repositoryName: string; repositoryProjectId: string; sourcePath: string }
interface Hash { type: "NONE" | "SHA256" | "MD5" | "GO_MODULE_H1" | "SHA512" | "DIRSUM_SHA256"; value: string }
interface HttpBody { contentType: string; data: string; extensions: { [key: string]: unknown }[] }
interface HttpConfig { proxySecretVersionName: string }
interface InlineSecret { envMap: { [key: string]: string }; kmsKeyName: string }
interface ListBuildTriggersResponse { nextPageToken: string; triggers: BuildTrigger[] }
interface ListBuildsResponse { builds: Build[]; nextPageToken: string }
interface MavenArtifact { artifactId: string; deployFolder: string; groupId: string; path: string; repository: string; version: string }
interface NpmPackage { packagePath: string; repository: string }
interface Oci { file: string; registryPath: string; tags: string[] }
interface Operation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface PoolOption { name: string; resolvedWorkerRelease: string; workerRelease: string }
interface PubsubConfig { serviceAccountEmail: string; state: "STATE_UNSPECIFIED" | "OK" | "SUBSCRIPTION_DELETED" | "TOPIC_DELETED" | "SUBSCRIPTION_MISCONFIGURED"; subscription: string; topic: string }
interface PullRequestFilter { branch: string; commentControl: "COMMENTS_DISABLED" | "COMMENTS_ENABLED" | "COMMENTS_ENABLED_FOR_EXTERNAL_CONTRIBUTORS_ONLY"; invertRegex: boolean }
interface PushFilter { branch: string; invertRegex: boolean; tag: string }
interface PythonPackage { paths: string[]; repository: string }
interface ReceiveTriggerWebhookResponse {  }
interface RepoSource { branchName: string; commitSha: string; dir: string; invertRegex: boolean; projectId: string; repoName: string; substitutions: { [key: string]: string }; tagName: string }
interface RepositoryEventConfig { pullRequest: PullRequestFilter; push: PushFilter; repository: string; repositoryType: "REPOSITORY_TYPE_UNSPECIFIED" | "GITHUB" | "GITHUB_ENTERPRISE" | "GITLAB_ENTERPRISE" | "BITBUCKET_DATA_CENTER" | "BITBUCKET_CLOUD" }
interface Results { artifactManifest: string; artifactTiming: TimeSpan; buildStepImages: string[]; buildStepOutputs: string[]; buildStepResults: { [key: string]: BuildStepResults }; genericArtifacts: UploadedGenericArtifact[]; goModules: UploadedGoModule[]; images: BuiltImage[]; mavenArtifacts: UploadedMavenArtifact[]; npmPackages: UploadedNpmPackage[]; numArtifacts: string | number; pythonPackages: UploadedPythonPackage[]; resourceUsage: BuildResourceUsage }
interface RetryBuildRequest { id: string; name: string; projectId: string }
interface Secret { kmsKeyName: string; secretEnv: { [key: string]: string } }
interface SecretManagerSecret { env: string; versionName: string }
interface Secrets { inline: InlineSecret[]; secretManager: SecretManagerSecret[] }
interface Source { connectedRepository: ConnectedRepository; developerConnectConfig: DeveloperConnectConfig; gitSource: GitSource; repoSource: RepoSource; storageSource: StorageSource; storageSourceManifest: StorageSourceManifest }
interface SourceProvenance { fileHashes: { [key: string]: FileHashes }; resolvedConnectedRepository: ConnectedRepository; resolvedGitSource: GitSource; resolvedRepoSource: RepoSource; resolvedStorageSource: StorageSource; resolvedStorageSourceManifest: StorageSourceManifest }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface StepResult { attestationContent: string; attestationType: string; name: string }
interface StorageSource { bucket: string; generation: string | number; object: string; sourceFetcher: "SOURCE_FETCHER_UNSPECIFIED" | "GSUTIL" | "GCS_FETCHER" }
interface StorageSourceManifest { bucket: string; generation: string | number; object: string }
interface TimeSpan { endTime: string; startTime: string }
interface UploadedGenericArtifact { artifactFingerprint: FileHashes; artifactRegistryPackage: string; fileHashes: { [key: string]: FileHashes }; pushTiming: TimeSpan; uri: string }
interface UploadedGoModule { artifactRegistryPackage: string; fileHashes: FileHashes; pushTiming: TimeSpan; uri: string }
interface UploadedMavenArtifact { artifactRegistryPackage: string; fileHashes: FileHashes; pushTiming: TimeSpan; uri: string }
interface UploadedNpmPackage { artifactRegistryPackage: string; fileHashes: FileHashes; pushTiming: TimeSpan; uri: string }
interface UploadedPythonPackage { artifactRegistryPackage: string; fileHashes: FileHashes; pushTiming: TimeSpan; uri: string }
interface Volume { name: string; path: string }
interface Warning { priority: "PRIORITY_UNSPECIFIED" | "INFO" | "WARNING" | "ALERT"; text: string }
interface WebhookConfig { secret: string; state: "STATE_UNSPECIFIED" | "OK" | "SECRET_DELETED" }
